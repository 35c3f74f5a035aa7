"""Packs endless fresh documents into rows of equal length."""

import random

import torch

import corpus
import stories

PROMPT_WEIGHT = 0.25
# A label or a fact is a few tokens among many; without more weight it is learned last.
SHORT_ANSWER, SHORT_ANSWER_WEIGHT = 16, 4.0
# The first words must take up the subject of the prompt; what follows only has to follow them.
OPENING, OPENING_WEIGHT = 24, 4.0
# A name that comes back must be copied from earlier in the text, the hardest thing to learn here.
# The extra weight is for practice only: at the end it would make names too probable everywhere.
REPEATED_NAME_WEIGHT = 5.0
PRACTICE_UNTIL = 0.5


class Stream:
    def __init__(self, tokenizer, seed: int):
        self.tokenizer = tokenizer
        self.rng = random.Random(seed)
        self.number = 0
        self.waiting: list = []
        encoded = [tokenizer.encode(f" {name}") for name in stories.POOLS["name"]]
        self.names = {ids[0] for ids in encoded if len(ids) == 1}

    def encoded(self, practice: bool):
        """Tokens of one document and the weight of each as a prediction target."""
        prompt, answer = corpus.document(self.rng)
        if self.rng.random() < 0.6:
            # As at inference, where the prompt is cut into tokens without knowing the answer.
            prompt_ids = self.tokenizer.encode(prompt)
            ids = prompt_ids + self.tokenizer.encode(answer)
        else:
            prompt_ids = self.tokenizer.encode(prompt)
            ids = self.tokenizer.encode(prompt + answer)
        start = [self.tokenizer.end] if self.rng.random() < 0.25 else []
        ids = start + ids + [self.tokenizer.end]
        prompt_length = len(start) + len(prompt_ids)
        answer_length = len(ids) - prompt_length
        answer_weights = [SHORT_ANSWER_WEIGHT if answer_length <= SHORT_ANSWER else 1.0] * answer_length
        if prompt and answer_length > SHORT_ANSWER:
            answer_weights[:OPENING] = [OPENING_WEIGHT] * len(answer_weights[:OPENING])
        weights = [PROMPT_WEIGHT] * prompt_length + answer_weights
        seen = set()
        for index, token in enumerate(ids):
            if practice and token in seen:
                weights[index] = max(weights[index], REPEATED_NAME_WEIGHT)
            if token in self.names:
                seen.add(token)
        # Nothing precedes the first token of a document, so it cannot be predicted.
        return ids, [0.0, *weights[1:]]

    def row(self, length: int, practice: bool):
        row = list(self.waiting)
        while len(row) <= length:
            self.number += 1
            ids, weights = self.encoded(practice)
            row += [(token, weight, self.number) for token, weight in zip(ids, weights)]
        # A document that does not fit goes on in the next row; a short rest is not worth it.
        self.waiting = row[length:] if len(row) - length > 40 else []
        return row[: length + 1]

    def batch(self, rows: int, length: int, progress: float):
        drawn = [self.row(length, progress < PRACTICE_UNTIL) for _ in range(rows)]
        tokens = torch.tensor([[entry[0] for entry in row] for row in drawn])
        weights = torch.tensor([[entry[1] for entry in row] for row in drawn])
        documents = torch.tensor([[entry[2] for entry in row] for row in drawn])
        return tokens[:, :-1], tokens[:, 1:], weights[:, 1:], documents[:, :-1]

"""Packs endless fresh documents into rows; no document is ever cut from its prompt."""

import random

import torch

import corpus
import stories
from emphasis import starting_tokens

PROMPT_WEIGHT = 0.25
# A label or a fact is a few tokens among many; without more weight it is learned last.
SHORT_ANSWER, SHORT_ANSWER_WEIGHT = 16, 4.0
# The first words must take up the subject of the prompt; what follows only has to follow them.
OPENING, OPENING_WEIGHT = 24, 4.0
# So must each phrase that belongs to one topic alone, and its first words decide which it is.
PHRASE_START, PHRASE_WEIGHT = 3, 4.0
# A name that comes back must be copied from earlier in the text, the hardest thing to learn here.
# The extra weight is for practice only: at the end it would make names too probable everywhere.
REPEATED_NAME_WEIGHT = 5.0
PRACTICE_UNTIL = 0.5
# Attention costs the square of a row's length, so short documents share short rows.
ROWS, LENGTH = 6, 256
LONG_ROWS, LONGEST = 2, 1537
WAITING = 48


class Stream:
    def __init__(self, tokenizer, seed: int):
        self.tokenizer = tokenizer
        self.rng = random.Random(seed)
        self.short: list = []
        self.long: list = []
        encoded = [tokenizer.encode(f" {name}") for name in stories.POOLS["name"]]
        self.names = {ids[0] for ids in encoded if len(ids) == 1}

    def weights(self, text: str, ids, prompt_length: int):
        """The weight of each token as a prediction target."""
        answer_length = len(ids) - prompt_length
        weights = [PROMPT_WEIGHT] * prompt_length + [1.0] * answer_length
        if answer_length <= SHORT_ANSWER:
            weights[prompt_length:] = [SHORT_ANSWER_WEIGHT] * answer_length
            return weights
        if prompt_length:
            weights[prompt_length : prompt_length + OPENING] = [OPENING_WEIGHT] * min(OPENING, answer_length)
        for index in starting_tokens(self.tokenizer, ids, text, PHRASE_START):
            weights[index] = PHRASE_WEIGHT if index >= prompt_length else PROMPT_WEIGHT
        return weights

    def encoded(self, practice: bool):
        """(token, weight) for each token of one document."""
        prompt, answer = corpus.document(self.rng)
        prompt_ids = self.tokenizer.encode(prompt)
        if self.rng.random() < 0.6:
            # As at inference, where the prompt is cut into tokens without knowing the answer.
            ids = prompt_ids + self.tokenizer.encode(answer)
        else:
            # As in an article that was cut and is sent back together with its prompt.
            ids = self.tokenizer.encode(prompt + answer)
        ids = ids + [self.tokenizer.end]
        weights = self.weights(prompt + answer, ids, len(prompt_ids))
        if self.rng.random() < 0.25:
            ids, weights = [self.tokenizer.end, *ids], [0.0, *weights]
        seen = set()
        for index, token in enumerate(ids):
            if practice and token in seen:
                weights[index] = max(weights[index], REPEATED_NAME_WEIGHT)
            if token in self.names:
                seen.add(token)
        # Nothing precedes the first token of a document, so it cannot be predicted.
        return list(zip(ids, [0.0, *weights[1:]]))[:LONGEST]

    def fill(self, practice: bool):
        while len(self.short) < WAITING and len(self.long) < LONG_ROWS:
            document = self.encoded(practice)
            (self.short if len(document) <= LENGTH + 1 else self.long).append(document)

    def row(self, practice: bool):
        """Whole documents, each the first of those waiting that still fits."""
        row, number, space = [], 0, LENGTH + 1
        while True:
            self.fill(practice)
            fitting = next((index for index, entry in enumerate(self.short) if len(entry) <= space), None)
            if fitting is None:
                return row
            document = self.short.pop(fitting)
            row += [(token, weight, number) for token, weight in document]
            number, space = number + 1, space - len(document)

    def batch(self, progress: float):
        practice = progress < PRACTICE_UNTIL
        self.fill(practice)
        if len(self.long) >= LONG_ROWS:
            rows = [[(*entry, 0) for entry in self.long.pop()] for _ in range(LONG_ROWS)]
        else:
            rows = [self.row(practice) for _ in range(ROWS)]
        length = max(len(row) for row in rows)
        padded = [row + [(self.tokenizer.pad, 0.0, -1)] * (length - len(row)) for row in rows]
        tokens, weights, documents = (torch.tensor([[entry[part] for entry in row] for row in padded])
                                      for part in range(3))
        return tokens[:, :-1], tokens[:, 1:], weights[:, 1:], documents[:, :-1]

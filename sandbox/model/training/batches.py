"""Packs endless fresh documents into rows; no document is ever cut from its prompt."""

import random
from dataclasses import dataclass

import numpy

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
REPEATED_NAME_WEIGHT = 5.0
# Weights that depend on the word itself are for practice only: at the end they would make names and
# phrases too probable wherever the text may also go on with another word.
NAMES_UNTIL, PHRASES_UNTIL = 0.5, 0.8
# Attention costs the square of a row's length, so short documents share short rows.
LENGTH, LONGEST = 256, 1537
WAITING = 48


@dataclass
class Document:
    tokens: list
    weights: list


class Stream:
    """`rows` rows of short documents or `long_rows` of one long document each make a batch."""

    def __init__(self, tokenizer, seed: int, rows: int = 6, long_rows: int = 2):
        self.tokenizer = tokenizer
        self.rng = random.Random(seed)
        self.rows, self.long_rows = rows, long_rows
        self.short: list = []
        self.long: list = []
        encoded = [tokenizer.encode(f" {name}") for name in stories.NAMES]
        self.names = {ids[0] for ids in encoded if len(ids) == 1}

    def weights(self, text: str, ids, prompt_length: int, progress: float):
        """The weight of each token as a prediction target."""
        answer_length = len(ids) - prompt_length
        weights = [PROMPT_WEIGHT] * prompt_length + [1.0] * answer_length
        if answer_length <= SHORT_ANSWER:
            weights[prompt_length:] = [SHORT_ANSWER_WEIGHT] * answer_length
            return weights
        if prompt_length:
            weights[prompt_length : prompt_length + OPENING] = [OPENING_WEIGHT] * min(OPENING, answer_length)
        if progress < PHRASES_UNTIL:
            for index in starting_tokens(self.tokenizer, ids, text, PHRASE_START):
                weights[index] = PHRASE_WEIGHT if index >= prompt_length else PROMPT_WEIGHT
        return weights

    def document(self, progress: float) -> Document:
        prompt, answer = corpus.document(self.rng)
        prompt_ids = self.tokenizer.encode(prompt)
        if self.rng.random() < 0.6:
            # As at inference, where the prompt is cut into tokens without knowing the answer.
            ids = prompt_ids + self.tokenizer.encode(answer)
        else:
            # As in an article that was cut and is sent back together with its prompt.
            ids = self.tokenizer.encode(prompt + answer)
        ids = ids + [self.tokenizer.end]
        weights = self.weights(prompt + answer, ids, len(prompt_ids), progress)
        if self.rng.random() < 0.25:
            ids, weights = [self.tokenizer.end, *ids], [0.0, *weights]
        if progress < NAMES_UNTIL:
            self.stress_names(ids, weights)
        # Nothing precedes the first token of a document, so it cannot be predicted.
        return Document(ids[:LONGEST], [0.0, *weights[1:LONGEST]])

    def stress_names(self, ids, weights):
        seen = set()
        for index, token in enumerate(ids):
            if token in seen:
                weights[index] = max(weights[index], REPEATED_NAME_WEIGHT)
            if token in self.names:
                seen.add(token)

    def fill(self, progress: float):
        while len(self.short) < WAITING:
            document = self.document(progress)
            (self.short if len(document.tokens) <= LENGTH + 1 else self.long).append(document)

    def row(self, progress: float):
        """Whole documents, each the first of those waiting that still fits."""
        row, space = [], LENGTH + 1
        while True:
            self.fill(progress)
            fitting = next((index for index, entry in enumerate(self.short) if len(entry.tokens) <= space), None)
            if fitting is None:
                return row
            row.append(self.short.pop(fitting))
            space -= len(row[-1].tokens)

    def batch(self, progress: float):
        """Arrays of tokens, targets, their weights and the number of the document in its row (-1: none)."""
        self.fill(progress)
        if len(self.long) >= self.long_rows:
            rows = [[self.long.pop()] for _ in range(self.long_rows)]
        else:
            rows = [self.row(progress) for _ in range(self.rows)]
        length = max(sum(len(document.tokens) for document in row) for row in rows)
        tokens = numpy.full((len(rows), length), self.tokenizer.pad, numpy.int64)
        weights = numpy.zeros((len(rows), length), numpy.float32)
        documents = numpy.full((len(rows), length), -1, numpy.int64)
        for index, row in enumerate(rows):
            start = 0
            for number, document in enumerate(row):
                place = index, slice(start, start + len(document.tokens))
                tokens[place], weights[place], documents[place] = document.tokens, document.weights, number
                start += len(document.tokens)
        return tokens[:, :-1], tokens[:, 1:], weights[:, 1:], documents[:, :-1]

"""Byte-level byte-pair encoding with GPT-2's own pre-tokenisation, so that llama.cpp cuts alike.

Run as a program it trains: `python3 tokenizer.py tokenizer.json`.
"""

import json
import random
import sys
from collections import Counter, defaultdict

import regex

PATTERN = regex.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
)
END, PAD = "<|endoftext|>", "<|pad|>"
VOCABULARY = 2048


def byte_alphabet():
    """GPT-2's printable stand-in for each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    alphabet, extra = {}, 0
    for byte in range(256):
        if byte in printable:
            alphabet[byte] = chr(byte)
        else:
            alphabet[byte] = chr(256 + extra)
            extra += 1
    return alphabet


ALPHABET = byte_alphabet()


def symbols(word: str):
    return tuple(ALPHABET[byte] for byte in word.encode())


def merged(word, pair):
    result, index = [], 0
    while index < len(word):
        if word[index : index + 2] == pair:
            result.append(pair[0] + pair[1])
            index += 2
        else:
            result.append(word[index])
            index += 1
    return tuple(result)


def train(texts, count: int):
    words = Counter()
    for text in texts:
        words.update(PATTERN.findall(text))
    entries = [[symbols(word), occurrences] for word, occurrences in words.items()]
    pairs, where = Counter(), defaultdict(set)
    for index, (word, occurrences) in enumerate(entries):
        for pair in zip(word, word[1:]):
            pairs[pair] += occurrences
            where[pair].add(index)
    merges = []
    while len(merges) < count:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for index in where.pop(best):
            word, occurrences = entries[index]
            for pair in zip(word, word[1:]):
                pairs[pair] -= occurrences
            entries[index][0] = word = merged(word, best)
            for pair in zip(word, word[1:]):
                pairs[pair] += occurrences
                where[pair].add(index)
        del pairs[best]
    return merges


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self.ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self.tokens = [*ALPHABET.values(), *(a + b for a, b in self.merges), END, PAD]
        self.lengths = [len(token) for token in self.tokens]
        self.ids = {token: index for index, token in enumerate(self.tokens)}
        self.end, self.pad = self.ids[END], self.ids[PAD]
        self.known: dict = {}

    def encode_word(self, word: str):
        parts = symbols(word)
        while len(parts) > 1:
            best = min(zip(parts, parts[1:]), key=lambda pair: self.ranks.get(pair, len(self.ranks)))
            if best not in self.ranks:
                break
            parts = merged(parts, best)
        return [self.ids[part] for part in parts]

    def encode(self, text: str):
        ids = []
        for word in PATTERN.findall(text):
            if word not in self.known:
                self.known[word] = self.encode_word(word)
            ids += self.known[word]
        return ids

    def decode(self, ids) -> str:
        bytes_of = {character: byte for byte, character in ALPHABET.items()}
        text = "".join(self.tokens[index] for index in ids if index not in (self.end, self.pad))
        return bytes(bytes_of[character] for character in text).decode(errors="replace")


def load(path: str) -> Tokenizer:
    with open(path) as file:
        return Tokenizer(json.load(file)["merges"])


if __name__ == "__main__":
    import corpus

    generator = random.Random(11)
    texts = ["".join(corpus.document(generator)) for _ in range(30000)]
    with open(sys.argv[1], "w") as file:
        json.dump({"merges": train(texts, VOCABULARY - 258)}, file)

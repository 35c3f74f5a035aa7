"""Finds where a text must take up its subject: the topic phrases, which only the prompt decides."""

import re
from collections import defaultdict

import wellness
from grammar import present_participle, third_person

WORD = re.compile(r"\w+")


def forms():
    for topic in wellness.TOPICS:
        yield from topic["name"]
        yield from topic["trouble"]
        yield topic["need"]
        for phrase in [topic["do"], *topic["body"], *topic["mind"], *topic["tip"]]:
            yield from (phrase, third_person(phrase), present_participle(phrase))


def by_first_word():
    phrases = defaultdict(set)
    for form in forms():
        phrases[WORD.match(form.lower())[0]].add(form.lower())
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in phrases.items()}


PHRASES = by_first_word()


def phrase_starts(text: str):
    """Byte offsets at which a phrase begins, as the tokens are made of bytes."""
    lower, starts, free, offset, counted = text.lower(), [], 0, 0, 0
    for found in WORD.finditer(lower):
        start = found.start()
        if start < free:
            continue
        for phrase in PHRASES.get(found[0], ()):
            end = start + len(phrase)
            if lower.startswith(phrase, start) and not lower[end : end + 1].isalnum():
                offset, counted = offset + len(text[counted:start].encode()), start
                starts.append(offset)
                free = end
                break
    return starts


def starting_tokens(tokenizer, ids, text: str, count: int):
    """Indices of the first `count` tokens of each phrase in `text`, whose tokens are `ids`."""
    starts, chosen = phrase_starts(text), set()
    end, upcoming = 0, 0
    for index, token in enumerate(ids):
        if upcoming == len(starts):
            break
        end += tokenizer.lengths[token]
        if end > starts[upcoming]:
            chosen.update(range(index, min(index + count, len(ids))))
            while upcoming < len(starts) and end > starts[upcoming]:
                upcoming += 1
    return chosen

"""Finds where a text must take up its subject: the topic phrases, which only the prompt decides."""

import regex

import wellness
from grammar import present_participle, third_person


def forms():
    for topic in wellness.TOPICS:
        yield from topic["name"]
        yield from topic["trouble"]
        yield topic["need"]
        for phrase in [topic["do"], *topic["body"], *topic["mind"], *topic["tip"]]:
            yield from (phrase, third_person(phrase), present_participle(phrase))


PHRASE = regex.compile(r"\b\L<forms>\b", forms=sorted(set(forms())), flags=regex.IGNORECASE)


def phrase_starts(text: str):
    """Byte offsets at which a phrase begins, as the tokens are made of bytes."""
    return [len(text[: found.start()].encode()) for found in PHRASE.finditer(text)]


def starting_tokens(tokenizer, ids, text: str, count: int):
    """Indices of the first `count` tokens of each phrase in `text`, whose tokens are `ids`."""
    starts, chosen = phrase_starts(text), set()
    end, upcoming = 0, 0
    for index, token in enumerate(ids):
        end += len(tokenizer.tokens[token])
        if upcoming < len(starts) and end > starts[upcoming]:
            chosen.update(range(index, min(index + count, len(ids))))
            while upcoming < len(starts) and end > starts[upcoming]:
                upcoming += 1
    return chosen

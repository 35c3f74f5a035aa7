"""A small text grammar.

`{a|b|c}` is one of the alternatives, all equally likely. `{name}` is one entry of the slot `name`;
a slot that is a list is drawn without replacement within one document, so a text does not repeat
itself. `{name:s}` puts the first word into the third person, `{name:ing}` into the -ing form and
`{name:cap}` capitalises. Because every choice is uniform, the true distribution at each choice
point is known.
"""

import random
from functools import lru_cache

IRREGULAR_THIRD_PERSON = {"be": "is", "have": "has", "do": "does", "go": "goes"}
DOUBLED = {"cut", "get", "let", "plan", "put", "run", "set", "sit", "stop", "swim", "begin", "chat", "jog", "step"}


def third_person(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    if first in IRREGULAR_THIRD_PERSON:
        verb = IRREGULAR_THIRD_PERSON[first]
    elif first.endswith("y") and first[-2] not in "aeiou":
        verb = first[:-1] + "ies"
    else:
        verb = first + ("es" if first.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return f"{verb} {rest}".rstrip()


def present_participle(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    if first in DOUBLED:
        verb = first + first[-1] + "ing"
    elif first.endswith("ie"):
        verb = first[:-2] + "ying"
    elif first.endswith("e") and not first.endswith("ee") and first != "be":
        verb = first[:-1] + "ing"
    else:
        verb = first + "ing"
    return f"{verb} {rest}".rstrip()


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def title_case(text: str) -> str:
    small = {"a", "an", "and", "at", "in", "of", "on", "the", "to", "with", "for", "your", "than"}
    words = [word if word in small else capitalise(word) for word in text.split(" ")]
    return capitalise(" ".join(words))


MODIFIERS = {"s": third_person, "ing": present_participle, "cap": capitalise, "title": title_case}


def parse_sequence(text: str, position: int, inside: bool):
    """Returns (list of alternatives, next position); each alternative is a list of parts."""
    alternatives, parts, literal = [], [], ""
    while position < len(text):
        character = text[position]
        if character == "{":
            inner, position = parse_sequence(text, position + 1, True)
            parts += [literal] if literal else []
            literal = ""
            only_name = len(inner) == 1 and len(inner[0]) == 1 and isinstance(inner[0][0], str)
            parts.append(("slot", *inner[0][0].partition(":")[::2]) if only_name else ("choice", inner))
            continue
        position += 1
        if inside and character in "|}":
            parts += [literal] if literal else []
            alternatives.append(parts)
            parts, literal = [], ""
            if character == "}":
                return alternatives, position
        else:
            literal += character
    parts += [literal] if literal else []
    return [parts], position


@lru_cache(maxsize=None)
def parse(text: str):
    return parse_sequence(text, 0, False)[0][0]


class Writer:
    """Expands templates for one document; remembers what it has already drawn."""

    def __init__(self, rng: random.Random, slots: dict):
        self.rng = rng
        self.slots = dict(slots)
        self.left: dict = {}

    def draw(self, name: str):
        value = self.slots[name]
        if not isinstance(value, (list, tuple)):
            return value
        left = self.left.get(name)
        if not left:
            left = self.left[name] = self.rng.sample(value, len(value))
        return left.pop()

    def expand_parts(self, parts) -> str:
        text = ""
        for part in parts:
            if isinstance(part, str):
                text += part
            elif part[0] == "choice":
                text += self.expand_parts(self.rng.choice(part[1]))
            else:
                value = self.expand_parts(parse(self.draw(part[1])))
                text += MODIFIERS[part[2]](value) if part[2] else value
        return text

    def text(self, template: str) -> str:
        return self.expand_parts(parse(template))

    def sentence(self, pool: str) -> str:
        return capitalise(self.text(self.draw(pool)))

    def sentences(self, *pools: str) -> str:
        return " ".join(self.sentence(pool) for pool in pools)

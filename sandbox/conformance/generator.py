"""Requests from the input shapes of AWS's service model: small, full, and wrong in exactly one place.

Wrong ones come with the sentence AWS says about them, worked out here from the model and not from the sandbox.
"""

import random
import re._parser as pattern_parser

from oracle import matches

DEEPEST = 6
SAMPLES = """a model-1 ml.g5.xlarge 123456789012 subnet-1 sg-1 s3://bucket/key s3://bucket/prefix/ https://bucket/key
    arn:aws:iam::000000000000:role/sandbox-execution-role arn:aws:sagemaker:us-east-1:000000000000:endpoint/a
    arn:aws:sns:us-east-1:000000000000:topic key=value text/csv 1 2026-01-01 L-12345678 a.b sagemaker""".split()
NUMBERS = ("integer", "long", "float", "double")


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def small(self, shape, depth=0):
        """A value with required members only."""
        return self.value(shape, False, depth)

    def full(self, shape, depth=0):
        """A value with every member, down to a depth."""
        return self.value(shape, True, depth)

    def value(self, shape, everything, depth):
        kind, least = shape.type_name, shape.metadata.get("min", 0)
        if kind == "structure":
            names = list(shape.required_members)
            if everything and depth < DEEPEST:
                names = [self.random.choice(list(shape.members))] if getattr(shape, "is_tagged_union", False) else list(shape.members)
            return {name: self.value(shape.members[name], everything, depth + 1) for name in names}
        if kind == "list":
            return [self.value(shape.member, everything, depth + 1) for _ in range(max(least, 1))]
        if kind == "map":
            # Letters after the first key make further ones, where a map needs several.
            keys = [self.text(shape.key) + "x" * index for index in range(max(least, 1))]
            return {key: self.value(shape.value, everything, depth + 1) for key in keys}
        if kind == "string":
            return self.text(shape)
        if kind in NUMBERS:
            return max(least, min(1, shape.metadata.get("max", 1)))
        return {"boolean": True, "timestamp": 1_700_000_000, "blob": b"x"}[kind]

    def text(self, shape):
        if shape.enum:
            return self.random.choice(shape.enum)
        least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 8192)
        pattern = shape.metadata.get("pattern")
        for sample in [*SAMPLES, "a" * max(least, 1)]:
            if least <= len(sample) <= most and (pattern is None or matches(pattern, sample)):
                return sample
        found = "".join(self.pieces(pattern_parser.parse(pattern)))
        return found.ljust(least, found[-1:] or "a")

    def pieces(self, parsed):
        """A text that a pattern takes, as few repetitions as it allows."""
        for kind, detail in parsed:
            kind = str(kind)
            if kind == "LITERAL":
                yield chr(detail)
            elif kind == "IN":
                yield self.one_of(detail)
            elif kind == "ANY":
                yield "a"
            elif kind == "BRANCH":
                yield from self.pieces(detail[1][0])
            elif kind == "SUBPATTERN":
                yield from self.pieces(detail[3])
            elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
                for _ in range(max(detail[0], min(1, detail[1])) if detail[0] else 0):
                    yield from self.pieces(detail[2])

    def one_of(self, choices):
        for kind, detail in choices:
            if str(kind) == "LITERAL":
                return chr(detail)
            if str(kind) == "RANGE":
                return chr(detail[0])
        return "a"


def violations(generator, shape, path="", depth=0, seen=()):
    """Triples: a path of keys, a value to put there (None takes it away), and what AWS says about it."""
    if depth > DEEPEST or shape.name in seen:
        return
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            place = f"{path}.{camel(name)}" if path else camel(name)
            if name in shape.required_members:
                yield (name,), None, [f"Value null at '{place}' failed to satisfy constraint: Member must not be null"]
            for keys, value, sentences in violations(generator, member, place, depth + 1, (*seen, shape.name)):
                yield (name, *keys), value, sentences
        return
    for value in wrong_values(generator, shape):
        yield (), value, [f"at '{path}' failed to satisfy constraint: Member must {words}" for words in breaches(shape, value)]
    if shape.type_name == "list":
        for keys, value, sentences in violations(generator, shape.member, f"{path}.1.member", depth + 1, seen):
            yield (0, *keys), value, sentences


def wrong_values(generator, shape):
    kind = shape.type_name
    bounds = outside(shape, kind in NUMBERS)
    if kind in NUMBERS:
        yield from bounds
    elif kind == "list":
        yield from ([generator.small(shape.member) for _ in range(count)] for count in bounds)
    elif kind == "map":
        yield from ({f"k{index}": generator.small(shape.value) for index in range(count)} for count in bounds)
    elif kind == "string" and shape.enum:
        yield "No-Such-Value"
    elif kind == "string":
        good = generator.text(shape)
        yield from ((good * (count // max(len(good), 1) + 1))[:count] for count in bounds)
        if "pattern" in shape.metadata:
            tried = ("_" * max(shape.metadata.get("min", 1), 1), "a \u0001")
            yield from [text for text in tried if not matches(shape.metadata["pattern"], text)][:1]


def outside(shape, is_number):
    """The nearest numbers that a shape's bounds do not allow; a list of thousands proves no more than one of ten."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and most < (2**31 - 1 if is_number else 9000):
        yield most + 1
    if least is not None and (is_number or least > 0):
        yield least - 1


def breaches(shape, value):
    """What AWS says about one value, in AWS's order."""
    least, most, pattern = (shape.metadata.get(key) for key in ("min", "max", "pattern"))
    is_number = shape.type_name in NUMBERS
    size, noun = (value, "value") if is_number else (len(value), "length")
    if most is not None and size > most:
        yield f"have {noun} less than or equal to {most}"
    if least is not None and size < least:
        yield f"have {noun} greater than or equal to {least}"
    # A text far too long is not tried against a pattern.
    if pattern is not None and size <= (8192 if most is None else most) and not matches(pattern, value):
        yield f"satisfy regular expression pattern: {pattern}"
    if shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield "satisfy enum value set: ["


def camel(name):
    return name[:1].lower() + name[1:]


def put(value, keys, wrong):
    """A copy of a request with one place changed; None where the request has no such place."""
    if not keys:
        return wrong
    first, *rest = keys
    if isinstance(value, list):
        if not value:
            return None
        changed = put(value[0], rest, wrong)
        return None if changed is None else [changed, *value[1:]]
    if first not in value:
        return None
    if not rest and wrong is None:
        return {name: entry for name, entry in value.items() if name != first}
    changed = put(value[first], rest, wrong)
    return None if changed is None else {**value, first: changed}

"""What AWS's own service model says against an answer, looked at as it came, before a parser drops anything."""

import re

# Classes that AWS's patterns use and Python's re does not have; the replacement allows a little more.
JAVA_CLASSES = {r"\p{Print}": r"[ -~]", r"\p{L}": r"\w", r"\p{Z}": r"\s", r"\p{N}": r"\d", r"\p{M}": r"\w", r"\p{S}": r"\S", r"\p{P}": r"\S"}
TYPES = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
    "blob": str,
}


def matches(pattern, text):
    for java, python in JAVA_CLASSES.items():
        pattern = pattern.replace(java, python)
    # The model writes characters beyond the first plane as Java does, in two halves.
    pattern = pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", "\U00010000-\U0010ffff")
    return re.fullmatch(pattern, text) is not None


def findings(shape, value, path):
    """Sentences about every member that the model does not allow."""
    kind = shape.type_name
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{path} is not a {kind}"
    elif kind == "structure":
        members = {entry.serialization.get("name", name): entry for name, entry in shape.members.items()}
        wanted = {shape.members[name].serialization.get("name", name) for name in shape.required_members}
        yield from (f"{path}.{name} is missing" for name in sorted(wanted - set(value)))
        for name, entry in value.items():
            if name not in members:
                yield f"{path}.{name} is unknown"
            elif entry is None:
                yield f"{path}.{name} is null"
            else:
                yield from findings(members[name], entry, f"{path}.{name}")
    elif kind == "list":
        yield from size(shape, len(value), path)
        for entry in value:
            yield from findings(shape.member, entry, f"{path}[]")
    elif kind == "map":
        yield from size(shape, len(value), path)
        for name, entry in value.items():
            yield from findings(shape.key, name, f"{path} key")
            yield from findings(shape.value, entry, f"{path}{{}}")
    elif kind == "string":
        yield from size(shape, len(value), path)
        if shape.enum and value not in shape.enum:
            yield f"{path} has no value {value}"
        if "pattern" in shape.metadata and not matches(shape.metadata["pattern"], value):
            yield f"{path} does not match its pattern"
    elif kind not in ("boolean", "timestamp", "blob"):
        yield from size(shape, value, path)


def size(shape, number, path):
    if number < shape.metadata.get("min", number):
        yield f"{path} is below its minimum"
    if number > shape.metadata.get("max", number):
        yield f"{path} is above its maximum"

"""Turns the published file back into a checkpoint: `python3 import_gguf.py sagescope-demo.gguf FOLDER`.

Training can then go on from the weights in the repository. Reads only what export_gguf.py writes.
"""

import json
import struct
import sys
from pathlib import Path

import numpy
import torch

from export_gguf import ALIGNMENT, ARRAY, PACKING, STRING, TYPE_F16, gguf_name
from network import Network, Shape


class Reader:
    def __init__(self, content: bytes):
        self.content = content
        self.position = 0

    def number(self, form: str):
        value = struct.unpack_from(form, self.content, self.position)[0]
        self.position += struct.calcsize(form)
        return value

    def text(self) -> str:
        length = self.number("<Q")
        self.position += length
        return self.content[self.position - length : self.position].decode()

    def value(self, kind: int):
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            inner, count = self.number("<I"), self.number("<Q")
            return [self.value(inner) for _ in range(count)]
        return self.number(PACKING[kind])


def read(content: bytes):
    """Returns the metadata and, by its GGUF name, each tensor in 32-bit floats."""
    reader = Reader(content)
    if content[:4] != b"GGUF":
        raise ValueError("not a GGUF file")
    reader.position = 8
    tensors, keys = reader.number("<Q"), reader.number("<Q")
    metadata = {}
    for _ in range(keys):
        name, kind = reader.text(), reader.number("<I")
        metadata[name] = reader.value(kind)
    places = {}
    for _ in range(tensors):
        name = reader.text()
        dimensions = [reader.number("<Q") for _ in range(reader.number("<I"))]
        places[name] = (dimensions, reader.number("<I"), reader.number("<Q"))
    start = -(-reader.position // ALIGNMENT) * ALIGNMENT
    state = {}
    for name, (dimensions, kind, offset) in places.items():
        form = numpy.float16 if kind == TYPE_F16 else numpy.float32
        flat = numpy.frombuffer(content, form, int(numpy.prod(dimensions)), start + offset)
        state[name] = torch.from_numpy(flat.astype(numpy.float32)).view(*reversed(dimensions))
    return metadata, state


def main(source: Path, folder: Path):
    metadata, state = read(source.read_bytes())
    expected = Network(Shape()).state_dict()
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({name: state[gguf_name(name)] for name in expected}, folder / "checkpoint.pt")
    merges = [merge.split(" ") for merge in metadata["tokenizer.ggml.merges"]]
    (folder / "tokenizer.json").write_text(json.dumps({"merges": merges}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

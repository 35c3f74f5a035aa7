"""Writes a checkpoint as GGUF: `python3 export_gguf.py FOLDER sagescope-demo.gguf`."""

import struct
import sys
from pathlib import Path

import numpy
import torch

import tokenizer as tokenizers
from network import Shape

ALIGNMENT = 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
PACKING = {UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}
NORMAL, CONTROL = 1, 3
TYPE_F32, TYPE_F16 = 0, 1
BLOCK_NAMES = {
    "attention_norm": "attn_norm", "feed_forward_norm": "ffn_norm", "attention.query": "attn_q",
    "attention.key": "attn_k", "attention.value": "attn_v", "attention.output": "attn_output",
    "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down",
}


def text(value: str) -> bytes:
    encoded = value.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def packed(kind: int, value) -> bytes:
    return text(value) if kind == STRING else struct.pack(PACKING[kind], value)


def entry(key: str, kind: int, value) -> bytes:
    return text(key) + struct.pack("<I", kind) + packed(kind, value)


def array(key: str, kind: int, values) -> bytes:
    head = text(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
    return head + b"".join(packed(kind, value) for value in values)


def metadata(shape: Shape, tokenizer):
    types = [CONTROL if index in (tokenizer.end, tokenizer.pad) else NORMAL for index in range(len(tokenizer.tokens))]
    return [
        entry("general.architecture", STRING, "llama"),
        entry("general.name", STRING, "Sagescope demonstration model"),
        entry("general.license", STRING, "apache-2.0"),
        entry("general.file_type", UINT32, 1),
        entry("general.alignment", UINT32, ALIGNMENT),
        entry("llama.context_length", UINT32, shape.context),
        entry("llama.embedding_length", UINT32, shape.width),
        entry("llama.block_count", UINT32, shape.layers),
        entry("llama.feed_forward_length", UINT32, shape.feed_forward),
        entry("llama.attention.head_count", UINT32, shape.heads),
        entry("llama.attention.head_count_kv", UINT32, shape.key_value_heads),
        entry("llama.attention.layer_norm_rms_epsilon", FLOAT32, shape.norm_epsilon),
        entry("llama.rope.freq_base", FLOAT32, shape.rope_base),
        entry("llama.rope.dimension_count", UINT32, shape.head_width),
        entry("llama.vocab_size", UINT32, shape.vocabulary),
        entry("tokenizer.ggml.model", STRING, "gpt2"),
        entry("tokenizer.ggml.pre", STRING, "gpt-2"),
        array("tokenizer.ggml.tokens", STRING, tokenizer.tokens),
        array("tokenizer.ggml.token_type", INT32, types),
        array("tokenizer.ggml.merges", STRING, [f"{a} {b}" for a, b in tokenizer.merges]),
        entry("tokenizer.ggml.bos_token_id", UINT32, tokenizer.end),
        entry("tokenizer.ggml.eos_token_id", UINT32, tokenizer.end),
        entry("tokenizer.ggml.padding_token_id", UINT32, tokenizer.pad),
        # A prompt starts a document as it stands; the model also knows a leading end token.
        entry("tokenizer.ggml.add_bos_token", BOOL, False),
    ]


def gguf_name(name: str) -> str:
    if name == "embedding.weight":
        return "token_embd.weight"
    if name == "norm.weight":
        return "output_norm.weight"
    _, layer, *middle, _ = name.split(".")
    return f"blk.{layer}.{BLOCK_NAMES['.'.join(middle)]}.weight"


def write(path: Path, keys, state) -> None:
    descriptions, blobs, offset = [], [], 0
    for name, tensor in state.items():
        matrix = tensor.dim() == 2
        blob = tensor.numpy().astype(numpy.float16 if matrix else numpy.float32).tobytes()
        dimensions = list(reversed(tensor.shape))
        descriptions.append(
            text(gguf_name(name)) + struct.pack(f"<I{len(dimensions)}Q", len(dimensions), *dimensions)
            + struct.pack("<IQ", TYPE_F16 if matrix else TYPE_F32, offset)
        )
        blob += b"\0" * (-len(blob) % ALIGNMENT)
        blobs.append(blob)
        offset += len(blob)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(descriptions), len(keys)) + b"".join([*keys, *descriptions])
    path.write_bytes(head + b"\0" * (-len(head) % ALIGNMENT) + b"".join(blobs))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(Path(sys.argv[2]), metadata(Shape(), tokenizers.load(str(folder / "tokenizer.json"))),
          torch.load(folder / "checkpoint.pt"))

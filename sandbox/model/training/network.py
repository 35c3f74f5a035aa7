"""The network: a llama architecture with grouped-query attention and tied embeddings."""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional


# Debian's torch 1.13 has no such kernel, and torch 2 has it for the CPU too.
FUSED = hasattr(functional, "scaled_dot_product_attention")


@dataclass
class Shape:
    vocabulary: int = 2048
    width: int = 256
    layers: int = 4
    heads: int = 4
    key_value_heads: int = 2
    feed_forward: int = 640
    context: int = 1536
    rope_base: float = 10000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class RootMeanSquareNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        scale = torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon)
        return x * scale * self.weight


def rotation_table(shape: Shape):
    frequencies = shape.rope_base ** (-torch.arange(0, shape.head_width, 2).float() / shape.head_width)
    angles = torch.arange(shape.context).float()[:, None] * frequencies[None, :]
    return torch.polar(torch.ones_like(angles), angles)


def rotate(x, table):
    """llama.cpp rotates neighbouring pairs (2i, 2i+1), which is a complex product."""
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * table[:, None, :]).reshape(x.shape)


def attention_mask(shape: Shape, documents):
    """Where a token may look: at earlier tokens of its own document only."""
    batch, length = documents.shape
    same = documents[:, :, None] == documents[:, None, :]
    visible = same & torch.ones_like(same[0]).tril()
    if FUSED:
        return visible[:, None]
    mask = torch.zeros(batch, length, length).masked_fill_(~visible, float("-inf"))
    group = shape.heads // shape.key_value_heads
    mask = mask[:, None, None].expand(batch, shape.key_value_heads, group, length, length)
    return mask.reshape(batch * shape.key_value_heads, group * length, length)


class Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        key_value_width = shape.key_value_heads * shape.head_width
        self.query = nn.Linear(shape.width, shape.width, bias=False)
        self.key = nn.Linear(shape.width, key_value_width, bias=False)
        self.value = nn.Linear(shape.width, key_value_width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x, table, mask):
        shape = self.shape
        batch, length, _ = x.shape
        query = rotate(self.query(x).view(batch, length, shape.heads, shape.head_width), table)
        key = rotate(self.key(x).view(batch, length, shape.key_value_heads, shape.head_width), table)
        value = self.value(x).view(batch, length, shape.key_value_heads, shape.head_width)
        mix = self.mix_fused if FUSED else self.mix
        return self.output(mix(query, key, value, mask).reshape(batch, length, shape.width))

    def mix_fused(self, query, key, value, mask):
        """One kernel, which never holds the scores as a whole."""
        group = self.shape.heads // self.shape.key_value_heads
        key, value = (part.repeat_interleave(group, dim=2).transpose(1, 2) for part in (key, value))
        mixed = functional.scaled_dot_product_attention(query.transpose(1, 2), key, value, attn_mask=mask)
        return mixed.transpose(1, 2)

    def mix(self, query, key, value, mask):
        """Query heads that share a key head are stacked along the rows: one product per key head."""
        shape = self.shape
        batch, length = query.shape[:2]
        group = shape.heads // shape.key_value_heads
        query = query.view(batch, length, shape.key_value_heads, group, shape.head_width)
        query = query.permute(0, 2, 3, 1, 4).reshape(batch * shape.key_value_heads, group * length, shape.head_width)
        key = key.permute(0, 2, 3, 1).reshape(batch * shape.key_value_heads, shape.head_width, length)
        value = value.permute(0, 2, 1, 3).reshape(batch * shape.key_value_heads, length, shape.head_width)
        scores = torch.baddbmm(mask, query, key, alpha=1.0 / math.sqrt(shape.head_width))
        mixed = torch.bmm(functional.softmax(scores, dim=-1), value)
        return mixed.view(batch, shape.heads, length, shape.head_width).transpose(1, 2)


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.attention_norm = RootMeanSquareNorm(shape.width, shape.norm_epsilon)
        self.attention = Attention(shape)
        self.feed_forward_norm = RootMeanSquareNorm(shape.width, shape.norm_epsilon)
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x, table, mask):
        x = x + self.attention(self.attention_norm(x), table, mask)
        hidden = self.feed_forward_norm(x)
        return x + self.down(functional.silu(self.gate(hidden)) * self.up(hidden))


class Network(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RootMeanSquareNorm(shape.width, shape.norm_epsilon)
        self.register_buffer("table", rotation_table(shape), persistent=False)
        self.initialise()

    def initialise(self):
        nn.init.normal_(self.embedding.weight, std=0.04)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5 * 0.7)
            if name.endswith(("output.weight", "down.weight")):
                nn.init.zeros_(weight)

    def forward(self, tokens, documents):
        x = self.embedding(tokens)
        mask = attention_mask(self.shape, documents)
        table = self.table[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x, table, mask)
        return functional.linear(self.norm(x), self.embedding.weight)

    def loss(self, batch):
        """The weighted mean loss of a batch of `Stream`, in nats for each token."""
        tokens, targets, weights, documents = batch
        logits = self(tokens, documents)
        losses = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
        return (losses * weights.flatten()).sum() / weights.sum()

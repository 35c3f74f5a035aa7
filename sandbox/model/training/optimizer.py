"""Muon for the matrices inside the blocks, Adam for the rest.

Muon learns from roughly half the tokens Adam needs, which is what a CPU budget is short of.
"""

import torch


def orthogonalise(matrix, steps: int = 5):
    """Newton-Schulz iteration: the nearest matrix whose singular values are all about one."""
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.t() if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        product = x @ x.t()
        x = a * x + (b * product + c * product @ product) @ x
    return x.t() if tall else x


class Muon:
    def __init__(self, matrices, momentum: float = 0.95, decay: float = 0.01):
        self.matrices = list(matrices)
        self.buffers = [torch.zeros_like(matrix) for matrix in self.matrices]
        self.momentum = momentum
        self.decay = decay

    @torch.no_grad()
    def step(self, rate: float):
        for matrix, buffer in zip(self.matrices, self.buffers):
            buffer.lerp_(matrix.grad, 1 - self.momentum)
            update = orthogonalise(matrix.grad.lerp(buffer, self.momentum))
            scale = max(1.0, matrix.shape[0] / matrix.shape[1]) ** 0.5
            matrix.mul_(1 - rate * self.decay).add_(update, alpha=-rate * scale)


class Optimizer:
    """Updates the weights with the given indices only: the processes share the work."""

    def __init__(self, network, indices):
        named = list(network.named_parameters())
        chosen = [named[index] for index in indices]
        matrices = [p for name, p in chosen if p.dim() == 2 and "embedding" not in name]
        others = [p for name, p in chosen if p.dim() != 2 or "embedding" in name]
        self.chosen = [p for _, p in chosen]
        self.muon = Muon(matrices)
        self.adam = torch.optim.Adam(others, lr=0.0, betas=(0.9, 0.98))

    def step(self, fraction: float, muon_rate: float = 0.008, adam_rate: float = 0.0012):
        """`fraction` is where the schedule stands, 1 at its peak."""
        self.muon.step(muon_rate * fraction)
        for group in self.adam.param_groups:
            group["lr"] = adam_rate * fraction
        self.adam.step()
        for parameter in self.chosen:
            parameter.grad = None

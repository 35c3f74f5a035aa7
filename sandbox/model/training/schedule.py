"""How the learning rate and the checkpoints follow the time of a training run."""

import math
from pathlib import Path

import torch

from network import Network, Shape

WARM_UP = 0.02


def learning_rate(progress: float) -> float:
    """The part of the highest rate, for a progress between 0 and 1."""
    if progress < WARM_UP:
        return progress / WARM_UP
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - WARM_UP) / (1 - WARM_UP)))


def restore(folder: Path) -> Network:
    """The network of the folder's checkpoint, or a new one."""
    torch.manual_seed(7)
    network = Network(Shape())
    if (folder / "checkpoint.pt").exists():
        network.load_state_dict(torch.load(folder / "checkpoint.pt"))
    return network


def save(network, folder: Path) -> None:
    torch.save({name: tensor.cpu() for name, tensor in network.state_dict().items()}, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").rename(folder / "checkpoint.pt")

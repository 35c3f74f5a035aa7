"""Trains on the CPU for a fixed time: `python3 train.py FOLDER MINUTES [PROCESSES]`; FOLDER holds tokenizer.json.

A checkpoint already in FOLDER is trained further, with a new schedule.

The processes, one unless told otherwise, have one thread each and share the weights. A step is a number
of small batches which they take from a common counter, so that a busy core slows the step little.
"""

import sys
import time
from pathlib import Path

import torch
import torch.multiprocessing as multiprocessing

import tokenizer as tokenizers
from batches import Stream
from optimizer import Optimizer
from schedule import learning_rate, restore, save

BATCHES_PER_STEP = 4


def take(counter) -> bool:
    with counter.get_lock():
        counter.value -= 1
        return counter.value >= 0


def owned(network, rank: int, processes: int):
    """Each process updates its part of the weights; alternate entries are about equally large."""
    return [index for index, _ in enumerate(network.parameters()) if index % processes == rank]


def work(rank: int, folder: Path, seconds: float, network, gradients, barrier, counter, progress, losses, tokens):
    torch.set_num_threads(1)
    stream = Stream(tokenizers.load(str(folder / "tokenizer.json")), seed=1000 + rank + int(time.time()))
    parameters = list(network.parameters())
    mine = owned(network, rank, len(gradients))
    optimizer = Optimizer(network, mine)
    started, step, smooth = time.time(), 0, None
    log = open(folder / "train.log", "a") if rank == 0 else None
    saved = started
    while progress.value < 1:
        losses[rank] = 0.0
        while take(counter):
            batch = [torch.from_numpy(part) for part in stream.batch(progress.value)]
            loss = network.loss(batch)
            loss.backward()
            tokens.value += batch[0].numel()
            losses[rank] += loss.item() / BATCHES_PER_STEP
        for parameter, shared in zip(parameters, gradients[rank]):
            shared.copy_(parameter.grad) if parameter.grad is not None else shared.zero_()
            parameter.grad = None
        barrier.wait()
        for index in mine:
            parameters[index].grad = sum(gradients[other][index] for other in range(len(gradients)))
        optimizer.step(learning_rate(progress.value))
        barrier.wait()
        if rank == 0:
            step += 1
            smooth = sum(losses) if smooth is None else 0.95 * smooth + 0.05 * sum(losses)
            now = time.time()
            if step % 10 == 0:
                print(f"step {step} tokens {tokens.value} seconds {now - started:.0f} loss {smooth:.4f}", file=log, flush=True)
            counter.value = BATCHES_PER_STEP
            progress.value = (now - started) / seconds
            if now - saved > 180 or progress.value >= 1:
                saved = now
                save(network, folder)
        barrier.wait()


def main():
    folder, minutes = Path(sys.argv[1]), float(sys.argv[2])
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    torch.set_num_threads(1)
    network = restore(folder)
    network.share_memory()
    gradients = [[torch.zeros_like(p).share_memory_() for p in network.parameters()] for _ in range(processes)]
    shared = (multiprocessing.Barrier(processes), multiprocessing.Value("i", BATCHES_PER_STEP),
              multiprocessing.Value("d", 0.0), multiprocessing.Array("d", processes),
              multiprocessing.Value("q", 0))
    arguments = (folder, minutes * 60, network, gradients, *shared)
    multiprocessing.start_processes(work, arguments, nprocs=processes, start_method="fork")


if __name__ == "__main__":
    main()

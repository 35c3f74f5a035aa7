"""Trains on a CUDA GPU for a fixed time: `python3 train_on_gpu.py FOLDER MINUTES`; FOLDER holds tokenizer.json.

A checkpoint already in FOLDER is trained further, with a new schedule. All CPU cores but one write
documents, as the GPU reads more than a million tokens a second.
"""

import multiprocessing
import os
import sys
import time
from pathlib import Path

import torch

import tokenizer as tokenizers
from batches import Stream
from optimizer import Optimizer
from schedule import learning_rate, restore, save

BATCHES_PER_STEP = 4
ROWS, LONG_ROWS = 128, 32
WAITING_BATCHES = 32
# A step sees twenty times the tokens of one on a CPU, so its direction can be trusted further.
MUON_RATE, ADAM_RATE = 0.015, 0.002


def write_batches(queue, progress, folder: Path, seed: int):
    stream = Stream(tokenizers.load(str(folder / "tokenizer.json")), seed, ROWS, LONG_ROWS)
    while True:
        queue.put(stream.batch(progress.value))


def train(network, queue, progress, folder: Path, seconds: float):
    optimizer = Optimizer(network, range(len(list(network.parameters()))))
    log = open(folder / "train.log", "a")
    step, tokens, smooth = 0, 0, None
    started = saved = time.time()
    while progress.value < 1:
        losses = []
        for _ in range(BATCHES_PER_STEP):
            batch = [torch.from_numpy(part).to("cuda") for part in queue.get()]
            loss = network.loss(batch) / BATCHES_PER_STEP
            loss.backward()
            losses.append(loss.detach())
            tokens += batch[0].numel()
        optimizer.step(learning_rate(progress.value), MUON_RATE, ADAM_RATE)
        step += 1
        if step % 20 == 0:
            total = sum(losses).item()
            smooth = total if smooth is None else 0.9 * smooth + 0.1 * total
            elapsed = time.time() - started
            print(f"step {step} tokens {tokens} seconds {elapsed:.0f} loss {smooth:.4f} "
                  f"waiting batches {queue.qsize()}", file=log, flush=True)
        now = time.time()
        progress.value = (now - started) / seconds
        if now - saved > 60 or progress.value >= 1:
            saved = now
            save(network, folder)


def main():
    folder, minutes = Path(sys.argv[1]), float(sys.argv[2])
    if not torch.backends.cuda.is_built():
        sys.exit("This torch has no CUDA; train.py trains on the CPU.")
    # Forked before the first use of the GPU, whose state a fork must not share.
    queue, progress = multiprocessing.Queue(WAITING_BATCHES), multiprocessing.Value("d", 0.0)
    for number in range(max(1, len(os.sched_getaffinity(0)) - 1)):
        arguments = (queue, progress, folder, number + int(time.time()) * 1000)
        multiprocessing.Process(target=write_batches, args=arguments, daemon=True).start()
    # 19 bits of each factor are enough, and the matrix units are many times faster with them.
    torch.backends.cuda.matmul.allow_tf32 = True
    train(restore(folder).to("cuda"), queue, progress, folder, minutes * 60)


if __name__ == "__main__":
    main()

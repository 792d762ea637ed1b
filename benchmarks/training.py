"""Training samples a second, and the time to read one digit, beside PyTorch and scikit-learn.

    python -m benchmarks.training

The same network, batch size, optimizer (Adam) and data, one thread each. The contestants take
turns, so that a slow moment of the machine hits all of them; medians are printed, and the ratio to
PyTorch pair by pair. Needs ``pip install torch scikit-learn`` beside the project's requirements.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import platform
import time
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import sklearn
import torch
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from nnviz.datasets import mnist
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.training import Samples, TrainingConfig, train

SAMPLES = 20_000
Step = Callable[[], None]


def ours(sizes: tuple[int, ...], batch: int) -> tuple[Step, Step]:
    """One epoch of training, and one reading, by nnviz."""
    part = mnist.load().train
    samples = Samples(part.images[:SAMPLES], part.labels[:SAMPLES])
    hidden = [
        Dense(size, "relu", input_shape=(784,) if not n else None) for n, size in enumerate(sizes)
    ]
    network = Network([*hidden, Dense(10, "softmax")])
    config = TrainingConfig(epochs=1, batch_size=batch, optimizer="adam")
    digit = part.images[:1].reshape(1, 784) * np.float32(1 / 255)

    def epoch() -> None:
        for _ in train(network, samples, None, config):
            pass

    return epoch, lambda: network.forward(digit)


def pytorchs(sizes: tuple[int, ...], batch: int) -> tuple[Step, Step]:
    """The same by PyTorch, eager, with the data ready as float32 tensors."""
    part = mnist.load().train
    x = torch.tensor(part.images[:SAMPLES].reshape(-1, 784) / 255, dtype=torch.float32)
    y = torch.tensor(part.labels[:SAMPLES].astype(np.int64))
    widths = (784, *sizes)
    layers: list[torch.nn.Module] = []
    for inputs, outputs in pairwise(widths):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

    def epoch() -> None:
        order = torch.randperm(SAMPLES)
        for start in range(0, SAMPLES, batch):
            chosen = order[start : start + batch]
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimizer.step()

    def read() -> None:
        with torch.no_grad():
            model(x[:1])

    return epoch, read


def scikit_learns(sizes: tuple[int, ...], batch: int) -> tuple[Step, Step]:
    """The same by scikit-learn's MLPClassifier."""
    part = mnist.load().train
    x = (part.images[:SAMPLES].reshape(-1, 784) / 255).astype(np.float32)
    y = part.labels[:SAMPLES]
    model = MLPClassifier(sizes, batch_size=batch, alpha=0, max_iter=1, warm_start=True)
    model.fit(x[:1000], y[:1000])
    return lambda: model.fit(x, y), lambda: model.predict_proba(x[:1])


CONTESTANTS = {"nnviz": ours, "PyTorch": pytorchs, "scikit-learn": scikit_learns}


def measure(pick: int, sizes: tuple[int, ...], batch: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of each round for every contestant, in turns; pick 0 is training, 1 is reading."""
    steps = {name: create(sizes, batch)[pick] for name, create in CONTESTANTS.items()}
    repeats = 1 if pick == 0 else 300
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for round_ in range(rounds + 1):
        for name, step in steps.items():
            start = time.perf_counter()
            for _ in range(repeats):
                step()
            if round_:  # the first is the warm-up
                seconds[name].append((time.perf_counter() - start) / repeats)
    return seconds


def print_row(label: str, seconds: dict[str, list[float]], show: Callable[[float], str]) -> None:
    """One row: medians, and how many times PyTorch's speed nnviz has, round by round."""
    values = " | ".join(show(float(np.median(each))) for each in seconds.values())
    ratio = np.median(np.array(seconds["PyTorch"]) / np.array(seconds["nnviz"]))
    print(f"| {label} | {values} | {ratio:.1f} |")


def main() -> None:
    """Print two tables: training and reading."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds (%(default)s)")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", category=UserWarning, module="sklearn")
    header = "| " + " | ".join(CONTESTANTS) + " | times PyTorch |\n|---|" + "---:|" * 4
    versions = f"PyTorch {torch.__version__}, scikit-learn {sklearn.__version__}"
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {versions}, one thread")
    with threadpool_limits(1):
        print("\n### Training, samples a second (Adam)\n\n| network, batch " + header)
        for sizes in ((16, 16), (128, 64)):
            for batch in (32, 128):
                label = "-".join(map(str, (784, *sizes, 10))) + f", {batch}"
                print_row(label, measure(0, sizes, batch, rounds), lambda s: f"{SAMPLES / s:,.0f}")
        print("\n### Reading one digit, microseconds\n\n| network " + header)
        for sizes in ((16, 16), (128, 64)):
            label = "-".join(map(str, (784, *sizes, 10)))
            print_row(label, measure(1, sizes, 32, rounds), lambda s: f"{1e6 * s:.0f}")


if __name__ == "__main__":
    main()

"""Training, reading one digit and reading the test set, beside PyTorch and scikit-learn.

    python -m benchmarks.training

The same network, batch size, optimizer (Adam) and data, one thread each; PyTorch runs convolutions
in its faster layout, channels last. The contestants take turns, so that a slow moment of the
machine hits all of them. CPU time, to which other processes add little; medians are printed, and
first how many times PyTorch's speed nnviz has, the median of the rounds' ratios. Where the
environment holds OpenBLAS to other kernels than its own choice, all is measured with these, too.
Needs requirements-bench.txt.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import platform
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import sklearn
import torch
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_info, threadpool_limits
from torch import nn

from nnviz.datasets import mnist
from nnviz.layers import LSTM, Conv2D, Dense, Flatten, MaxPooling2D
from nnviz.layers.base import Context, Layer
from nnviz.network import Network
from nnviz.samples import Samples
from nnviz.training import train
from nnviz.training.config import TrainingConfig

Step = Callable[[], object]
Array = NDArray[np.float32]

HOLDS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # hold NumPy's products to others
AT_ONCE = 100  # digits that PyTorch reads at once: of 50 to 1,000 its best or near it


@dataclass(frozen=True)
class Case:
    """One network, as each contestant writes it down; scikit-learn has perceptrons only."""

    name: str
    samples: int
    layers: Callable[[], Sequence[Layer]]
    module: Callable[[], nn.Module]
    hidden: tuple[int, ...] | None = None
    channels_last: bool = False


def perceptron(*hidden: int) -> Case:
    """784 inputs, ReLU layers of these sizes, ten outputs."""

    def layers() -> list[Layer]:
        first, *others = hidden
        return [
            Dense(first, "relu", input_shape=(784,)),
            *(Dense(size, "relu") for size in others),
            Dense(10, "softmax"),
        ]

    def module() -> nn.Module:
        parts: list[nn.Module] = [nn.Flatten()]
        for inputs, outputs in pairwise((784, *hidden)):
            parts += [nn.Linear(inputs, outputs), nn.ReLU()]
        return nn.Sequential(*parts, nn.Linear(hidden[-1], 10))

    return Case("-".join(map(str, (784, *hidden, 10))), 20_000, layers, module, hidden)


def convolutional(first: int, second: int) -> Case:
    """Two 5x5 convolutions, a pooling after each, ten outputs."""

    def layers() -> list[Layer]:
        return [
            Conv2D(first, 5, "relu", padding="same", input_shape=(28, 28, 1)),
            MaxPooling2D(),
            Conv2D(second, 5, "relu", padding="same"),
            MaxPooling2D(),
            Flatten(),
            Dense(10, "softmax"),
        ]

    def module() -> nn.Module:
        return nn.Sequential(
            nn.Conv2d(1, first, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(first, second, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(49 * second, 10),
        )

    return Case(f"CNN {first} and {second} maps", 4_000, layers, module, channels_last=True)


class TorchLSTM(nn.Module):
    """The rows of an image one after the other; the last state is read out."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(28, units, batch_first=True)
        self.output = nn.Linear(units, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Images (N, 1, 28, 28) to the ten outputs."""
        states, _ = self.lstm(x.view(-1, 28, 28))
        result: torch.Tensor = self.output(states[:, -1])
        return result


def recurrent(units: int) -> Case:
    """An LSTM over the image's rows."""
    return Case(
        f"LSTM {units} over 28 rows",
        8_000,
        lambda: [LSTM(units, input_shape=(28, 28)), Dense(10, "softmax")],
        lambda: TorchLSTM(units),
    )


CASES = [perceptron(16, 16), perceptron(128, 64), convolutional(8, 16), recurrent(64)]


@dataclass(frozen=True)
class Steps:
    """What is timed of a contestant: an epoch of training, one digit, all of the test set."""

    epoch: Step
    one: Step
    test_set: Step


@cache
def test_images() -> Array:
    """The 10,000 test digits as networks read them."""
    images: Array = mnist.load().test.images * np.float32(1 / 255)
    return images


def ours(case: Case, batch: int) -> Steps:
    """By nnviz; read as the server reads: only results are kept."""
    part = mnist.load().train
    samples = Samples(part.images[: case.samples], part.labels[: case.samples])
    network = Network(case.layers())
    config = TrainingConfig(epochs=1, batch_size=batch, optimizer="adam")
    digit = test_images()[:1].reshape(1, 784)
    served = Network(case.layers()).frozen()
    return Steps(
        lambda: list(train(network, samples, None, config)),
        lambda: served.forward(digit, Context(steps_of=())),
        lambda: served.predict(test_images()),
    )


def pytorchs(case: Case, batch: int) -> Steps:
    """The same by PyTorch, eager, with the data ready as float32 tensors."""
    part = mnist.load().train
    x = torch.tensor(part.images[: case.samples, np.newaxis] / 255, dtype=torch.float32)
    test = torch.tensor(test_images()[:, np.newaxis])
    y = torch.tensor(part.labels[: case.samples].astype(np.int64))
    model = case.module()
    if case.channels_last:
        x, test = (each.to(memory_format=torch.channels_last) for each in (x, test))
        model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

    def epoch() -> None:
        order = torch.randperm(case.samples)
        for start in range(0, case.samples, batch):
            chosen = order[start : start + batch]
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimizer.step()

    def read(digits: torch.Tensor) -> None:
        with torch.no_grad():
            for start in range(0, len(digits), AT_ONCE):
                model(digits[start : start + AT_ONCE])

    return Steps(epoch, lambda: read(x[:1]), lambda: read(test))


def scikit_learns(case: Case, batch: int) -> Steps | None:
    """The same by scikit-learn's MLPClassifier; None for what is no perceptron."""
    if case.hidden is None:
        return None
    part = mnist.load().train
    x = (part.images[: case.samples].reshape(-1, 784) / 255).astype(np.float32)
    y, test = part.labels[: case.samples], test_images().reshape(-1, 784)
    model = MLPClassifier(case.hidden, batch_size=batch, alpha=0, max_iter=1, warm_start=True)
    model.fit(x[:1000], y[:1000])
    return Steps(
        lambda: model.fit(x, y),
        lambda: model.predict_proba(x[:1]),
        lambda: model.predict_proba(test),
    )


CONTESTANTS = {"nnviz": ours, "PyTorch": pytorchs, "scikit-learn": scikit_learns}


def measure(
    pick: Callable[[Steps], Step], case: Case, batch: int, rounds: int, repeats: int = 1
) -> dict[str, list[float]]:
    """Seconds of each round for every contestant, in turns."""
    made = {name: create(case, batch) for name, create in CONTESTANTS.items()}
    steps = {name: pick(each) for name, each in made.items() if each}
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for round_ in range(rounds + 1):
        for name, step in steps.items():
            start = time.process_time()
            for _ in range(repeats):
                step()
            if round_:  # the first is the warm-up
                seconds[name].append((time.process_time() - start) / repeats)
    return seconds


def print_row(label: str, seconds: dict[str, list[float]], show: Callable[[float], str]) -> None:
    """One row: how many times PyTorch's speed nnviz has, round by round, and medians."""
    values = " | ".join(
        show(float(np.median(seconds[name]))) if name in seconds else "–" for name in CONTESTANTS
    )
    ratio = np.median(np.array(seconds["PyTorch"]) / np.array(seconds["nnviz"]))
    print(f"| {label} | {ratio:.2f} | {values} |", flush=True)


def versions() -> str:
    """What took part, and for which processors NumPy's products and PyTorch's are made here.

    ``OPENBLAS_CORETYPE`` may hold NumPy to others than its own choice, and halve its speed.
    """
    products = {each["version"]: each["architecture"] for each in threadpool_info()
                if each["internal_api"] == "openblas" and "numpy" in each["filepath"]}  # fmt: skip
    kernels = ", ".join(f"OpenBLAS {version}, {name}" for version, name in products.items())
    capability = torch.backends.cpu.get_cpu_capability()
    ours, theirs = f"NumPy {np.__version__} ({kernels})", f"PyTorch {torch.__version__}"
    others = f"{theirs} ({capability}), scikit-learn {sklearn.__version__}"
    return f"Python {platform.python_version()}, {ours}, {others}, one thread"


def tables(rounds: int) -> None:
    """Training, reading one digit, reading the test set."""
    header = " | times PyTorch | " + " | ".join(CONTESTANTS) + " |\n|---|" + "---:|" * 4
    print("\n#### Training, samples a second (Adam)\n\n| network, batch" + header)
    for case in CASES:
        for batch in (32, 128):
            rates = measure(lambda steps: steps.epoch, case, batch, rounds)
            print_row(f"{case.name}, {batch}", rates, lambda s, n=case.samples: f"{n / s:,.0f}")
    print("\n#### Reading one digit, microseconds\n\n| network" + header)
    for case in CASES:
        times = measure(lambda steps: steps.one, case, 32, rounds, repeats=300)
        print_row(case.name, times, lambda s: f"{1e6 * s:.0f}")
    print("\n#### Reading the 10,000 test digits, seconds\n\n| network" + header)
    for case in CASES:
        times = measure(lambda steps: steps.test_set, case, 32, rounds)
        print_row(case.name, times, lambda s: f"{s:.3f}")


def main() -> None:
    """Print the tables; if OpenBLAS is held to some kernels, those of its own choice, too."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="counted rounds (%(default)s)")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", category=UserWarning, module="sklearn")
    held = [f"{name}={os.environ[name]}" for name in HOLDS if name in os.environ]
    print(f"### {'Held to ' + ', '.join(held) if held else 'OpenBLAS chooses its kernels'}\n")
    print(versions())
    with threadpool_limits(1):
        tables(rounds)
    if held:
        print(flush=True)
        command = [sys.executable, "-m", "benchmarks.training", "--rounds", str(rounds)]
        free = {name: value for name, value in os.environ.items() if name not in HOLDS}
        subprocess.run(command, env=free, check=True)


if __name__ == "__main__":
    main()

"""A database of runs in a folder of its own, and recipes that take no time."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from threadpoolctl import threadpool_limits

import nnviz
from nnviz.layers import Dense, Dropout
from nnviz.recipe import Recipe, architecture
from nnviz.recipe.limits import Limits
from nnviz.runs import trainer as trainer_module
from nnviz.runs.database import connect, default_url
from nnviz.runs.job import Job
from nnviz.runs.run import Run
from nnviz.runs.runs import Runs
from nnviz.runs.trainer import RunTrainer
from nnviz.training.config import TrainingConfig

VISITOR = "a" * 32
QUICK = Recipe(
    "Quick",
    architecture((784,), Dense(8, "sigmoid", name="hidden1"), Dropout(0.2), Dense(10, "softmax")),
    TrainingConfig(
        epochs=6, batch_size=50, learning_rate=0.01, schedule="cosine", averaging=0.9, seed=3
    ),
    samples=500,
)
LONG = replace(
    QUICK,
    title="Long",
    samples=55_000,
    training=replace(QUICK.training, epochs=12, batch_size=100, averaging=0.99),
)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """A trainer in the tests' own process sums in the order that its own process would."""
    with threadpool_limits(1, "blas"):
        yield


def undisturbed(recipe: Recipe) -> np.ndarray:
    """The weights that the library gives, in one go."""
    return nnviz.train(recipe).network.parameters


class Place:
    """A data folder with its database."""

    def __init__(self, folder: Path, url: str | None = None, limits: Limits | None = None) -> None:
        self.folder, self.url = folder, url or default_url(folder)
        self.engine = connect(self.url)
        self.runs = Runs(self.engine, limits or Limits())
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, recipe: Recipe = QUICK, visitor: str = VISITOR, key: str | None = None) -> Run:
        return self.runs.start(visitor, recipe, key)

    def trainer(self, run: Run, segment: int = 1, limits: Limits | None = None) -> RunTrainer:
        """What a training process does, without the process."""
        job = Job(self.engine, run.id, segment)
        return RunTrainer(job, limits or self.runs.limits, threading.Event())

    def newest(self, run: Run) -> np.ndarray:
        return self.runs.weights(run.id, self.runs.checkpoints(run.id)[-1].batch)

    def worker(self, name: str = "local", **settings: str) -> subprocess.Popen[bytes]:
        """A worker process, which trains what is in the queue."""
        environment = {**os.environ, **settings, "NNVIZ_RUN_WORKER": name}
        environment |= {"NNVIZ_DATABASE": self.url, "NNVIZ_DATA": str(self.folder)}
        process = subprocess.Popen(
            [sys.executable, "-m", "nnviz.runs.worker"],
            stdin=subprocess.PIPE,
            env=environment,
        )
        self.workers.append(process)
        return process

    def wait(self, run: Run, condition: Callable[[Run], bool], patience: float = 300) -> Run:
        """The run as soon as the condition holds."""
        limit = time.monotonic() + patience
        while not condition(now := self.runs[run.id]):
            assert time.monotonic() < limit, now
            time.sleep(0.02)
        return now

    def close(self) -> None:
        for process in self.workers:
            if process.stdin:
                process.stdin.close()
            process.wait(30)
        self.engine.dispose()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """States after every batch, looks before every one, no lingering."""
    monkeypatch.setattr(trainer_module, "STATE_EVERY", 0.0)
    monkeypatch.setattr(trainer_module, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(trainer_module, "STAY", 0.0)

"""A t-SNE in another process: the same steps, and nothing left of it."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from nnviz.beside import tsne_process
from nnviz.beside.tsne_process import embedding
from nnviz.explore import tsne

RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 8)).astype(np.float32)
START = RNG.normal(size=(60, 2)).astype(np.float32)


def test_its_steps_are_those_of_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # whatever the current folder is
    here = [
        (each.iteration, each.y.copy(), each.divergence)
        for each in tsne.embed(X, iterations=45, start=START, every=20)
    ]
    with embedding(X, START, 45, 20) as steps:
        there = list(steps)
    assert [each.iteration for each in there] == [20, 40, 45]
    for (_, y, divergence), step in zip(here, there, strict=True):
        assert step.y == pytest.approx(y, abs=1e-5)
        assert step.divergence == pytest.approx(divergence, nan_ok=True)


def test_the_process_ends_with_who_looks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: object, **named: object) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **named))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(tsne_process.subprocess, "Popen", start)
    with embedding(X, START, 100_000, 10) as steps:
        assert next(steps).iteration == 10
        assert started[0].poll() is None
    assert started[0].returncode is not None


def test_a_process_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        pytest.raises(RuntimeError, match="ended early"),
        embedding(X, START[:7], 10, 5) as steps,
    ):
        list(steps)


def test_it_ends_when_its_input_closes() -> None:
    process = subprocess.Popen(
        tsne_process.parent_watch.python_module("nnviz.beside.tsne_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=tsne_process.parent_watch.environment(),
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(60) is not None

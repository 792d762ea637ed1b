"""Which pen to ink with: drawn digits read right, by pen width, edge softness, centre and box.

    python -m benchmarks.pen STROKES.jsonl

Two things speak for a pen: how many drawn digits the shipped networks read with it, and how near
its ink is to MNIST's own, which no drawn digit can bias. For each pen the table shows the mean
ink, the share of inked pixels at full strength, and the accuracy of every network. A difference
smaller than the standard error is none: digits of one writer resemble one another, so the error
is estimated by drawing writers, not digits, anew (bootstrap).
"""

import argparse
import json
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.ink import strokes as inking

PENS = (1.6, 1.8, 2.0, 2.2, 2.4, 2.8, 3.2)  # pixels
EDGES = (0.8, 1.2, 1.6)  # pixels
CENTRES = (13.5, 13.75, 14.0, 14.25)  # row and column index
BOXES = (19.0, 20.0, 21.0)  # pixels
FULL = 250  # of 255: as good as full strength


def main() -> None:
    """Print a row for each pen, then for each centre and each box with the pen in use."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path, help="drawn digits, JSON lines")
    path = parser.parse_args().strokes
    drawings = [json.loads(line) for line in path.open(encoding="utf-8")]
    names = models.DIGITS
    train = mnist.load().train
    print("| | ink | full | " + " | ".join(f"`{name}`" for name in names) + " |")
    print("|---|---:|---:|" + "---:|" * len(names))
    print(_row("MNIST", *_statistics(train.images, train.labels)) + " |" * (len(names) - 1))
    for pen in PENS:
        for edge in EDGES:
            _measure(f"pen {pen} edge {edge}", drawings, pen, edge)
    for centre in CENTRES:
        with mock.patch.object(inking, "CENTRE", centre):
            _measure(f"centre {centre}", drawings)
    for box in BOXES:
        with mock.patch.object(inking, "BOX", box):
            _measure(f"box {box}", drawings)
    _print_errors(drawings)


def _measure(
    about: str,
    drawings: list[dict[str, Any]],
    pen: float = inking.PEN,
    edge: float = inking.EDGE,
) -> None:
    images = _inked(drawings, pen, edge)
    labels = np.array([drawing["label"] for drawing in drawings])
    shares = [right.mean() for right in _right(images, labels)]
    print(_row(about, *_statistics(images, labels), *shares), flush=True)


def _inked(drawings: list[dict[str, Any]], pen: float, edge: float) -> NDArray[np.uint8]:
    return np.stack([ink.from_strokes(one["strokes"], pen=pen, edge=edge) for one in drawings])


def _right(images: NDArray[np.uint8], labels: NDArray[Any]) -> list[NDArray[np.bool_]]:
    """For every shipped network, which digits it read right."""
    x = ink.to_input(images)
    return [
        models.load(name).network.predict(x).argmax(axis=-1) == labels for name in models.DIGITS
    ]


def _statistics(images: NDArray[np.uint8], labels: NDArray[Any]) -> tuple[float, float]:
    """Mean ink 0..1 and the share of inked pixels at full strength; every digit counts alike."""
    of_digit = [images[labels == digit] for digit in np.unique(labels)]
    mean = np.mean([part.mean() / 255 for part in of_digit])
    full = np.mean([(part >= FULL).sum() / (part > 0).sum() for part in of_digit])
    return float(mean), float(full)


def _row(about: str, mean: float, full: float, *shares: float) -> str:
    told = " | ".join(f"{share:.2%}" for share in shares)
    return f"| {about} | {mean:.4f} | {full:.3f} | {told} |"


def _print_errors(drawings: list[dict[str, Any]], times: int = 1000) -> None:
    """The standard error of the accuracies above, with the pen in use."""
    writers = np.unique([drawing["writer"] for drawing in drawings], return_inverse=True)[1]
    labels = np.array([drawing["label"] for drawing in drawings])
    counts = np.bincount(writers)
    chosen = np.random.default_rng(0).integers(len(counts), size=(times, len(counts)))
    errors = []
    for right in _right(_inked(drawings, inking.PEN, inking.EDGE), labels):
        of_writer = np.bincount(writers, right)
        errors.append(np.std(of_writer[chosen].sum(axis=1) / counts[chosen].sum(axis=1)))
    print("| standard error | | | " + " | ".join(f"{each:.2%}" for each in errors) + " |")


if __name__ == "__main__":
    main()

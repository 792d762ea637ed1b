"""How long drawn strokes take to become 28x28 pixels, on one thread.

    python -m benchmarks.ink STROKES.jsonl

A line of the file holds ``{"label": 3, "strokes": [[[x, y], …], …]}``. The time of a digit is the
best of several runs (what disturbs a run only ever adds to it); the table shows the median and the
95th percentile over the digits of each size.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from nnviz import ink
from nnviz.ink.strokes import MOST_POINTS

SIZES = [(1, 25), (26, 40), (41, 60), (61, 100), (101, MOST_POINTS)]


def main() -> None:
    """Print the table for drawn digits, then the worst that may be sent."""
    options = _options()
    drawings = [json.loads(line)["strokes"] for line in options.strokes.open(encoding="utf-8")]
    points = np.array([sum(map(len, strokes)) for strokes in drawings])
    print("| points | digits | median ms | 95% ms |\n|---|---:|---:|---:|")
    for low, high in SIZES:
        chosen = np.flatnonzero((points >= low) & (points <= high))[: options.digits]
        if not len(chosen):
            continue
        times = [_best(lambda i=i: ink.from_strokes(drawings[i]), options.runs) for i in chosen]
        median, most = np.quantile(times, [0.5, 0.95]) * 1e3
        size = f"{low} to {high}" if high < MOST_POINTS else f"{low} and more"
        print(f"| {size} | {len(chosen)} | {median:.3f} | {most:.3f} |")
    print(f"\n| {MOST_POINTS:,} points | ms |\n|---|---:|")
    for name, strokes, center in _worst():
        taken = _best(lambda s=strokes, c=center: ink.from_strokes(s, c), 3) * 1e3
        print(f"| {name} | {taken:.0f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path, help="drawn digits, JSON lines")
    parser.add_argument("--digits", type=int, default=300, help="of each size (300)")
    parser.add_argument("--runs", type=int, default=9, help="of each digit (9)")
    return parser.parse_args()


def _best(work: Callable[[], object], runs: int) -> float:
    """Seconds of processor time of the fastest run."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def _worst() -> list[tuple[str, list[list[list[float]]], bool]]:
    scribble = np.random.default_rng(0).random((MOST_POINTS, 2)).tolist()
    across = [[0.0, 0.0], [1.0, 1.0]] * (MOST_POINTS // 2)
    far = [[-10.0, -10.0], [10.0, 10.0]] * (MOST_POINTS // 2)
    return [
        ("at random, in one stroke", [scribble], True),
        ("dots", [[point] for point in scribble], True),
        ("from corner to corner", [across], True),
        ("from far outside to far outside, not centred", [far], False),
    ]


if __name__ == "__main__":
    main()

"""Pen strokes to a sequence in time: where the pen is, how it moves, whether it is lifted.

The way of the pen, lifted ways between strokes included, is cut into steps of one length, so that
neither the speed of the hand nor the rate of the device matters. A network reads the steps one
after the other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.ink.strokes import SMALLEST, Strokes, joined

Movement = NDArray[np.float32]

STEPS = 48
FEATURES = ("x", "y", "dx", "dy", "lifted")
STRETCH = 8.0  # of dx and dy: a step is short, and what is short is hardly learned from


def from_strokes(strokes: Strokes) -> Movement:
    """Strokes, lists of ``[x, y]`` with y down, as (48, 5): x, y, Δx, Δy, lifted.

    The drawing is moved and scaled so that it lies in the middle of −1..1 and its longer side is 2;
    Δ is the way from the step before, times 8 (0 for the first), and lifted is 1 between strokes.
    No strokes, or only empty ones, give zeros. Raises `InputError` as `nnviz.ink.from_strokes`.
    """
    found = joined(strokes)
    return from_points(found.points.T, found.sizes)


def from_points(points: NDArray[Any], sizes: Sequence[int]) -> Movement:
    """The same for the points (M, 2) of strokes that have so many points each."""
    if not len(points):
        return np.zeros((STEPS, len(FEATURES)), np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    half = max(float((high - low).max()), SMALLEST) / 2
    places = (points.astype(np.float64) - (low + high) / 2) / half
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    at = np.linspace(0, way[-1], STEPS)
    steps = np.stack([np.interp(at, way, places[:, axis]) for axis in (0, 1)], axis=1)
    movement = np.zeros((STEPS, len(FEATURES)), np.float32)
    movement[:, :2] = steps
    movement[1:, 2:4] = np.diff(steps, axis=0) * STRETCH
    movement[:, 4] = _lifted(way, at, sizes)
    return movement


def _lifted(way: NDArray[np.float64], at: NDArray[np.float64], sizes: Sequence[int]) -> Any:
    """1 for each step that lies strictly between the end of a stroke and the start of the next."""
    firsts = np.cumsum(sizes)[:-1]
    starts, ends = way[firsts - 1], way[firsts]
    return ((at[:, None] > starts) & (at[:, None] < ends)).any(axis=1)

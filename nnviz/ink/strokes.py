"""Pen strokes to 28x28 pixels: move the points first, then ink them.

Because the points are scaled and not their picture, the pen has the same width however large one
draws (the idea of 3Blue1Brown's lesson). Ink is the distance to the nearest stroke
(`nnviz.ink.nearest`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.ink.nearest import Pieces
from nnviz.ink.pixels import BOX, CENTRE, SIZE, Image, centre_of_mass, quantised

Floats = NDArray[Any]  # float32
Strokes = Sequence[Sequence[Sequence[float]]]

PEN = 2.0  # pixels: width of the pen where its ink has half its strength
EDGE = 1.2  # pixels: over which the ink goes from full to none
SMALLEST = 0.04  # of the pad: what is drawn smaller than this is a dot, and stays small
FARTHEST = 10.0  # pads: how far outside the square a point may lie
MOST_POINTS = 10_000
FULL = np.ones((SIZE, SIZE), np.float32)  # the strongest ink
LISTS = (list, tuple)
ROWS = (list, tuple, np.ndarray)


def from_strokes(
    strokes: Strokes, center: bool = True, pen: float = PEN, edge: float = EDGE
) -> Image:
    """Ink strokes, lists of ``[x, y]`` in 0..1 of the pad with y down; a lone point is a dot.

    With ``center`` the digit is scaled to fit the 20x20 box and moved so that its centre of mass is
    in the middle; without, the pad is shrunk to 28x28 as it is. Points outside the square are used
    as they are. No strokes, or only empty ones, give an empty grid.

    Raises `InputError`: ``wrong_type``, ``wrong_shape``, ``not_finite``, ``out_of_range`` (farther
    than 10 pads away), ``too_many_points``.
    """
    points, sizes, low, high = joined(strokes)
    if not sizes:
        return np.zeros((SIZE, SIZE), np.uint8)
    reach = (pen + edge) / 2
    if not center:
        points *= np.float32(SIZE)
        points -= np.float32(0.5)
        pieces = Pieces(points, sizes, reach, inside=False)
        return quantised(_ink(pieces.distances(), reach, edge))
    (left, top), (right, bottom) = low, high
    scale = (BOX - pen) / max(right - left, bottom - top, SMALLEST)
    points *= np.float32(scale)
    middle = [(SIZE - 1 - scale * (left + right)) / 2, (SIZE - 1 - scale * (top + bottom)) / 2]
    points += np.array(middle, np.float32)[:, np.newaxis]
    pieces = Pieces(points, sizes, reach, inside=True)
    row, column = centre_of_mass(_ink(pieces.distances(), reach, edge))
    moved = pieces.distances(CENTRE - column, CENTRE - row)
    return quantised(_ink(moved, reach, edge))


def _ink(distances: Floats, reach: float, edge: float) -> Floats:
    """``clip(reach − distance, 0, edge) / edge`` of distances up to ``reach``: values 0..1."""
    farthest, strength = _constants(reach, 1 / edge)
    ink = np.subtract(farthest, distances, out=distances)
    ink *= strength
    return np.minimum(ink, FULL, out=ink)


@lru_cache(maxsize=16)
def _constants(*numbers: float) -> list[Floats]:
    """As arrays, beside which NumPy takes half as long as beside numbers."""
    return [np.array(number, np.float32) for number in numbers]


class Joined(NamedTuple):
    """A drawing's points: x and y of all, (2, M) float32, one stroke after the other; their box."""

    points: Floats
    sizes: list[int]  # how many each stroke has
    low: list[float]  # x and y
    high: list[float]


def joined(strokes: Strokes) -> Joined:
    """The points of strokes, checked; strokes without any are left out."""
    if not isinstance(strokes, LISTS):
        raise InputError("wrong_type", f"Expected strokes as a list; got {_word(strokes)}.")
    every = [_points(stroke, number) for number, stroke in enumerate(strokes)]
    arrays = [array for array in every if len(array)]
    sizes = [*map(len, arrays)]
    if sum(sizes) > MOST_POINTS:
        raise InputError(
            "too_many_points", f"Expected at most {MOST_POINTS:,} points; got {sum(sizes):,}."
        )
    if not arrays:
        return Joined(np.empty((2, 0), np.float32), [], [0, 0], [0, 0])
    points = (np.concatenate(arrays) if len(arrays) > 1 else arrays[0]).T.copy()
    low = np.minimum.reduce(points, axis=1).tolist()
    high = np.maximum.reduce(points, axis=1).tolist()
    if not all(-FARTHEST <= each <= FARTHEST for each in (*low, *high)):  # nor is NaN
        raise _too_far(points)
    return Joined(points.astype(np.float32), sizes, low, high)


def _too_far(points: NDArray[np.float64]) -> InputError:
    if not np.isfinite(points).all():
        return InputError("not_finite", "Expected finite coordinates; got NaN or infinity.")
    return InputError(
        "out_of_range",
        f"Expected coordinates from {-FARTHEST:g} to {FARTHEST:g} (the pad is 0 to 1); "
        f"got {points.flat[np.abs(points).argmax()]:g}.",
    )


def _points(stroke: Sequence[Sequence[float]], number: int) -> NDArray[np.float64]:
    if not isinstance(stroke, ROWS):
        raise InputError("wrong_type", f"Expected stroke {number} as a list; got {_word(stroke)}.")
    if isinstance(stroke, LISTS) and not stroke:
        return np.empty((0, 2))
    try:
        points = np.array(stroke)
    except ValueError:
        points = np.empty(0)
    if points.ndim != 2 or points.shape[1] != 2:
        raise InputError(
            "wrong_shape",
            f"Expected stroke {number} as a list of points [x, y]; got points of another length.",
        )
    if points.dtype.kind not in "iuf":
        raise InputError(
            "wrong_type", f"Expected numbers in stroke {number}; got something else among them."
        )
    return points.astype(np.float64, copy=False)


def _word(value: object) -> str:
    return type(value).__name__

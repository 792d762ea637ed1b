"""Pen strokes to 28x28 pixels: move the points first, then ink them.

Because the points are scaled and not their picture, the pen has the same width however large one
draws (the idea of 3Blue1Brown's lesson). Ink is the distance to the nearest stroke
(`nnviz.ink.nearest`).
"""

import math
from collections.abc import Sequence
from typing import Any

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
    points, sizes = joined(strokes)
    if not len(points):
        return np.zeros((SIZE, SIZE), np.uint8)
    columns = np.ascontiguousarray(points.T)
    reach = (pen + edge) / 2
    if not center:
        columns *= np.float32(SIZE)
        columns -= np.float32(0.5)
        pieces = Pieces(columns, sizes, reach, inside=False)
        return quantised(_ink(pieces.distances(), reach, edge))
    left, top = np.minimum.reduce(columns, axis=1).tolist()
    right, bottom = np.maximum.reduce(columns, axis=1).tolist()
    scale = (BOX - pen) / max(right - left, bottom - top, SMALLEST)
    columns *= np.float32(scale)
    middle = [[SIZE - 1 - scale * (left + right)], [SIZE - 1 - scale * (top + bottom)]]
    columns += np.array(middle, np.float32) / 2
    pieces = Pieces(columns, sizes, reach, inside=True)
    row, column = centre_of_mass(_ink(pieces.distances(), reach, edge))
    moved = pieces.distances(CENTRE - column, CENTRE - row)
    return quantised(_ink(moved, reach, edge))


def _ink(distances: Floats, reach: float, edge: float) -> Floats:
    """``clip(reach − distance, 0, edge) / edge`` of distances up to ``reach``: values 0..1."""
    ink = np.subtract(np.float32(reach), distances, out=distances)
    ink *= np.float32(1 / edge)
    return np.minimum(ink, 1, out=ink)


def joined(strokes: Strokes) -> tuple[Floats, list[int]]:
    """All points, (M, 2) float32, and how many each stroke has; checked."""
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
        return np.empty((0, 2), np.float32), []
    points = np.concatenate(arrays) if len(arrays) > 1 else arrays[0]
    farthest = float(np.maximum.reduce(np.abs(points), axis=None))  # NaN if there is one
    if not farthest <= FARTHEST:
        raise _too_far(points, farthest)
    return points.astype(np.float32), sizes


def _too_far(points: NDArray[np.float64], farthest: float) -> InputError:
    if not math.isfinite(farthest):
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

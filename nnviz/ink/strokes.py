"""Pen strokes to 28x28 pixels: move the points first, then ink them.

Because the points are scaled and not their picture, the pen has the same width however large one
draws (the idea of 3Blue1Brown's lesson). Ink is the distance to the nearest stroke, measured
exactly and only near the stroke: every segment is cut into short pieces and each piece darkens a
small window of pixels.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.ink.pixels import BOX, CENTRE, SIZE, Image, centre_of_mass, quantised

Floats = NDArray[Any]  # float32
Strokes = Sequence[Sequence[Sequence[float]]]

PEN = 2.0  # pixels: width of the pen where its ink has half its strength
EDGE = 1.2  # pixels: over which the ink goes from full to none
SMALLEST = 0.04  # of the pad: what is drawn smaller than this is a dot, and stays small
FARTHEST = 10.0  # pads: how far outside the square a point may lie
MOST_POINTS = 10_000

PIECE = 2.0  # pixels: the longest piece of a segment
MARGIN = 4  # pixels around the grid, so that a window never leaves the canvas
SIDE = SIZE + 2 * MARGIN
CHUNK = 4096  # pieces inked at a time: bounds the memory


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
    if not center:
        middles, halves = _pieces(points * np.float32(SIZE), sizes)
        middles -= np.float32(0.5)
        return quantised(_ink(*_near(middles, halves), pen, edge))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = np.float32((BOX - pen) / max(float((high - low).max()), SMALLEST))
    middles, halves = _pieces(points * scale, sizes)
    middles += np.float32((SIZE - 1) / 2) - scale * (low + high) / 2
    row, column = centre_of_mass(_ink(middles, halves, pen, edge))
    middles += np.array([CENTRE - column, CENTRE - row], np.float32)
    return quantised(_ink(*_near(middles, halves), pen, edge))


def joined(strokes: Strokes) -> tuple[Floats, list[int]]:
    """All points, (M, 2) float32, and how many each stroke has; checked."""
    if not isinstance(strokes, list | tuple):
        raise InputError("wrong_type", f"Expected strokes as a list; got {_word(strokes)}.")
    arrays = [_points(stroke, number) for number, stroke in enumerate(strokes)]
    arrays = [array for array in arrays if len(array)]
    sizes = [len(array) for array in arrays]
    if sum(sizes) > MOST_POINTS:
        raise InputError(
            "too_many_points", f"Expected at most {MOST_POINTS:,} points; got {sum(sizes):,}."
        )
    if not arrays:
        return np.empty((0, 2), np.float32), []
    points = np.concatenate(arrays) if len(arrays) > 1 else arrays[0]
    farthest = float(np.abs(points).max())  # NaN if there is one
    if not np.isfinite(farthest):
        raise InputError("not_finite", "Expected finite coordinates; got NaN or infinity.")
    if farthest > FARTHEST:
        raise InputError(
            "out_of_range",
            f"Expected coordinates from {-FARTHEST:g} to {FARTHEST:g} (the pad is 0 to 1); "
            f"got {points.flat[np.abs(points).argmax()]:g}.",
        )
    return points.astype(np.float32), sizes


def _points(stroke: Sequence[Sequence[float]], number: int) -> NDArray[np.float64]:
    if not isinstance(stroke, list | tuple | np.ndarray):
        raise InputError("wrong_type", f"Expected stroke {number} as a list; got {_word(stroke)}.")
    if isinstance(stroke, list | tuple) and not stroke:
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


def _pieces(points: Floats, sizes: list[int]) -> tuple[Floats, Floats]:
    """Cut the strokes' segments into pieces no longer than `PIECE`: middles and half extents.

    A lone point is a segment of no length.
    """
    starts, extent = points[:-1], points[1:] - points[:-1]
    if len(sizes) > 1 or len(points) == 1:
        starts, extent = _without_bridges(points, sizes)
    length = np.sqrt(np.einsum("ij,ij->i", extent, extent))
    counts = np.ceil(length * np.float32(1 / PIECE)).astype(np.intp)
    np.maximum(counts, 1, out=counts)
    half = (extent / (2 * counts[:, None])).astype(np.float32)
    lasts = np.cumsum(counts)
    if lasts[-1] == len(counts):  # all are short
        return starts + half, half
    segment = np.repeat(np.arange(len(counts)), counts)
    order = np.arange(lasts[-1]) - (lasts - counts)[segment]
    halves = half[segment]
    middles = starts[segment]
    middles += halves * (2 * order + 1)[:, None].astype(np.float32)
    return middles, halves


def _without_bridges(points: Floats, sizes: list[int]) -> tuple[Floats, Floats]:
    """Starts and extents of segments: none from one stroke to the next, one for a lone point."""
    lasts = np.cumsum(sizes) - 1
    ends = np.arange(1, len(points) + 1)
    ends[lasts] = lasts
    kept = np.ones(len(points), bool)
    kept[lasts[np.array(sizes) > 1]] = False
    starts = np.flatnonzero(kept)
    return points[starts], points[ends[starts]] - points[starts]


def _near(middles: Floats, halves: Floats) -> tuple[Floats, Floats]:
    """Only the pieces that can darken a pixel."""
    if middles.min() > -MARGIN and middles.max() < SIZE - 1 + MARGIN:
        return middles, halves
    near = np.all((middles > -MARGIN) & (middles < SIZE - 1 + MARGIN), axis=1)
    return middles[near], halves[near]


def _ink(middles: Floats, halves: Floats, pen: float, edge: float) -> Floats:
    """Ink pieces given in pixel indices (x, y): values 0..1 in a grid of 28x28.

    ``ink = clip((pen + edge) / 2 − distance, 0, edge) / edge``.
    """
    canvas = np.zeros(SIDE * SIDE, np.float32)
    reach = (pen + edge) / 2
    for part in range(0, len(middles), CHUNK):
        _ink_pieces(canvas, middles[part : part + CHUNK], halves[part : part + CHUNK], reach)
    ink = canvas.reshape(SIDE, SIDE)[MARGIN:-MARGIN, MARGIN:-MARGIN] * np.float32(1 / edge)
    np.minimum(ink, 1, out=ink)
    return ink


def _ink_pieces(canvas: Floats, middles: Floats, halves: Floats, reach: float) -> None:
    """Raise the canvas to ``reach − distance`` in a window of pixels around each piece.

    The nearest point of a piece with middle m and half extent h is ``m + t h`` with
    ``t = clip(d·h / h·h, −1, 1)``, where d leads from m to the pixel.
    """
    half_window = np.float32(np.abs(halves).max() + reach)  # beyond it the level is below 0
    steps = np.arange(int(2 * half_window) + 1, dtype=np.float32)
    corners = np.ceil(middles - half_window)
    window = corners[:, :, None] + steps  # (pieces, 2, width): the pixel indices
    d = window - middles[:, :, None]
    square = halves * halves
    inverse = 1 / np.maximum(square[:, :1] + square[:, 1:], np.float32(1e-12))
    along = d * (halves * inverse)[:, :, None]
    t = along[:, 0, None, :] + along[:, 1, :, None]  # (pieces, width, width)
    dx, dy = d[:, 0, None, :], d[:, 1, :, None]
    hx, hy = halves[:, 0, None, None], halves[:, 1, None, None]
    np.minimum(t, 1, out=t)
    np.maximum(t, -1, out=t)
    x, y = dx - t * hx, dy - t * hy
    x *= x
    y *= y
    x += y
    np.sqrt(x, out=x)
    level = np.subtract(np.float32(reach), x, out=x)
    window += MARGIN
    np.minimum(np.maximum(window, 0, out=window), SIDE - 1, out=window)
    places = window.astype(np.intp)
    places[:, 1] *= SIDE
    np.maximum.at(canvas, (places[:, 1, :, None] + places[:, 0, None, :]).ravel(), level.ravel())

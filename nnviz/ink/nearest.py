"""How far each pixel is from the nearest stroke: exactly, and only near the strokes.

Strokes are cut into short pieces, and each piece looks at a small window of pixels. A pixel at
``m + d`` is ``max(|d·u| − L, 0)`` away along a piece with middle m, unit direction u and half
length L, and ``|d × u|`` across. Both are linear in the pixel's place within the window, so for all
pieces and pixels they are one product of matrices.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.ink.pixels import SIZE

Floats = NDArray[Any]  # float32

PIECE = 2.0  # pixels: the longest piece of a segment
CHUNK = 1024  # pieces at a time: what is computed for them stays in the processor's cache
POINT = np.float32(1e-6)  # pixels: what is shorter has no direction of its own and gets one
HALF = np.float32(0.5)


class Pieces:
    """Strokes cut into pieces, and the distances of pixels from them up to ``reach``.

    ``points`` (2, M) are x and y, in pixel indices, of all strokes' points one after the other;
    ``sizes`` tells how many each stroke has. With ``inside`` all points lie on the grid, and the
    strokes may be moved (`distances`) as long as their ink's middle stays there.
    """

    def __init__(self, points: Floats, sizes: list[int], reach: float, inside: bool) -> None:
        middles, directions, halves = _cut(points, sizes)
        self._reach = np.float32(reach)
        around = np.maximum.reduce(halves) + self._reach + HALF  # a half: for what `distances` adds
        if not inside:
            near = np.all(np.abs(middles - (SIZE - 1) / 2) < SIZE / 2 + around, axis=0)
            middles, directions, halves = middles[:, near], directions[:, near], halves[near]
        self._width = int(2 * around) + 1  # pixels that a window has down and across
        self._margin = max(2 * self._width, SIZE // 2)
        self._side = SIZE + 2 * self._margin
        corners = np.ceil(middles - around)
        self._linear = _linear(corners - middles, directions, halves)
        corners += np.float32(self._margin)
        places = corners[1]
        places *= np.float32(self._side)
        places += corners[0]
        self._places = places.astype(np.intp)[:, np.newaxis]

    def distances(self, right: float = 0.0, down: float = 0.0) -> Floats:
        """From each of 28x28 pixels to the strokes when these are moved; at most ``reach``.

        Moved by whole pixels the windows lie elsewhere; by the rest, at most half a pixel, their
        pixels are others.
        """
        columns, rows = round(right), round(down)
        pixels, steps = _window(self._width, self._side)
        if right or down:
            pixels = pixels - np.array([[down - rows], [right - columns], [0]], np.float32)
        squares = np.full(self._side**2, self._reach * self._reach)
        for start in range(0, len(self._places), CHUNK):
            places = self._places[start : start + CHUNK] + steps
            linear = self._linear[:, :, start : start + CHUNK].reshape(3, -1)
            along, behind, across = (linear.T @ pixels).reshape(3, *places.shape)
            np.maximum(along, behind, out=along)
            np.maximum(along, 0, out=along)
            along *= along
            across *= across
            along += across
            np.minimum.at(squares, places.ravel(), along.ravel())
        top, left = self._margin - rows, self._margin - columns
        grid = squares.reshape(self._side, -1)[top : top + SIZE, left : left + SIZE]
        distances: Floats = np.sqrt(grid)
        return distances


def _linear(first: Floats, directions: Floats, halves: Floats) -> Floats:
    """What is linear in (row, column, 1) of a window: ``d·u − L``, ``−d·u − L`` and ``d × u``.

    ``first`` (2, N) leads from each piece's middle to its window's first pixel. The result, (3, 3,
    N), has the coefficients in its first axis.
    """
    (x, y), (ux, uy) = first, directions
    linear = np.empty((3, 3, len(halves)), np.float32)
    linear[0, 0], linear[1, 0] = uy, ux
    np.negative(linear[:2, 0], out=linear[:2, 1])
    linear[0, 2], linear[1, 2] = linear[1, 1], uy
    along = x * ux
    along += y * uy
    np.subtract(along, halves, out=linear[2, 0])
    along += halves
    np.negative(along, out=linear[2, 1])
    np.subtract(x * uy, y * ux, out=linear[2, 2])
    return linear


@lru_cache(maxsize=16)
def _window(width: int, side: int) -> tuple[Floats, NDArray[np.intp]]:
    """(row, column, 1) of a window's pixels, and how far on each is in a canvas of that side."""
    rows, columns = np.indices((width, width)).reshape(2, -1)
    pixels = np.stack([rows, columns, np.ones_like(rows)]).astype(np.float32)
    return pixels, rows * side + columns


def _cut(points: Floats, sizes: list[int]) -> tuple[Floats, Floats, Floats]:
    """Pieces no longer than `PIECE`: middles and unit directions, (2, N), and half lengths, (N,).

    There is none from one stroke to the next; a lone point is one of no length.
    """
    if 1 in sizes:
        points = np.repeat(points, np.repeat([1 + (size == 1) for size in sizes], sizes), axis=1)
        sizes = [max(size, 2) for size in sizes]
    starts = points[:, :-1]
    extents = points[:, 1:] - starts
    square = extents * extents
    length = np.sqrt(np.add(square[0], square[1], out=square[0]), out=square[0])
    if np.minimum.reduce(length) < POINT:
        extents[0, length < POINT] = POINT
        np.maximum(length, POINT, out=length)
    counts = np.ceil(length * np.float32(1 / PIECE))
    segments = np.empty((6, len(length)), np.float32)
    segments[:2] = starts
    np.divide(extents, length, out=segments[2:4])
    np.divide(length, counts, out=segments[4])
    if len(sizes) > 1:
        counts[np.cumsum(sizes[:-1]) - 1] = 0  # from one stroke to the next
    np.subtract(counts.cumsum(), counts, out=segments[5])
    pieces = segments.repeat(counts.astype(np.intp), axis=1)
    starts, directions, lengths, firsts = pieces[:2], pieces[2:4], pieces[4], pieces[5]
    on = np.arange(len(firsts), dtype=np.float32)
    on -= firsts
    on += HALF
    on *= lengths
    middles = directions * on
    middles += starts
    lengths *= HALF
    return middles, directions, lengths

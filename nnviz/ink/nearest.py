"""How far each pixel is from the nearest stroke: exactly, and only near the strokes.

Strokes are cut into short pieces, and each piece looks at a small window of pixels. A pixel at
``m + d`` is ``max(|d·u| − L, 0)`` away along a piece with middle m, unit direction u and half
length L, and ``|u × d|`` across. ``d·u`` and ``u × d`` are linear in the pixel's place within the
window, so for all pieces and pixels they are one product of matrices.
"""

from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.ink.pixels import SIZE

Floats = NDArray[Any]  # float32

PIECE = 2.0  # pixels: the longest piece of a segment
CHUNK = 1024  # pieces at a time: what is computed for them stays in the processor's cache
POINT = np.float32(1e-6)  # pixels: what is shorter has no direction of its own and gets one
# arrays, for NumPy takes half as long beside one as beside a number
PER_PIXEL, HALF, ZERO = (np.array(each, np.float32) for each in (1 / PIECE, 0.5, 0))


class Pieces:
    """Strokes cut into pieces, and the distances of pixels from them up to ``reach``.

    ``points`` (2, M) are x and y, in pixel indices, of all strokes' points one after the other;
    ``sizes`` tells how many each stroke has. With ``inside`` all points lie on the grid, and the
    strokes may be moved (`distances`) as long as their ink's middle stays there.
    """

    def __init__(self, points: Floats, sizes: list[int], reach: float, inside: bool) -> None:
        middles, directions, halves = _cut(points, sizes)
        self._reach = reach
        around = float(np.maximum.reduce(halves)) + reach + 0.5  # a half: for what `distances` adds
        if not inside:
            near = np.all(np.abs(middles - (SIZE - 1) / 2) < SIZE / 2 + around, axis=0)
            middles, directions, halves = middles[:, near], directions[:, near], halves[near]
        self._window = _window(int(2 * around) + 1)
        corners = np.ceil(middles - around)
        self._linear = _linear(corners - middles, directions)
        self._halves = halves[:, np.newaxis]
        places = corners[1]
        places *= self._window.side
        places += corners[0]
        self._corners = places.astype(np.intp)[:, np.newaxis]
        few = len(halves) <= CHUNK  # then both times that distances are asked for
        self._places = self._corners + self._window.steps if few else None

    def distances(self, right: float = 0.0, down: float = 0.0) -> Floats:
        """From each of 28x28 pixels to the strokes when these are moved; at most ``reach``.

        Moved by whole pixels the windows lie elsewhere; by the rest, at most half a pixel, their
        pixels are others.
        """
        columns, rows = round(right), round(down)
        window, pixels = self._window, self._window.pixels
        if right or down:
            rest = np.array([down - rows, right - columns, 0], np.float32)
            pixels = pixels - rest[:, np.newaxis]
        squares = np.empty(window.side**2, np.float32)
        squares.fill(self._reach * self._reach)
        for start in range(0, len(self._halves), CHUNK):
            part = slice(start, start + CHUNK)
            places = self._corners[part] + window.steps if self._places is None else self._places
            linear = self._linear[:, :, part].reshape(3, -1)
            along, across = (linear.T @ pixels).reshape(2, *places.shape)
            np.abs(along, out=along)
            along -= self._halves[part]
            np.maximum(along, ZERO, out=along)
            along *= along
            across *= across
            along += across
            np.minimum.at(squares, places.ravel(), along.ravel())
        top, left = window.margin - rows, window.margin - columns
        grid = squares.reshape(window.side, -1)[top : top + SIZE, left : left + SIZE]
        distances: Floats = np.sqrt(grid)
        return distances


def _linear(first: Floats, directions: Floats) -> Floats:
    """What is linear in (row, column, 1) of a window: ``d·u`` and ``u × d``.

    ``first`` (2, N) leads from each piece's middle to its window's first pixel. The result, (3, 2,
    N), has the coefficients in its first axis.
    """
    (x, y), (ux, uy) = first, directions
    linear = np.empty((3, 2, x.size), np.float32)
    by_row, by_column, constant = linear
    by_row[0], by_row[1] = uy, ux
    by_column[0] = ux
    np.negative(uy, out=by_column[1])
    np.multiply(by_row, y, out=constant)
    constant += by_column * x
    return linear


class Window(NamedTuple):
    """A square of pixels within a canvas that has the grid's 28x28 in its middle."""

    margin: int  # pixels of the canvas around the grid
    side: int  # of the canvas
    pixels: Floats  # (row, column, 1) of the window's pixels, in its first axis
    steps: NDArray[np.intp]  # how far on each is in the canvas, for a window at the grid's corner


@lru_cache(maxsize=16)
def _window(width: int) -> Window:
    margin = max(2 * width, SIZE // 2)
    side = SIZE + 2 * margin
    rows, columns = np.indices((width, width)).reshape(2, -1)
    pixels = np.stack([rows, columns, np.ones_like(rows)]).astype(np.float32)
    return Window(margin, side, pixels, (rows + margin) * side + columns + margin)


def _cut(points: Floats, sizes: list[int]) -> tuple[Floats, Floats, Floats]:
    """Pieces no longer than `PIECE`: middles and unit directions, (2, N), and half lengths, (N,).

    There is none from one stroke to the next; a lone point is one of no length.
    """
    if 1 in sizes:
        points = np.repeat(points, np.repeat([1 + (size == 1) for size in sizes], sizes), axis=1)
        sizes = [max(size, 2) for size in sizes]
    starts = points[:, :-1]
    extents = points[:, 1:] - starts
    length = np.hypot(*extents)
    if np.minimum.reduce(length) < POINT:
        extents[0, length < POINT] = POINT
        np.maximum(length, POINT, out=length)
    counts = np.ceil(length * PER_PIXEL)
    segments = np.empty((6, length.size), np.float32)
    segments[:2] = starts
    np.divide(extents, length, out=segments[2:4])
    np.divide(length, counts, out=segments[4])
    if len(sizes) > 1:
        counts[[end - 1 for end in accumulate(sizes[:-1])]] = 0  # from one stroke to the next
    np.subtract(np.add.accumulate(counts), counts, out=segments[5])
    pieces = segments.repeat(counts.astype(np.intp), axis=1)
    starts, directions, lengths, firsts = pieces[:2], pieces[2:4], pieces[4], pieces[5]
    on = np.arange(0.5, firsts.size, dtype=np.float32)
    on -= firsts
    on *= lengths
    middles = directions * on
    middles += starts
    lengths *= HALF
    return middles, directions, lengths

"""Which points lie near which: squared Euclidean distances, and the nearest of them."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Places = NDArray[np.intp]

AT_ONCE = 500  # rows of a table of distances: 20 MB for 10,000 points


def squared_distances(x: Array, y: Array) -> Array:
    """``|x_i − y_j|² = |x_i|² − 2 x_i·y_j + |y_j|²``, (N, M), never below 0."""
    found: Array = x @ y.T
    found *= -2
    found += np.einsum("nd,nd->n", x, x)[:, None]
    found += np.einsum("nd,nd->n", y, y)
    return np.maximum(found, 0, out=found)


def nearest(x: Array, among: Array, count: int, own: Places | None = None) -> tuple[Places, Array]:
    """The places in ``among`` (M, D) nearest to each of ``x`` (N, D), and their distances.

    Both (N, count), nearest first; ``own`` (N,) are places that do not count: a point is not its
    own neighbour.
    """
    places = np.empty((len(x), count), np.intp)
    distances = np.empty((len(x), count), x.dtype)
    for start in range(0, len(x), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        table = squared_distances(x[some], among)
        rows = np.arange(len(table))
        if own is not None:
            table[rows, own[some]] = np.inf
        places[some] = smallest(table, count)
        distances[some] = np.sqrt(table[rows[:, None], places[some]])
    return places, distances


def smallest(table: Array, count: int) -> Places:
    """The places of the smallest of each row of ``table`` (N, M), smallest first, (N, count).

    A row is cut into blocks. The ``count`` smallest lie in the ``count`` blocks with the smallest
    least values, for each of those holds one that is as small as what any other holds; so few
    numbers have to be put in order.
    """
    rows, width = np.arange(len(table))[:, None], table.shape[1]
    each = math.isqrt(width // count)  # numbers a block: as many to choose from as blocks
    if each <= 1:
        return _in_order(table, count)
    blocks = width // each
    whole = each * blocks
    least = table[:, :whole].reshape(-1, each, blocks).min(axis=1)  # a block: every so many-th
    chosen = np.argpartition(least, count - 1, axis=1)[:, :count]
    places = (chosen[:, None] + blocks * np.arange(each)[:, None]).reshape(len(table), -1)
    rest = np.broadcast_to(np.arange(whole, width), (len(table), width - whole))
    places = np.concatenate([places, rest], axis=1)
    return np.asarray(places[rows, _in_order(table[rows, places], count)])


def _in_order(table: Array, count: int) -> Places:
    near = np.argpartition(table, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(table, near, axis=1), axis=1, kind="stable")
    return np.take_along_axis(near, order, axis=1)

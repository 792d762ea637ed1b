"""Which points lie near which: squared Euclidean distances, and the nearest of them."""

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
        near = np.argpartition(table, count - 1, axis=1)[:, :count]
        order = np.argsort(table[rows[:, None], near], axis=1, kind="stable")
        places[some] = near[rows[:, None], order]
        distances[some] = np.sqrt(table[rows[:, None], places[some]])
    return places, distances

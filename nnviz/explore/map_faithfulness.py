"""What a flat map kept of a layer, and what it made up.

Neighbours in the map that are none in the layer are made up: they lower the trustworthiness;
neighbours in the layer that the map tears apart lower the continuity (Venna and Kaski: Neighborhood
preservation in nonlinear projection methods, ICANN 2001). With r(i, j) the rank of j among the
neighbours of i in the layer, U the k nearest in the map that are not among the k nearest there,

``T = 1 − 2 / (N k (2N − 3k − 1)) · Σ_i Σ_{j∈U_i} (r(i, j) − k)``,

and the continuity is the same with map and layer exchanged.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore.distances import nearest, smallest, squared_distances

Array = NDArray[Any]

NEIGHBOURS = 10


def kept(x: Array, y: Array, neighbours: int = NEIGHBOURS) -> tuple[float, float]:
    """How far a map ``y`` (N, 2) of ``x`` (N, D) is to be trusted, and its continuity: 1 at best.

    Needs ``neighbours < N / 2``.
    """
    in_x, in_y = _table(x), _table(y)
    near_x, near_y = smallest(in_x, neighbours), smallest(in_y, neighbours)
    return _share(in_x, near_y), _share(in_y, near_x)


def trustworthiness(x: Array, y: Array, neighbours: int = NEIGHBOURS) -> float:
    """How far neighbours in ``y`` (N, 2) are neighbours in ``x`` (N, D): 1 if all are."""
    return kept(x, y, neighbours)[0]


def continuity(x: Array, y: Array, neighbours: int = NEIGHBOURS) -> float:
    """How far neighbours in ``x`` are neighbours in ``y``."""
    return kept(x, y, neighbours)[1]


def label_agreement(
    x: Array, labels: Array, of: Array | None = None, neighbours: int = NEIGHBOURS
) -> float:
    """The share of nearest neighbours with the same label, for the points at places ``of``."""
    places = np.arange(len(x)) if of is None else of
    near, _ = nearest(x[places], x, neighbours, places)
    return float((labels[near] == labels[places][:, None]).mean())


def _table(x: Array) -> Array:
    """Squared distances (N, N); a point is not its own neighbour."""
    table = squared_distances(x, x)
    np.fill_diagonal(table, np.inf)
    return table


def _share(table: Array, near: NDArray[np.intp]) -> float:
    """1 − how far the points ``near`` (N, k) of each are from being its k nearest in ``table``."""
    count, neighbours = near.shape
    too_far = np.maximum(_ranks(table, near) - neighbours, 0).sum()
    most = count * neighbours * (2 * count - 3 * neighbours - 1)
    return float(1 - 2 * too_far / most)


def _ranks(table: Array, of: NDArray[np.intp]) -> NDArray[np.intp]:
    """r(i, j) of the points ``of`` (N, k): 1 for the nearest of i, and so on.

    Counted, not sorted: who lies nearer, and of those as near, who comes first.
    """
    places = np.arange(len(table))
    ranks = np.empty(of.shape, np.intp)
    for each in range(of.shape[1]):
        own = table[places, of[:, each], None]
        before = table < own
        before |= (table == own) & (places < of[:, each, None])
        ranks[:, each] = 1 + np.count_nonzero(before, axis=1)
    return ranks

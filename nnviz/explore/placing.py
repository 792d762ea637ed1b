"""Where one more point lies in a map that stands: among its neighbours, near those nearest to it.

A t-SNE knows only the points it was made of. A further one is put at the weighted mean of its
neighbours' places, with the weights that t-SNE itself gives them (kernel regression: Nadaraya,
1964; Watson, 1964). Few neighbours, or the mean of many would draw every point inwards.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore.distances import nearest
from nnviz.explore.tsne import precisions

Array = NDArray[Any]

NEIGHBOURS = 12  # that have a say
PERPLEXITY = 4.0  # of them count about so many


def place(x: Array, landmarks: Array, y: Array) -> Array:
    """Places (N, 2) for points ``x`` (N, D) in the map ``y`` (M, 2) of ``landmarks`` (M, D)."""
    count = min(NEIGHBOURS, len(landmarks))
    near, distances = nearest(x, landmarks, count)
    squared = distances**2
    squared -= squared[:, :1]
    beta = precisions(squared, min(PERPLEXITY, count / 2))
    weights = np.exp(-squared * beta[:, None])
    weights /= weights.sum(axis=1, keepdims=True)
    placed: Array = np.einsum("nk,nkd->nd", weights, y[near])
    return placed


def align(y: Array, reference: Array) -> Array:
    """The rotation or reflection (2, 2) that brings ``y`` (N, 2) nearest to ``reference``.

    ``R = U Vᵀ`` of the singular value decomposition ``yᵀ reference = U S Vᵀ``, both centred; use it
    as ``y @ R``. (Schönemann: A generalized solution of the orthogonal Procrustes problem,
    Psychometrika 31, 1966.)
    """
    u, _, v = np.linalg.svd((y - y.mean(axis=0)).T @ (reference - reference.mean(axis=0)))
    found: Array = u @ v
    return found

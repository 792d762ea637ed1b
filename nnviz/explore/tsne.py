"""t-SNE: a flat map in which near points of a layer are near, as far as that can be.

(van der Maaten and Hinton: Visualizing data using t-SNE, JMLR 9, 2008; its exact form.) The layer's
distances become probabilities of being neighbours,

``p_j|i = exp(−|x_i − x_j|² β_i) / Σ_k …``,  ``p_ij = (p_j|i + p_i|j) / 2N``,

with β_i such that each point has about ``perplexity`` neighbours; in the map

``q_ij = (1 + |y_i − y_j|²)⁻¹ / Σ_kl …``,

and the map moves down the gradient of ``KL(P‖Q) = Σ p_ij log(p_ij / q_ij)``,

``∂KL/∂y_i = 4 Σ_j (p_ij − q_ij) (1 + |y_i − y_j|²)⁻¹ (y_i − y_j)``.

What to make of one: sizes of groups and the room between them say nothing (Wattenberg, Viégas and
Johnson: How to use t-SNE effectively, Distill, 2016).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore.distances import squared_distances
from nnviz.explore.pca import principal_components

Array = NDArray[Any]

PERPLEXITY = 30.0
ITERATIONS = 500
EXAGGERATED = 100  # iterations with P times `EXAGGERATION`: groups find one another
EXAGGERATION = 4.0  # 12, as others have it, ends 7% higher after 500 iterations
LEAST_RATE, SHARE = 50.0, 5  # the learning rate is at least 50, or a fifth of the points
SLOW, FAST = 0.5, 0.8  # momentum while exaggerated, and after
GAIN, LEAST_GAIN = 0.2, 0.01  # each coordinate's own step grows or shrinks (Jacobs, 1988)
SPREAD = 1e-4  # of the first coordinate at the start
HALVINGS = 64  # of the search for β
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Step:
    """The map ``y`` (N, 2) after so many iterations; it is written over by the next.

    ``divergence`` is KL(P‖Q), of the plain P, at the last step only, else NaN.
    """

    iteration: int
    y: Array
    divergence: float = float("nan")


def embed(
    x: Array,
    perplexity: float = PERPLEXITY,
    iterations: int = ITERATIONS,
    start: Array | None = None,
    every: int = 10,
) -> Iterator[Step]:
    """The map of ``x`` (N, D), step by step: every so many iterations, and the last.

    It begins at ``start`` (N, 2), or at the first two principal components (Kobak and Linderman,
    Nature Biotechnology 39, 2021), so the same x gives the same map. ``perplexity`` is at most
    (N − 1) / 3. The learning rate grows with N (Belkina et al., Nature Communications 10, 2019).
    """
    count = len(x)
    p = joint_probabilities(squared_distances(x, x), min(perplexity, max(1.0, (count - 1) / 3)))
    y = _start(principal_components(x).project(x) if start is None else start)
    moved, gains = np.zeros_like(y), np.ones_like(y)
    rate = max(LEAST_RATE, count / SHARE)
    p *= EXAGGERATION
    for iteration in range(1, iterations + 1):
        slope, _ = _gradient(p, y)
        same = (slope > 0) == (moved > 0)
        gains = np.maximum(np.where(same, gains * (1 - GAIN), gains + GAIN), LEAST_GAIN)
        gains = gains.astype(y.dtype)
        moved *= SLOW if iteration <= EXAGGERATED else FAST
        moved -= rate * gains * slope
        y += moved
        y -= y.mean(axis=0)
        if iteration == min(EXAGGERATED, iterations):
            p /= EXAGGERATION
        if iteration == iterations:
            yield Step(iteration, y, divergence(p, y))
        elif iteration % every == 0:
            yield Step(iteration, y)


def joint_probabilities(squared: Array, perplexity: float) -> Array:
    """``p_ij`` (N, N) of squared distances (N, N): symmetric, 0 on the diagonal, 1 in all."""
    beta = precisions(_without_diagonal(squared), perplexity)
    exponents = (_least(squared)[:, None] - squared) * beta[:, None]
    np.fill_diagonal(
        exponents, 0
    )  # a point is nearer to itself than its nearest: e^… may be endless
    p = np.exp(exponents)
    np.fill_diagonal(p, 0)
    p /= np.maximum(p.sum(axis=1, keepdims=True), TINY)
    p = p + p.T
    return np.asarray(p / p.sum(), squared.dtype)


def precisions(squared: Array, perplexity: float) -> Array:
    """β_i (N,) at which the neighbours' probabilities have the entropy log(perplexity).

    ``squared`` (N, M) are distances to the M others. Found by halving, all rows at once.
    """
    squared = np.asarray(squared - squared.min(axis=1, keepdims=True))
    low, high = np.zeros(len(squared)), np.full(len(squared), np.inf)
    beta = 1 / np.maximum(squared.mean(axis=1), TINY)
    for _ in range(HALVINGS):
        p = np.exp(-squared * beta[:, None].astype(squared.dtype))
        total = p.sum(axis=1)
        entropy = np.log(total) + beta * np.einsum("nm,nm->n", p, squared) / total
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        if (np.abs(entropy - np.log(perplexity)) < 1e-4).all():
            break
        beta = np.where(np.isinf(high), beta * 2, (low + np.minimum(high, 1e300)) / 2)
    return np.asarray(beta, squared.dtype)


def divergence(p: Array, y: Array) -> float:
    """``KL(P‖Q) = Σ p_ij log(p_ij / q_ij)`` of a map ``y`` (N, 2)."""
    _, q = _gradient(p, y)
    near = p > TINY
    ratio = np.log(p[near].astype(np.float64) / np.maximum(q[near], TINY))
    return float((p[near] * ratio).sum())


def _gradient(p: Array, y: Array) -> tuple[Array, Array]:
    """``∂KL/∂y`` (N, 2), and Q (N, N)."""
    near = squared_distances(y, y)
    near += 1
    np.reciprocal(near, out=near)
    np.fill_diagonal(near, 0)
    q = near / near.sum()
    pull = (p - q) * near
    slope: Array = 4 * (pull.sum(axis=1)[:, None] * y - pull @ y)
    return slope, q


def _start(y: Array) -> Array:
    """The same places on the scale that a map begins with."""
    sd = float(y[:, 0].std())
    started: Array = np.array(y) * np.asarray(SPREAD / sd if sd > 0 else 1, y.dtype)
    return started


def _without_diagonal(squared: Array) -> Array:
    count = len(squared)
    return squared[~np.eye(count, dtype=bool)].reshape(count, count - 1)


def _least(squared: Array) -> Array:
    least: Array = _without_diagonal(squared).min(axis=1)
    return least

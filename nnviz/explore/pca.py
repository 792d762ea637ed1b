"""Principal components: the flat picture that keeps as much variance as a flat one can.

(Pearson: On lines and planes of closest fit, Philosophical Magazine 2, 1901; Hotelling, 1933.)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

LARGE = 256  # rows of a matrix from which on not all its eigenvectors are found
BLOCK, DEPTH = 6, 14  # how many vectors the search begins with, and how often they are multiplied
CLOSE = 1e-9  # how far an eigenvector may be off, of the largest eigenvalue


@dataclass(frozen=True, slots=True)
class Components:
    """The directions of most variance: ``axes`` (count, D), orthonormal, most first.

    ``explained`` (count,) is the share of the whole variance along each.
    """

    mean: Array
    axes: Array
    explained: NDArray[np.float64]

    def project(self, x: Array) -> Array:
        """``(x − mean) · axesᵀ``, (N, count)."""
        found: Array = (x - self.mean) @ self.axes.T
        return found


def principal_components(x: Array, count: int = 2) -> Components:
    """The first components of ``x`` (N, D), from the leading eigenvectors of its covariance.

    ``Σ = (x − mean)ᵀ (x − mean) / N``. Each axis is turned so that its largest part is positive.
    A layer that says the same of all (no variance) has explained 0; where D is below ``count``,
    axes of zeros are added.
    """
    mean = x.mean(axis=0, dtype=np.float64)
    centred = x - mean.astype(x.dtype)
    covariance = (centred.T @ centred).astype(np.float64) / len(x)
    values, axes = _leading(covariance, count)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes = axes * np.where(largest < 0, -1, 1)
    total = float(np.trace(covariance))
    explained = np.maximum(values, 0) / total if total > 0 else np.zeros(len(axes))
    if missing := count - len(axes):
        axes = np.vstack([axes, np.zeros((missing, axes.shape[1]))])
        explained = np.append(explained, np.zeros(missing))
    return Components(mean.astype(x.dtype), axes.astype(x.dtype), explained)


def _leading(matrix: Array, count: int) -> tuple[Array, Array]:
    """The largest eigenvalues of a symmetric ``matrix`` (D, D), and their vectors (count, D).

    Of a large one few are wanted: they are looked for in the span of ``M^k B`` with a small block
    ``B``, each kept at right angles to all before (block Lanczos: Golub and Underwood, 1977).
    Unless ``|M v − λ v| ≤ 10⁻⁹ λ₁`` holds for each of them, all are found.
    """
    found = _in_span(matrix, count) if len(matrix) >= LARGE and 2 * count < BLOCK else None
    if found is None:
        values, vectors = np.linalg.eigh(matrix)  # the largest last
        return values[::-1][:count], vectors[:, ::-1].T[:count]
    return found


def _in_span(matrix: Array, count: int) -> tuple[Array, Array] | None:
    start = np.random.default_rng(0).normal(size=(len(matrix), BLOCK))
    basis = np.linalg.qr(start)[0]
    for _ in range(DEPTH):
        new = matrix @ basis[:, -BLOCK:]
        for _ in range(2):  # once leaves what rounding has left
            new -= basis @ (basis.T @ new)
        basis = np.hstack([basis, np.linalg.qr(new)[0]])
    values, vectors = np.linalg.eigh(basis.T @ matrix @ basis)
    values, axes = values[::-1][:count], (basis @ vectors[:, ::-1][:, :count]).T
    missed = np.abs(axes @ matrix - values[:, None] * axes).max()
    skewed = np.abs(axes @ axes.T - np.eye(count)).max()
    if missed > CLOSE * values[0] or skewed > CLOSE:
        return None
    return values, axes

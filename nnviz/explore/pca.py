"""Principal components: the flat picture that keeps as much variance as a flat one can.

(Pearson: On lines and planes of closest fit, Philosophical Magazine 2, 1901; Hotelling, 1933.)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


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
    """The first components of ``x`` (N, D), from the eigenvectors of its covariance.

    ``Σ = (x − mean)ᵀ (x − mean) / N``. Each axis is turned so that its largest part is positive.
    A layer that says the same of all (no variance) has explained 0; where D is below ``count``,
    axes of zeros are added.
    """
    mean = x.mean(axis=0, dtype=np.float64)
    centred = x - mean.astype(x.dtype)
    covariance = (centred.T @ centred).astype(np.float64) / len(x)
    values, vectors = np.linalg.eigh(covariance)  # the largest last
    axes = vectors[:, ::-1].T[:count]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes = axes * np.where(largest < 0, -1, 1)
    total = float(np.trace(covariance))
    explained = np.maximum(values[::-1][:count], 0) / total if total > 0 else np.zeros(len(axes))
    if missing := count - len(axes):
        axes = np.vstack([axes, np.zeros((missing, axes.shape[1]))])
        explained = np.append(explained, np.zeros(missing))
    return Components(mean.astype(x.dtype), axes.astype(x.dtype), explained)

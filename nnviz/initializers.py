"""How weights begin: small random numbers, scaled so that signals keep their size.

Each initializer is called with a shape and a `numpy.random.Generator` and returns float64; the
layer casts. For a dense kernel (inputs, units) fan-in is the number of inputs and fan-out that of
units; for a convolution kernel (height, width, in, out) both are multiplied by height · width.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import look_up

Initializer = Callable[[tuple[int, ...], np.random.Generator], NDArray[np.float64]]


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    field = int(np.prod(shape[:-2]))
    return shape[-2] * field, shape[-1] * field


def zeros(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float64]:
    """All zero: right for biases; with zero weights nothing can be learned."""
    return np.zeros(shape)


def glorot_uniform(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float64]:
    """Uniform in ±√(6 / (fan_in + fan_out)) (Glorot and Bengio, AISTATS 2010)."""
    fan_in, fan_out = _fans(shape)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape)


def he_normal(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float64]:
    """Normal with variance 2 / fan_in, for ReLU (He et al., ICCV 2015)."""
    fan_in, _ = _fans(shape)
    return rng.normal(0, np.sqrt(2 / fan_in), shape)


def orthogonal(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float64]:
    """Orthonormal rows or columns, for recurrent kernels (Saxe et al., ICLR 2014)."""
    rows, columns = int(np.prod(shape[:-1])), shape[-1]
    normal = rng.normal(size=(max(rows, columns), min(rows, columns)))
    q, r = np.linalg.qr(normal)
    q *= np.sign(np.diag(r))
    return np.ascontiguousarray(q if rows >= columns else q.T).reshape(shape)


INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros,
    "glorot_uniform": glorot_uniform,
    "he_normal": he_normal,
    "orthogonal": orthogonal,
}


def get(name: str) -> Initializer:
    """The initializer of that name; raises `InputError` for a name there is none for."""
    return look_up(INITIALIZERS, name, "an initializer", "unknown_initializer")

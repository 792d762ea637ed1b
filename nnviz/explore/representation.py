"""A layer as a list of numbers for each input, between which there are distances."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.layers.base import Shape, in_memory

Array = NDArray[Any]

MOST = 1024  # numbers: distances between longer lists would take too long


def square_side(shape: Shape) -> int:
    """The side of the squares that feature maps (height, width, maps) are averaged over.

    The least with which at most `MOST` numbers are left; 1 for what is no map. Raises `InputError`
    (``out_of_range``) where more are left whatever the squares.
    """
    height, width, units = shape if len(shape) == 3 else (1, 1, shape[-1])
    for side in range(1, max(height, width) + 1):
        if -(-height // side) * -(-width // side) * units <= MOST:
            return side
    raise InputError(
        "out_of_range", f"Expected a layer of at most {MOST:,} units; got one of {units:,}."
    )


def represent(a: Array) -> Array:
    """A layer's activations (N, …) as (N, D), D at most `MOST`.

    A dense layer's as they are, a sequence's last step, feature maps averaged over small squares
    where they hold too many numbers. Raises `InputError` as `square_side` does.
    """
    if a.ndim != 4:
        last = a[:, -1] if a.ndim == 3 else a.reshape(len(a), -1)
        square_side((last.shape[1],))
        return last
    side = square_side(a.shape[1:])
    means = in_memory(a)  # (H, C, W, N): what is added lies side by side
    if side > 1:
        for axis in (0, 2):
            means = _averaged(means, side, axis)
    return means.transpose(3, 0, 2, 1).reshape(len(a), -1)


def _averaged(maps: Array, side: int, axis: int) -> Array:
    """The means of every ``side`` neighbours along an axis; of those that are left at its end."""
    parts = [maps[(slice(None),) * axis + (slice(i, None, side),)] for i in range(side)]
    total, size = parts[0].copy(), maps.shape[axis]
    for part in parts[1:]:
        total[(slice(None),) * axis + (slice(part.shape[axis]),)] += part
    counts = np.minimum(side, size - np.arange(0, size, side)).astype(maps.dtype)
    total /= np.expand_dims(counts, tuple(i for i in range(4) if i != axis))
    return total

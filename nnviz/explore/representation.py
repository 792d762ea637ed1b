"""A layer as a list of numbers for each input, between which there are distances."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.layers.base import Shape

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
    for axis in (1, 2):
        starts = np.arange(0, a.shape[axis], side)
        sizes = np.diff(np.append(starts, a.shape[axis])).astype(a.dtype)
        wide = np.expand_dims(sizes, tuple(i for i in range(4) if i != axis))
        a = np.add.reduceat(a, starts, axis=axis) / wide
    return a.reshape(len(a), -1)

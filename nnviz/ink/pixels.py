"""The 28x28 grid itself: its size, its middle, and values that are used as they are."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.errors import InputError

Image = NDArray[np.uint8]

SIZE = 28  # pixels across and down
PIXELS = SIZE * SIZE  # of an image: 784, row by row
BOX = 20.0  # pixels: the longer side of an MNIST digit
CENTRE = 14.0  # row and column index of its centre of mass (measured on MNIST: 13.996 and 14.007)

STEP = np.array(1 / 255, np.float32)  # from one shade to the next, as the network is given them
_ROWS, _COLUMNS = np.indices((SIZE, SIZE)).reshape(2, -1)
_MOMENTS = np.stack([np.ones(SIZE * SIZE), _ROWS, _COLUMNS], axis=1).astype(np.float32)


def from_pixels(values: ArrayLike) -> Image:
    """784 numbers 0 (paper) to 1 (ink), row by row, as 28x28 values 0..255; nothing is moved.

    Raises `InputError`: ``wrong_type``, ``wrong_shape``, ``not_finite``, ``out_of_range``.
    """
    try:
        grid = np.asarray(values)
    except ValueError as error:
        raise _wrong_count("lists of unequal length") from error
    if grid.dtype.kind not in "iuf":
        raise InputError("wrong_type", "Expected pixels as numbers; got something else among them.")
    if grid.shape not in ((PIXELS,), (SIZE, SIZE)):
        raise _wrong_count(f"{grid.size} in shape {grid.shape}")
    if not np.isfinite(grid).all():
        raise InputError("not_finite", "Expected finite pixels; got NaN or infinity among them.")
    if grid.min() < 0 or grid.max() > 1:
        raise InputError(
            "out_of_range", f"Expected pixels from 0 to 1; got {grid.min():g} to {grid.max():g}."
        )
    return quantised(grid.reshape(SIZE, SIZE))


def to_input(images: Image) -> NDArray[np.float32]:
    """What the network is given: the values divided by 255, float32, in the same shape."""
    return images.astype(np.float32) * STEP


def quantised(grid: NDArray[Any]) -> Image:
    """0..1 to the nearest of 0..255."""
    return (grid * 255 + 0.5).astype(np.uint8)


def centre_of_mass(grid: NDArray[Any]) -> tuple[float, float]:
    """Row and column index of the centre of mass of 28x28 values; the grid holds some ink."""
    total, row, column = grid.ravel() @ _MOMENTS
    return float(row / total), float(column / total)


def _wrong_count(got: str) -> InputError:
    expected = f"{SIZE * SIZE} numbers, or {SIZE} rows of {SIZE}"
    return InputError("wrong_shape", f"Expected pixels as {expected}; got {got}.")

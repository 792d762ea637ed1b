"""Central differences: the derivative of any loss by moving one number at a time, in float64."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

STEP = 1e-5


def central_differences(
    loss: Callable[[], float], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """``(L(v + h) − L(v − h)) / 2h`` for every number of ``values``, which is moved in place."""
    slopes = np.zeros_like(values)
    for place in np.ndindex(values.shape):
        kept = values[place]
        values[place] = kept + STEP
        above = loss()
        values[place] = kept - STEP
        slopes[place] = (above - loss()) / (2 * STEP)
        values[place] = kept
    return slopes


def assert_close(found: NDArray[np.float64], expected: NDArray[np.float64]) -> None:
    """Equal to seven digits of the largest value."""
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7 * np.abs(expected).max())

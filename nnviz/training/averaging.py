"""Weight averaging: the mean of the recent weights reads better than the last ones."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class ExponentialMovingAverage:
    """``p̄ ← d p̄ + (1 − d) p`` after every step, where d grows to ``decay``.

    In its first steps the average would still hold the random start, so d is at most
    ``(1 + t) / (10 + t)`` after t steps (as TensorFlow's ExponentialMovingAverage has it).
    """

    def __init__(self, parameters: Array, decay: float = 0.999) -> None:
        self.decay = decay
        self.steps = 0
        self.average = parameters.copy()
        self._scratch = np.empty_like(parameters)

    def update(self, parameters: Array) -> None:
        """Take in the parameters after a step."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        change = np.subtract(parameters, self.average, out=self._scratch)
        change *= 1 - decay
        self.average += change

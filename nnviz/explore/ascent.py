"""The picture that excites a unit most: from faint noise uphill along its slope.

(Erhan, Bengio, Courville and Vincent: Visualizing higher-layer features of a deep network, 2009.)
Left to itself the climb ends in noise that no hand would draw, for nothing keeps neighbouring
pixels alike; a blur of each step and a decay of the whole picture do (Yosinski et al.:
Understanding neural networks through deep visualization, 2015; Olah, Mordvintsev and Schubert:
Feature visualization, Distill, 2017). One dial, ``regularisation``, turns both up together.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore.slopes import per_unit, read_to, slopes, unit_sums
from nnviz.network import Network

Array = NDArray[Any]

SIDE = 28
STEPS = 64
STRIDE = 0.5  # the length of a step; a digit's own is about 9
FAINT = 0.1  # the most ink of the noise that it begins with
BLUR = 2.0  # pixels, the standard deviation with all regularisation
DECAY = 0.04  # of the picture in a step, with all regularisation


@dataclass(frozen=True, slots=True)
class Ascent:
    """The picture (784,) of 0..1 that the climb ended with, and the unit's sum on the way.

    ``sums`` (steps + 1,) rise unless the regularisation holds the picture back; ``activations``
    are the unit's a for the first and the last picture.
    """

    pixels: Array
    sums: Array
    activations: tuple[float, float]


def climb(
    network: Network, at: int, unit: int, regularisation: float, rng: np.random.Generator
) -> Ascent:
    """Gradient ascent on a unit of layer ``at`` (`nnviz.explore.slopes.unit_sums`).

    ``x ← clip((1 − decay) x + stride · blur(g) / |blur(g)|, 0, 1)``, ``g = ∂sum/∂x``;
    ``regularisation`` 0 to 1 scales the blur's width and the decay.
    """
    x = (rng.random((1, SIDE * SIDE)) * FAINT).astype(network.dtype)
    blur = gaussian(BLUR * regularisation).astype(network.dtype)
    found, first = [], 0.0
    for step in range(STEPS + 1):
        traces = read_to(network, x, at)
        values = unit_sums(network, traces[-1], at)
        found.append(values[0, unit])
        last = float(per_unit(traces[-1].a)[0, unit])
        first = last if step == 0 else first
        if step == STEPS:
            break
        weights = np.zeros_like(values)
        weights[:, unit] = 1
        slope = slopes(network, traces, at, weights).reshape(SIDE, SIDE)
        slope = (blur @ slope @ blur.T).reshape(1, -1)
        length = float(np.linalg.norm(slope))
        if length > 0:
            x = (1 - DECAY * regularisation) * x + slope * (STRIDE / length)
        x = np.clip(x, 0, 1).astype(network.dtype)
    return Ascent(x[0], np.array(found), (first, last))


def gaussian(sd: float) -> NDArray[np.float64]:
    """The matrix (28, 28) that blurs a column by so many pixels; each row adds up to 1."""
    if sd <= 0:
        return np.eye(SIDE)
    away = np.subtract.outer(np.arange(SIDE), np.arange(SIDE))
    weights = np.exp(-(away**2) / (2 * sd**2))
    blur: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return blur

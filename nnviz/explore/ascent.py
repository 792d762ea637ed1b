"""The picture that excites a unit most: from faint noise uphill along its slope.

(Erhan, Bengio, Courville and Vincent: Visualizing higher-layer features of a deep network, 2009.)
Left to itself the climb ends in noise that no hand would draw, for nothing keeps neighbouring
pixels alike; a blur of each step and a decay of the whole picture do (Yosinski et al.:
Understanding neural networks through deep visualization, 2015; Olah, Mordvintsev and Schubert:
Feature visualization, Distill, 2017). One dial, ``regularisation``, turns both up together.

What is climbed rises with the unit's activation (`heights`), and nothing else may be: the mean z of
a feature map does not, for a kernel that adds up to nothing has the same mean z on every picture.
Where no slope is left because ReLUs are off, they leak (as the redirected gradients of Lucid, the
code beside Olah's article, do). A hill has more than one top, so several climbs begin at once.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore.slopes import before_activation, parts, per_unit, read_to, spread, to_input
from nnviz.ink.pixels import SIZE
from nnviz.layers.base import LayerTrace
from nnviz.layers.recurrent import Recurrent
from nnviz.network import Network

Array = NDArray[Any]

STEPS = 64
STRIDE = 0.5  # the length of a step; a digit's own is about 9
SHORTER = 0.5  # of the steps, the last, become shorter and shorter, so that the top is met
INKS = (0.1, 0.1, 0.5, 0.5)  # the most ink of the noise that each climb begins with
BLUR = 2.0  # pixels, the standard deviation with all regularisation
DECAY = 0.04  # of the picture in a step, with all regularisation
LEAK = 0.1  # of a slope, through a ReLU that is off
AS_GOOD = 0.99  # of the digit's activation: a picture out of noise is as good
STARTS = len(INKS) + 1


@dataclass(frozen=True, slots=True)
class Ascent:
    """The picture (784,) of 0..1 that the best climb ended with, and `heights` on the way.

    ``heights`` (steps + 1,) rise unless the regularisation holds the picture back; ``activations``
    are the unit's a for the first and the last picture; ``from_digit`` says that it began with the
    digit that was given, for out of noise no climb came as high.
    """

    pixels: Array
    heights: Array
    activations: tuple[float, float]
    from_digit: bool


def climb(
    network: Network,
    at: int,
    unit: int,
    regularisation: float,
    rng: np.random.Generator,
    digit: Array | None = None,
) -> Ascent:
    """Gradient ascent on a unit of layer ``at``, the best of several climbs.

    ``x ← clip((1 − decay) x + stride · blur(g) / |blur(g)|, 0, 1)``, ``g = ∂height/∂x``;
    ``regularisation`` 0 to 1 scales the blur's width and the decay; stride and decay shrink to 0
    over the last steps. ``digit`` (784,) of 0..1 is one more place to begin: what it ends with is
    taken where no noise comes within a hundredth of what the digit itself gives (`AS_GOOD`). With a
    regularisation of 0 the picture therefore gives at least 0.99 of the digit's activation, and
    mostly more.
    """
    starts = [rng.random(SIZE * SIZE) * ink for ink in INKS]
    starts += [] if digit is None else [np.asarray(digit).ravel()]
    x = np.array(starts, network.dtype)
    found = [_climb(network, at, unit, regularisation, x[each]) for each in parts(network, len(x))]
    ends, heights, activations = (np.concatenate(each) for each in zip(*found, strict=True))
    best = int(activations[: len(INKS), 1].argmax())
    if digit is not None and activations[best, 1] < AS_GOOD * activations[-1, 0]:
        best = int(activations[:, 1].argmax())
    first, last = map(float, activations[best])
    return Ascent(ends[best], heights[best], (first, last), best == len(INKS))


def _climb(
    network: Network, at: int, unit: int, regularisation: float, x: Array
) -> tuple[Array, Array, Array]:
    """From every picture (N, 784): the last, `heights` (N, steps + 1), activations (N, 2)."""
    blur = gaussian(BLUR * regularisation).astype(network.dtype)
    found, activations = [], []
    for step in range(STEPS + 1):
        traces = read_to(network, x, at)
        found.append(heights(network, traces[-1], at)[:, unit])
        activations.append(per_unit(traces[-1].a)[:, unit])
        if step == STEPS:
            break
        slope = _uphill(network, traces, at, unit).reshape(-1, SIZE, SIZE)
        slope = (blur @ slope @ blur.T).reshape(len(x), -1)
        length = np.linalg.norm(slope, axis=1, keepdims=True)
        size = min(1.0, (1 - step / STEPS) / SHORTER)
        x = (1 - DECAY * regularisation * size) * x
        x = x + slope * (STRIDE * size / np.where(length > 0, length, 1))
        x = np.clip(x, 0, 1).astype(network.dtype)
    return x, np.stack(found, axis=1), np.stack([activations[0], activations[-1]], axis=1)


def heights(network: Network, trace: LayerTrace, at: int) -> Array:
    """What is climbed, (N, units): it rises where, and only where, the unit's activation does.

    A unit's z, before a sigmoid flattens it; a feature map's mean a; a recurrent unit's last state;
    ``log a`` of a softmax, where more z of one output is less of another.
    """
    if trace.a.ndim == 4 or isinstance(network.layers[at], Recurrent):
        return per_unit(trace.a)
    if trace.activation.name == "softmax":
        z = trace.z - trace.z.max(axis=-1, keepdims=True)
        logs: Array = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
        return per_unit(logs)
    return per_unit(trace.z)


def _uphill(network: Network, traces: list[LayerTrace], at: int, unit: int) -> Array:
    """``∂ heights_unit / ∂x``; of a picture where it is 0 everywhere, with ReLUs that leak."""
    wanted = np.zeros((len(traces[-1].a), network.layers[at].output_shape[-1]), network.dtype)
    wanted[:, unit] = 1
    slope = _slope(network, traces, at, wanted, 0)
    flat = ~slope.any(axis=1)
    if flat.any():
        slope[flat] = _slope(network, traces, at, wanted, LEAK)[flat]
    return slope


def _slope(
    network: Network, traces: list[LayerTrace], at: int, wanted: Array, leak: float
) -> Array:
    """``∂/∂x Σ_u wanted_u · heights_u``, (N, 784)."""
    trace, d = traces[-1], spread(network, at, wanted)
    if trace.a.ndim == 4:
        d = before_activation(network, at, trace, d, leak)
    elif trace.activation.name == "softmax" and not isinstance(network.layers[at], Recurrent):
        d = d - trace.a * d.sum(axis=-1, keepdims=True)
    return to_input(network, traces, at, d, leak).reshape(len(d), -1)


def gaussian(sd: float) -> NDArray[np.float64]:
    """The matrix (28, 28) that blurs a column by so many pixels; each row adds up to 1."""
    if sd <= 0:
        return np.eye(SIZE)
    away = np.subtract.outer(np.arange(SIZE), np.arange(SIZE))
    weights = np.exp(-(away**2) / (2 * sd**2))
    blur: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return blur

"""How much of a number each input makes, on the straight way from the average row to this one.

A row goes in standardised, so the average row is all zeros. Along the way every input gets its own
way times the output's slope along it, averaged over the way: integrated gradients, which add up to
what the row says beyond the average one. (Sundararajan, Taly, Yan: Axiomatic attribution for deep
networks, ICML 2017.) Between two places where a ReLU opens or closes the output is a straight line,
so there one slope is exact.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.layers.base import Layer
from nnviz.network import Network

Floats = NDArray[np.float64]

PIECES = 200  # of the way where the activations bend everywhere, or too many ReLUs do
MOST = 200  # units whose bends are looked for one by one
TINY = 1e-12  # a sum that small is 0: the place is a bend itself


@dataclass(frozen=True, slots=True)
class Contributions:
    """What the first output's unit says of a row and of the average one, and each input's part.

    ``a = average + Σ parts``; all float64, in the unit of the activations.
    """

    a: float
    average: float
    parts: Floats


def trace_number(network: Network, x: NDArray[Any]) -> Contributions:
    """Share what an output says of an input (n,) out among its numbers.

    ``parts[i] = x[i] · ∫ ∂a/∂x[i] (s·x) ds`` from 0 to 1; exact for dense layers with ReLU or
    linear activations of up to `MOST` units, else the mean over `PIECES` even pieces.
    """
    exact = Network.from_json(network.to_json(), rng=None, dtype=np.float64)
    exact.parameters[...] = network.parameters
    row = np.asarray(x, np.float64).ravel()
    ends, _ = exact.forward(np.stack([row, np.zeros_like(row)]))
    places = bends(exact, row)
    middles = (places[1:] + places[:-1]) / 2
    _, trace = exact.forward(middles[:, None] * row)
    dz = [np.zeros_like(output.z) for output in trace.outputs]
    dz[0][:, 0] = 1
    slopes = exact.backward(trace, dz, input_gradient=True).input
    assert slopes is not None
    parts: Floats = row * (np.diff(places) @ slopes.reshape(len(middles), -1))
    return Contributions(float(ends[0, 0]), float(ends[1, 0]), parts)


def bends(network: Network, x: Floats) -> Floats:
    """Where on the way from 0 to x, 0 to 1, a ReLU opens or closes; both ends are among them."""
    layers = [layer for layer in network.layers if layer.kind != "dropout"]
    units = sum(layer.output_shape[-1] for layer in layers)
    if not all(_is_straight(layer) for layer in layers) or units > MOST:
        return np.linspace(0, 1, PIECES + 1)
    places = [0.0]
    while places[-1] < 1:
        places.append(_next_bend(layers, x, places[-1]))
    return np.array(places)


def _is_straight(layer: Layer) -> bool:
    return layer.kind == "dense" and layer.activation.name in ("relu", "linear")


def _next_bend(layers: list[Layer], x: Floats, t: float) -> float:
    """The next place behind t where a sum that a ReLU takes crosses 0; 1 where none does before."""
    a, da, following = x * t, x, 1.0  # the activations at t, and how they grow with it
    for layer in layers:
        W = layer.params["W"]
        z, dz = a @ W + layer.params["b"], da @ W
        is_on = np.ones(len(z), bool)
        if layer.activation.name == "relu":
            with np.errstate(divide="ignore", invalid="ignore"):
                zeros = t - z / dz
            behind = zeros[np.isfinite(zeros) & (zeros > t + TINY)]
            following = min(following, *behind) if len(behind) else following
            is_on = np.where(np.abs(z) < TINY, dz, z) > 0
        a, da = z * is_on, dz * is_on
    return float(following)

"""Why one answer and not another: how far its sum leads the other's, traced back to the pixels.

Softmax makes probabilities of the output layer's sums z, so the lead ``z_first − z_second`` decides
between two answers: ``p_first / p_second = e^(z_first − z_second)``. Integrated gradients share the
lead out among the pixels: ink fades in from blank paper, and every pixel gets what it gives on the
way. The parts and the lead of blank paper add up to the lead, whatever the layers between.
(Sundararajan, Taly, Yan: Axiomatic attribution for deep networks, ICML 2017.)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.network import Network

Array = NDArray[Any]

SHADES = 64  # between blank paper and full ink; they are read as one batch


@dataclass(frozen=True, slots=True)
class Lead:
    """How far the first output's sum leads the second's.

    ``lead = z_first − z_second`` for the image and ``blank`` the same for blank paper; ``pixels``
    holds each pixel's part in the network's input shape, ``lead ≈ blank + Σ pixels`` as closely as
    the shades follow the curve.
    """

    lead: float
    blank: float
    pixels: Array


def trace_lead(network: Network, image: Array, first: int, second: int, head: int = 0) -> Lead:
    """Share the lead of an output over another out among the pixels of an image of 0..1.

    ``head`` says which of the network's outputs the two are of.

    ``pixels[i] = x[i] · mean over the shades s of ∂(z_first − z_second)/∂x[i] at s·x``, with the
    shades in the middles of equal steps from 0 to 1.
    """
    x = np.asarray(image, network.dtype).reshape(1, *network.input_shape)
    _, ends = network.forward(np.concatenate([x, np.zeros_like(x)]))
    z = ends.outputs[head].z
    lead, blank = (z[:, first] - z[:, second]).tolist()
    shades = ((np.arange(SHADES) + 0.5) / SHADES).astype(network.dtype)
    slopes = lead_slopes(network, shades.reshape(-1, *[1] * (x.ndim - 1)) * x, first, second, head)
    return Lead(lead, blank, x[0] * slopes.mean(axis=0))


def after_rows(network: Network, rows: int) -> Network:
    """The network that answers after the first ``rows`` rows of its image, with the same weights.

    Raises `InputError` unless it reads an image row by row, and has so many.
    """
    most = network.input_shape[0]
    if len(network.input_shape) != 2 or network.layers[0].kind != "lstm" or not 0 < rows <= most:
        raise InputError(
            "out_of_range",
            f"Expected 1 to {most} rows, of a network that reads row by row; got {rows}.",
        )
    config = {**network.to_json(), "input_shape": [rows, *network.input_shape[1:]]}
    shorter = Network.from_json(config, rng=None, dtype=network.dtype)
    shorter.parameters[...] = network.parameters
    return shorter


def lead_slopes(network: Network, x: Array, first: int, second: int, head: int = 0) -> Array:
    """``∂(z_first − z_second)/∂x`` for every sample of a batch, in its shape."""
    _, trace = network.forward(x)
    dz = [np.zeros_like(output.z) for output in trace.outputs]
    dz[head][:, first] += 1
    dz[head][:, second] -= 1
    slopes = network.backward(trace, dz, input_gradient=True).input
    assert slopes is not None
    return slopes

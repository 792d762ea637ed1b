"""How a single unit changes with the input: the gradient that many explanations start from."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.layers.base import Context, LayerTrace
from nnviz.layers.recurrent import Recurrent
from nnviz.network import Gradients, Network

Array = NDArray[Any]

BYTES = 64_000_000  # that samples read there and back at once may take
AT_ONCE = 128  # of them at most


def parts(network: Network, count: int) -> Iterator[slice]:
    """So many samples in parts, each of which is read there and back within `BYTES`."""
    work = network.workload
    fitting = BYTES // max(1, work.training_bytes(1))
    size = max(1, min(AT_ONCE, fitting))
    for start in range(0, count, size):
        yield slice(start, start + size)


def way_to(network: Network, at: int) -> list[int]:
    """The places of the layers that layer ``at`` is computed through, itself last.

    Heads all read the trunk's last layer, so one head's way leads by none of the others.
    """
    trunk = len(network.layers) - network.heads
    return [*range(min(at, trunk)), at]


def read_to(
    network: Network, x: Array, at: int, context: Context | None = None
) -> list[LayerTrace]:
    """The traces of a batch (N, *input_shape) on the way to layer ``at``, its own last."""
    context = context or Context()
    a = np.asarray(x, network.dtype).reshape(-1, *network.input_shape)
    traces = []
    for place in way_to(network, at):
        traces.append(network.layers[place].forward(a, context))
        a = traces[-1].a
    return traces


def unit_sums(network: Network, trace: LayerTrace, at: int) -> Array:
    """What each unit of a layer comes to, (N, units): a number that rises with its activation.

    Its z, before a sigmoid flattens it; the mean over a feature map; of a recurrent layer the last
    state.
    """
    values = trace.a if isinstance(network.layers[at], Recurrent) else trace.z
    return per_unit(values)


def per_unit(values: Array) -> Array:
    """One number a unit, (N, units), of a layer's z or a: a map's mean, a sequence's last step."""
    if values.ndim == 4:
        mean: Array = values.mean(axis=(1, 2))
        return mean
    return values[:, -1] if values.ndim == 3 else values


def slopes(network: Network, traces: Sequence[LayerTrace], at: int, weights: Array) -> Array:
    """``∂/∂x Σ_u weights_u · sum_u`` for every sample, (N, *input_shape).

    ``weights`` (N, units) says which `unit_sums` of layer ``at`` are asked for, and how much.
    """
    return to_input(network, traces, at, spread(network, at, weights))


def spread(network: Network, at: int, weights: Array) -> Array:
    """``∂/∂v Σ_u weights_u · per_unit(v)_u`` by a layer's z or a, (N, *output_shape)."""
    d = np.zeros((len(weights), *network.layers[at].output_shape), network.dtype)
    if d.ndim == 4:
        d += weights[:, None, None, :] / (d.shape[1] * d.shape[2])
    elif d.ndim == 3:
        d[:, -1] = weights
    else:
        d += weights
    return d


def to_input(
    network: Network, traces: Sequence[LayerTrace], at: int, dz: Array, leak: float = 0
) -> Array:
    """A gradient by layer ``at``'s z (of a recurrent layer: its a) as one by the input.

    ``leak`` is what a ReLU that is off lets through: 0 is the slope as it is.
    """
    gradients, d = Gradients(network), dz
    for place, trace in zip(reversed(way_to(network, at)), reversed(traces), strict=True):
        if place != at:
            d = before_activation(network, place, trace, d, leak)
        back = network.layers[place].backward(d, trace, gradients.layers[place], Context(), True)
        assert back is not None
        d = back
    return d.reshape(-1, *network.input_shape)


def before_activation(
    network: Network, at: int, trace: LayerTrace, da: Array, leak: float
) -> Array:
    """``dz`` of a layer from its ``da``; ``leak`` as in `to_input`."""
    activation = network.layers[at].activation
    dz = activation.backward(da, trace.z, trace.a)
    return dz + leak * da * (trace.a <= 0) if leak and activation.name == "relu" else dz


def output_place(network: Network) -> int:
    """The place of the first output's layer."""
    return len(network.layers) - network.heads

"""One step of gradient descent on one image: what is wanted of every neuron, and taking it.

Backpropagation tells for every activation how the loss changes with it; its negative is the nudge
that the image's label asks for. (Rumelhart, Hinton, Williams: Learning representations by
back-propagating errors, Nature 323, 1986.)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import losses
from nnviz.losses import CrossEntropy, MeanSquaredError
from nnviz.network import Network, Trace

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step on one image starts from.

    ``nudges`` holds ``−∂L/∂a`` of every layer by its name, of the last one ``−∂L/∂z``, in the
    layer's output shape; ``input_nudge`` is ``−∂L/∂x`` in the network's input shape.
    """

    loss_name: str
    loss: float
    output: Array
    target: Array
    nudges: dict[str, Array]
    input_nudge: Array


def loss_of(network: Network) -> losses.Loss:
    """The loss that suits the first output: cross-entropy for softmax, else the squared error."""
    name = CrossEntropy.name if network.output_layers[0].activation.name == "softmax" else None
    return losses.get(name or MeanSquaredError.name)


def explain(network: Network, image: Array, label: int) -> Step:
    """The loss on an image, (784,) or (28, 28) of 0..1, and every nudge its label asks for.

    A label says something of the first output only; others have no part in it.
    """
    loss = loss_of(network)
    trace, targets = _read(network, image, label)
    dz = loss.gradient(trace.output, targets)
    seen: dict[str, Array] = {}
    gradients = network.backward(trace, dz, input_gradient=True, seen=seen)
    assert gradients.input is not None
    output = trace.output
    return Step(
        loss.name,
        loss.value(output, targets),
        output.a[0],
        np.eye(output.a.shape[-1], dtype=output.a.dtype)[label],
        {name: -d[0] for name, d in seen.items()},
        -gradients.input[0],
    )


def take(network: Network, image: Array, label: int, learning_rate: float, times: int = 1) -> None:
    """Change the network: ``p ← p − η ∂L/∂p``, so many times. Dropout has no part in it."""
    loss = loss_of(network)
    for _ in range(times):
        trace, targets = _read(network, image, label)
        gradients = network.backward(trace, loss.gradient(trace.output, targets))
        network.parameters -= learning_rate * gradients.flat


def _read(network: Network, image: Array, label: int) -> tuple[Trace, Array]:
    _, trace = network.forward(np.asarray(image, network.dtype)[None])
    return trace, np.array([label])

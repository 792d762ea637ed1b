"""One step of gradient descent on one input: what is wanted of every neuron, and taking it.

Backpropagation tells for every activation how the loss changes with it; its negative is the nudge
that the input's labels ask for: of a class its number, of an output that is a number the number
that it should say, in the unit of the activations. With several outputs the loss is the mean of
theirs, and what they ask of the trunk adds up. (Rumelhart, Hinton, Williams: Learning
representations by back-propagating errors, Nature 323, 1986.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import losses
from nnviz.errors import InputError
from nnviz.losses import CrossEntropy, MeanSquaredError
from nnviz.network import Network, Trace

Array = NDArray[Any]
Label = int | float  # a class's number, or the number that an output should say
Labels = Label | Sequence[Label]  # of the first output, or of the first so many


@dataclass(frozen=True, slots=True)
class Asked:
    """What a label asks of an output: its loss, what it says and what it should say."""

    name: str
    label: Label
    loss_name: str
    loss: float
    output: Array
    target: Array


@dataclass(frozen=True, slots=True)
class Step:
    """What a step on one image starts from.

    ``outputs`` holds each labelled output's part, and ``loss`` is the mean of their losses: the one
    scalar that goes down. ``nudges`` holds ``−∂L/∂a`` of every layer by its name, of an output
    ``−∂L/∂z``, in the layer's output shape; ``input_nudge`` is ``−∂L/∂x`` in the network's input
    shape.
    """

    outputs: tuple[Asked, ...]
    loss: float
    nudges: dict[str, Array]
    input_nudge: Array


def loss_of(network: Network, head: int = 0) -> losses.Loss:
    """The loss that suits an output: cross-entropy for softmax, else the squared error."""
    softmax = network.output_layers[head].activation.name == "softmax"
    return losses.get(CrossEntropy.name if softmax else MeanSquaredError.name)


def explain(network: Network, x: Array, labels: Labels) -> Step:
    """The loss on an input, such as an image (784,) of 0..1, and every nudge its labels ask for.

    Outputs without a label have no part in it. Raises `InputError` for a label that is no class.
    """
    labels = _checked(network, labels)
    trace = _read(network, x)
    seen: dict[str, Array] = {}
    dz = _gradients(network, trace, labels)
    gradients = network.backward(trace, dz, input_gradient=True, seen=seen)
    assert gradients.input is not None
    outputs = tuple(_asked(network, trace, head, label) for head, label in enumerate(labels))
    return Step(
        outputs,
        sum(each.loss for each in outputs) / len(outputs),
        {name: -d[0] for name, d in seen.items()},
        -gradients.input[0],
    )


def take(network: Network, x: Array, labels: Labels, learning_rate: float, times: int = 1) -> None:
    """Change the network: ``p ← p − η ∂L/∂p``, so many times. Dropout has no part in it."""
    labels = _checked(network, labels)
    for _ in range(times):
        trace = _read(network, x)
        gradients = network.backward(trace, _gradients(network, trace, labels))
        network.parameters -= learning_rate * gradients.flat


def says_number(network: Network, head: int) -> bool:
    """Whether an output is a number: one unit that is linear."""
    layer = network.output_layers[head]
    return layer.output_shape == (1,) and layer.activation.name == "linear"


def _checked(network: Network, labels: Labels) -> list[Label]:
    """A label for each of the first outputs."""
    labels = [labels] if isinstance(labels, int | float) else list(labels)
    if not 1 <= len(labels) <= network.heads:
        raise InputError("wrong_shape", f"Expected 1 to {network.heads} labels; got {len(labels)}.")
    for head, (layer, label) in enumerate(zip(network.output_layers, labels, strict=False)):
        if says_number(network, head):
            continue
        if not isinstance(label, int):
            raise InputError(
                "wrong_type", f"Expected the number of a class of {layer.name!r}; got {label}."
            )
        if not 0 <= label < layer.output_shape[-1]:
            raise InputError(
                "out_of_range",
                f"Expected a label of {layer.name!r} from 0 to {layer.output_shape[-1] - 1}; "
                f"got {label}.",
            )
    return labels


def _asked(network: Network, trace: Trace, head: int, label: Label) -> Asked:
    loss, output = loss_of(network, head), trace.outputs[head]
    target = _target(network, trace, head, label)
    value = loss.value(output, target)
    name = network.output_layers[head].name
    return Asked(name, label, loss.name, value, output.a[0], target[0])


def _target(network: Network, trace: Trace, head: int, label: Label) -> Array:
    """What an output's activations (1, units) should be."""
    a = trace.outputs[head].a
    if says_number(network, head):
        return np.full(a.shape, label, a.dtype)
    target: Array = np.eye(a.shape[-1], dtype=a.dtype)[[int(label)]]
    return target


def _gradients(network: Network, trace: Trace, labels: Sequence[Label]) -> list[Array]:
    """``∂L/∂z`` of each labelled output, where L is the mean of their losses."""
    gradients = []
    for head, label in enumerate(labels):
        target = _target(network, trace, head, label)
        gradients.append(loss_of(network, head).gradient(trace.outputs[head], target) / len(labels))
    return gradients


def _read(network: Network, x: Array) -> Trace:
    _, trace = network.forward(np.asarray(x, network.dtype)[None])
    return trace

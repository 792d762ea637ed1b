"""Whether a network and its loss fit a problem: what goes in, what comes out, what is minimised."""

import math

from nnviz.errors import InputError
from nnviz.features import ClassOutput, NumberOutput
from nnviz.losses import MeanSquaredError
from nnviz.network import Network
from nnviz.problems.digits import Digits
from nnviz.problems.problem import Problem

SHARES = ("softmax", "sigmoid")  # activations that lie in 0..1


def check_network(problem: Problem, network: Network) -> None:
    """Raise `InputError` (``wrong_shape``) for a network that does not fit the problem."""
    _check_input(problem, network)
    for output, layer in zip(problem.outputs_of(network), network.output_layers, strict=True):
        if isinstance(output, NumberOutput) and layer.activation.name != "linear":
            raise InputError(
                "wrong_shape",
                f"Expected a last layer that is linear; got {layer.activation.name}.",
            )
        if isinstance(output, ClassOutput) and layer.activation.name not in SHARES:
            raise InputError(
                "wrong_shape",
                "Expected a last layer with softmax or sigmoid, whose outputs lie in 0..1; got "
                f"{layer.activation.name}.",
            )


def check_loss(problem: Problem, network: Network, loss: str) -> None:
    """Raise `InputError` (``unknown_loss``) for a loss that says nothing of numbers."""
    for output in problem.outputs_of(network):
        if isinstance(output, NumberOutput) and loss != MeanSquaredError.name:
            raise InputError(
                "unknown_loss",
                f"Expected the loss {MeanSquaredError.name} for {output.name!r}, which is a "
                f"number; got {loss}.",
            )


def _check_input(problem: Problem, network: Network) -> None:
    shape, given = problem.input.shape, network.input_shape
    if problem.id == Digits.id:  # an image may be read as a column of pixels, as rows, as a map
        if math.prod(given) != math.prod(shape):
            raise InputError(
                "wrong_shape",
                f"Expected an input of {math.prod(shape)} numbers, one a pixel (28 x 28); got "
                f"{given}.",
            )
    elif given != shape:
        raise InputError(
            "wrong_shape",
            f"Expected an input of the shape {shape}{_columns(problem)}; got {given}.",
        )


def _columns(problem: Problem) -> str:
    """How many inputs each column takes, where words take several."""
    if not any(feature.categories for feature in problem.features):
        return ""
    each = (f"{feature.name} {feature.inputs}" for feature in problem.features)
    return f" ({', '.join(each)})"

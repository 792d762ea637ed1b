"""One step of gradient descent: what a label asks of every output and neuron."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.layers.base import Arithmetic
from nnviz.web.schemas.digits import Label, Probability
from nnviz.web.schemas.reading.readings import InputFeatures, InputMovement, InputPixels


class Nudge(Struct):
    """What the label asks of a layer: ``−∂L/∂a``, of the last layer ``−∂L/∂z``."""

    name: str
    kind: str
    shape: list[int]
    values: list[float]
    arithmetic: Annotated[
        Arithmetic | UnsetType, Meta(description="Not of the input, which computes nothing.")
    ] = UNSET


class OutputStep(Struct):
    """What a label asks of one output."""

    name: str
    label: Label
    loss_name: Literal["cross_entropy", "mean_squared_error"]
    loss: float
    target: list[float]
    probabilities: list[Probability]


class StepObject(Struct):
    """One step of gradient descent on a drawing: its loss and what it asks of every neuron.

    With several outputs ``loss`` is the mean of theirs; ``label``, ``loss_name``, ``target`` and
    ``probabilities`` are the first's.
    """

    model: str
    input: InputPixels
    label: Label
    loss_name: Literal["cross_entropy", "mean_squared_error"]
    loss: float
    target: Annotated[list[float], Meta(min_length=10, max_length=10)]
    probabilities: Annotated[list[Probability], Meta(min_length=10, max_length=10)]
    nudges: Annotated[list[Nudge], Meta(description="The input's first, then layer by layer.")]
    outputs: list[OutputStep]


class MovementStep(StepObject):
    """The same of how a pen moved."""

    input: InputMovement  # type: ignore[assignment]


class NumberOutputStep(Struct):
    """What a number asks of the output that should say it.

    ``output`` and ``wanted`` are as the network has them, ``(value − mean) / sd``; ``prediction``
    and ``target`` are the same in the unit. ``loss`` is ``(output − wanted)²``, and the output's
    nudge ``−2 (output − wanted)``.
    """

    name: str
    unit: str
    loss_name: Literal["mean_squared_error"]
    loss: float
    output: float
    wanted: float
    prediction: float
    target: float


class NumberStep(Struct):
    """One step of gradient descent on a row of a table: its loss, what it asks of every neuron."""

    model: str
    input: InputFeatures
    loss_name: Literal["mean_squared_error"]
    loss: float
    prediction: float
    target: float
    nudges: Annotated[list[Nudge], Meta(description="The input's first, then layer by layer.")]
    outputs: list[NumberOutputStep]

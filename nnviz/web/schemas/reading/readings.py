"""What a network makes of an input: every layer's numbers, and what its outputs say."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.layers.base import Arithmetic
from nnviz.web.schemas.digits import Byte, Label, Pixels, Probabilities, Probability
from nnviz.web.schemas.models import WindowDescription


class InputPixels(Struct):
    """The very numbers that went in, before they were divided by 255."""

    shape: tuple[Literal[28], Literal[28]]
    pixels: Pixels


class InputFeatures(Struct):
    """A row as it came, and ``values`` as the network reads it: ``(feature − mean) / sd``."""

    shape: list[int]
    features: dict[str, float | str]
    values: list[float]


class InputMovement(Struct):
    """A pen's way, step by step: x, y, 8Δx, 8Δy, lifted of each of 48 steps."""

    shape: tuple[Literal[48], Literal[5]]
    steps: Annotated[list[float], Meta(min_length=240, max_length=240)]


class Gates(Struct):
    """An LSTM's gates at every step: input, forget, candidate, output."""

    i: list[float]
    f: list[float]
    g: list[float]
    o: list[float]


class LayerActivations(Struct, omit_defaults=True):
    """A layer's pre-activations ``z`` and activations ``a``, row by row; ``shape`` reads both.

    Of an LSTM ``a`` is the hidden state h and ``z`` the cell c, both (steps, units), and ``gates``
    has the same shape. What was not asked for is not there.
    """

    name: str
    kind: str
    arithmetic: Arithmetic
    activation: str
    shape: list[int]
    z: list[float] | UnsetType = UNSET
    a: list[float] | UnsetType = UNSET
    gates: Gates | UnsetType = UNSET
    window: Annotated[
        WindowDescription | UnsetType,
        Meta(description="Of a max pooling whose activations were left out: what a unit sees."),
    ] = UNSET


class Cutout(Struct):
    """What was taken as ink inside a digit's box, 0 to 255, row by row; at most 48 a side."""

    shape: list[int]
    values: list[Byte]


class PictureDigit(Struct):
    """A digit found in a picture: its box (left, top, right, bottom), its ink, its 28x28 pixels."""

    box: Annotated[list[int], Meta(min_length=4, max_length=4)]
    ink: Cutout
    pixels: Pixels


class Picture(Struct):
    """What a picture holds: its digits in reading order, none on blank paper, and which was read.

    Boxes are in the picture's own pixels, as the camera was held.
    """

    width: int
    height: int
    dark_on_light: bool
    chosen: int | None
    digits: Annotated[list[PictureDigit], Meta(max_length=12)]


class ClassAnswer(Struct, tag_field="kind", tag="classes"):
    """An output that says which class; ``prediction`` is its number, null for a blank input."""

    name: str
    probabilities: list[Probability]
    prediction: int | None


class NumberAnswer(Struct, tag_field="kind", tag="number"):
    """An output that is a number, in its unit."""

    name: str
    unit: str
    prediction: float


Answers = Annotated[
    list[ClassAnswer | NumberAnswer],
    Meta(description="What each of the network's outputs says; the first is told above, too."),
]


class Reading(Struct, omit_defaults=True):
    """What a network made of a drawing. ``prediction`` is null when the drawing holds no ink."""

    model: str
    input: InputPixels
    layers: list[LayerActivations]
    probabilities: Probabilities
    prediction: Label | None
    outputs: Answers
    picture: Annotated[Picture, Meta(description="For an image only.")] | UnsetType = UNSET


class MovementReading(Reading):
    """What a network made of how a pen moved."""

    input: InputMovement  # type: ignore[assignment]


class FeaturesReading(Struct):
    """What a network made of a row of a table: of a house its price in dollars."""

    model: str
    input: InputFeatures
    layers: list[LayerActivations]
    prediction: float | None
    outputs: Answers
    probabilities: list[Probability] | UnsetType = UNSET

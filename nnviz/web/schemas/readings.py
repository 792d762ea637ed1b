"""Drawings as they come in, and what a network makes of them and of the whole test set."""

from typing import Annotated, Literal, Self

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.errors import InputError
from nnviz.layers.base import Arithmetic
from nnviz.web.schemas.digits import Probability
from nnviz.web.schemas.edits import Edits
from nnviz.web.schemas.models import WindowDescription

Point = tuple[float, float]
HOUSE: dict[str, float | str] = {
    "living_area_sqft": 1656,
    "overall_quality": 6,
    "year_built": 1960,
    "lot_area_sqft": 31770,
    "basement_area_sqft": 1080,
    "full_baths": 1,
    "bedrooms": 3,
    "garage_cars": 2,
}
Row = Annotated[
    dict[str, float | str],
    Meta(
        max_length=1000,
        examples=[HOUSE],
    ),
]


Parts = Annotated[
    Literal["all", "least", "none"],
    Meta(
        description="What is told of each layer: everything; the least from which all activations "
        "can be had, which is a of the layers that compute something; or no number. A flatten, a "
        "reshape and a dropout pass on what came, and a maximum is one of its window's values."
    ),
]
Whole = Annotated[
    list[str],
    Meta(
        max_length=64,
        description="Names of layers of which everything is told, whatever ``parts`` says.",
    ),
]


class Drawn(Struct, forbid_unknown_fields=True):
    """A drawing, as strokes or as pixels (exactly one of them), and how to take it."""

    strokes: Annotated[
        list[list[Point]] | UnsetType,
        Meta(
            description="Lists of points [x, y] in 0..1 of the pad, y down.",
            examples=[[[[0.3, 0.2], [0.7, 0.2], [0.45, 0.8]]]],
        ),
    ] = UNSET
    pixels: Annotated[
        list[float] | UnsetType,
        Meta(description="784 numbers, 0 (paper) to 1 (ink), row by row; used as they are."),
    ] = UNSET
    center: Annotated[
        bool,
        Meta(description="Fit strokes or an image to MNIST's form; false: shrink as it is."),
    ] = True
    edits: Edits = []


class Drawing(Drawn, forbid_unknown_fields=True):
    """A drawing, and which numbers of its reading are wanted."""

    parts: Parts = "all"
    whole: Whole = []


class Labelled(Drawn, forbid_unknown_fields=True, kw_only=True):
    """A drawing, and the digit that it is meant to be."""

    label: Annotated[int, Meta(ge=0, le=9)]
    further: Annotated[
        list[Annotated[int, Meta(ge=0, le=9)]],
        Meta(max_length=8, description="Of further outputs; without them what the image says."),
    ] = []


class LabelledFeatures(Struct, forbid_unknown_fields=True, kw_only=True):
    """A row of a table, and what the output should say of it."""

    features: Row
    target: Annotated[
        float, Meta(ge=-1e12, le=1e12, description="In the output's unit: a house's price.")
    ]
    edits: Edits = []


class Rivals(Drawn, forbid_unknown_fields=True, kw_only=True):
    """A drawing, and two answers to it."""

    first: Annotated[int, Meta(ge=0, le=9)]
    second: Annotated[int, Meta(ge=0, le=9, description="Another than the first.")]
    head: Annotated[
        int, Meta(ge=0, le=9, description="Which of the outputs answers: its place in `outputs`.")
    ] = 0
    row: (
        Annotated[
            int,
            Meta(
                ge=1, le=28, description="The answers after so many rows, of one that reads rows."
            ),
        ]
        | None
    ) = None

    def checked(self) -> Self:
        """Itself; raises `InputError` where both answers are the same."""
        if self.first == self.second:
            raise InputError("out_of_range", f"Expected two answers; got {self.first} twice.")
        return self


class Features(Struct, forbid_unknown_fields=True):
    """A row of a table: every feature of the model by its name, in the unit that it tells."""

    features: Row
    edits: Edits = []
    parts: Parts = "all"
    whole: Whole = []


class GivenFeatures(Struct, forbid_unknown_fields=True):
    """A row of a table, to be shared out among its features."""

    features: Row
    edits: Edits = []


class InputPixels(Struct):
    """The very numbers that went in, before they were divided by 255."""

    shape: tuple[Literal[28], Literal[28]]
    pixels: Annotated[
        list[Annotated[int, Meta(ge=0, le=255)]], Meta(min_length=784, max_length=784)
    ]


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
    values: list[Annotated[int, Meta(ge=0, le=255)]]


class PictureDigit(Struct):
    """A digit found in a picture: its box (left, top, right, bottom), its ink, its 28x28 pixels."""

    box: Annotated[list[int], Meta(min_length=4, max_length=4)]
    ink: Cutout
    pixels: Annotated[
        list[Annotated[int, Meta(ge=0, le=255)]], Meta(min_length=784, max_length=784)
    ]


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
    probabilities: Annotated[list[Probability], Meta(min_length=10, max_length=10)]
    prediction: Annotated[int, Meta(ge=0, le=9)] | None
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
    label: Annotated[int, Meta(ge=0, le=9)]
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
    label: Annotated[int, Meta(ge=0, le=9)]
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


class FeaturePart(Struct):
    """A feature as it came, how it goes in, and how much of the answer it makes.

    A number goes in as ``input = (value − mean) / sd``; of a word there is none, its inputs are 1
    and 0. ``part`` is in the output's unit.
    """

    name: str
    unit: str
    value: float | str
    mean: float | None
    sd: float | None
    input: float | None
    part: float


class ContributionsObject(Struct):
    """Why a number is what it is: ``prediction = mean + sd · a = average + Σ part``.

    ``average`` is what the average row gives, all of whose inputs are 0.
    """

    model: str
    output: str
    unit: str
    a: Annotated[float, Meta(description="The output's activation.")]
    mean: float
    sd: float
    prediction: float
    average: float
    features: list[FeaturePart]


class LeadObject(Struct):
    """How far the sum z of one output leads another's, and what each pixel gives to that."""

    model: str
    input: InputPixels
    head: Annotated[int, Meta(ge=0, le=9, description="Whose answers they are.")]
    first: Annotated[int, Meta(ge=0, le=9)]
    second: Annotated[int, Meta(ge=0, le=9)]
    lead: Annotated[float, Meta(description="z of the first less z of the second.")]
    blank: Annotated[float, Meta(description="The same for blank paper.")]
    parts: Annotated[
        list[float],
        Meta(min_length=784, max_length=784, description="Integrated gradients, row by row."),
    ]


Scores = Annotated[
    dict[str, float],
    Meta(description="Every output's measure by its name: accuracy, R², mean absolute error."),
]


class Evaluation(Struct):
    """How a network reads its test set: ``confusion[i][j]`` examples of class i were read as j."""

    model: str
    total: int
    correct: int
    accuracy: Probability
    confusion: list[list[int]]
    seconds: Annotated[float, Meta(description="Time that reading them took on the server.")]
    scores: Scores


class NumberEvaluation(Struct):
    """How near a network's numbers come to the true ones of its test set."""

    model: str
    total: int
    r_squared: float
    mean_absolute_error: float
    unit: str
    seconds: Annotated[float, Meta(description="Time that reading them took on the server.")]
    scores: Scores

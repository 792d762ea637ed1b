"""The shapes of what comes in and goes out.

Requests are decoded and checked against these types; the OpenAPI description is generated from the
same types, replies included, and the tests hold the replies to them.
"""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.edits import Edit

Probability = Annotated[float, Meta(ge=0, le=1)]
Point = tuple[float, float]
Edits = Annotated[
    list[Edit],
    Meta(
        max_length=500,
        description="Changes to the network, made in this order for this request alone.",
    ),
]


class Drawing(Struct, forbid_unknown_fields=True):
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


class Labelled(Drawing, forbid_unknown_fields=True, kw_only=True):
    """A drawing, and the digit that it is meant to be."""

    label: Annotated[int, Meta(ge=0, le=9)]


class Edited(Struct, forbid_unknown_fields=True):
    """A network with changes; nothing is kept."""

    edits: Edits = []


class NewModel(Struct, forbid_unknown_fields=True):
    """A model to be kept: an existing one with changes, under a name of its own."""

    base: Annotated[str, Meta(description="The id of the model that is changed.")]
    title: Annotated[
        str, Meta(min_length=1, max_length=60, description="Printable, no space at the ends.")
    ]
    edits: Edits = []


class ModelSummary(Struct):
    """One line of the list of models."""

    id: str
    title: str
    kind: str
    architecture: Annotated[str, Meta(examples=["784-16-16-10"])]
    parameters: int
    accuracy: Annotated[
        dict[str, Probability],
        Meta(description="Share read right: mnist_test, drawn, validation."),
    ]
    saved: Annotated[bool, Meta(description="Kept by a visitor; it can be deleted.")]


class ModelList(Struct):
    """Every model, and which one is the default."""

    default: str
    models: list[ModelSummary]


Pair = tuple[int, int]


class WindowDescription(Struct):
    """The unit at (y, x) sees of the layer before from ``(y, x) * strides - before`` on."""

    size: Pair
    strides: Pair
    before: Pair


class FieldDescription(Struct):
    """The unit at (y, x) sees pixels from ``start + (y, x) * stride`` on, ``size`` far.

    With ``from_first`` y is a step, and all rows from the first to this are seen.
    """

    size: Pair
    stride: Pair
    start: Pair
    from_first: bool


class LayerDescription(Struct):
    """A layer: what it is, how large; ``exposure`` is the activation shown at full brightness.

    ``shape`` is that of ``z`` and ``a`` in a reading; ``output_shape`` is what the next layer
    reads, the last step of an LSTM. ``window`` is null where a unit sees the whole layer before,
    ``receptive_field`` where it sees every pixel.
    """

    name: str
    kind: str
    activation: str
    input_shape: list[int]
    shape: list[int]
    output_shape: list[int]
    window: WindowDescription | None
    receptive_field: FieldDescription | None
    parameters: int
    weights: int
    biases: int
    exposure: float


class WeightsFile(Struct):
    """Where the weights are: the URL holds the hash of the content and may be kept for ever."""

    url: str
    sha256: str
    bytes: int


class ModelDescription(ModelSummary):
    """A model with its layers, its weights and the recipe that made it."""

    input_shape: list[int]
    weight_count: int
    bias_count: int
    layers: list[LayerDescription]
    weights: WeightsFile
    recipe: dict[str, Any]
    seed: int | None


class InputPixels(Struct):
    """The very numbers that went in, before they were divided by 255."""

    shape: tuple[Literal[28], Literal[28]]
    pixels: Annotated[
        list[Annotated[int, Meta(ge=0, le=255)]], Meta(min_length=784, max_length=784)
    ]


class Gates(Struct):
    """An LSTM's gates at every step: input, forget, candidate, output."""

    i: list[float]
    f: list[float]
    g: list[float]
    o: list[float]


class LayerActivations(Struct, omit_defaults=True):
    """A layer's pre-activations ``z`` and activations ``a``, row by row; ``shape`` reads both.

    Of an LSTM ``a`` is the hidden state h and ``z`` the cell c, both (steps, units), and ``gates``
    has the same shape.
    """

    name: str
    kind: str
    activation: str
    shape: list[int]
    z: list[float]
    a: list[float]
    gates: Gates | UnsetType = UNSET


class Reading(Struct):
    """What a network made of a drawing. ``prediction`` is null when the drawing holds no ink."""

    model: str
    input: InputPixels
    layers: list[LayerActivations]
    probabilities: Annotated[list[Probability], Meta(min_length=10, max_length=10)]
    prediction: Annotated[int, Meta(ge=0, le=9)] | None


class Nudge(Struct):
    """What the label asks of a layer: ``−∂L/∂a``, of the last layer ``−∂L/∂z``."""

    name: str
    kind: str
    shape: list[int]
    values: list[float]


class StepObject(Struct):
    """One step of gradient descent on a drawing: its loss and what it asks of every neuron."""

    model: str
    input: InputPixels
    label: Annotated[int, Meta(ge=0, le=9)]
    loss_name: Literal["cross_entropy", "mean_squared_error"]
    loss: float
    target: Annotated[list[float], Meta(min_length=10, max_length=10)]
    probabilities: Annotated[list[Probability], Meta(min_length=10, max_length=10)]
    nudges: Annotated[list[Nudge], Meta(description="The input's first, then layer by layer.")]


class Evaluation(Struct):
    """How a network reads MNIST's test set: ``confusion[i][j]`` digits i were read as j."""

    model: str
    total: int
    correct: int
    accuracy: Probability
    confusion: list[list[int]]
    seconds: Annotated[float, Meta(description="Time that reading them took on the server.")]


class Digit(Struct):
    """A digit of a data set."""

    index: int
    label: Annotated[int, Meta(ge=0, le=9)]
    pixels: list[Annotated[int, Meta(ge=0, le=255)]]


class DigitPage(Struct):
    """Some digits of a data set. ``total`` counts those that fit the filter."""

    dataset: str
    split: Literal["train", "test"]
    label: int | None
    total: int
    offset: int
    limit: int
    digits: list[Digit]


class TeachersCode(Struct, forbid_unknown_fields=True):
    """The code that was printed at the start of a class."""

    code: Annotated[str, Meta(max_length=100)]


class ClassStatus(Struct):
    """How the server of a class fares; the numbers are null for who is not its teacher."""

    in_class: bool
    teacher: bool
    connected: Annotated[int | None, Meta(description="Visitors of the last 30 seconds.")] = None
    drawings: Annotated[float | None, Meta(description="A second, over the last ten.")] = None
    median: Annotated[float | None, Meta(description="Milliseconds in the server.")] = None
    late: Annotated[float | None, Meta(description="The 99th percentile of them.")] = None
    running: int | None = None
    waiting: int | None = None


class Health(Struct):
    """That the server answers."""

    status: Literal["ok"]
    version: str


class Problem(Struct):
    """A failure (RFC 9457). ``code`` is stable; ``detail`` says what was expected and what came."""

    type: str
    title: str
    status: int
    code: str
    detail: str

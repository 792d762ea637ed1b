"""Models: the list of them, one with its layers, and one to be kept."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from nnviz.features import Feature, Output
from nnviz.layers.base import Arithmetic
from nnviz.web.schemas.digits import Probability
from nnviz.web.schemas.edits import Edits


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
    layer_kinds: Annotated[list[str], Meta(examples=[["dense", "dense", "dense"]])]
    parameters: int
    accuracy: Annotated[
        dict[str, Probability],
        Meta(description="Share read right: mnist_test, drawn, validation."),
    ]
    saved: Annotated[bool, Meta(description="Kept by a visitor; it can be deleted.")]
    problem: Annotated[str, Meta(examples=["digits"])]
    outputs: Annotated[list[Output], Meta(description="What each output of the network says.")]
    scores: Annotated[
        dict[str, float],
        Meta(description="Of outputs that are numbers: R², and mean absolute errors (…_mae)."),
    ]


class ModelList(Struct):
    """Every model, which one is the default, and which ones who asks may delete."""

    default: str
    models: list[ModelSummary]
    mine: list[str]


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
    arithmetic: Annotated[
        Arithmetic,
        Meta(
            description="What a unit does: a sum w·a + b, one value of what its window holds, the "
            "gates of a memory; or none, the layer passes on what came."
        ),
    ]
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
    features: Annotated[
        list[Feature], Meta(description="The columns that it reads: (value − mean) / sd.")
    ]

"""What units of a network are active for, as JSON."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.web.schemas.digits import GivenPixels, Label, Pixels, Probability
from nnviz.web.schemas.edits import Edits
from nnviz.web.schemas.reading.given import Point

Auc = Annotated[float | None, Meta(description="0.5 tells nothing; null: no such digits")]


class UnitDigit(Struct):
    """A test digit, and a unit's activation for it."""

    index: int
    label: int
    activation: float


class Concept(Struct):
    """A feature of the image, and how well one unit tells it."""

    name: str
    auc: Auc


class LayerConcept(Struct):
    """A feature, how well each unit tells it, and a straight line through all of them."""

    name: str
    share: Annotated[float, Meta(description="Of the test digits that have it")]
    units: list[Auc]
    layer: Auc


class LayerConcepts(Struct):
    """What the units of a layer tell."""

    model: str
    layer: str
    digits: int
    active: Annotated[
        list[float],
        Meta(description="Of each unit: the share of the digits for which it is above 0"),
    ]
    strongest: Annotated[
        list[float],
        Meta(description="Of each unit: its largest activation for any digit, without its sign"),
    ]
    concepts: list[LayerConcept]


class GivenDrawing(Struct, forbid_unknown_fields=True):
    """One of several drawings, as strokes or as pixels (exactly one of them)."""

    strokes: Annotated[
        list[list[Point]] | UnsetType,
        Meta(description="Lists of points [x, y] in 0..1 of the pad, y down."),
    ] = UNSET
    pixels: GivenPixels = UNSET
    center: bool = True


class OwnDigits(Struct, forbid_unknown_fields=True, kw_only=True):
    """Digits that are none of the test set's."""

    drawings: Annotated[list[GivenDrawing], Meta(min_length=1, max_length=200)]
    edits: Edits = []


class OwnDigit(Struct):
    """A unit's activation for a digit, what the network says of it, and how it was read."""

    activation: float
    prediction: Label
    confidence: Probability
    pixels: Pixels


class UnitOfDigits(Struct):
    """What a unit makes of digits of one's own, in their order."""

    model: str
    layer: str
    unit: int
    total: int
    mean: float
    digits: list[OwnDigit]


class UnitPage(Struct):
    """What a unit is active for, over the test digits.

    A feature map counts with its mean over the image, an LSTM's unit with its last state.
    """

    model: str
    layer: str
    unit: int
    digits: int
    top: Annotated[list[UnitDigit], Meta(description="The most active first")]
    bottom: Annotated[list[UnitDigit], Meta(description="The least active first")]
    class_means: list[float]
    concepts: list[Concept]
    classes: Annotated[list[Concept], Meta(description="How well it tells each digit")]

"""What units of a network are active for, as JSON."""

from typing import Annotated

from msgspec import Meta, Struct

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
    concepts: list[LayerConcept]


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

"""Why an answer is what it is: what each input gives to a number, or to a lead."""

from typing import Annotated

from msgspec import Meta, Struct

from nnviz.web.schemas.digits import Label, PixelValues
from nnviz.web.schemas.reading.readings import InputPixels


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
    first: Label
    second: Label
    lead: Annotated[float, Meta(description="z of the first less z of the second.")]
    blank: Annotated[float, Meta(description="The same for blank paper.")]
    parts: Annotated[PixelValues, Meta(description="Integrated gradients, row by row.")]

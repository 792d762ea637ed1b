"""Which pixels an answer comes from, as JSON."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from nnviz.web.schemas.digits import Label, PixelValues, Probabilities, Probability
from nnviz.web.schemas.reading.given import Drawing
from nnviz.web.schemas.reading.readings import InputPixels

Method = Literal["gradient", "gradient_input", "integrated_gradients", "occlusion"]


class Why(Drawing, forbid_unknown_fields=True, kw_only=True):
    """A drawing, an output, and the method that divides its sum among the pixels."""

    method: Method = "integrated_gradients"
    output: Annotated[Label | None, Meta(description="null: the prediction.")] = None


class DeletionCurve(Struct):
    """What is left of a probability while the inked pixels that speak for it become paper."""

    pixels: Annotated[
        list[int],
        Meta(description="So many are gone at each step; in the end all whose value is above 0."),
    ]
    probabilities: list[Probability]
    random_probabilities: Annotated[
        list[Probability], Meta(description="The mean over random orders of all ink.")
    ]
    predictions: list[Label]
    area: Probability
    random_area: Annotated[Probability, Meta(description="The mean of `random_areas`.")]
    random_areas: Annotated[list[Probability], Meta(description="Of each random order.")]
    flips_at: Annotated[
        int | None, Meta(description="Pixels, to one; a step of its own. null: never.")
    ]


class AttributionObject(Struct):
    """Each pixel's part in an output's sum z, and how far the picture can be trusted."""

    model: str
    method: Method
    output: Label
    input: InputPixels
    prediction: Label | None
    probabilities: Probabilities
    values: PixelValues
    value: Annotated[float, Meta(description="The output's z.")]
    baseline_value: Annotated[float, Meta(description="The same for blank paper.")]
    sum: Annotated[float, Meta(description="Of the values.")]
    random_weights: Annotated[PixelValues, Meta(description="The same, of a network untrained.")]
    random_similarity: Annotated[
        float | None,
        Meta(description="Spearman's, of the absolute values where there is ink; null: untold."),
    ]
    deletion: DeletionCurve

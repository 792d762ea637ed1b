"""Maps of a layer, and where a drawing lies, as JSON."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from nnviz.web.schemas.digits import Label, Probability
from nnviz.web.schemas.reading.given import Drawing
from nnviz.web.schemas.reading.readings import InputPixels

Method = Literal["pca", "tsne"]
Spot = Annotated[list[float], Meta(min_length=2, max_length=2)]


class Faithfulness(Struct):
    """What a map kept: shares of the 10 nearest neighbours, of 1 at most."""

    map: Annotated[Probability, Meta(description="Neighbours in the map with the same digit.")]
    layer: Annotated[Probability, Meta(description="Neighbours in the layer with the same digit.")]
    trustworthiness: float
    continuity: float
    neighbours: int


class LayerMap(Struct):
    """A flat map of what a layer says of the test digits, done or growing."""

    model: str
    layer: str
    method: Method
    state: Literal["done", "running"]
    progress: Probability
    indices: Annotated[list[int], Meta(description="The test digit that each point stands for.")]
    points: list[Spot]
    labels: list[Label]
    landmarks: int | None
    iteration: int | None
    divergence: Annotated[float | None, Meta(description="KL(P‖Q) of a t-SNE.")]
    explained: Annotated[
        list[Probability] | None, Meta(description="Shares of variance of principal components.")
    ]
    faithfulness: Faithfulness | None


class Placing(Drawing, forbid_unknown_fields=True, kw_only=True):
    """A drawing, and the layer and the map that it is looked for in."""

    layer: str = "input"
    method: Method | None = None
    count: Annotated[int, Meta(ge=1, le=100)] = 15


class Neighbour(Struct):
    """A test digit, and how far it is in the layer."""

    index: int
    label: Label
    distance: float


class Placed(Struct):
    """Where a drawing lies: in a map, and among the digits nearest to it in the layer itself."""

    model: str
    layer: str
    method: Method | None
    input: InputPixels
    prediction: Label | None
    point: Annotated[Spot | None, Meta(description="null: no such map is done.")]
    neighbours: list[Neighbour]
    numbers: Annotated[int, Meta(description="How many numbers the distances are between.")]
    usual: Annotated[
        float, Meta(description="95 of 100 test digits have their nearest one within this.")
    ]

"""What comes in: drawings and rows of a table, and what is wanted of their reading."""

from typing import Annotated, Literal, Self

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.errors import InputError
from nnviz.ink.pixels import SIZE
from nnviz.web.schemas.digits import GivenPixels, Label
from nnviz.web.schemas.edits import Edits

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
    pixels: GivenPixels = UNSET
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

    label: Label
    further: Annotated[
        list[Label],
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

    first: Label
    second: Annotated[Label, Meta(description="Another than the first.")]
    head: Annotated[
        int, Meta(ge=0, le=9, description="Which of the outputs answers: its place in `outputs`.")
    ] = 0
    row: (
        Annotated[
            int,
            Meta(
                ge=1, le=SIZE, description="The answers after so many rows, of one that reads rows."
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

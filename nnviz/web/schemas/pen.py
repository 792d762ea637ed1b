"""Movements of pens, as they were drawn."""

from typing import Literal

from msgspec import Struct

from nnviz.web.schemas.digits import Label


class PenDrawing(Struct):
    """A digit that somebody drew: its strokes, points [x, y] in 0..1 of a pad, y down."""

    index: int
    label: Label
    strokes: list[list[tuple[float, float]]]


class PenPage(Struct):
    """Some drawings of a data set, in its order."""

    dataset: str
    split: Literal["train", "test"]
    licence: str
    source: str
    total: int
    offset: int
    limit: int
    drawings: list[PenDrawing]

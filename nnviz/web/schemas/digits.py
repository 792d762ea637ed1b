"""Digits of a data set, and the numbers that go with a digit."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, UnsetType

from nnviz.ink.pixels import PIXELS

Probability = Annotated[float, Meta(ge=0, le=1)]
Label = Annotated[int, Meta(ge=0, le=9)]
Probabilities = Annotated[list[Probability], Meta(min_length=10, max_length=10)]  # a digit's
Byte = Annotated[int, Meta(ge=0, le=255)]
_EVERY_PIXEL = Meta(min_length=PIXELS, max_length=PIXELS)
Pixels = Annotated[list[Byte], _EVERY_PIXEL]  # an image's ink
Ink = Annotated[list[Probability], _EVERY_PIXEL]  # the same from 0 to 1
PixelValues = Annotated[list[float], _EVERY_PIXEL]  # a number a pixel
GivenPixels = Annotated[
    list[float] | UnsetType,
    Meta(description=f"{PIXELS} numbers, 0 (paper) to 1 (ink), row by row; used as they are."),
]


class Digit(Struct):
    """A digit of a data set."""

    index: int
    label: Label
    pixels: list[Byte]


class DigitPage(Struct):
    """Some digits of a data set. ``total`` counts those that fit the filter."""

    dataset: str
    split: Literal["train", "test"]
    label: int | None
    total: int
    offset: int
    limit: int
    digits: list[Digit]

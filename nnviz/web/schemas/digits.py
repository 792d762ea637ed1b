"""Digits of a data set, and the numbers that go with a digit."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Probability = Annotated[float, Meta(ge=0, le=1)]


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

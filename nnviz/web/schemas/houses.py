"""Houses of a data set, as they were sold."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class House(Struct):
    """A house: what networks read of it, in the file's units, and what it was sold for."""

    index: int
    features: Annotated[
        dict[str, float], Meta(examples=[{"living_area_sqft": 1656, "overall_quality": 6}])
    ]
    sale_price_usd: float


class HousePage(Struct):
    """Some houses of a data set, in its order."""

    dataset: str
    split: Literal["train", "test"]
    total: int
    offset: int
    limit: int
    houses: list[House]

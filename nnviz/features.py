"""What the numbers at a network's two ends mean: features that go in, outputs that come out."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from nnviz.errors import InputError

Array = NDArray[Any]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
LARGEST = 1e12  # of a feature's value: more is taken for a mistake


class Feature(Struct, frozen=True, forbid_unknown_fields=True):
    """A column that a network reads; a number becomes ``(value − mean) / sd``.

    With ``categories`` it is one of these words, and each of them an input that is 1 or 0.
    ``least`` and ``most`` are what was seen while learning.
    """

    name: Name
    unit: str = ""
    mean: float = 0.0
    sd: float = 1.0
    least: float = 0.0
    most: float = 0.0
    categories: tuple[str, ...] = ()

    @property
    def inputs(self) -> int:
        """How many of the network's inputs it takes."""
        return len(self.categories) or 1


class ClassOutput(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="classes"):
    """An output that says which class: a probability for each."""

    name: Name
    classes: Annotated[tuple[str, ...], Meta(min_length=2, max_length=1000)]


class NumberOutput(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="number"):
    """An output that is a number: ``mean + sd · a``, in its unit."""

    name: Name
    unit: str = ""
    mean: float = 0.0
    sd: float = 1.0

    def value(self, a: Array) -> Array:
        """Activations in the output's unit, float64."""
        return self.mean + self.sd * np.asarray(a, np.float64)


Output = ClassOutput | NumberOutput


def encode(features: Sequence[Feature], values: Mapping[str, object]) -> NDArray[np.float32]:
    """What the network is given for one row: standardised numbers, categories as 0 and 1.

    Raises `InputError` (``missing_feature``, ``unknown_field``, ``wrong_type``, ``not_finite``,
    ``out_of_range``).
    """
    names = [feature.name for feature in features]
    if unknown := [name for name in values if name not in names]:
        raise InputError(
            "unknown_field", f"Expected features out of {', '.join(names)}; got {unknown[0]!r}."
        )
    if missing := [name for name in names if name not in values]:
        raise InputError(
            "missing_feature", f"Expected all of {', '.join(names)}; got no {', '.join(missing)}."
        )
    encoded: list[float] = []
    for feature in features:
        encoded += _encoded(feature, values[feature.name])
    return np.array(encoded, np.float32)


def _encoded(feature: Feature, value: object) -> list[float]:
    if feature.categories:
        if value not in feature.categories:
            known = ", ".join(feature.categories)
            raise InputError(
                "out_of_range", f"Expected {feature.name} out of {known}; got {value!r}."
            )
        return [float(value == each) for each in feature.categories]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError("wrong_type", f"Expected {feature.name} as a number; got {value!r}.")
    if not math.isfinite(value):
        raise InputError("not_finite", f"Expected {feature.name} as a finite number; got {value}.")
    if abs(value) > LARGEST:
        raise InputError(
            "out_of_range", f"Expected {feature.name} up to ±{LARGEST:g}; got {value}."
        )
    return [(value - feature.mean) / feature.sd]

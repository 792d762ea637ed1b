"""What the numbers at a network's ends mean: values are standardised, answers have a unit."""

import numpy as np
import pytest
from msgspec import Struct, ValidationError, convert

from nnviz.errors import InputError
from nnviz.features import ClassOutput, Feature, NumberOutput, encode

AREA = Feature("area", "m²", mean=1500.0, sd=505.0)
TOWN = Feature("town", categories=("Ames", "Boone"))


def test_numbers_are_standardised_and_words_are_one_input_each() -> None:
    x = encode([AREA, TOWN], {"town": "Boone", "area": 1656})
    assert x.dtype == np.float32
    np.testing.assert_allclose(x, [(1656 - 1500) / 505, 0, 1], rtol=1e-6)


@pytest.mark.parametrize(
    ("values", "code", "message"),
    [
        ({"area": 1}, "missing_feature", "got no town"),
        ({"area": 1, "town": "Ames", "age": 3}, "unknown_field", "out of area, town; got 'age'"),
        ({"area": "big", "town": "Ames"}, "wrong_type", "area as a number; got 'big'"),
        ({"area": True, "town": "Ames"}, "wrong_type", "area as a number; got True"),
        ({"area": None, "town": "Ames"}, "wrong_type", "area as a number; got None"),
        ({"area": float("nan"), "town": "Ames"}, "not_finite", "area as a finite number"),
        ({"area": -1e300, "town": "Ames"}, "out_of_range", "area up to"),
        ({"area": 1, "town": "Rome"}, "out_of_range", "town out of Ames, Boone; got 'Rome'"),
        ({"area": 1, "town": 3}, "out_of_range", "town out of Ames, Boone; got 3"),
    ],
)
def test_what_cannot_be_read_is_told(values: dict, code: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        encode([AREA, TOWN], values)
    assert message in str(caught.value)
    assert caught.value.code == code


def test_an_output_tells_its_number_in_its_unit() -> None:
    output = NumberOutput("price", "USD", mean=180_000, sd=80_000)
    np.testing.assert_allclose(output.value(np.float32([-1, 0, 0.5])), [100_000, 180_000, 220_000])


def test_what_is_not_told_of_a_feature_changes_nothing() -> None:
    plain = Feature("x")
    assert (plain.mean, plain.sd, plain.least, plain.most, plain.inputs) == (0, 1, 0, 0, 1)
    np.testing.assert_array_equal(encode([plain], {"x": -7}), [-7])
    assert NumberOutput("y").value(np.float32(3)) == 3


def test_values_reach_to_a_million_millions() -> None:
    for value in (1e12, -1e12):
        assert encode([Feature("x")], {"x": value})[0] == np.float32(value)
    with pytest.raises(InputError, match="up to ±1e"):
        encode([Feature("x")], {"x": 10**12 + 1})


@pytest.mark.parametrize("kind", [Feature, ClassOutput, NumberOutput])
def test_columns_are_fixed_and_have_no_other_fields(kind: type[Struct]) -> None:
    more = {"classes": ["a", "b"], "kind": "classes"} if kind is ClassOutput else {}
    more = {"kind": "number"} if kind is NumberOutput else more
    made = convert({"name": "n" * 100, **more}, kind)
    assert convert({"name": "n", **more}, kind).name == "n"
    with pytest.raises(AttributeError):
        made.name = "other"  # type: ignore[attr-defined]
    for wrong in ({"name": ""}, {"name": "n" * 101}, {"name": "n", "colour": "red"}):
        with pytest.raises(ValidationError):
            convert({**more, **wrong}, kind)

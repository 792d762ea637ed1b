"""What the numbers at a network's ends mean: values are standardised, answers have a unit."""

import numpy as np
import pytest

from nnviz.errors import InputError
from nnviz.features import Feature, NumberOutput, encode

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

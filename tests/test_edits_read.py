"""Edits as links and requests hold them: what is left out, every bound to the number, no change."""

import json
from typing import Any

import msgspec
import pytest

from nnviz import edits
from nnviz.errors import InputError

UNIT = {"layer": "a", "unit": 0, "gate": None}
BLANK = [0] * 784
WHOLE: list[dict[str, Any]] = [  # each kind with all it has, at its defaults
    {"kind": "weights", **UNIT, "inputs": [], "values": []},
    {"kind": "scale", **UNIT, "factor": 1.0},
    {"kind": "bias", **UNIT, "shift": 0.0},
    {"kind": "off", **UNIT},
    {"kind": "prune", "layer": None, "share": 0.0},
    {"kind": "noise", "layer": None, "amount": 0.0, "seed": 0},
    {"kind": "temperature", "value": 1.0},
    {
        "kind": "learn",
        "pixels": BLANK,
        "label": 0,
        "learning_rate": 0.1,
        "times": 1,
        "further": [],
    },
    {"kind": "fit", "inputs": [0.0], "targets": [0.0], "learning_rate": 0.1, "times": 1},
]
NEEDED = {"kind", "unit", "pixels", "label", "inputs", "targets"}
OF_KIND = {each["kind"]: each for each in WHOLE}


def read(*made: dict[str, Any]) -> list[edits.Edit]:
    return edits.read(json.dumps(made))


def least(whole: dict[str, Any]) -> dict[str, Any]:
    """What has to be named of an edit."""
    needed = NEEDED | ({"layer"} if "unit" in whole else set())
    return {key: value for key, value in whole.items() if key in needed}


@pytest.mark.parametrize("kind", OF_KIND)
def test_what_is_left_out_changes_nothing(kind: str) -> None:
    (made,) = read(least(OF_KIND[kind]))
    assert json.loads(msgspec.json.encode(made)) == OF_KIND[kind]
    assert read(OF_KIND[kind]) == [made]


@pytest.mark.parametrize("kind", OF_KIND)
def test_an_edit_stays_as_it_is_and_has_nothing_that_is_not_known(kind: str) -> None:
    (made,) = read(OF_KIND[kind])
    for field in made.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(made, field, getattr(made, field))
    with pytest.raises(InputError, match="unknown field") as caught:
        read({**OF_KIND[kind], "another": 1})
    assert caught.value.code == "bad_edits"


@pytest.mark.parametrize(
    ("kind", "field", "lowest", "highest", "step"),
    [
        ("scale", "factor", -1000, 1000, 0.5),
        ("bias", "shift", -1000, 1000, 0.5),
        ("off", "unit", 0, None, 1),
        ("prune", "share", 0, 1, 0.1),
        ("noise", "amount", 0, 10, 0.1),
        ("noise", "seed", 0, 2**31 - 1, 1),
        ("temperature", "value", 0.01, 100, 0.001),
        ("learn", "label", 0, 9, 1),
        ("learn", "learning_rate", 1e-9, 10, 1e-9),
        ("learn", "times", 1, 100, 1),
        ("fit", "learning_rate", 1e-9, 10, 1e-9),
        ("fit", "times", 1, 100, 1),
    ],
)
def test_every_number_has_its_bounds(
    kind: str, field: str, lowest: float, highest: float | None, step: float
) -> None:
    """Both ends are allowed, the next value behind is not."""
    for end, outside in ((lowest, -step), (highest, step)):
        if end is None:
            continue
        (made,) = read({**OF_KIND[kind], field: end})
        assert getattr(made, field) == end
        with pytest.raises(InputError, match=field):
            read({**OF_KIND[kind], field: end + outside})


@pytest.mark.parametrize(
    ("kind", "field", "fewest", "most"),
    [
        ("weights", "inputs", 0, 100_000),
        ("weights", "values", 0, 100_000),
        ("learn", "pixels", 784, 784),
        ("learn", "further", 0, 8),
        ("fit", "inputs", 1, 10_000),
        ("fit", "targets", 1, 8),
    ],
)
def test_every_list_has_its_bounds(kind: str, field: str, fewest: int, most: int) -> None:
    for count in (fewest, most):
        (made,) = read({**OF_KIND[kind], field: [1] * count})
        assert len(getattr(made, field)) == count
    for count in {fewest - 1, most + 1} - {-1}:
        with pytest.raises(InputError, match=field):
            read({**OF_KIND[kind], field: [1] * count})


@pytest.mark.parametrize(
    ("kind", "field", "lowest", "highest"),
    [
        ("weights", "inputs", 0, None),
        ("weights", "values", -1000, 1000),
        ("learn", "pixels", 0, 255),
        ("learn", "further", 0, 9),
        ("fit", "inputs", -1000, 1000),
        ("fit", "targets", -1000, 1000),
    ],
)
def test_every_number_of_a_list_has_its_bounds(
    kind: str, field: str, lowest: int, highest: int | None
) -> None:
    rest = BLANK[1:] if field == "pixels" else []
    for end, outside in ((lowest, -1), (highest, 1)):
        if end is None:
            continue
        read({**OF_KIND[kind], field: [end, *rest]})
        with pytest.raises(InputError, match=field):
            read({**OF_KIND[kind], field: [end + outside, *rest]})

"""Recipes: typed, checked wherever they come from, written down and read again."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.recipe import RateChange, Recipe
from nnviz.recipe.lessons import LESSONS
from nnviz.recipe.shipped import RECIPES
from nnviz.recipe.training import prepare
from nnviz.training.config import TrainingConfig

EVERY = [*RECIPES.values(), *(recipe for lesson in LESSONS for recipe in lesson.recipes)]
SMALL = RECIPES["mlp-sigmoid"].to_json()


@pytest.mark.parametrize("recipe", EVERY, ids=lambda recipe: recipe.title)
def test_a_recipe_survives_being_written_down(recipe: Recipe) -> None:
    changed = replace(recipe, changes=(RateChange(7, 0.25),))
    for each in (recipe, changed):
        written = each.to_json()
        assert json.loads(json.dumps(written)) == written
        assert Recipe.from_json(written) == each
    assert written["changes"] == [[7, 0.25]]


def test_two_deep_networks_differ_in_nothing_but_their_activation() -> None:
    sigmoid, relu = next(lesson.recipes for lesson in LESSONS if lesson.id == "deep")
    assert sigmoid.training == relu.training
    weights = [
        [layer.params["W"] for layer in prepare(each)[0].network.layers] for each in (sigmoid, relu)
    ]
    assert len(weights[0]) == 6
    for one, other in zip(*weights, strict=True):
        assert (one == other).all()


def test_what_is_left_out_is_as_by_default(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(json.dumps({"architecture": SMALL["architecture"]}))
    recipe = Recipe.from_file(path)
    assert recipe == Recipe("A network", SMALL["architecture"], TrainingConfig())
    assert (recipe.samples, recipe.augmentation, recipe.changes) == (55_000, None, ())


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"samples": 9}, "out_of_range", "Expected recipe.samples as `int` >= 10; got 9."),
    ({"samples": 2.5}, "wrong_type", "Expected recipe.samples as `int`; got 2.5."),
    ({"samples": True}, "wrong_type", "Expected recipe.samples as `int`; got True."),
    ({"title": 7}, "wrong_type", "Expected recipe.title as `str`; got 7."),
    ({"title": " a"}, "bad_title", "space at its ends; got ' a'"),
    ({"title": "a" * 61}, "bad_title", "1 to 60 characters"),
    ({"title": "a\n"}, "bad_title", "printable"),
    ({"training": []}, "wrong_type", "Expected recipe.training as `object`; got []."),
    (
        {"training": {"epochs": 0}},
        "out_of_range",
        "Expected recipe.training.epochs as `int` >= 1; got 0.",
    ),
    ({"training": {"averaging": 1}}, "out_of_range", "as `float` < 1.0; got 1."),
    ({"training": {"learning_rate": -0.1}}, "out_of_range", "learning_rate as `float` > 0.0"),
    ({"training": {"speed": 3}}, "unknown_field", "recipe.training without 'speed'"),
    ({"augmentation": {"shift": 11}}, "out_of_range", "recipe.augmentation.shift as `float` <="),
    ({"changes": [[0, 0.1]]}, "out_of_range", "Expected recipe.changes[0][0] as `int` >= 1; got 0"),
    (
        {"changes": [[1]]},
        "wrong_shape",
        "changes[0] as `array` of at least length 2; got [1]",
    ),
    ({"dataset": "letters"}, "out_of_range", "Expected dataset to be 'mnist'"),
    ({"validation": 4000}, "out_of_range", "Expected validation to be 5000"),
    ({"colour": "red"}, "unknown_field", "Expected recipe without 'colour'"),
    ({"architecture": None}, "wrong_type", "recipe.architecture"),
    ({"architecture": {}}, "wrong_type", "an architecture as an object"),
]


@pytest.mark.parametrize(("change", "code", "message"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_no_recipe_is_told_in_one_sentence(
    change: dict[str, Any], code: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        Recipe.from_json({**SMALL, **change})
    assert message in str(caught.value)
    assert caught.value.code == code


def test_several_outputs_may_be_augmented_in_advance_or_batch_by_batch() -> None:
    two = RECIPES["mlp-two-heads"]
    for recipe in (two, replace(two, variants=0), replace(two, variants=0, augmentation=None)):
        assert recipe.network().heads == 2


@pytest.mark.parametrize("value", [None, [], "recipe", 3])
def test_only_an_object_is_a_recipe(value: object) -> None:
    with pytest.raises(InputError, match="Expected recipe as `object`"):
        Recipe.from_json(value)


def test_values_made_in_python_are_checked_alike() -> None:
    with pytest.raises(InputError, match=r"Expected epochs as `int` >= 1; got 0\."):
        TrainingConfig(epochs=0)
    with pytest.raises(InputError, match=r"Expected rotation as `float` <= 180\.0; got 181\."):
        AugmentationSettings(rotation=181)
    with pytest.raises(InputError, match="Expected samples as"):
        replace(RECIPES["cnn"], samples=60_000)
    with pytest.raises(InputError, match="Expected batch as `int` >= 1; got 0"):
        RateChange(0, 0.1)


def test_a_long_wrong_value_is_cut() -> None:
    with pytest.raises(InputError) as caught:
        Recipe.from_json({**SMALL, "samples": "many" * 100})
    assert len(str(caught.value)) < 140


def test_the_types_describe_themselves() -> None:
    _, parts = msgspec.json.schema_components([Recipe])
    training = parts["TrainingConfig"]["properties"]
    assert training["optimizer"]["enum"] == ["sgd", "adam", "adamw"]
    assert training["epochs"]["minimum"] == 1
    assert parts["Recipe"]["properties"]["samples"]["maximum"] == 55_000
    assert parts["Recipe"]["additionalProperties"] is False


def test_a_file_that_holds_no_json_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.json", Path(__file__)):
        with pytest.raises(InputError, match=path.name) as caught:
            Recipe.from_file(path)
        assert caught.value.code == "invalid_json"

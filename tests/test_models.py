"""The shipped models read as well as their files say, and as well as was promised."""

import numpy as np
import pytest

from nnviz import models, problems
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.models import scores as model_scores
from nnviz.recipe import Recipe
from nnviz.recipe import training as recipe_training
from nnviz.recipe.shipped import RECIPES

PROMISED = {
    "mlp-sigmoid": 0.969,
    "mlp-relu": 0.972,
    "mlp-wide": 0.991,
    "cnn": 0.994,
    "lstm": 0.992,
}
PROMISED_DRAWN = {
    "mlp-sigmoid": 0.943,
    "mlp-relu": 0.950,
    "mlp-wide": 0.980,
    "cnn": 0.986,
    "lstm": 0.980,
}
OTHERS = [
    "mlp-two-heads",
    "houses-mlp",
    "houses-linear",
    "pen-lstm",
]  # tests/test_problems.py measures them
LAYERS = {
    "houses-linear": ["output"],
    "cnn": ["conv1", "pool1", "conv2", "pool2", "flatten", "dropout", "output"],
    "lstm": ["lstm", "output"],
    "mlp-two-heads": ["hidden1", "hidden2", "digit", "loops"],
    "pen-lstm": ["lstm", "dropout", "output"],
}


def test_all_are_there_and_the_default_is_one_of_them() -> None:
    assert models.names() == [*PROMISED, *OTHERS]
    assert models.names() == list(RECIPES)
    assert models.DEFAULT in models.names()
    with pytest.raises(InputError, match="mlp-sigmoid"):
        models.load("mlp-huge")


DEAR = dict.fromkeys(("cnn", "lstm"), pytest.mark.thorough)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=DEAR.get(name, ())) for name in PROMISED]
)
def test_a_model_reads_the_test_set_as_well_as_its_file_says(name: str) -> None:
    model, test = models.load(name), mnist.load().test
    right = float(np.mean(model_scores.predictions(model.network, test.images) == test.labels))
    assert model.accuracy["mnist_test"] == pytest.approx(right, abs=1e-4)
    assert right >= PROMISED[name]
    assert model.accuracy["drawn"] >= PROMISED_DRAWN[name]


@pytest.mark.parametrize("name", [*PROMISED, *OTHERS])
def test_a_file_holds_its_recipe_and_exposures(name: str) -> None:
    model = models.load(name)
    architecture = model.network.to_json()
    written = {"title": model.title, "architecture": architecture, **model.recipe}
    assert Recipe.from_json(written) == RECIPES[name]
    assert [layer.name for layer in model.network.layers] == LAYERS.get(
        name, ["hidden1", "hidden2", "output"]
    )
    assert model.exposure == model_scores.exposures(
        model.network, problems.get(model.problem).probe(2000)
    )


def test_the_classic_has_13002_parameters() -> None:
    network = models.load("mlp-sigmoid").network
    assert (network.weight_count, network.bias_count) == (12_960, 42)


def test_training_the_houses_by_their_recipe_reaches_what_was_promised() -> None:
    *_, model = recipe_training.make("houses-mlp", RECIPES["houses-mlp"])
    assert model.scores["test"] >= 0.88
    np.testing.assert_allclose(
        model.network.parameters, models.load("houses-mlp").network.parameters, atol=0.05
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "part", "share"),
    [("mlp-two-heads", "mnist_test_loops", 0.89), ("pen-lstm", "test", 0.97)],
)
def test_training_other_problems_reaches_what_was_promised(
    name: str, part: str, share: float
) -> None:
    *_, model = recipe_training.make(name, RECIPES[name])
    assert model.accuracy[part] >= share - 0.005


@pytest.mark.slow
@pytest.mark.parametrize("name", PROMISED)
def test_training_by_the_recipe_reaches_what_was_promised(name: str) -> None:
    *_, model = recipe_training.make(name, RECIPES[name])
    assert model.accuracy["mnist_test"] >= PROMISED[name] - 0.002

"""From a recipe to a model: what is learned from, in which order, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from threadpoolctl import threadpool_info, threadpool_limits

import nnviz
from nnviz import problems
from nnviz.datasets import augmentation
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.ink import loops
from nnviz.layers import Dense
from nnviz.models.model_file import Model
from nnviz.models.scores import exposures
from nnviz.recipe import RateChange, Recipe, architecture
from nnviz.recipe import training as recipe_training
from nnviz.recipe.training import VariantMade, make, prepare
from nnviz.training.config import TrainingConfig
from nnviz.training.events import Event

SMALL = Recipe(
    "Small",
    architecture((784,), Dense(4, "relu"), Dense(10, "softmax")),
    TrainingConfig(epochs=2, batch_size=16, optimizer="sgd", learning_rate=0.1),
    samples=60,
    variants_seed=7,
)
DIGITS = problems.get("digits")
LEARNED = DIGITS.examples("train", DIGITS.outputs)
CHOSEN = np.sort(np.random.default_rng(0).permutation(len(LEARNED))[:60])


def test_some_examples_are_chosen_by_one_seed_and_all_are_all() -> None:
    samples = prepare(SMALL)[0].samples
    np.testing.assert_array_equal(samples.inputs, LEARNED.inputs[CHOSEN])
    np.testing.assert_array_equal(samples.targets[0], LEARNED.targets["digit"][CHOSEN])
    every = prepare(replace(SMALL, samples=len(LEARNED)))[0].samples
    np.testing.assert_array_equal(every.targets[0], LEARNED.targets["digit"])


def test_variants_are_made_in_advance_counted_and_learned_from_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each with the loops that it has after it was bent."""
    two = replace(
        SMALL,
        architecture={
            "input_shape": [784],
            "layers": [
                {"kind": "dense", "units": 4, "activation": "relu"},
                {"kind": "dense", "units": 10, "activation": "softmax", "name": "digit"},
                {"kind": "dense", "units": 3, "activation": "softmax", "name": "loops"},
            ],
            "heads": 2,
        },
        variants=3,
        augmentation=AugmentationSettings(elastic=4),
    )
    pools, threads = [], []
    plain, events = recipe_training.prepare, recipe_training.events

    def prepared(recipe: Recipe, pool: object = None) -> tuple:
        pools.append(plain(recipe, pool))  # type: ignore[arg-type]
        return pools[0]

    def counted(*own: object) -> object:
        products = [each for each in threadpool_info() if each["user_api"] == "blas"]
        threads.extend(each["num_threads"] for each in products)
        return events(*own)  # type: ignore[arg-type]

    monkeypatch.setattr(recipe_training, "prepare", prepared)
    monkeypatch.setattr(recipe_training, "events", counted)
    with threadpool_limits(2, "blas"):  # whatever the machine and the run of the tests allow
        told = list(make("own", two))
    assert told[:3] == [VariantMade(1, 3), VariantMade(2, 3), VariantMade(3, 3)]
    assert not any(isinstance(each, VariantMade) for each in told[3:])
    assert isinstance(told[3], Event)
    assert isinstance(told[-1], Model)
    assert set(threads) == {1}
    samples, rng = pools[0][0].samples, np.random.default_rng(7)
    bent = list(augmentation.variants(LEARNED.inputs[CHOSEN], 3, rng, two.augmentation))
    assert samples.variants
    for epoch in range(4):
        np.testing.assert_array_equal(samples.variant(epoch), bent[epoch % 3])
        (_, (digits, counts)), *_ = samples.batches(epoch, 60, np.arange(60))
        np.testing.assert_array_equal(digits, LEARNED.targets["digit"][CHOSEN])
        np.testing.assert_array_equal(counts, loops.count(bent[epoch % 3]))
    np.testing.assert_array_equal(samples.targets[1], loops.count(bent[0]))
    assert (loops.count(bent[0]) != loops.count(bent[1])).any()


def test_without_a_number_of_variants_every_batch_has_its_own_or_none() -> None:
    varied = prepare(replace(SMALL, augmentation=AugmentationSettings()))[0].samples
    assert varied.vary is not None
    assert prepare(SMALL)[0].samples.vary is None
    for recipe in (replace(SMALL, variants=2), replace(SMALL, augmentation=AugmentationSettings())):
        assert not any(isinstance(each, VariantMade) for each in make("own", recipe))


def test_a_recipe_an_object_and_a_file_give_the_same_model(tmp_path: Path) -> None:
    changed = replace(SMALL, changes=(RateChange(3, 0.01),))
    path = tmp_path / "recipe.json"
    path.write_text(json.dumps(changed.to_json()))
    models = [nnviz.train(each) for each in (changed, changed.to_json(), path, str(path))]
    for model in models[1:]:
        np.testing.assert_array_equal(model.network.parameters, models[0].network.parameters)
    assert not np.array_equal(nnviz.train(SMALL).network.parameters, models[0].network.parameters)
    assert models[0].exposure == exposures(models[0].network, DIGITS.probe(2000))
    assert set(models[0].accuracy) == {"validation", "mnist_test"}


def test_a_network_or_a_loss_that_does_not_fit_is_refused_before_it_is_trained() -> None:
    wrong = replace(SMALL, architecture=architecture((100,), Dense(10, "softmax")))
    with pytest.raises(InputError, match="Expected an input of 784 numbers"):
        prepare(wrong)
    houses = Recipe(
        "Houses", architecture((8,), Dense(1)), SMALL.training, samples=500, problem="houses"
    )
    with pytest.raises(InputError, match="Expected the loss mean_squared_error"):
        prepare(houses)

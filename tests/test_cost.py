"""What a recipe is said to take, against what its training takes."""

import math
import tracemalloc

import numpy as np
import pytest
from msgspec.structs import replace

from nnviz import problems
from nnviz.datasets import mnist
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.explain import health
from nnviz.layers import LSTM, Conv2D, Dense, Flatten, MaxPooling2D
from nnviz.network import Network
from nnviz.recipe import Recipe, architecture
from nnviz.recipe import training as recipe_training
from nnviz.recipe.cost import Cost
from nnviz.recipe.limits import Limits
from nnviz.recipe.shipped import RECIPES
from nnviz.runs.checkpoints import state_bytes
from nnviz.training import piece_of
from nnviz.training.config import TrainingConfig

OUTPUT = {"units": 10, "activation": "softmax"}
SMALL = Recipe(
    "Small",
    architecture((784,), Dense(16, "sigmoid"), Dense(10, "softmax")),
    TrainingConfig(epochs=1, batch_size=32, optimizer="sgd", learning_rate=0.1),
    samples=600,
)
CNN = replace(
    SMALL,
    architecture=architecture(
        (28, 28, 1),
        Conv2D(8, 5, "relu", padding="same"),
        MaxPooling2D(),
        Flatten(),
        Dense(10, "softmax"),
    ),
)
LARGE_BATCH = replace(
    SMALL,
    samples=20_000,
    training=replace(SMALL.training, batch_size=20_000, optimizer="adam", averaging=0.9),
    augmentation=AugmentationSettings(),
)
LSTM_RECIPE = replace(
    SMALL, architecture=architecture((28, 28), LSTM(48), Dense(10, "softmax")), samples=2000
)


def cost(recipe: Recipe) -> Cost:
    return Cost.of(recipe, Network.from_json(recipe.architecture, rng=None))


@pytest.mark.parametrize(
    "recipe",
    [
        SMALL,
        LARGE_BATCH,
        pytest.param(CNN, marks=pytest.mark.thorough),
        pytest.param(LSTM_RECIPE, marks=pytest.mark.thorough),
    ],
)
def test_memory_is_never_more_than_told_and_about_half_of_it_at_least(recipe: Recipe) -> None:
    mnist.load()
    tracemalloc.start()
    try:
        trainer, validation = recipe_training.prepare(recipe)
        trainer.advance()
        state_bytes(trainer)
        trainer.validate(validation)
        health.measure(trainer.network, trainer.gradients, validation.inputs[:500] / np.float32(1))
        recipe_training.finished("small", recipe, trainer, validation)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Told is what could be gathered; of a ReLU only what is not 0 is, about half.
    assert taken <= cost(recipe).memory <= 2.2 * taken


def test_time_and_operations_follow_the_batch() -> None:
    one, ten = cost(SMALL), cost(replace(SMALL, training=replace(SMALL.training, batch_size=320)))
    assert 9 < ten.batch / one.batch <= 10
    assert one.batch_seconds < ten.batch_seconds
    assert ten.reading == one.reading == 10_000 * (2 * (784 * 16 + 160) + 784 + 3 * 26)


def maps(filters: int) -> Recipe:
    """A recipe of so many maps of 26 x 26, which are not bounded."""
    layers = Conv2D(filters, 3, "relu"), Flatten(), Dense(10, "softmax")
    return replace(SMALL, architecture=architecture((28, 28, 1), *layers))


VARIED = replace(SMALL, augmentation=AugmentationSettings())


@pytest.mark.parametrize(
    ("recipe", "unbounded"),
    [
        (SMALL, 0),
        (LARGE_BATCH, 0),
        (CNN, 8 * 28 * 28 + 2 * 8 * 14 * 14),
        (maps(8), 2 * 8 * 26 * 26),
        (maps(20), 2 * 20 * 26 * 26),  # more than is gathered
        (LSTM_RECIPE, 0),
        (VARIED, 0),
        (replace(VARIED, variants=3), 0),
        (RECIPES["houses-linear"], None),
    ],
)
def test_what_is_told_is_what_is_counted(recipe: Recipe, unbounded: int | None) -> None:
    """Bytes, operations and seconds, of a pass as `nnviz.workload` has it."""
    network = Network.from_json(recipe.architecture, rng=None)
    work, parameters = network.workload, network.parameter_count
    houses = unbounded is None
    data = problems.get("houses" if houses else "digits").data
    tested, numbers = data.sizes["test"], network.layers[0].params["W"].shape[0] if houses else 784
    kept = 4 if houses else 1
    learned = min(data.sizes["train"], recipe.samples)
    batch = min(learned, recipe.training.batch_size)
    pieces = math.ceil(batch / piece_of(network))
    shown = network.layers[-1].output_shape[0] if houses else unbounded
    memory = 20_000_000 + 14 * 4 * parameters
    memory += work.training_bytes(math.ceil(batch / pieces))
    memory += batch * numbers * (4 + kept + kept) + learned * (numbers * kept + 1 + 4 + 4)
    memory += work.reading_bytes(work.read_at_once)
    memory += max(tested * numbers * 4, min(128_000_000, 2000 * shown * 4))
    seconds = batch * (work.products + work.back_products) / 100e9
    seconds += (batch * (work.singles + work.back_singles) + 10 * parameters) / 1e9
    seconds += 30e-6 * len(network.layers)
    if recipe.augmentation and not recipe.variants:
        seconds += 18e-6 * batch
    found = Cost.of(recipe, network)
    assert found.parameters == parameters
    assert found.memory == memory
    assert found.reading == tested * (work.products + work.singles)
    assert found.batch == batch * work.training_operations + 10 * parameters
    assert found.batch_seconds == pytest.approx(seconds)


def same_filter(size: int) -> Recipe:
    layers = [
        {"kind": "conv2d", "filters": 1, "kernel_size": size, "padding": "same"},
        {"kind": "flatten"},
        {"kind": "dense", **OUTPUT},
    ]
    return replace(SMALL, architecture={"input_shape": [28, 28, 1], "layers": layers})


def pooled(size: int) -> Recipe:
    layers = [
        {"kind": "max_pooling2d", "pool_size": size, "padding": "same"},
        {"kind": "flatten"},
        {"kind": "dense", **OUTPUT},
    ]
    return replace(SMALL, architecture={"input_shape": [28, 28, 1], "layers": layers})


@pytest.mark.parametrize("recipe", [same_filter(700), pooled(20_000_000), pooled(2000)])
def test_few_parameters_that_take_much_memory_are_refused(recipe: Recipe) -> None:
    with pytest.raises(InputError, match=r"at most 512 MB of memory .* got [\d,]+\.") as caught:
        Limits().check(recipe)
    assert caught.value.code == "too_large"


def test_a_large_batch_of_a_large_network_is_refused() -> None:
    slow = replace(
        CNN,
        architecture=architecture(
            (28, 28, 1),
            Conv2D(8, 3, padding="same"),
            Conv2D(8, 3, padding="same"),
            Flatten(),
            Dense(10, "softmax"),
        ),
        training=replace(CNN.training, batch_size=50_000),
        samples=50_000,
    )
    with pytest.raises(InputError, match="at most 100 billion operations for one batch; got"):
        Limits(memory=100_000).check(slow)
    few = replace(slow, training=replace(slow.training, batch_size=10))
    with pytest.raises(InputError, match="at most 2 billion operations to read 10,000"):
        Limits(reading=2).check(few)


DIGITS = {name: recipe for name, recipe in RECIPES.items() if recipe.problem == "digits"}


@pytest.mark.parametrize("recipe", DIGITS.values(), ids=DIGITS.keys())
def test_what_ships_could_be_trained_here(recipe: Recipe) -> None:
    heads = "heads" in recipe.architecture  # whose variants have to be made in advance
    augmentation = None if heads else recipe.augmentation
    Limits(seconds=10**9).check(replace(recipe, variants=0, augmentation=augmentation))


def test_an_input_that_is_no_digit_is_refused_at_the_door() -> None:
    wrong = replace(SMALL, architecture=architecture((100,), Dense(10, "softmax")))
    with pytest.raises(InputError, match="Expected an input of 784 numbers"):
        Limits().check(wrong)

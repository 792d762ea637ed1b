"""From a recipe to a model, and from a model to its measured accuracy."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nnviz import augmentation, ink
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.errors import InputError
from nnviz.metrics import accuracy
from nnviz.model_file import Model
from nnviz.network import Network
from nnviz.recipes import VALIDATION, Recipe
from nnviz.samples import Samples, Vary
from nnviz.training import Event, Trainer, events

SUBSET_SEED = 0  # of the digits that are learned from when not all are
EXPOSURE_SHARE = 0.995  # of the active neurons' values are below full brightness


@dataclass(frozen=True, slots=True)
class VariantMade:
    """One augmented copy of the training set is ready."""

    done: int
    total: int


def make(name: str, recipe: Recipe) -> Iterator[VariantMade | Event | Model]:
    """Train a recipe's model; yields what happens and, last, the model.

    One thread computes: for layers of this size more cost time, and the sums stay in one order.
    """
    if recipe.variants and recipe.augmentation is not None:
        pool = np.empty((recipe.variants, *_learned_from(recipe).images.shape), np.uint8)
        for number, variant in enumerate(_pool(recipe)):
            pool[number] = variant
            yield VariantMade(number + 1, recipe.variants)
    else:
        pool = None
    trainer, validation = prepare(recipe, pool)
    with threadpool_limits(1, "blas"):
        yield from events(trainer, validation)
        yield finished(name, recipe, trainer, validation)


def train(recipe: Recipe | Mapping[str, Any] | str | Path) -> Model:
    """Train by a recipe, or by what describes one: an object or the path of a JSON file.

    The same recipe gives the same weights as on the screen and by the command line. Raises
    `InputError`.
    """
    if isinstance(recipe, str | Path):
        recipe = read_recipe(recipe)
    elif not isinstance(recipe, Recipe):
        recipe = Recipe.from_config(recipe)
    *_, model = make("trained", recipe)
    assert isinstance(model, Model)
    return model


def read_recipe(path: str | Path) -> Recipe:
    """The recipe in a JSON file; raises `InputError`."""
    try:
        return Recipe.from_config(json.loads(Path(path).read_text("utf-8")))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("invalid_json", f"Expected {path} to hold JSON; got {error}.") from error


def prepare(recipe: Recipe, pool: NDArray[np.uint8] | None = None) -> tuple[Trainer, Samples]:
    """A recipe's trainer before its first batch, and the digits it is validated on.

    ``pool`` holds the augmented copies when the recipe asks for a number of them.
    """
    part, (_, held_out) = _learned_from(recipe), mnist.load().split(VALIDATION)
    if pool is not None:
        samples = Samples(pool, part.labels, variants=True)
    else:
        samples = Samples(part.images, part.labels, vary=_variation(recipe))
    changes = {change.batch: change.learning_rate for change in recipe.changes}
    trainer = Trainer(recipe.network(), samples, recipe.training, changes)
    return trainer, Samples(held_out.images, held_out.labels)


def finished(name: str, recipe: Recipe, trainer: Trainer, validation: Samples) -> Model:
    """The model of a training as it stands, measured on the test set, too."""
    network = trainer.network.copy()
    network.parameters[...] = trainer.best_parameters()
    _, validated = trainer.validate(validation)
    model = Model(name, recipe.title, network, recipe.to_dict(), {"validation": validated})
    test = mnist.load().test
    tested = accuracy(predictions(network, test.images), test.labels)
    return replace(model.with_accuracy(mnist_test=tested), exposure=exposures(network))


def _learned_from(recipe: Recipe) -> Part:
    """The digits that a recipe learns from: all but those held out, or some of them at random."""
    learn, _ = mnist.load().split(VALIDATION)
    if recipe.samples == len(learn):
        return learn
    order = np.random.default_rng(SUBSET_SEED).permutation(len(learn))
    return learn[np.sort(order[: recipe.samples])]


def _pool(recipe: Recipe) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng(recipe.variants_seed)
    images = _learned_from(recipe).images
    return augmentation.variants(images, recipe.variants, rng, recipe.augmentation)


def _variation(recipe: Recipe) -> Vary | None:
    """Every batch's variants are made from the seed and the number of the batch alone."""
    settings, seed = recipe.augmentation, recipe.variants_seed
    if settings is None:
        return None
    return lambda images, number: augmentation.augment(
        images, np.random.default_rng([seed, number]), settings
    )


def predictions(network: Network, images: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The most probable class of every image."""
    predicted: NDArray[np.intp] = network.predict(ink.to_input(images)).argmax(axis=-1)
    return predicted


def exposures(network: Network, digits: int = 2000) -> tuple[float, ...]:
    """For each layer the activation that is shown at full brightness.

    1 for bounded activations; otherwise the 99.5th percentile of the active neurons' values on
    the test set: a constant of the model, so that two drawings can be compared.
    """
    _, trace = network.forward(ink.to_input(mnist.load().test.images[:digits]))
    return tuple(
        1.0 if layer.bounded else _percentile(part.a)
        for layer, part in zip(network.layers, trace.layers, strict=True)
    )


def _percentile(a: NDArray[Any]) -> float:
    active = np.abs(a[a != 0])
    return round(float(np.quantile(active, EXPOSURE_SHARE)), 2) if active.size else 1.0


def read_strokes(path: str | Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Drawn digits from a file of JSON lines, inked as the browser's are: images and labels.

    Each line holds ``{"label": 3, "strokes": [[[x, y], …], …]}``. Raises `InputError`.
    """
    try:
        lines = Path(path).read_text("utf-8").splitlines()
        drawings = [json.loads(line) for line in lines if line.strip()]
        labels = np.array([drawing["label"] for drawing in drawings], np.uint8)
        strokes = [drawing["strokes"] for drawing in drawings]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "broken_dataset",
            f"Expected {path} to hold a JSON object with label and strokes a line; got {error!r}.",
        ) from error
    if not strokes:
        raise InputError("broken_dataset", f"Expected at least one drawing in {path}; got none.")
    return np.stack([ink.from_strokes(stroke) for stroke in strokes]), labels

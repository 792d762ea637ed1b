"""From a recipe to a model: its data, its trainer, its training from beginning to end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nnviz import augmentation
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.metrics import accuracy
from nnviz.model_file import Model
from nnviz.model_scores import exposures, predictions
from nnviz.recipe import VALIDATION, Recipe
from nnviz.samples import Samples, Vary
from nnviz.training import Event, Trainer, events

SUBSET_SEED = 0  # of the digits that are learned from when not all are


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
        recipe = Recipe.from_file(recipe)
    elif not isinstance(recipe, Recipe):
        recipe = Recipe.from_json(recipe)
    *_, model = make("trained", recipe)
    assert isinstance(model, Model)
    return model


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
    model = Model(name, recipe.title, network, recipe.settings(), {"validation": validated})
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

"""From a recipe to a model: its data, its trainer, its training from beginning to end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nnviz.models.model_file import Model
from nnviz.models.scores import PROBE, exposures, shares
from nnviz.problems import Examples, Split
from nnviz.problems.fitting import check_loss, check_network
from nnviz.recipe import Recipe
from nnviz.samples import Samples
from nnviz.training import Trainer, events
from nnviz.training.events import Event

Array = NDArray[Any]

SUBSET_SEED = 0  # of the examples that are learned from when not all are


@dataclass(frozen=True, slots=True)
class VariantMade:
    """One augmented copy of the training set is ready."""

    done: int
    total: int


class Pool(NamedTuple):
    """All augmented copies: inputs (K, N, …), and the targets of each."""

    inputs: Array
    targets: list[dict[str, Array]]


def make(name: str, recipe: Recipe) -> Iterator[VariantMade | Event | Model]:
    """Train a recipe's model; yields what happens and, last, the model.

    One thread computes: for layers of this size more cost time, and the sums stay in one order.
    """
    pool: Pool | None = None
    if recipe.variants and recipe.augmentation is not None:
        for number, variant in enumerate(_variants(recipe)):
            if pool is None:
                shape = recipe.variants, *variant.inputs.shape
                pool = Pool(np.empty(shape, variant.inputs.dtype), [])
            pool.inputs[number] = variant.inputs
            pool.targets.append(variant.targets)
            yield VariantMade(number + 1, recipe.variants)
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


def prepare(recipe: Recipe, pool: Pool | None = None) -> tuple[Trainer, Samples]:
    """A recipe's trainer before its first batch, and the examples it is validated on.

    ``pool`` holds the augmented copies when the recipe asks for a number of them.
    """
    problem, network = recipe.posed(), recipe.network()
    check_network(problem, network)
    check_loss(problem, network, recipe.training.loss)
    outputs, learned = problem.outputs_of(network), _learned_from(recipe)
    if pool is not None:
        own = [tuple(each[output.name] for output in outputs) for each in pool.targets]
        samples = Samples(pool.inputs, own[0], variants=True, labels_of=own)
    elif recipe.augmentation is not None:
        vary = problem.vary(recipe.augmentation, recipe.variants_seed)
        samples = learned.samples(outputs, vary, problem.relabel(outputs))
    else:
        samples = learned.samples(outputs)
    changes = {change.batch: change.learning_rate for change in recipe.changes}
    trainer = Trainer(network, samples, recipe.training, changes)
    return trainer, problem.examples("validation", outputs).samples(outputs)


def finished(name: str, recipe: Recipe, trainer: Trainer, validation: Samples) -> Model:
    """The model of a training as it stands, measured on the test set, too."""
    network, problem = trainer.network.copy(), recipe.posed()
    network.parameters[...] = trainer.best_parameters()
    outputs = problem.outputs_of(network)
    accuracy: dict[str, float] = {}
    scores: dict[str, float] = {}
    parts: dict[Split, str] = {"validation": "validation", "test": problem.test_name}
    for split, part in parts.items():
        more = shares(network, outputs, problem.examples(split, outputs), part)
        accuracy |= more[0]
        scores |= more[1]
    return Model(
        name,
        recipe.title,
        network,
        recipe.settings(),
        accuracy,
        exposures(network, problem.probe(PROBE)),
        problem.id,
        problem.features,
        outputs,
        scores,
    )


def _learned_from(recipe: Recipe) -> Examples:
    """The examples that a recipe learns from: all but those held out, or some of them at random."""
    problem = recipe.posed()
    learned = problem.examples("train", problem.outputs_of(recipe.network()))
    if recipe.samples >= len(learned):
        return learned
    order = np.random.default_rng(SUBSET_SEED).permutation(len(learned))
    return learned[np.sort(order[: recipe.samples])]


def _variants(recipe: Recipe) -> Iterator[Examples]:
    assert recipe.augmentation is not None
    rng, examples = np.random.default_rng(recipe.variants_seed), _learned_from(recipe)
    return recipe.posed().variants(examples, recipe.variants, rng, recipe.augmentation)

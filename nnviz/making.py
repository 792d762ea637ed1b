"""From a recipe to a model, and from a model to its measured accuracy."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nnviz import augmentation, ink
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.metrics import accuracy
from nnviz.model_file import Model
from nnviz.network import Network
from nnviz.recipes import VALIDATION, Recipe
from nnviz.training import EpochEnd, Event, Samples, train

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
    dataset = mnist.load()
    learn, held_out = dataset.split(VALIDATION)
    rng = np.random.default_rng(recipe.variants_seed)
    images = learn.images
    variants = np.empty((max(1, recipe.variants), *images.shape), np.uint8)
    variants[0] = images
    made = augmentation.variants(images, recipe.variants, rng, recipe.augmentation)
    for number, variant in enumerate(made):
        variants[number] = variant
        yield VariantMade(number + 1, recipe.variants)
    network = Network(recipe.layers(), rng=recipe.training.seed)
    validated = float("nan")
    with threadpool_limits(1, "blas"):
        samples = Samples(variants, learn.labels, variants=True)
        validation = Samples(held_out.images, held_out.labels)
        for event in train(network, samples, validation, recipe.training):
            if isinstance(event, EpochEnd):
                validated = event.validation_accuracy
            yield event
    model = Model(name, recipe.title, network, recipe.to_dict(), {"validation": validated})
    tested = accuracy(predictions(network, dataset.test.images), dataset.test.labels)
    yield replace(model.with_accuracy(mnist_test=tested), exposure=exposures(network))


def predictions(network: Network, images: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The most probable class of every image."""
    predicted: NDArray[np.intp] = network.predict(ink.to_input(images)).argmax(axis=-1)
    return predicted


def exposures(network: Network) -> tuple[float, ...]:
    """For each layer the activation that is shown at full brightness.

    1 for bounded activations; otherwise the 99.5th percentile of the active neurons' values on
    the test set: a constant of the model, so that two drawings can be compared.
    """
    _, trace = network.forward(ink.to_input(mnist.load().test.images[:2000]))
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

"""What a model comes to on data it has not learned from, and how brightly its layers are shown."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import metrics, problems
from nnviz.datasets.table import Table
from nnviz.features import NumberOutput, Output
from nnviz.models.model_file import Model
from nnviz.network import Network
from nnviz.problems.problem import Examples, Problem
from nnviz.samples import as_read
from nnviz.workload import GATHERED_BYTES, NUMBER

Array = NDArray[Any]

EXPOSURE_SHARE = 0.995  # of the active neurons' values are below full brightness
PROBE = 2000  # examples on which that is found


def posed(model: Model) -> Problem:
    """The problem that a model learned; raises `InputError` when its own table is gone."""
    if model.problem == "table":
        return problems.of_table(Table.from_json(model.recipe.get("table")))
    return problems.get(model.problem)


def predictions(network: Network, inputs: Array) -> NDArray[np.intp]:
    """The most probable class of every input, (N, …) as data sets keep them."""
    predicted: NDArray[np.intp] = network.predict(as_read(inputs)).argmax(axis=-1)
    return predicted


def shares(
    network: Network, outputs: Sequence[Output], examples: Examples, part: str
) -> tuple[dict[str, float], dict[str, float]]:
    """How a network fares on examples: accuracies of its classes, and scores of its numbers.

    The first output's is called as the ``part`` is, others ``part_output``. Of numbers R² and, in
    their unit, the mean absolute error (``part_mae``).
    """
    answers = network.predict_all(as_read(examples.inputs))
    return told(answers, outputs, examples, part)


def told(
    answers: Sequence[Array], outputs: Sequence[Output], examples: Examples, part: str
) -> tuple[dict[str, float], dict[str, float]]:
    """The same of answers that are there: the activations of every output."""
    accuracy: dict[str, float] = {}
    scores: dict[str, float] = {}
    for place, (output, a) in enumerate(zip(outputs, answers, strict=True)):
        key = f"{part}_{output.name}" if place else part
        targets = examples.targets[output.name]
        if isinstance(output, NumberOutput):
            found, true = output.value(a), output.value(targets)
            scores[key] = metrics.r_squared(found, true)
            scores[f"{key}_mae"] = metrics.mean_absolute_error(found, true)
        else:
            accuracy[key] = metrics.accuracy(a.argmax(axis=-1), targets)
    return accuracy, scores


def exposures(network: Network, inputs: Array) -> tuple[float, ...]:
    """For each layer the activation that is shown at full brightness.

    1 for bounded activations; otherwise the 99.5th percentile of the active neurons' values on
    these inputs: a constant of the model, so that two readings can be compared. Fewer of them are
    read where that many activations would take much memory.
    """
    size = network.workload.read_at_once
    gathered = sum(math.prod(layer.output_shape) for layer in network.layers if not layer.bounded)
    inputs = inputs[: GATHERED_BYTES // (NUMBER * max(1, gathered))]
    parts = [
        _active(network, inputs[start : start + size]) for start in range(0, len(inputs), size)
    ]
    return tuple(
        1.0 if layer.bounded else _percentile(np.concatenate([part[layer.name] for part in parts]))
        for layer in network.layers
    )


def _active(network: Network, inputs: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """The size of every activation that is not 0, of each layer that has no bound."""
    _, trace = network.forward(inputs)
    return {
        layer.name: np.abs(part.a[part.a != 0])
        for layer, part in zip(network.layers, trace.layers, strict=True)
        if not layer.bounded
    }


def _percentile(active: NDArray[Any]) -> float:
    return round(float(np.quantile(active, EXPOSURE_SHARE)), 2) if active.size else 1.0

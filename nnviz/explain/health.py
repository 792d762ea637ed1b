"""How a training fares: sizes of weights and gradients, silent units, and what goes wrong.

What goes wrong is told by a code; the screen has a sentence and a way out for each.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.network import Gradients, Network

Array = NDArray[Any]

SILENT = 1e-3  # a unit that varies less than this from digit to digit says nothing
ALIKE = 1e-3  # of its largest weight: units whose weights differ by less do the same
HALF = 0.5  # of a layer's units silent is worth a word
UNTAUGHT = 0.15  # accuracy that guessing one digit may reach, and a little
PATIENCE = 300  # batches, after which something should have been learned
WORSE = 1.15  # times its best: a validation loss that has turned
RISEN = 1.3  # times what it began with: a loss that goes the wrong way


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """A layer with parameters: root mean squares of its weights and of their last gradient.

    ``silent`` of its ``units`` give the same activation for all digits of a probe, within 0.001.
    ``alike``: all its units have the same weights, so that together they do the work of one.
    """

    name: str
    weights: float
    gradients: float
    silent: int
    units: int
    alike: bool = False  # of checkpoints that were written before it was looked for


def measure(network: Network, gradients: Gradients, probe: Array) -> list[LayerHealth]:
    """Every layer that has weights, in order; ``probe`` holds digits (N, …)."""
    silent = _silent(network, probe)
    return [
        LayerHealth(
            layer.name,
            _rms(layer.params.values()),
            _rms(own.values()),
            silent[layer.name],
            layer.output_shape[-1],
            _alike(layer.params.values(), layer.output_shape[-1]),
        )
        for layer, own in zip(network.layers, gradients.layers, strict=True)
        if layer.params
    ]


def _rms(arrays: Any) -> float:
    """``√(mean w²)`` over the weights of a layer, without its biases."""
    weights = [array for array in arrays if array.ndim > 1]
    total = sum(float(np.square(array, dtype=np.float64).sum()) for array in weights)
    return math.sqrt(total / sum(array.size for array in weights))


def _alike(arrays: Any, units: int) -> bool:
    """Whether no weight differs from unit to unit by more than `ALIKE` of the largest.

    From zero weights it is 10⁻⁶ of the largest after 1,500 batches, for the order of a sum's terms;
    from random ones it is 1.6 and more. A layer's last axis holds its units, an LSTM's its gates'.
    """
    weights = [array.reshape(-1, units) for array in arrays if array.ndim > 1]
    largest = max(float(np.abs(array).max()) for array in weights)
    spread = max(float(np.ptp(array, axis=1).max()) for array in weights)
    return units > 1 and spread <= ALIKE * largest


def _silent(network: Network, probe: Array) -> dict[str, int]:
    """For each layer, how many units, the last axis, vary less than `SILENT` over all else."""
    size = network.workload.read_at_once
    parts = [_extremes(network, probe[at : at + size]) for at in range(0, len(probe), size)]
    return {
        layer.name: int(
            np.count_nonzero(
                np.max([part[n][1] for part in parts], axis=0)
                - np.min([part[n][0] for part in parts], axis=0)
                < SILENT
            )
        )
        for n, layer in enumerate(network.layers)
    }


def _extremes(network: Network, probe: Array) -> list[tuple[Array, Array]]:
    """For each layer, the least and the greatest activation of each unit."""
    _, trace = network.forward(probe)
    flat = [part.a.reshape(-1, part.a.shape[-1]) for part in trace.layers]
    return [(a.min(axis=0), a.max(axis=0)) for a in flat]


@dataclass(frozen=True, slots=True)
class OutputHealth:
    """How one of the outputs fares on what is learned from, and on what is not (``validation_…``).

    ``accuracy`` is the share that is read right, of numbers R²; ``error`` is the mean absolute
    error of numbers in their unit, None of classes.
    """

    name: str
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    error: float | None = None
    validation_error: float | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a training has come to after a number of batches.

    Losses are the means of the outputs' losses, accuracies the first output's; ``outputs`` tells
    each one's own.
    """

    batch: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    layers: Sequence[LayerHealth]
    outputs: Sequence[OutputHealth] = ()  # of checkpoints that were written before they were told

    def to_json(self) -> dict[str, Any]:
        """The values, layers included, under their names."""
        return asdict(self)


def diagnose(checkpoints: Sequence[Checkpoint]) -> list[str]:
    """What goes wrong, the gravest first.

    ``diverged``: a number is NaN or infinite. ``rising``: the loss is well above its start.
    ``alike``: all units of a hidden layer are the same, and stay so. ``nothing_learned``: no
    better than guessing after 300 batches. ``overfitting``: the loss still falls on what is learned
    from and has risen on what is not. ``silent``: half of a hidden layer's units say the same about
    every digit.
    """
    if not checkpoints:
        return []
    first, last = checkpoints[0], checkpoints[-1]
    if not math.isfinite(last.validation_loss):
        return ["diverged"]
    found = []
    if last.validation_loss > RISEN * first.validation_loss:
        found.append("rising")
    elif any(layer.alike for layer in last.layers[:-1]):
        return ["alike"]  # nothing learned, silent units: all that follows from it
    elif last.batch >= PATIENCE and last.accuracy < UNTAUGHT:
        found.append("nothing_learned")
    best = min(checkpoints, key=lambda each: each.validation_loss)
    if (
        not found
        and last.validation_loss > WORSE * best.validation_loss
        and last.loss < best.loss
        and best.batch > first.batch
    ):
        found.append("overfitting")
    if last.batch and any(layer.silent >= HALF * layer.units for layer in last.layers[:-1]):
        found.append("silent")
    return found

"""What a model comes to on the test digits: its answers, and how brightly its layers are shown."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.network import Network
from nnviz.workload import NUMBER, READING_BYTES

EXPOSURE_SHARE = 0.995  # of the active neurons' values are below full brightness


def predictions(network: Network, images: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The most probable class of every image."""
    predicted: NDArray[np.intp] = network.predict(ink.to_input(images)).argmax(axis=-1)
    return predicted


def exposures(network: Network, digits: int = 2000) -> tuple[float, ...]:
    """For each layer the activation that is shown at full brightness.

    1 for bounded activations; otherwise the 99.5th percentile of the active neurons' values on
    the test set: a constant of the model, so that two drawings can be compared. Fewer digits are
    read where that many activations would take much memory.
    """
    size = network.workload.read_at_once
    gathered = sum(math.prod(layer.output_shape) for layer in network.layers if not layer.bounded)
    fitting = READING_BYTES // (NUMBER * max(1, gathered))
    images = mnist.load().test.images[: min(digits, fitting)]
    parts = [
        _active(network, ink.to_input(images[start : start + size]))
        for start in range(0, len(images), size)
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

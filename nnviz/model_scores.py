"""What a model comes to on the test digits: its answers, and how brightly its layers are shown."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.network import Network

EXPOSURE_SHARE = 0.995  # of the active neurons' values are below full brightness


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

"""What a unit makes of digits that are none of the test set's: drawn, or from a file."""

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.explore.slopes import per_unit, read_to
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.studies.chosen import Chosen
from nnviz.web.studies.units import check_unit

REPLY = 1_500  # bytes that a digit of a kept reply counts as


def price(network: Network, count: int) -> int:
    """The operations of `unit_of_digits`, which reads each digit twice at most."""
    return 2 * count * network.workload.reading_operations


def name_of(images: NDArray[np.uint8]) -> str:
    """What tells these digits from all others."""
    return hashlib.sha256(images.tobytes()).hexdigest()


def unit_of_digits(
    chosen: Chosen, layer: str, unit: int, images: NDArray[np.uint8]
) -> dict[str, Any]:
    """The reply for images (N, 28, 28), in their order; raises `InputError` as `unit_page` does."""
    at, network = check_unit(chosen, layer, unit), chosen.network
    x, context = ink.to_input(images).reshape(len(images), -1), Context(reuse=True)
    activations = np.empty(len(x), np.float64)
    answers = np.empty((len(x), *network.output_layers[0].output_shape), np.float64)
    size = network.workload.read_at_once
    for start in range(0, len(x), size):
        some = slice(start, start + size)
        activations[some] = per_unit(read_to(network, x[some], at, context)[-1].a)[:, unit]
        answers[some] = network.forward(x[some], context)[0]
    return {
        "model": chosen.model,
        "layer": layer,
        "unit": unit,
        "total": len(x),
        "mean": float(activations.mean()),
        "digits": [
            {"activation": a, "prediction": said, "confidence": sure, "pixels": image.ravel()}
            for a, said, sure, image in zip(
                activations.tolist(),
                answers.argmax(axis=1).tolist(),
                answers.max(axis=1).tolist(),
                images,
                strict=True,
            )
        ],
    }

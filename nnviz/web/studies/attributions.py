"""Why an answer: each pixel's part, beside it the same without learning, and what it is worth."""

import math
from typing import Any

import numpy as np

from nnviz import ink
from nnviz.explore import deletion
from nnviz.explore.attribution import (
    MOST_PIECES,
    Attribution,
    attribute,
    random_twin,
    similarity,
)
from nnviz.explore.deletion import Deletion, delete
from nnviz.network import Network
from nnviz.web.schemas.explore.attributions import Why
from nnviz.web.studies.chosen import Chosen

FORWARD = {"occlusion": ink.SIZE**2}  # samples read; the others go back as well
PASSES = {"gradient": 1, "gradient_input": 1, "integrated_gradients": MOST_PIECES}


def price(network: Network, method: str) -> int:
    """The operations of `explain` at most."""
    work = network.workload
    found = FORWARD.get(method, 0) * work.reading_operations
    found += PASSES.get(method, 0) * work.training_operations
    steps = deletion.STEPS + 1 + deletion.FLIP
    samples = (deletion.ORDERS + 1) * steps + steps + ink.SIZE**2 // deletion.STEPS + 2
    return 2 * found + samples * work.reading_operations


def explain(chosen: Chosen, pixels: ink.Image, wanted: Why) -> dict[str, Any]:
    """The reply for a drawing."""
    network, image = chosen.network, ink.to_input(pixels).ravel()
    probabilities = network(image[None])[0]
    prediction = int(probabilities.argmax())
    output = prediction if wanted.output is None else wanted.output
    found = attribute(network, image, output, wanted.method)
    twin = attribute(random_twin(network), image, output, wanted.method)
    alike = similarity(found.values, twin.values, image)
    curve = delete(network, image, found.values, output, np.random.default_rng(0))
    return {
        "model": chosen.model,
        "method": wanted.method,
        "output": output,
        "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
        "prediction": prediction if pixels.any() else None,
        "probabilities": probabilities,
        **_parts(found),
        "random_weights": twin.values.ravel(),
        "random_similarity": None if math.isnan(alike) else alike,
        "deletion": _curve(curve),
    }


def _parts(found: Attribution) -> dict[str, Any]:
    return {
        "values": found.values.ravel(),
        "value": found.value,
        "baseline_value": found.baseline_value,
        "sum": float(found.values.sum(dtype=np.float64)),
    }


def _curve(found: Deletion) -> dict[str, Any]:
    return {
        "pixels": found.pixels,
        "probabilities": found.probabilities,
        "random_probabilities": found.random.mean(axis=0),
        "predictions": found.predictions,
        "area": found.area,
        "random_area": found.random_areas.mean(),
        "random_areas": found.random_areas,
        "flips_at": found.flips_at,
    }

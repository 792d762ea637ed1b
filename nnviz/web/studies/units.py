"""Every unit's activation for the test digits, and what that tells: long work, kept."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz import concepts
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.evaluation import of_digits, test_images
from nnviz.web.schemas.units import (
    Concept,
    LayerConcept,
    LayerConcepts,
    UnitDigit,
    UnitPage,
)
from nnviz.web.served import ServedModel

SHOWN = 24  # digits that excite a unit most, and least
CLASSES = 10
Values = NDArray[np.float32]  # (10,000, units)


@dataclass(frozen=True, slots=True)
class Told:
    """A layer's activations, and how well they tell each feature."""

    values: Values
    features: LayerConcepts


def layer_concepts(work: LongWork, served: ServedModel, layer: str) -> LayerConcepts:
    """How well each unit of a layer, and all of them, tell each feature."""
    return _told(work, served, layer).features


def unit_page(work: LongWork, served: ServedModel, layer: str, unit: int) -> UnitPage:
    """What one unit is active for; raises `InputError` (``no_such_unit``)."""
    told = _told(work, served, layer)
    count = told.values.shape[1]
    if not 0 <= unit < count:
        raise InputError("no_such_unit", f"Expected a unit from 0 to {count - 1}; got {unit}.")
    values, labels = told.values[:, unit], mnist.load().test.labels
    order = np.argsort(-values, kind="stable")
    tells = concepts.auc
    return UnitPage(
        served.model.id,
        layer,
        unit,
        len(values),
        _digits(order[:SHOWN], values, labels),
        _digits(order[::-1][:SHOWN], values, labels),
        [float(values[labels == label].mean()) for label in range(CLASSES)],
        [Concept(each.name, each.units[unit]) for each in told.features.concepts],
        [
            Concept(str(label), _number(tells(values[:, None], labels == label)[0]))
            for label in range(CLASSES)
        ],
    )


def _told(work: LongWork, served: ServedModel, layer: str) -> Told:
    network = of_digits(served.model).network
    place = next((i for i, each in enumerate(network.layers) if each.name == layer), None)
    if place is None:
        names = ", ".join(each.name for each in network.layers)
        raise InputError("no_such_layer", f"Expected a layer of {names}; got {layer!r}.")
    at = place

    def read(check: Check) -> Told:
        values = _activations(network, at, check)
        found = []
        for name, members in _members().items():
            check()
            units = [_number(each) for each in concepts.auc(values, members)]
            probe = _number(concepts.probe_auc(values, members))
            found.append(LayerConcept(name, float(members.mean()), units, probe))
        return Told(values, LayerConcepts(served.model.id, layer, len(values), found))

    return work.result(("units", served.sha256, layer), read, lambda told: told.values.nbytes)


def _activations(network: Network, at: int, check: Check) -> Values:
    """A layer's activations for the test digits; a map's mean, the last state of a sequence."""
    inputs, context = test_images(), Context(reuse=True)
    size, parts = network.workload.read_at_once, []
    for start in range(0, len(inputs), size):
        check()
        _, trace = network.forward(inputs[start : start + size], context)
        a = trace.layers[at].a
        parts.append(
            (a.mean(axis=(1, 2)) if a.ndim == 4 else a[:, -1] if a.ndim == 3 else a).copy()
        )
    values: Values = np.concatenate(parts)
    return values


@cache
def _members() -> dict[str, NDArray[np.bool_]]:
    """Which test digits have which feature."""
    images = mnist.load().test.images
    return {name: of(images) for name, of in concepts.FEATURES.items()}


def _digits(places: NDArray[np.intp], values: Values, labels: NDArray[np.uint8]) -> list[UnitDigit]:
    return [UnitDigit(int(i), int(labels[i]), float(values[i])) for i in places]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

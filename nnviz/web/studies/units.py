"""Every unit's activation for the test digits, and what that tells: long work, kept."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explain import concepts
from nnviz.explore.ascent import STARTS, STEPS, climb
from nnviz.explore.slopes import per_unit
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.evaluation import test_images
from nnviz.web.schemas.explore.attacks import BestDigit
from nnviz.web.schemas.units import (
    Concept,
    LayerConcept,
    LayerConcepts,
    UnitDigit,
    UnitPage,
)
from nnviz.web.studies.chosen import Chosen
from nnviz.web.studies.layers import is_flat, kept_points, layer_place

SHOWN = 24  # digits that excite a unit most, and least
CLASSES = 10
Values = NDArray[np.float32]  # (10,000, units)


@dataclass(frozen=True, slots=True)
class Told:
    """A layer's activations, and how well they tell each feature."""

    values: Values
    features: LayerConcepts


def layer_concepts(work: LongWork, chosen: Chosen, layer: str) -> LayerConcepts:
    """How well each unit of a layer, and all of them, tell each feature."""
    return replace(_told(work, chosen, layer).features, model=chosen.model)


def unit_page(work: LongWork, chosen: Chosen, layer: str, unit: int) -> UnitPage:
    """What one unit is active for; raises `InputError` (``no_such_unit``)."""
    check_unit(chosen, layer, unit)
    told = _told(work, chosen, layer)
    values, labels = told.values[:, unit], mnist.load().test.labels
    order = np.argsort(-values, kind="stable")
    tells = concepts.auc
    return UnitPage(
        chosen.model,
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


def ascent_price(network: Network) -> int:
    """The operations of all climbs at most: where a ReLU blocks one, it goes back twice."""
    return 2 * STARTS * (STEPS + 1) * network.workload.training_operations


def best_digit(work: LongWork, chosen: Chosen, layer: str, unit: int) -> BestDigit:
    """The test digit that excites a unit most; raises `InputError` as `unit_page` does."""
    check_unit(chosen, layer, unit)
    values = _told(work, chosen, layer).values[:, unit]
    best = int(values.argmax())
    return BestDigit(best, float(values[best]))


def ascent(
    chosen: Chosen, layer: str, unit: int, regularisation: float, best: BestDigit
) -> dict[str, Any]:
    """The reply with the picture that excites a unit most, beside the digit that does."""
    at, rng = layer_place(chosen.network, layer), np.random.default_rng(0)
    digit = ink.to_input(mnist.load().test.images[best.index])
    found = climb(chosen.network, at, unit, regularisation, rng, digit)
    first, last = found.activations
    return {
        "model": chosen.model,
        "layer": layer,
        "unit": unit,
        "regularisation": regularisation,
        "pixels": found.pixels,
        "activation": last,
        "start_activation": first,
        "best_digit": {"index": best.index, "activation": best.activation},
        "from_digit": found.from_digit,
        "steps": found.heights,
    }


def check_unit(chosen: Chosen, layer: str, unit: int) -> int:
    """The layer's place; raises `InputError` (``no_such_layer``, ``no_such_unit``)."""
    at = layer_place(chosen.network, layer)
    count = chosen.network.layers[at].output_shape[-1]
    if not 0 <= unit < count:
        raise InputError("no_such_unit", f"Expected a unit from 0 to {count - 1}; got {unit}.")
    return at


def _told(work: LongWork, chosen: Chosen, layer: str) -> Told:
    network = chosen.network
    at = layer_place(network, layer)

    def read(check: Check) -> Told:
        values = kept_points(work, chosen, layer) if is_flat(network, at) else None
        if values is None:
            values = _activations(network, at, check)
        found = []
        for name, members in _members().items():
            check()
            units = [_number(each) for each in concepts.auc(values, members)]
            probe = _number(concepts.probe_auc(values, members))
            found.append(LayerConcept(name, float(members.mean()), units, probe))
        active = [float(share) for share in (values > 0).mean(axis=0)]
        strongest = [float(most) for most in np.abs(values).max(axis=0)]
        features = LayerConcepts(chosen.model, layer, len(values), active, strongest, found)
        return Told(values, features)

    return work.result(("units", chosen.key, layer), read, lambda told: told.values.nbytes)


def _activations(network: Network, at: int, check: Check) -> Values:
    """A layer's activations for the test digits; a map's mean, the last state of a sequence."""
    inputs, context = test_images(), Context(reuse=True)
    size, parts = network.workload.read_at_once, []
    for start in range(0, len(inputs), size):
        check()
        _, trace = network.forward(inputs[start : start + size], context)
        parts.append(per_unit(trace.layers[at].a).copy())
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

"""A layer's health, measured on layers whose numbers are known; and where each finding begins."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.explain import health
from nnviz.explain.health import Checkpoint, LayerHealth
from nnviz.layers import Conv2D, Dense, Flatten
from nnviz.network import Gradients, Network


def measured(w: list[list[float]], b: list[float], probe: list[list[float]]) -> LayerHealth:
    """The health of one linear layer."""
    layer = Dense(len(b), input_shape=(len(w),))
    network = Network([Flatten(input_shape=(len(w),)), layer], dtype=np.float64)
    layer.params["W"][...], layer.params["b"][...] = w, b
    gradients = Gradients(network)
    gradients.layers[1]["W"][...], gradients.layers[1]["b"][...] = 2 * layer.params["W"], 99
    (found,) = health.measure(network, gradients, np.array(probe))
    return found


def test_the_mean_square_is_of_weights_alone() -> None:
    found = measured([[3, 1], [4, 2]], [50, 60], [[1, 0]])
    assert found.weights == pytest.approx((30 / 4) ** 0.5)
    assert found.gradients == pytest.approx(2 * (30 / 4) ** 0.5)
    assert found.units == 2


@pytest.mark.parametrize(("spread", "silent"), [(0.0009, 3), (0.0011, 2), (-0.0011, 2)])
def test_a_unit_that_varies_by_less_than_a_thousandth_is_silent(spread: float, silent: int) -> None:
    """Whatever it says: the first says 5 about all, the second 0, the third varies."""
    probe = [[0.0, 0.0], [1.0, 0.0], [0.5, 0.0]]
    assert measured([[0, 0, spread], [1, 1, 1]], [5, 0, -7], probe).silent == silent


def test_what_is_read_in_parts_is_silent_over_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.workload.Workload.read_at_once", 2)
    still = [[1.0, 0.0]] * 4
    assert measured([[1, 0], [0, 0]], [0, 0], still).silent == 2
    assert measured([[1, 0], [0, 0]], [0, 0], [*still, [2.0, 0.0]]).silent == 1
    assert measured([[1, 0], [0, 0]], [0, 0], [[2.0, 0.0], *still]).silent == 1


@pytest.mark.parametrize(("more", "alike"), [(0.0039, True), (0.0041, False), (-0.0041, False)])
def test_units_are_alike_within_a_thousandth_of_the_largest_weight(
    more: float, alike: bool
) -> None:
    """However their biases differ."""
    found = measured([[1, 1 + more], [-4, -4]], [0, 9], [[1, 1]])
    assert found.alike == alike
    assert not measured([[1], [-4]], [0], [[1, 1]]).alike  # one unit is like no other


def layer(name: str, silent: int = 0, alike: bool = False) -> LayerHealth:
    return LayerHealth(name, 1.0, 1.0, silent, 10, alike)


BEGUN = Checkpoint(0, 2.0, 0.1, 1.0, 0.1, [layer("a"), layer("b"), layer("output")])
LATER = replace(BEGUN, batch=300, loss=1.0, accuracy=0.5)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"validation_loss": 1.3}, []),
        ({"validation_loss": 1.301}, ["rising"]),
        ({"layers": [layer("a"), layer("b", alike=True), layer("output")]}, ["alike"]),
        ({"layers": [layer("a"), layer("b"), layer("output", alike=True)]}, []),
        ({"layers": [layer("a"), layer("b", 5), layer("output")]}, ["silent"]),
        ({"layers": [layer("a"), layer("b", 4), layer("output", 10)]}, []),
        ({"accuracy": 0.15}, []),
        ({"accuracy": 0.149}, ["nothing_learned"]),
        ({"accuracy": 0.149, "batch": 299}, []),
    ],
)
def test_each_finding_begins_where_it_is_said_to(change: dict, found: list[str]) -> None:
    assert health.diagnose([BEGUN, replace(LATER, **change)]) == found
    assert not layer("a").alike
    assert LayerHealth("a", 1, 1, 0, 2).alike is False


@pytest.mark.parametrize(
    ("loss", "validation_loss", "found"),
    [
        (0.5, 0.575, []),
        (0.5, 0.58, ["overfitting"]),
        (0.75, 0.58, []),  # it does not fall any more on what is learned from
        (0.76, 0.58, []),
    ],
)
def test_overfitting_is_a_validation_loss_that_turned_while_the_other_falls(
    loss: float, validation_loss: float, found: list[str]
) -> None:
    best = replace(LATER, loss=0.75, validation_loss=0.5)
    last = replace(LATER, batch=600, loss=loss, validation_loss=validation_loss)
    assert health.diagnose([BEGUN, best, last]) == found
    assert health.diagnose([replace(best, batch=0), last]) == []  # best before anything was learned


def test_a_filter_is_silent_over_all_places_of_its_map() -> None:
    layer = Conv2D(3, 2, input_shape=(6, 5, 1))
    network = Network([layer], dtype=np.float64)
    layer.params["W"][..., 1] = 0
    probe = np.random.default_rng(0).random((2, 6, 5, 1))
    (found,) = health.measure(network, Gradients(network), probe)
    assert (found.silent, found.units) == (1, 3)

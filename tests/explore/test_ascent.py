"""The picture that excites a unit most: how high it climbs, beside real digits."""

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explore import ascent
from nnviz.explore.slopes import per_unit, read_to, unit_sums
from nnviz.layers import Dense
from nnviz.network import Network
from tests.explore.test_attribution import NETWORKS, ROUGH

X = ink.to_input(mnist.load().test.images[:500]).reshape(-1, 784)
RELU = models.load("mlp-relu").network
SAME_UNITS = ("flatten", "dropout")  # as the layer before


def test_a_climb_goes_up_and_its_dial_smooths() -> None:
    wide = models.load("mlp-wide").network
    rough = []
    for regularisation in (0.0, 0.5, 1.0):
        found = ascent.climb(wide, 2, 3, regularisation, np.random.default_rng(0))
        picture = found.pixels.reshape(28, 28)
        assert found.heights[-1] > found.heights[0] + 2
        assert found.activations[1] > 0.99 > found.activations[0]
        assert picture.min() >= 0
        assert picture.max() <= 1
        last = wide.forward(found.pixels[None])[0][0, 3]
        assert np.exp(found.heights[-1]) == pytest.approx(float(last), rel=1e-4)
        changes = np.abs(np.diff(picture)).sum() + np.abs(np.diff(picture, axis=0)).sum()
        rough.append(changes / picture.sum())
    assert rough == sorted(rough, reverse=True)
    assert rough[0] > 1.5 * rough[2]


def test_without_regularisation_no_digit_excites_a_unit_as_much() -> None:
    at, unit = 0, 5
    found = ascent.climb(RELU, at, unit, 0.0, np.random.default_rng(0))
    best = unit_sums(RELU, read_to(RELU, X, at)[-1], at)[:, unit].max()
    assert found.heights[-1] > best


def test_maps_and_states_are_climbed_too() -> None:
    for name, at, unit in (("cnn", 2, 4), ("cnn", 3, 4), ("lstm", 0, 9), ("mlp-two-heads", 3, 1)):
        found = ascent.climb(models.load(name).network, at, unit, 0.3, np.random.default_rng(0))
        assert found.heights[-1] > found.heights[0], (name, at)
    dead = Network([Dense(3, "relu", input_shape=(784,)), Dense(10, "softmax")], None)
    assert not np.diff(ascent.climb(dead, 1, 0, 0.5, np.random.default_rng(0)).heights).any()


@pytest.mark.parametrize(
    "name", ["mlp-sigmoid", "cnn", pytest.param("lstm", marks=pytest.mark.thorough)]
)
def test_what_nothing_holds_back_excites_a_unit_as_much_as_the_best_digit(name: str) -> None:
    network, rng = models.load(name).network, np.random.default_rng(0)
    _, trace = network.forward(X)
    for at, layer in enumerate(network.layers):
        if layer.kind in SAME_UNITS:
            continue
        activations = per_unit(trace.layers[at].a)
        for unit in (2, 7):
            best = int(activations[:, unit].argmax())
            found = ascent.climb(network, at, unit, 0.0, rng, X[best])
            reached, digits = found.activations[1], float(activations[best, unit])
            assert reached >= ascent.AS_GOOD * digits, (layer.name, unit)
            last = per_unit(read_to(network, found.pixels[None], at)[-1].a)[0, unit]
            assert reached == pytest.approx(float(last), rel=1e-4, abs=1e-6)


def test_a_map_that_sees_edges_is_climbed_far_beyond_the_best_digit() -> None:
    """Its mean z is nearly the same on every picture: that was climbed once."""
    cnn = models.load("cnn").network
    best = per_unit(cnn.forward(X)[1].layers[0].a)[:, 2].max()
    held = ascent.climb(cnn, 0, 2, 0.5, np.random.default_rng(0))
    assert cnn.layers[0].name == "conv1"
    assert held.activations[1] > best
    assert not held.from_digit


def test_where_noise_leads_nowhere_the_best_digit_is_the_place_to_begin() -> None:
    lstm, rng = models.load("lstm").network, np.random.default_rng(0)
    values = per_unit(lstm.forward(X)[1].layers[0].a)[:, 0]
    stuck = ascent.climb(lstm, 0, 0, 0.0, rng)
    found = ascent.climb(lstm, 0, 0, 0.0, rng, X[values.argmax()])
    assert stuck.activations[1] < 0.01 < values.max() < found.activations[1]
    assert found.from_digit


def test_a_relu_that_is_off_lets_a_climb_through() -> None:
    """Of so faint a picture the unit sees nothing: its slope is 0, and that of its leak is not."""
    blind = Network([Dense(3, "relu", input_shape=(784,)), Dense(2, "linear")], 0)
    blind.layers[0].params["b"][:] = -5
    blind.layers[0].params["W"][:] = 1 / 50
    blind.layers[1].params["W"][:] = 1
    found = ascent.climb(blind, 1, 0, 0.0, np.random.default_rng(0))
    assert found.activations[0] == 0
    assert found.activations[1] > 1
    faint = np.full((1, 784), 0.01)
    slope = ascent._uphill(blind, read_to(blind, faint, 1), 1, 0)[0]
    assert slope == pytest.approx(np.full(784, 0.1 * 3 / 50)), "a tenth of what three units give"


@pytest.mark.parametrize("name", ["convolution", "heads", "recurrent", "relu", "sequence"])
def test_what_is_climbed_has_the_slope_that_ink_makes(name: str) -> None:
    network, rng = NETWORKS[name](), np.random.default_rng(1)
    for at, layer in enumerate(network.layers):
        unit = int(rng.integers(layer.output_shape[-1]))
        height = lambda x: ascent.heights(network, read_to(network, x, at)[-1], at)[0, unit]  # noqa: B023, E731
        slope = ascent._uphill(network, read_to(network, ROUGH[1:2], at), at, unit)[0]
        image = ROUGH[1].ravel()
        for place in rng.choice(784, 4, replace=False):
            step = np.zeros(784)
            step[place] = 1e-6
            there = (height(image + step) - height(image - step)) / 2e-6
            if there != 0 or per_unit(read_to(network, image, at)[-1].a)[0, unit] != 0:
                assert slope[place] == pytest.approx(there, abs=1e-6, rel=1e-4), (layer.name, unit)


def test_the_height_of_a_probability_is_its_logarithm_however_large_the_sums() -> None:
    network = Network([Dense(3, "softmax", input_shape=(784,))], 0)
    network.layers[0].params["b"][:] = [500, 501, -500]
    network.layers[0].params["W"][:] = 0
    found = ascent.heights(network, read_to(network, X[:1], 0)[0], 0)
    assert found[0] == pytest.approx([-1 - np.log1p(np.exp(-1)), -np.log1p(np.exp(-1)), -1001.3133])


def test_a_blur_keeps_what_there_is() -> None:
    assert (ascent.gaussian(0) == np.eye(28)).all()
    blur = ascent.gaussian(1.5)
    assert blur.sum(axis=1) == pytest.approx(np.ones(28))
    assert blur[14, 14] / blur[14, 17] == pytest.approx(np.exp(9 / 4.5))


def climbed(picture: np.ndarray, weights: np.ndarray, regularisation: float) -> tuple:
    """The end and all 65 heights of 64 steps up a weighted sum, half of them at full length."""
    slope = weights.reshape(28, 28)
    if regularisation:
        away = np.arange(28)[:, None] - np.arange(28)
        blur = np.exp(-(away**2) / (2 * (2 * regularisation) ** 2))
        blur /= blur.sum(axis=1, keepdims=True)
        slope = blur @ slope @ blur.T
    stride, heights = slope.ravel() / np.sqrt((slope**2).sum()) / 2, [picture @ weights]
    for step in range(64):
        size = 1 if step < 32 else (64 - step) / 32
        picture = picture * (1 - 0.04 * regularisation * size) + stride * size
        picture = np.minimum(np.maximum(picture, 0), 1)
        heights.append(picture @ weights)
    return picture, heights


@pytest.mark.parametrize("regularisation", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("digit", ["none", "worse", "hardly better", "best"])
def test_a_climb_is_what_its_formula_says(regularisation: float, digit: str) -> None:
    network = Network([Dense(3, "linear", input_shape=(784,))], 4, np.float64)
    weights, rng = network.layers[0].params["W"][:, 1], np.random.default_rng(5)
    starts = [rng.random(784) * ink for ink in (0.1, 0.1, 0.5, 0.5)]
    ends = [climbed(each, weights, regularisation) for each in starts]
    best = max(range(4), key=lambda at: ends[at][1][-1])
    there = {
        "none": None,
        "worse": 0.9 * ends[best][0],
        "hardly better": ends[best][0] * (1.005 if regularisation else 1),
        "best": (weights > 0).astype(float),
    }[digit]
    if there is not None:
        starts.append(there)
        ends.append(climbed(there, weights, regularisation))
    best = 4 if digit == "best" else best
    found = ascent.climb(network, 0, 1, regularisation, np.random.default_rng(5), there)
    assert found.from_digit == (best == 4)
    assert found.pixels == pytest.approx(ends[best][0])
    assert found.heights == pytest.approx(ends[best][1])
    assert found.activations == pytest.approx((ends[best][1][0], ends[best][1][-1]))
    assert ascent.STARTS == 5

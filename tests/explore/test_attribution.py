"""Parts of an answer, against finite differences, plain loops and what must add up."""

from collections.abc import Callable

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explore import attribution, deletion
from nnviz.explore.attribution import attribute, random_twin, similarity
from nnviz.explore.slopes import before_activation, read_to, slopes, unit_sums
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D, Reshape
from nnviz.network import Network

IMAGES = ink.to_input(mnist.load().test.images[:8])
# no two values alike: at a tie, or where a ReLU bends, there is no one slope
ROUGH = (IMAGES + np.random.default_rng(9).random(IMAGES.shape)) / 2
NETWORKS: dict[str, Callable[[], Network]] = {
    "dense": lambda: Network(
        [Dense(7, "sigmoid", input_shape=(784,)), Dense(10, "softmax")], 3, np.float64
    ),
    "relu": lambda: Network(
        [Dense(9, "relu", input_shape=(784,)), Dense(6, "relu"), Dense(10, "softmax")],
        3,
        np.float64,
    ),
    "convolution": lambda: Network(
        [
            Reshape((14, 56, 1), input_shape=(28, 28)),  # the mean of a map has two sides
            Conv2D(3, 5, activation="relu"),
            MaxPooling2D(4),
            Flatten(),
            Dropout(0.5),
            Dense(10, "softmax"),
        ],
        3,
        np.float64,
    ),
    "recurrent": lambda: Network(
        [LSTM(5, input_shape=(28, 28)), Dense(10, "softmax")], 3, np.float64
    ),
    "sequence": lambda: Network(
        [
            LSTM(4, return_sequences=True, input_shape=(28, 28)),
            Dense(3, "softmax"),
            LSTM(3),
            Dense(10, "softmax"),
        ],
        3,
        np.float64,
    ),
    "heads": lambda: Network(
        [Dense(8, "sigmoid", input_shape=(784,)), Dense(10, "softmax"), Dense(3, "softmax")],
        3,
        np.float64,
        heads=2,
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_gradient_is_the_difference_that_ink_makes(name: str) -> None:
    network, image = NETWORKS[name](), ROUGH[1].ravel()
    found = attribute(network, image, 4, "gradient")
    value = lambda x: attribute(network, x, 4, "gradient").value  # noqa: E731
    for place in np.random.default_rng(0).choice(784, 12, replace=False):
        step = np.zeros(784)
        step[place] = 1e-6
        slope = (value(image + step) - value(image - step)) / 2e-6
        assert found.values.ravel()[place] == pytest.approx(slope, abs=1e-6, rel=1e-5)
    product = attribute(network, image, 4, "gradient_input").values.ravel()
    assert product == pytest.approx(image * found.values.ravel())


@pytest.mark.parametrize("name", NETWORKS)
def test_every_units_slope_is_the_difference_that_ink_makes(name: str) -> None:
    network, image = NETWORKS[name](), ROUGH[2]
    rng = np.random.default_rng(1)
    for at in range(len(network.layers)):
        traces = read_to(network, image[None], at)
        weights = rng.normal(size=unit_sums(network, traces[-1], at).shape)
        found = slopes(network, traces, at, weights).ravel()
        for place in rng.choice(784, 6, replace=False):
            ends = []
            for side in (-1e-6, 1e-6):
                moved = image.ravel().copy()
                moved[place] += side
                sums = unit_sums(network, read_to(network, moved[None], at)[-1], at)
                ends.append((sums * weights).sum())
            slope = (ends[1] - ends[0]) / 2e-6
            assert found[place] == pytest.approx(slope, abs=1e-6, rel=1e-5), network.layers[at].name


@pytest.mark.parametrize(("activation", "leaks"), [("relu", 1), ("tanh", 0), ("linear", 0)])
def test_a_relu_that_is_off_leaks_and_nothing_else_does(activation: str, leaks: int) -> None:
    network = Network([Dense(3, activation, input_shape=(3,))], 0, np.float64)
    network.layers[0].params["W"][:] = np.eye(3)
    trace, da = read_to(network, np.array([[-0.5, 0.5, 2]]), 0)[0], np.array([[1.0, 2.0, 3.0]])
    plain = before_activation(network, 0, trace, da, 0)
    found = before_activation(network, 0, trace, da, 0.25)
    assert (found - plain).tolist() == [[0.25 * leaks, 0, 0]]


@pytest.mark.parametrize("name", ["mlp-sigmoid", "mlp-relu", "mlp-wide", "cnn", "lstm"])
def test_integrated_gradients_add_up(name: str) -> None:
    network = models.load(name).network
    for image in IMAGES[:2]:
        found = attribute(network, image, 7, "integrated_gradients")
        difference = found.value - found.baseline_value
        assert found.values.sum() == pytest.approx(difference, abs=0.02, rel=4e-3)
        assert not found.values.ravel()[image.ravel() == 0].any()


def test_the_way_is_divided_where_it_bends() -> None:
    """Equal steps, as many as are taken, miss several times as much."""
    network, image = models.load("mlp-relu").network, IMAGES[0]
    found = attribute(network, image, 7, "integrated_gradients")
    shades = (np.arange(64) + 0.5) / 64
    parts = [attribute(network, s * image, 7, "gradient").values.ravel() for s in shades]
    equal = (np.mean(parts, axis=0) * image.ravel()).sum()
    difference = found.value - found.baseline_value
    assert abs(found.values.sum() - difference) < abs(equal - difference) / 5


@pytest.mark.parametrize(("start", "rise"), [(0.0, 0.1), (-1.0, 3.0), (2.0, -3.0)])
@pytest.mark.parametrize(("wrong", "pieces"), [(0.99e-3, 32), (1.01e-3, 32 + 64 + 128 + 96)])
def test_a_piece_that_misses_a_thousandth_is_halved_until_320_are_taken(
    monkeypatch: pytest.MonkeyPatch, start: float, rise: float, wrong: float, pieces: int
) -> None:
    """Of a way on which every slope is wrong by as much; z rises by less than 1, or by more."""
    network, taken = NETWORKS["dense"](), []

    def shades(network: Network, x: np.ndarray, shades: np.ndarray, output: int) -> tuple:
        taken.append(len(shades))
        slope = rise + wrong * max(1, abs(rise))
        return start + rise * shades, np.full((len(shades), 1), slope)

    monkeypatch.setattr(attribution, "_shades", shades)
    found = attribution.integrated_gradients(network, np.ones(1), 0)
    assert taken[0] == 33
    assert sum(taken[1:]) == pieces
    assert found == pytest.approx([rise + wrong * max(1, abs(rise))])


def test_where_few_may_be_halved_the_worst_are() -> None:
    errors, among = np.array([5, 0.1, 0.3, 0.4]), np.array([False, True, True, True])
    assert attribution._worst(errors, among, 2).tolist() == [False, False, True, True]
    assert not attribution._worst(errors, among, -1).any()


def test_a_window_at_the_edge_covers_what_is_there() -> None:
    network = Network([Dense(10, "softmax", input_shape=(784,))], 0, np.float64)
    parts = (ROUGH[0].ravel() * network.layers[0].params["W"][:, 2]).reshape(28, 28)
    found = attribution.occlusion(network, ROUGH[0].ravel(), 2, window=3).reshape(28, 28)
    for y, x in [(0, 0), (0, 27), (1, 1), (13, 5), (27, 27)]:
        around = parts[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2]
        assert found[y, x] == pytest.approx(around.sum())


def test_a_weighted_sum_is_divided_the_same_way_by_three_methods() -> None:
    network = Network([Dense(10, "softmax", input_shape=(784,))], 0, np.float64)
    image = IMAGES[3].ravel().astype(np.float64)
    exact = image * network.layers[0].params["W"][:, 2]
    for method in ("gradient_input", "integrated_gradients"):
        assert attribute(network, image, 2, method).values.ravel() == pytest.approx(exact)
    single = attribution.occlusion(network, image, 2, window=1)
    assert single == pytest.approx(exact)


@pytest.mark.parametrize("name", ["mlp-relu", "lstm"])
def test_occlusion_is_reading_with_a_hole(name: str) -> None:
    network = models.load(name).network
    found = attribute(network, IMAGES[4], 4, "occlusion").values.reshape(28, 28)
    whole = network.forward(IMAGES[4:5])[1].output.z[0, 4]
    for row, column in [(0, 0), (10, 12), (14, 14), (20, 9), (27, 27)]:
        holed = IMAGES[4].copy()
        for y in range(max(0, row - 2), min(28, row + 3)):
            for x in range(max(0, column - 2), min(28, column + 3)):
                holed[y, x] = 0
        left = network.forward(holed[None])[1].output.z[0, 4]
        assert found[row, column] == pytest.approx(whole - left, abs=1e-4)


def test_a_twin_has_learned_nothing_and_is_always_the_same() -> None:
    network = models.load("cnn").network
    twin, again = random_twin(network), random_twin(network)
    assert twin.to_json() == network.to_json()
    assert (twin.parameters == again.parameters).all()
    right = network.predict(IMAGES).argmax(axis=1) == mnist.load().test.labels[:8]
    assert right.all()
    assert (twin.predict(IMAGES).argmax(axis=1) == mnist.load().test.labels[:8]).mean() < 0.6


def test_pictures_are_alike_or_not() -> None:
    rng = np.random.default_rng(0)
    one, among = rng.normal(size=784), np.ones(784)
    assert similarity(one, -(one**3), among) == pytest.approx(1)
    assert abs(similarity(one, rng.normal(size=784), among)) < 0.1
    assert np.isnan(similarity(one, np.zeros(784), among))
    assert np.isnan(similarity(one, one, np.zeros(784)))
    two, few = np.array([1.0, 2.0, 9.0]), np.array([0.5, 0.1, 0.0])
    assert similarity(two, 3 * two, few) == pytest.approx(1)
    assert similarity(two, -1 / two, few) == pytest.approx(-1)
    assert np.isnan(similarity(two, two, np.array([0, 0.1, 0])))


def test_blank_paper_has_no_parts() -> None:
    network = models.load("mlp-wide").network
    for method in ("gradient_input", "integrated_gradients", "occlusion"):
        found = attribute(network, np.zeros(784), 3, method)
        assert not found.values.any()
        assert found.value == found.baseline_value
    curve = deletion.delete(network, np.zeros(784), np.zeros(784), 3, np.random.default_rng(0))
    assert curve.pixels.tolist() == [0]
    assert curve.flips_at is None
    assert curve.area == pytest.approx(float(curve.probabilities[0]))
    assert curve.random_areas == pytest.approx([curve.area] * deletion.ORDERS)


def test_only_ink_that_speaks_for_the_output_is_taken_away() -> None:
    network, image = models.load("mlp-sigmoid").network, IMAGES[5].ravel()
    values = np.random.default_rng(3).normal(size=784)
    found = deletion.delete(network, image, values, 1, np.random.default_rng(0))
    inked = np.flatnonzero(image)
    order = sorted((i for i in inked if values[i] > 0), key=lambda i: -values[i])
    assert 0 < len(order) < len(inked)
    assert found.pixels[0] == 0
    assert found.pixels[-1] == len(order)
    for count, probability, prediction in zip(
        found.pixels, found.probabilities, found.predictions, strict=True
    ):
        left = image.copy()
        left[order[:count]] = 0
        a = network(left[None])[0]
        assert probability == pytest.approx(a[1], abs=1e-5)
        assert prediction == a.argmax()
    area = np.trapezoid(found.probabilities, found.pixels / len(order))
    assert found.area == pytest.approx(area, abs=1e-5)
    assert found.random_areas == pytest.approx(
        [np.trapezoid(curve, found.pixels / len(order)) for curve in found.random], abs=1e-5
    )
    none = deletion.delete(network, image, -np.ones(784), 1, np.random.default_rng(0))
    assert none.pixels.tolist() == [0]
    assert none.flips_at is None
    assert none.area == pytest.approx(network(image[None])[0, 1], abs=1e-6)
    assert none.random_areas == pytest.approx([none.area] * deletion.ORDERS)


def test_of_much_ink_24_parts_are_taken_in_turn_and_in_20_random_orders() -> None:
    network = Network([Dense(3, "softmax", input_shape=(784,))], 8, np.float64)
    image, values = np.zeros(784), np.random.default_rng(6).random(784)
    inked = np.arange(100, 172)
    image[inked] = np.linspace(0.2, 1, 72)
    weights = network.layers[0].params["W"][inked]
    said = network(image[None]).argmax()
    values[inked] = 9 + image[inked] * weights[:, said]  # all of them speak for it
    found = deletion.delete(network, image, values, 1, np.random.default_rng(7))
    order = inked[np.argsort(-values[inked])]
    left = [image * ~np.isin(np.arange(784), order[:count]) for count in range(73)]
    changed = np.flatnonzero(network(np.array(left)).argmax(axis=1) != said)
    steps = set(range(0, 73, 3))
    first = min(count for count in changed if count in steps)
    exact = min(count for count in changed if count > first - 3)  # between the two steps
    assert found.flips_at == exact
    assert exact not in steps
    assert found.pixels.tolist() == sorted(steps | {exact})
    rng = np.random.default_rng(7)
    orders = [rng.permutation(inked) for _ in range(20)]
    for at, count in enumerate(found.pixels):
        left = [image * ~np.isin(np.arange(784), order[:count]) for order in orders]
        assert found.random[:, at] == pytest.approx(network(np.array(left))[:, 1])


def test_the_area_of_one_pixel_is_the_mean_of_before_and_after() -> None:
    network = Network([Dense(3, "softmax", input_shape=(784,))], 5, np.float64)
    found = deletion.delete(network, np.eye(784)[3], np.ones(784), 1, np.random.default_rng(0))
    assert found.pixels.tolist() == [0, 1]
    assert found.area == pytest.approx(found.probabilities.mean())


def test_what_is_blamed_matters_more_than_pixels_at_random() -> None:
    for name in ("mlp-wide", "lstm"):
        network, curves = models.load(name).network, []
        for image, label in zip(IMAGES[:6], mnist.load().test.labels, strict=False):
            values = attribute(network, image, int(label), "integrated_gradients").values
            rng = np.random.default_rng(0)
            curves.append(deletion.delete(network, image, values, int(label), rng))
        area = np.mean([curve.area for curve in curves])
        assert area < 0.5 * np.mean([curve.random_areas for curve in curves])


@pytest.mark.parametrize(("output", "method"), [(10, "gradient"), (-1, "gradient"), (0, "guided")])
def test_what_is_not_there_is_refused(output: int, method: str) -> None:
    network = NETWORKS["dense"]()
    with pytest.raises(InputError, match="got"):
        attribute(network, IMAGES[0], output, method)

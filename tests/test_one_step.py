"""One step explained: nudges are derivatives, a step is plain gradient descent."""

import numpy as np
import pytest

from nnviz import models
from nnviz.datasets import mnist
from nnviz.edits import FitEdit, LearnEdit, apply, one_step
from nnviz.errors import InputError
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnviz.layers.base import Layer
from nnviz.network import Network

NETWORKS: dict[str, list[Layer]] = {
    "dense": [Dense(7, "sigmoid", input_shape=(784,)), Dense(10, "softmax")],
    "squares": [Dense(7, "tanh", input_shape=(784,)), Dense(10, "sigmoid")],
    "maps": [
        Conv2D(3, 5, "tanh", input_shape=(28, 28, 1)),
        MaxPooling2D(),
        Flatten(),
        Dropout(0.5),
        Dense(10, "softmax"),
    ],
    "rows": [LSTM(6, input_shape=(28, 28)), Dense(10, "softmax")],
}


def network_of(name: str) -> Network:
    network = Network(NETWORKS[name], rng=4, dtype=np.float64)
    network.parameters *= 1.5
    return network


def digit() -> np.ndarray:
    return mnist.load().test.images[3].ravel() / 255


@pytest.mark.parametrize("name", NETWORKS)
def test_the_input_nudge_is_the_losses_slope(name: str) -> None:
    network, image, step = network_of(name), digit(), 1e-6
    explained = one_step.explain(network, image, 4)
    nudge = explained.input_nudge.ravel()
    for pixel in (300, 406, 500):
        moved = [image.copy(), image.copy()]
        moved[0][pixel] -= step
        moved[1][pixel] += step
        low, high = (one_step.explain(network, each, 4).loss for each in moved)
        assert nudge[pixel] == pytest.approx(-(high - low) / (2 * step), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_hidden_layers_nudge_is_the_losses_slope_there(name: str) -> None:
    """Measured at the layer before the last, whose activations the last layer reads."""
    network = network_of(name)
    explained = one_step.explain(network, digit(), 4)
    last, before = network.layers[-1], network.layers[-2]
    _, trace = network.forward(digit()[None])
    a, loss = trace.layers[-2].a, one_step.loss_of(network)
    for unit in range(0, a.shape[-1], max(1, a.shape[-1] // 5)):
        values = []
        for shift in (-1e-6, 1e-6):
            moved = a.copy()
            moved[0, unit] += shift
            values.append(loss.value(last.forward(moved, _context()), np.array([4])))
        slope = (values[1] - values[0]) / 2e-6
        assert explained.nudges[before.name][unit] == pytest.approx(-slope, rel=1e-4, abs=1e-9)


def _context() -> object:
    from nnviz.layers.base import Context

    return Context()


def test_the_output_nudge_is_target_minus_probabilities() -> None:
    explained = one_step.explain(network_of("dense"), digit(), 4)
    (asked,) = explained.outputs
    wanted = asked.target - asked.output
    np.testing.assert_allclose(explained.nudges["dense2"], wanted, atol=1e-12)
    assert explained.loss == asked.loss == pytest.approx(-np.log(asked.output[4]))
    assert asked.target.tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_squares_are_taken_for_sigmoid_outputs() -> None:
    explained = one_step.explain(network_of("squares"), digit(), 4)
    (asked,) = explained.outputs
    assert asked.loss_name == "mean_squared_error"
    assert explained.loss == pytest.approx(np.mean((asked.output - asked.target) ** 2))


@pytest.mark.parametrize("name", NETWORKS)
def test_steps_go_down_hill_until_the_digit_is_read(name: str) -> None:
    network, image = network_of(name), digit()
    losses = [one_step.explain(network, image, 7).loss]
    for _ in range(6):
        one_step.take(network, image, 7, 0.05, times=5)
        losses.append(one_step.explain(network, image, 7).loss)
    assert losses == sorted(losses, reverse=True)


def test_the_edit_takes_the_same_steps_and_leaves_the_model_as_it_was() -> None:
    model = models.load("mlp-sigmoid").network
    pixels, before = mnist.load().test.images[3].ravel(), model.parameters.copy()
    edited = apply(model, [LearnEdit(pixels.tolist(), 7, 0.5, 3)])
    by_hand = model.copy()
    for _ in range(3):
        one_step.take(by_hand, pixels * np.float32(1 / 255), 7, 0.5)
    np.testing.assert_array_equal(edited.parameters, by_hand.parameters)
    np.testing.assert_array_equal(model.parameters, before)
    assert edited(pixels[None] / np.float32(255)).argmax() == 7


def test_a_rate_that_drives_the_weights_away_is_an_error() -> None:
    model = models.load("mlp-relu").network.copy()
    model.parameters *= 1e6
    pixels = mnist.load().test.images[3].ravel().tolist()
    with pytest.raises(InputError, match="finite"):
        apply(model, [LearnEdit(pixels, 7, 10.0, 100)])


def test_a_step_of_a_number_is_its_squared_errors() -> None:
    """``L = (a − y)²``, ``∂L/∂z = 2 (a − y)``: by hand, layer by layer."""
    network = Network([Dense(3, "relu", input_shape=(4,)), Dense(1)], rng=1, dtype=np.float64)
    x, y, rate = np.array([0.5, -1.0, 2.0, 0.25]), 0.7, 0.05
    first, last = (layer.params for layer in network.layers)
    z = x @ first["W"] + first["b"]
    hidden = np.maximum(z, 0)
    a = float(hidden @ last["W"][:, 0] + last["b"][0])
    delta = 2 * (a - y)
    explained = one_step.explain(network, x, y)
    (asked,) = explained.outputs
    assert (asked.label, asked.loss_name) == (y, "mean_squared_error")
    assert explained.loss == asked.loss == pytest.approx((a - y) ** 2)
    assert explained.nudges[network.layers[1].name] == pytest.approx(-delta)
    np.testing.assert_allclose(explained.nudges[network.layers[0].name], -delta * last["W"][:, 0])
    asked_of_x = -first["W"] @ (delta * last["W"][:, 0] * (z > 0))
    np.testing.assert_allclose(explained.input_nudge, asked_of_x)

    wanted = last["W"][:, 0] - rate * delta * hidden
    fitted = apply(network, [FitEdit(x.tolist(), [y], rate)])
    np.testing.assert_allclose(fitted.layers[1].params["W"][:, 0], wanted)
    assert one_step.explain(fitted, x, y).loss < explained.loss


def test_a_fit_is_the_same_steps_as_learning_an_image() -> None:
    network, pixels = network_of("dense"), [round(255 * value) for value in digit()]
    inputs = [pixel / 255 for pixel in pixels]
    learned = apply(network, [LearnEdit(pixels, 4, 0.1, 3)])
    fitted = apply(network, [FitEdit(inputs, [4.0], 0.1, 3)])
    np.testing.assert_allclose(fitted.parameters, learned.parameters, atol=1e-6)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (FitEdit([0.0] * 3, [1.0]), "784 inputs"),
        (FitEdit([0.0] * 784, [1.5]), "number of a class"),
        (FitEdit([0.0] * 784, [10.0]), "from 0 to 9"),
        (FitEdit([0.0] * 784, [1.0, 1.0]), "1 to 1 labels"),
    ],
)
def test_what_cannot_be_fitted_is_refused(edit: FitEdit, message: str) -> None:
    with pytest.raises(InputError, match=message):
        apply(network_of("dense"), [edit])


def test_a_number_is_one_unit_that_is_linear_and_a_label_may_be_zero() -> None:
    for units, activation, number in (
        (1, "linear", True),
        (1, "sigmoid", False),
        (2, "linear", False),
    ):
        network = Network([Dense(units, activation, input_shape=(3,))])
        assert one_step.says_number(network, 0) is number
    network = Network([Dense(4, "softmax", input_shape=(3,))])
    step = one_step.explain(network, np.ones(3), 0)
    assert step.loss == pytest.approx(-np.log(network(np.ones((1, 3)))[0, 0]), rel=1e-5)
    for wrong in (-1, 4):
        with pytest.raises(InputError, match="from 0 to 3"):
            one_step.explain(network, np.ones(3), wrong)

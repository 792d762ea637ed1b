"""What a layer begins with before any training, and the shapes and counts that it tells."""

from typing import cast

import numpy as np
import pytest

from nnviz import layers as kinds
from nnviz.errors import InputError
from nnviz.layers.base import checked_shape, in_memory
from nnviz.network import Network
from tests.gradients import assert_close, central_differences


@pytest.mark.parametrize(
    ("activation", "initializer"),
    [("relu", "he_normal"), ("sigmoid", "glorot_uniform"), ("linear", "glorot_uniform")],
)
def test_relu_begins_with_he_and_all_others_with_glorot(activation: str, initializer: str) -> None:
    for layer in (kinds.Dense(3, activation), kinds.Conv2D(2, 3, activation)):
        assert layer.kernel_initializer == initializer
    named = kinds.Dense(3, activation, kernel_initializer="orthogonal")
    assert named.kernel_initializer == "orthogonal"


@pytest.mark.parametrize(
    "layer",
    [
        kinds.Dense(4, input_shape=(3,)),
        kinds.Conv2D(4, 2, input_shape=(3, 3, 2)),
        kinds.SimpleRNN(4, input_shape=(5, 3)),
    ],
    ids=lambda layer: layer.kind,
)
def test_biases_begin_at_zero_and_weights_do_not(layer: kinds.Layer) -> None:
    Network([layer])
    np.testing.assert_array_equal(layer.params["b"], np.zeros(4))
    assert all(array.any() for name, array in layer.params.items() if name != "b")


def test_a_dense_layer_keeps_the_steps_of_a_sequence() -> None:
    network = Network(
        [kinds.Dense(5, input_shape=(4, 2)), kinds.Dense(3), kinds.Flatten(), kinds.Dense(2)]
    )
    assert [layer.output_shape for layer in network.layers] == [(4, 5), (4, 3), (12,), (2,)]


def test_an_lstm_tells_its_steps_whatever_comes_out() -> None:
    for whole, out in ((False, (4,)), (True, (6, 4))):
        layer = kinds.LSTM(4, return_sequences=whole, input_shape=(6, 3))
        assert Network([layer]).output_shape == out
        assert layer.shown_shape == (6, 4)
        assert layer.bounded


def test_a_context_that_keeps_nothing_gives_every_pass_arrays_of_its_own() -> None:
    network, context = Network([kinds.Dense(3, input_shape=(2,))]), kinds.Context()
    first, _ = network.forward(np.ones((1, 2)), context)
    before = first.copy()
    network.forward(np.full((1, 2), 7.0), context)
    np.testing.assert_array_equal(first, before)


def test_which_layers_hand_on_what_came_in() -> None:
    """In reading, each activation of these is one of the inputs."""
    selecting = {kind for kind, layer in kinds.LAYERS.items() if layer.selects}
    assert selecting == {"max_pooling2d", "flatten", "reshape", "dropout"}


def test_twenty_million_numbers_are_a_shape_and_one_more_is_a_mistake() -> None:
    for shape in ((20_000_000,), (4000, 5000), [1, 1]):
        assert checked_shape(shape) == tuple(shape)
    for wrong in ((20_000_001,), (4000, 5001), (0, 3), (-1,), (), (2.0,), "3"):
        with pytest.raises(InputError, match="at most 20,000,000"):
            checked_shape(wrong)


def test_maps_are_flattened_in_the_order_of_their_axes_and_handed_back_as_they_lay() -> None:
    """A convolution lays the samples of a batch side by side in memory; one does not see it."""
    rng = np.random.default_rng(0)
    layers = [kinds.Conv2D(2, 2, "tanh", input_shape=(4, 3, 1)), kinds.Flatten()]
    network = Network(layers, dtype=np.float64)
    x = rng.normal(size=(3, 4, 3, 1))
    a, trace = network.forward(x)
    maps = trace.layers[0].a
    np.testing.assert_array_equal(a, np.array([list(one.ravel()) for one in maps]))
    weights = rng.normal(size=a.shape)

    def value() -> float:
        return float((network(x) * weights).sum())

    assert_close(
        network.backward(trace, weights.copy()).flat, central_differences(value, network.parameters)
    )
    part = trace.layers[1]
    dx = layers[1].backward(weights, part, {}, kinds.Context(), True)
    assert dx is not None
    assert in_memory(maps).flags.c_contiguous
    assert in_memory(dx).flags.c_contiguous
    np.testing.assert_array_equal(dx, weights.reshape(maps.shape))


def test_what_lies_in_order_is_reshaped_without_a_copy() -> None:
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    layer = kinds.Flatten(input_shape=(3, 2, 2))
    Network([layer])
    trace = layer.forward(x, kinds.Context())
    assert np.shares_memory(trace.a, x)
    dz = np.ones((2, 12))
    dx = layer.backward(dz, trace, {}, kinds.Context(), True)
    assert dx is not None
    assert np.shares_memory(dx, dz)


class Told:
    """A generator whose numbers are told."""

    def random(self, shape: tuple[int, ...], dtype: type) -> np.ndarray:
        return np.array([[0.0, 0.24, 0.25, 0.99]], dtype)


def test_dropout_leaves_out_what_is_drawn_below_its_rate() -> None:
    layer = kinds.Dropout(0.25, input_shape=(4,))
    Network([layer])
    told = cast(np.random.Generator, Told())
    trace = layer.forward(np.ones((1, 4)), kinds.Context(training=True, rng=told))
    np.testing.assert_allclose(trace.a, [[0, 0, 4 / 3, 4 / 3]])
    assert kinds.Dropout(0).rate == 0

"""What a layer begins with before any training, and the shapes and counts that it tells."""

import numpy as np
import pytest

from nnviz.layers import LSTM, Conv2D, Dense, Flatten, Layer, SimpleRNN
from nnviz.network import Network


@pytest.mark.parametrize(
    ("activation", "initializer"),
    [("relu", "he_normal"), ("sigmoid", "glorot_uniform"), ("linear", "glorot_uniform")],
)
def test_relu_begins_with_he_and_all_others_with_glorot(activation: str, initializer: str) -> None:
    for layer in (Dense(3, activation), Conv2D(2, 3, activation)):
        assert layer.kernel_initializer == initializer
    named = Dense(3, activation, kernel_initializer="orthogonal")
    assert named.kernel_initializer == "orthogonal"


@pytest.mark.parametrize(
    "layer",
    [
        Dense(4, input_shape=(3,)),
        Conv2D(4, 2, input_shape=(3, 3, 2)),
        SimpleRNN(4, input_shape=(5, 3)),
    ],
    ids=lambda layer: layer.kind,
)
def test_biases_begin_at_zero_and_weights_do_not(layer: Layer) -> None:
    Network([layer])
    np.testing.assert_array_equal(layer.params["b"], np.zeros(4))
    assert all(array.any() for name, array in layer.params.items() if name != "b")


def test_a_dense_layer_keeps_the_steps_of_a_sequence() -> None:
    network = Network([Dense(5, input_shape=(4, 2)), Dense(3), Flatten(), Dense(2)])
    assert [layer.output_shape for layer in network.layers] == [(4, 5), (4, 3), (12,), (2,)]


def test_an_lstm_tells_its_steps_whatever_comes_out() -> None:
    for whole, out in ((False, (4,)), (True, (6, 4))):
        layer = LSTM(4, return_sequences=whole, input_shape=(6, 3))
        assert Network([layer]).output_shape == out
        assert layer.shown_shape == (6, 4)
        assert layer.bounded

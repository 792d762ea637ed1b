"""A network at its limits, and what it says of itself."""

import numpy as np
import pytest

from nnviz.errors import InputError
from nnviz.layers import Dense, Flatten, Layer
from nnviz.network import Network, Trace


def test_sixty_four_layers_and_names_of_sixty_characters_are_the_most() -> None:
    def deep(count: int) -> list[Layer]:
        return [Flatten(input_shape=(2,)), *(Flatten() for _ in range(count - 1))]

    assert len(Network(deep(64)).layers) == 64
    with pytest.raises(InputError, match="1 to 64 layers; got 65"):
        Network(deep(65))
    assert Network([Dense(1, input_shape=(2,), name="n" * 60)]).layers[0].name == "n" * 60
    with pytest.raises(InputError, match="at most 60 characters"):
        Network([Dense(1, input_shape=(2,), name="n" * 61)])


def test_twenty_million_parameters_are_the_most() -> None:
    assert Network([Dense(4000, input_shape=(4999,))], rng=None).parameter_count == 20_000_000
    with pytest.raises(InputError, match="20,000,000 parameters"):
        Network([Dense(4000, input_shape=(5000,))], rng=None)


def test_one_layer_has_one_output_and_further_ones_need_a_trunk() -> None:
    assert Network([Dense(3, input_shape=(2,))], heads=1).heads == 1
    layers = [Dense(3, input_shape=(2,)), Dense(4), Dense(5)]
    network = Network(layers, heads=2)
    assert network.output_shape == (4,)
    _, trace = network.forward(np.ones((1, 2)))
    assert Trace(trace.layers).outputs == [trace.layers[-1]]
    for count in (1, 2):
        with pytest.raises(InputError, match="heads"):
            Network([Dense(3, input_shape=(2,)), Dense(3)][:count], heads=2)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_inputs_gradient_is_computed_only_when_it_is_wanted(depth: int) -> None:
    layers = [Dense(3, "tanh", input_shape=(3,)), Dense(3, "tanh"), Dense(3)][:depth]
    network = Network(layers, dtype=np.float64)
    _, trace = network.forward(np.ones((2, 3)))
    without = network.backward(trace, np.ones((2, 3)))
    wanted = network.backward(trace, np.ones((2, 3)), input_gradient=True)
    assert without.input is None
    assert wanted.input is not None
    np.testing.assert_array_equal(without.flat, wanted.flat)


def test_a_row_of_numbers_fits_an_input_of_two_axes() -> None:
    network = Network([Dense(2, input_shape=(4, 3))])
    x = np.random.default_rng(0).random((5, 4, 3), np.float32)
    np.testing.assert_array_equal(network(x.reshape(5, 12)), network(x))


def test_weights_decay_and_biases_do_not() -> None:
    network = Network([Dense(2, input_shape=(3,)), Dense(1)])
    assert network.weight_slices() == [slice(0, 6), slice(8, 10)]


def test_a_network_from_its_description_begins_as_one_that_was_built() -> None:
    network = Network([Dense(2, input_shape=(3,)), Dense(1)])
    made = Network.from_json(network.to_json())
    np.testing.assert_array_equal(made.parameters, network.parameters)

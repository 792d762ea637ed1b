"""Each input's part of a number: they add up, and are the integral that they are said to be."""

import numpy as np
import pytest

from nnviz import models, problems
from nnviz.explain.contributions import PIECES, bends, trace_number
from nnviz.features import NumberOutput
from nnviz.layers import Dense, Dropout
from nnviz.network import Network


def rows(count: int) -> np.ndarray:
    house = problems.get("houses")
    return house.examples("test", house.outputs).inputs[:count]


@pytest.mark.parametrize("name", ["houses-mlp", "houses-linear"])
def test_the_parts_add_up_to_what_a_house_says_beyond_the_average_one(name: str) -> None:
    model = models.load(name)
    (price,) = model.outputs
    assert isinstance(price, NumberOutput)
    average = float(model.network(np.zeros((1, 8), np.float32))[0, 0])
    for x in rows(40):
        found = trace_number(model.network, x)
        assert found.average == pytest.approx(average, abs=1e-5)
        assert found.a == pytest.approx(float(model.network(x[None])[0, 0]), abs=1e-5)
        assert found.average + found.parts.sum() == pytest.approx(found.a, abs=1e-9)


def test_a_straight_line_gives_each_input_its_weight_times_its_value() -> None:
    network, x = models.load("houses-linear").network, rows(1)[0]
    wanted = network.layers[0].params["W"][:, 0] * x
    np.testing.assert_allclose(trace_number(network, x).parts, wanted, atol=1e-6)


def test_the_parts_are_the_integral_of_the_slopes() -> None:
    network = Network(
        [Dense(5, "relu", input_shape=(3,)), Dropout(0.5), Dense(4, "relu"), Dense(1)],
        rng=2,
        dtype=np.float64,
    )
    network.parameters += 0.1
    x, fine, step = np.array([1.5, -2.0, 0.7]), 20_000, 1e-6
    assert len(bends(network, x)) > 2  # else there is nothing to integrate over
    way = ((np.arange(fine) + 0.5) / fine)[:, None] * x
    for i in range(3):
        moved = np.eye(3)[i] * step
        slopes = (network(way + moved) - network(way - moved)) / (2 * step)
        assert trace_number(network, x).parts[i] == pytest.approx(
            x[i] * slopes.mean(), rel=1e-3, abs=1e-4
        )


def test_curved_activations_are_followed_in_even_pieces() -> None:
    network = Network([Dense(4, "tanh", input_shape=(2,)), Dense(1)], rng=3, dtype=np.float64)
    x = np.array([2.0, -1.0])
    assert len(bends(network, x)) == PIECES + 1
    found = trace_number(network, x)
    assert found.average + found.parts.sum() == pytest.approx(found.a, abs=1e-4)
    wide = Network([Dense(300, "relu", input_shape=(2,)), Dense(1)], rng=3)
    assert len(bends(wide, x)) == PIECES + 1


def test_of_up_to_two_hundred_units_every_bend_is_found_and_of_more_200_pieces_are_taken() -> None:
    x = np.array([1.0, -2.0])
    for hidden, exact in ((199, True), (200, False)):
        network = Network([Dense(hidden, "relu", input_shape=(2,)), Dense(1)], dtype=np.float64)
        network.layers[0].params["b"][...] = 0  # from 0 on a straight line: no bend on the way
        places = bends(network, x)
        np.testing.assert_array_equal(places, [0, 1] if exact else np.linspace(0, 1, 201))

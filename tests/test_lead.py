"""A lead shared out among the pixels: slopes are derivatives, and the parts add up."""

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.edits import BiasEdit, OffEdit, apply
from nnviz.errors import InputError
from nnviz.explain.lead import after_rows, lead_slopes, trace_lead
from nnviz.layers import LSTM, Dense
from nnviz.network import Network
from tests.gradients import assert_close, central_differences
from tests.test_one_step import NETWORKS, network_of


def digit(index: int = 3) -> np.ndarray:
    return mnist.load().test.images[index].ravel() / 255


def lead_of(network: Network, image: np.ndarray, first: int, second: int) -> float:
    """``z_first − z_second`` by a forward pass alone."""
    _, trace = network.forward(image[None])
    z = trace.output.z[0]
    return float(z[first] - z[second])


@pytest.mark.parametrize("name", NETWORKS)
def test_slopes_are_the_derivatives_of_the_lead(name: str) -> None:
    network, image = network_of(name), digit()
    slopes = lead_slopes(network, image[None], 4, 9).ravel()
    some = np.array([300, 406, 407, 500])
    values = image[some]

    def lead() -> float:
        moved = image.copy()
        moved[some] = values
        return lead_of(network, moved, 4, 9)

    assert_close(slopes[some], central_differences(lead, values))


@pytest.mark.parametrize("name", models.DIGITS)
@pytest.mark.parametrize("edited", [False, True])
def test_the_parts_and_blank_paper_add_up_to_the_lead(name: str, edited: bool) -> None:
    network = models.load(name).network
    if edited:
        network = apply(network, [OffEdit("output", 4), BiasEdit("output", 1, shift=2.5)])
    for index, (first, second) in enumerate([(7, 1), (2, 9), (1, 7), (0, 4)]):
        image = digit(index).astype(np.float32)
        found = trace_lead(network, image, first, second)
        assert found.pixels.shape == network.input_shape
        assert found.lead == pytest.approx(lead_of(network, image, first, second), rel=1e-4)
        assert found.blank == pytest.approx(lead_of(network, 0 * image, first, second), rel=1e-4)
        whole = abs(found.lead) + abs(found.blank) + np.abs(found.pixels).sum()
        assert abs(found.blank + found.pixels.sum() - found.lead) < 0.01 * whole


def test_a_network_without_hidden_layers_is_shared_out_exactly() -> None:
    network = Network([Dense(10, "softmax", input_shape=(784,))], rng=1, dtype=np.float64)
    image, weights = digit(), network.named_parameters()["dense1/W"]
    found = trace_lead(network, image, 7, 1)
    np.testing.assert_allclose(found.pixels, (weights[:, 7] - weights[:, 1]) * image, atol=1e-12)


def test_paper_has_no_part_and_the_other_way_round_every_sign_changes() -> None:
    network, image = network_of("dense"), digit()
    found, other = trace_lead(network, image, 7, 1), trace_lead(network, image, 1, 7)
    assert not found.pixels[image == 0].any()
    np.testing.assert_allclose(found.pixels, -other.pixels)
    assert found.lead == pytest.approx(-other.lead)


def test_the_second_head_s_slopes_are_the_derivatives_of_its_lead() -> None:
    layers = [
        Dense(7, "sigmoid", input_shape=(784,)),
        Dense(10, "softmax", name="digit"),
        Dense(3, "softmax", name="loops"),
    ]
    network, image = Network(layers, rng=4, dtype=np.float64, heads=2), digit()
    slopes = lead_slopes(network, image[None], 2, 0, head=1).ravel()
    some = np.array([300, 406, 500])
    values = image[some]

    def lead() -> float:
        moved = image.copy()
        moved[some] = values
        _, trace = network.forward(moved[None])
        return float(trace.outputs[1].z[0, 2] - trace.outputs[1].z[0, 0])

    assert_close(slopes[some], central_differences(lead, values))
    found = trace_lead(network, image, 2, 0, head=1)
    assert found.lead == pytest.approx(lead())


def test_after_some_rows_it_is_the_lead_of_the_state_that_was_come_to() -> None:
    network = models.load("lstm").network
    image = ink.to_input(mnist.load().test.images[0])
    found = trace_lead(after_rows(network, 12), image[:12], 5, 2)
    _, trace = network.forward(image[None])
    weights = network.named_parameters()
    states = network.layers[0].shown(trace.layers[0])["a"]
    assert isinstance(states, np.ndarray)
    z = states[0, 11] @ weights["output/W"] + weights["output/b"]
    assert found.lead == pytest.approx(z[5] - z[2], rel=1e-4)
    assert found.pixels.shape == (12, 28)
    assert found.blank + found.pixels.sum() == pytest.approx(found.lead, abs=0.2)


@pytest.mark.parametrize(("name", "rows"), [("lstm", 0), ("lstm", 29), ("cnn", 12)])
def test_only_what_reads_rows_has_read_some(name: str, rows: int) -> None:
    with pytest.raises(InputError, match="rows"):
        after_rows(models.load(name).network, rows)


def test_a_network_of_rows_answers_after_one_and_after_all_of_them() -> None:
    network = Network([LSTM(4, input_shape=(6, 3)), Dense(2, "softmax")])
    x = np.random.default_rng(0).random((1, 6, 3), np.float32)
    for rows in (1, 6):
        np.testing.assert_array_equal(after_rows(network, rows)(x[:, :rows]).shape, (1, 2))
    np.testing.assert_array_equal(after_rows(network, 6)(x), network(x))
    for wrong in (0, 7):
        with pytest.raises(InputError, match="1 to 6 rows"):
            after_rows(network, wrong)

"""Edits of a network: each against its equation, none touching the network it is made on."""

import numpy as np
import pytest

from nnviz import edits, models
from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.network import Network

X = np.random.default_rng(5).random((3, 784), np.float32)


def network(name: str = "mlp-sigmoid") -> Network:
    return models.load(name).network


def parameters(name: str, made: list[edits.Edit]) -> tuple[dict, dict]:
    """All parameters before and after."""
    original = network(name)
    before = {key: array.copy() for key, array in original.named_parameters().items()}
    after = edits.apply(original, made).named_parameters()
    for key, array in original.named_parameters().items():
        np.testing.assert_array_equal(array, before[key])
    return before, after


def changed(before: dict, after: dict) -> dict[str, int]:
    """How many numbers differ, by parameter."""
    counts = {key: int((before[key] != after[key]).sum()) for key in before}
    return {key: count for key, count in counts.items() if count}


def test_without_edits_it_is_the_network_itself() -> None:
    assert edits.apply(network(), []) is network()


def test_single_weights_are_set() -> None:
    before, after = parameters(
        "mlp-sigmoid", [edits.WeightsEdit("hidden1", 3, inputs=[0, 400], values=[1.5, -2])]
    )
    assert changed(before, after) == {"hidden1/W": 2}
    assert after["hidden1/W"][[0, 400], 3].tolist() == [1.5, -2]


def test_a_filter_s_weights_count_through_its_window() -> None:
    before, after = parameters("cnn", [edits.WeightsEdit("conv2", 5, inputs=[9], values=[7])])
    shape = before["conv2/W"].shape
    assert changed(before, after) == {"conv2/W": 1}
    assert after["conv2/W"][np.unravel_index(9, shape[:3])][5] == 7


@pytest.mark.parametrize(("gate", "columns"), [("f", [64 + 2]), (None, [2, 66, 130, 194])])
def test_a_gate_is_a_unit_of_its_own(gate: str | None, columns: list[int]) -> None:
    before, after = parameters(
        "lstm", [edits.BiasEdit("lstm", 2, gate, 0.5), edits.ScaleEdit("lstm", 2, gate, 2)]
    )
    for key in ("lstm/W", "lstm/U"):
        np.testing.assert_array_equal(after[key][:, columns], 2 * before[key][:, columns])
    assert (after["lstm/b"] - before["lstm/b"])[columns] == pytest.approx(0.5)
    assert changed(before, after)["lstm/b"] == len(columns)


def test_weights_are_scaled_and_the_bias_moved() -> None:
    before, after = parameters(
        "mlp-relu",
        [edits.ScaleEdit("hidden2", 1, factor=-3), edits.BiasEdit("hidden2", 1, shift=2)],
    )
    np.testing.assert_array_equal(after["hidden2/W"][:, 1], -3 * before["hidden2/W"][:, 1])
    assert after["hidden2/b"][1] == before["hidden2/b"][1] + 2
    assert changed(before, after) == {"hidden2/W": 16, "hidden2/b": 1}


@pytest.mark.parametrize(
    ("name", "layer", "unit"),
    [
        ("mlp-sigmoid", "hidden1", 4),
        ("mlp-relu", "hidden2", 4),
        ("mlp-sigmoid", "output", 9),
        ("cnn", "conv1", 3),
        ("lstm", "lstm", 40),
    ],
)
def test_a_unit_that_is_off_is_zero_for_any_input(name: str, layer: str, unit: int) -> None:
    edited = edits.apply(network(name), [edits.OffEdit(layer, unit)])
    _, trace = edited.forward(100 * X - 50)
    position = [each.name for each in edited.layers].index(layer)
    shown = edited.layers[position].shown(trace.layers[position])["a"]
    assert isinstance(shown, np.ndarray)
    assert np.abs(shown[..., unit]).max() < 1e-38
    assert np.isfinite(shown).all()


KERNELS = {
    "mlp-sigmoid": ["hidden1/W", "hidden2/W", "output/W"],
    "cnn": ["conv1/W", "conv2/W", "output/W"],
    "lstm": ["lstm/W", "lstm/U", "output/W"],
}


@pytest.mark.parametrize("name", KERNELS)
def test_pruning_takes_the_smallest_weights_of_each_kernel(name: str) -> None:
    before, after = parameters(name, [edits.PruneEdit(share=0.25)])
    for key in KERNELS[name]:
        gone = (after[key] == 0) & (before[key] != 0)
        assert (after[key] == 0).sum() == round(0.25 * before[key].size)
        assert (
            np.abs(before[key][gone]).max() <= np.abs(before[key][~gone & (after[key] != 0)]).min()
        )
    assert set(changed(before, after)) == set(KERNELS[name])


def test_exactly_the_smallest_weights_are_pruned() -> None:
    """For many counts, of so many weights that they are not sorted on the way."""
    made = Network([Dense(40, "tanh", input_shape=(30,))], rng=2)
    sizes = np.sort(np.abs(made.layers[0].params["W"]), axis=None)
    for count in (*range(0, 1200, 9), 1, 2, 1199, 1200):
        pruned = edits.apply(made, [edits.PruneEdit(share=count / 1200)]).layers[0].params["W"]
        left = np.sort(np.abs(pruned), axis=None)
        np.testing.assert_array_equal(left, np.where(np.arange(1200) < count, 0, sizes))


def test_noise_is_added_to_the_weights() -> None:
    before, after = parameters("mlp-sigmoid", [edits.NoiseEdit("hidden2", 0.5, 7)])
    w = before["hidden2/W"]
    drawn = np.random.default_rng(7).standard_normal(w.shape, np.float32)
    np.testing.assert_allclose(after["hidden2/W"], w + 0.5 * w.std() * drawn, rtol=1e-5)


@pytest.mark.parametrize("name", KERNELS)
def test_noise_is_added_to_every_kernel_in_turn(name: str) -> None:
    before, after = parameters(name, [edits.NoiseEdit(amount=0.1, seed=2)])
    rng = np.random.default_rng(2)
    for key in KERNELS[name]:
        w = before[key]
        noise = 0.1 * w.std() * rng.standard_normal(w.shape, np.float32)
        np.testing.assert_allclose(after[key], w + noise, rtol=1e-4, atol=1e-7)
    assert set(changed(before, after)) == set(KERNELS[name])


@pytest.mark.parametrize(
    ("name", "layer", "unit", "shut"),
    [
        ("lstm", "lstm", 5, 3 * 64 + 5),
        ("mlp-sigmoid", "output", 4, 4),
        ("mlp-relu", "hidden2", 4, None),
    ],
)
def test_what_is_off_has_no_weights_and_a_bias_that_shuts(
    name: str, layer: str, unit: int, shut: int | None
) -> None:
    before, after = parameters(name, [edits.OffEdit(layer, unit)])
    bias = before[f"{layer}/b"].copy()
    bias[unit::64] = 0
    if shut is not None:
        bias[shut] = -500
    np.testing.assert_array_equal(after[f"{layer}/b"], bias)
    for key in set(before) & {f"{layer}/W", f"{layer}/U"}:
        assert not after[key][:, unit::64].any()


def test_before_each_edit_it_is_asked_whether_to_go_on() -> None:
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise TimeoutError

    made = [edits.TemperatureEdit(2.0)] * 2
    edits.apply(network(), made, check)
    assert len(asked) == 2
    with pytest.raises(TimeoutError):
        edits.apply(network(), made, check)


def test_noise_has_the_size_asked_for_and_comes_from_its_seed() -> None:
    before, after = parameters("mlp-wide", [edits.NoiseEdit(amount=0.5, seed=3)])
    difference = after["hidden1/W"] - before["hidden1/W"]
    assert difference.std() == pytest.approx(0.5 * before["hidden1/W"].std(), rel=0.02)
    assert set(changed(before, after)) == {"hidden1/W", "hidden2/W", "output/W"}
    again = parameters("mlp-wide", [edits.NoiseEdit(amount=0.5, seed=3)])[1]
    other = parameters("mlp-wide", [edits.NoiseEdit(amount=0.5, seed=4)])[1]
    np.testing.assert_array_equal(again["hidden1/W"], after["hidden1/W"])
    assert (other["hidden1/W"] != after["hidden1/W"]).mean() > 0.99


@pytest.mark.parametrize("name", KERNELS)
def test_temperature_divides_what_softmax_is_given(name: str) -> None:
    _, cool = network(name).forward(X)
    hot = edits.apply(network(name), [edits.TemperatureEdit(4.0)]).forward(X)[0]
    z = cool.output.z.astype(float) / 4
    expected = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(hot, expected, rtol=1e-5)


def test_edits_are_made_in_their_order() -> None:
    set_then_scaled = [
        edits.WeightsEdit("output", 0, None, [0], [1.0]),
        edits.ScaleEdit("output", 0, None, 2),
    ]
    assert parameters("mlp-sigmoid", set_then_scaled)[1]["output/W"][0, 0] == 2
    assert parameters("mlp-sigmoid", set_then_scaled[::-1])[1]["output/W"][0, 0] == 1


@pytest.mark.parametrize(
    ("name", "edit", "code", "words"),
    [
        ("mlp-sigmoid", edits.OffEdit("hidden9", 0), "unknown_layer", "hidden1, hidden2, output"),
        ("cnn", edits.OffEdit("pool1", 0), "unknown_layer", "conv1, conv2, output"),
        ("mlp-sigmoid", edits.OffEdit("hidden1", 16), "out_of_range", "0 to 15; got 16"),
        ("cnn", edits.BiasEdit("conv1", 8), "out_of_range", "0 to 7; got 8"),
        ("mlp-sigmoid", edits.BiasEdit("hidden1", 1, "f"), "out_of_range", "no gate"),
        ("lstm", edits.OffEdit("lstm", 1, "f"), "out_of_range", "whole unit"),
        ("lstm", edits.WeightsEdit("lstm", 1), "wrong_shape", "gate"),
        (
            "mlp-sigmoid",
            edits.WeightsEdit("output", 0, None, [16], [1.0]),
            "out_of_range",
            "0 to 15; got 16",
        ),
        ("mlp-sigmoid", edits.WeightsEdit("output", 0, None, [1], []), "wrong_shape", "1 inputs"),
        ("mlp-sigmoid", edits.PruneEdit("hidden9", 0.5), "unknown_layer", "hidden9"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(
    name: str, edit: edits.Edit, code: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        edits.apply(network(name), [edit])
    assert caught.value.code == code


def test_weights_that_would_be_infinite_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        edits.apply(network(), [edits.ScaleEdit("output", 0, None, 1000.0)] * 20)
    assert caught.value.code == "not_finite"

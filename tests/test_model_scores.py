"""How brightly layers are shown, what a part's scores are called, whose problem a model learned."""

from pathlib import Path

import numpy as np
import pytest

from nnviz import problems
from nnviz.features import ClassOutput
from nnviz.layers import Dense
from nnviz.models import scores as model_scores
from nnviz.models.model_file import Model
from nnviz.network import Network
from nnviz.problems import Examples
from tests.test_table import LINES, recipe, written

# 3 units without a bound, then 2 and 2 that have one.
NETWORK = Network([Dense(3, "linear", input_shape=(4,)), Dense(2, "tanh"), Dense(2, "softmax")], 0)
X = np.random.default_rng(0).normal(size=(500, 4)).astype(np.float32)


def shown(x: np.ndarray) -> float:
    """Below it are 995 in 1,000 of the sizes of the linear layer's values, but for those of 0."""
    sizes = np.sort(np.abs(NETWORK.forward(x)[1].layers[0].a).ravel())
    sizes = sizes[sizes > 0]
    place = 0.995 * (len(sizes) - 1)
    low = int(place)
    return float(sizes[low] + (place - low) * (sizes[min(low + 1, len(sizes) - 1)] - sizes[low]))


def test_a_layer_without_a_bound_is_shown_up_to_all_but_the_largest() -> None:
    found = model_scores.exposures(NETWORK, X)
    assert found == (pytest.approx(shown(X), abs=0.0051), 1.0, 1.0)
    assert round(found[0], 2) == found[0]
    assert model_scores.PROBE == 2000


@pytest.mark.parametrize("numbers", [3 * 100, 3 * 100 + 2])
def test_no_more_activations_are_gathered_than_fit(
    monkeypatch: pytest.MonkeyPatch, numbers: int
) -> None:
    x = X * np.repeat([1, 10, 100], [70, 30, 400])[:, None]  # the further, the brighter
    expected = model_scores.exposures(NETWORK, x[:100])
    monkeypatch.setattr(model_scores, "GATHERED_BYTES", 4 * numbers)
    assert model_scores.exposures(NETWORK, x) == expected


def test_of_one_unit_as_many_samples_are_read_as_there_are_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = Network([Dense(1, input_shape=(1,))], None)
    network.layers[0].params["W"][:] = 1
    monkeypatch.setattr(model_scores, "GATHERED_BYTES", 4 * 2)
    assert model_scores.exposures(network, np.array([[1.0], [3.0], [9.0]])) == (2.99,)


def test_values_of_nothing_count_for_nothing_and_all_of_them_are_shown_up_to_1() -> None:
    network = Network([Dense(1, input_shape=(1,))], None)
    assert model_scores.exposures(network, np.ones((5, 1))) == (1.0,)
    network.layers[0].params["W"][:] = 1
    silent = np.repeat([0.0, 2.0, 4.0], [2000, 2, 1])[:, None]
    assert model_scores.exposures(network, silent) == (3.98,)


def test_bytes_are_read_as_shares_of_ink_and_the_largest_output_is_the_answer() -> None:
    images = np.random.default_rng(1).integers(0, 256, (6, 4), np.uint8)
    a = NETWORK(images.astype(np.float32) / 255)
    assert model_scores.predictions(NETWORK, images).tolist() == a.argmax(axis=1).tolist()
    labels = np.array([0, 1, 0, 1, 0, 1])
    examples = Examples(images, {"which": labels})
    found = model_scores.shares(NETWORK, [ClassOutput("which", ("a", "b"))], examples, "test")
    assert found == ({"test": float((a.argmax(axis=1) == labels).mean())}, {})


def test_a_model_of_a_table_learned_that_table_and_any_other_its_problem(tmp_path: Path) -> None:
    target = {"name": "price"}
    own = recipe(written(tmp_path, LINES), target, {"units": 1}, "mean_squared_error")
    model = Model("own", "Own", NETWORK, own, problem="table")
    assert [each.name for each in model_scores.posed(model).features] == ["area", "town"]
    houses = Model("houses", "Houses", NETWORK, problem="houses")
    assert model_scores.posed(houses) is problems.get("houses")

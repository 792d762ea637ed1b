"""The problems: what their parts are, and that what they say of themselves is so."""

import numpy as np
import pytest

from nnviz import models, problems
from nnviz.datasets import table
from nnviz.errors import InputError
from nnviz.features import NumberOutput, encode
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.problems import PROBLEMS, Houses
from nnviz.problems.houses import FILE

HOUSES = Houses()


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=lambda problem: problem.id)
def test_the_parts_are_as_large_as_they_are_said_to_be(problem: problems.Problem) -> None:
    for split, size in problem.data.sizes.items():
        examples = problem.examples(split, problem.outputs[:1])
        assert len(examples) == size
        assert examples.targets[problem.outputs[0].name].shape[0] == size
        assert np.prod(examples.inputs.shape[1:]) == np.prod(problem.input.shape)


def test_there_is_no_other_problem() -> None:
    with pytest.raises(InputError, match="digits, houses, pen; got 'cats'"):
        problems.get("cats")


def test_the_houses_of_the_test_part_are_a_fixed_fifth_of_those_up_to_4000_square_feet() -> None:
    values = table.read(HOUSES.table)
    area, price = values["living_area_sqft"], values["sale_price_usd"]
    assert len(area) == 2930
    kept = area <= 4000
    assert kept.sum() == 2925
    order = np.random.default_rng(0).permutation(2925)
    examples = HOUSES.examples("test", HOUSES.outputs)
    (output,) = HOUSES.outputs
    assert isinstance(output, NumberOutput)
    np.testing.assert_allclose(
        output.value(examples.targets["sale_price_usd"][:, 0]), price[kept][order[:585]], atol=0.1
    )
    learned = price[kept][order[1170:]]
    assert (output.mean, output.sd) == (pytest.approx(learned.mean()), pytest.approx(learned.std()))


def test_a_house_of_the_file_is_read_as_the_model_reads_its_features() -> None:
    model = models.load("houses-mlp")
    row = dict(zip(*[line.split(",") for line in FILE.read_text().splitlines()[:2]], strict=True))
    given = {feature.name: float(row[feature.name]) for feature in model.features}
    x = encode(model.features, given)
    assert x[0] == pytest.approx((1656 - model.features[0].mean) / model.features[0].sd)
    everything = np.concatenate(
        [HOUSES.examples(split, HOUSES.outputs).inputs for split in HOUSES.data.sizes]
    )
    assert (np.abs(everything - x).max(axis=1) < 1e-6).any()


@pytest.mark.parametrize(
    ("name", "r_squared", "error"), [("houses-mlp", 0.88, 18_400), ("houses-linear", 0.8, 23_500)]
)
def test_a_house_model_is_as_near_as_its_file_says(
    name: str, r_squared: float, error: float
) -> None:
    model = models.load(name)
    assert (model.features, model.outputs) == (HOUSES.features, HOUSES.outputs)
    examples = HOUSES.examples("test", model.outputs)
    (output,) = model.outputs
    assert isinstance(output, NumberOutput)
    told, true = (
        output.value(values[:, 0])
        for values in (model.network(examples.inputs), examples.targets["sale_price_usd"])
    )
    found = 1 - ((told - true) ** 2).sum() / ((true - true.mean()) ** 2).sum()
    assert model.scores["test"] == pytest.approx(found, abs=1e-6)
    assert model.scores["test_mae"] == pytest.approx(np.abs(told - true).mean(), rel=1e-5)
    assert found >= r_squared
    assert model.scores["test_mae"] <= error


def test_the_linear_model_is_that_of_least_squares() -> None:
    network = models.load("houses-linear").network
    examples = HOUSES.examples("train", HOUSES.outputs)
    x = np.c_[examples.inputs.astype(float), np.ones(len(examples))]
    weights, *_ = np.linalg.lstsq(x, examples.targets["sale_price_usd"].astype(float), rcond=None)
    found = np.r_[network.layers[0].params["W"], network.layers[0].params["b"][None]]
    np.testing.assert_allclose(found, weights, atol=1e-5)


def test_an_output_of_another_size_is_none_of_the_problems() -> None:
    with pytest.raises(InputError, match="with 1 units for 'sale_price_usd'"):
        HOUSES.outputs_of(Network([Dense(2, input_shape=(8,))]))
    with pytest.raises(InputError, match="with 10 units for 'digit'"):
        problems.get("digits").outputs_of(Network([Dense(9, "softmax", input_shape=(784,))]))

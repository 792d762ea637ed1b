"""The problems: what their parts are, and that what they say of themselves is so."""

import numpy as np
import pytest

from nnviz import models, problems
from nnviz.datasets import table, unipen
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.features import NumberOutput, encode
from nnviz.ink import loops, movement
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.problems import PROBLEMS, Houses, Pen
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


PEN = Pen()
NONE = AugmentationSettings(
    rotation=0, scale=0, shear=0, shift=0, elastic=0, thickness=0, reversal=0
)


def test_no_writer_is_in_two_parts_of_the_pen_movements() -> None:
    writers = [
        {drawing.writer for drawing in PEN.examples(split, PEN.outputs).drawings}
        for split in PEN.data.sizes
    ]
    assert [len(part) for part in writers] == [81, 20, 20]
    assert len(set.union(*writers)) == 121
    assert sum(PEN.data.sizes.values()) == len(unipen.load()) == 2673


def test_a_drawing_of_the_file_is_read_as_a_visitor_s_is() -> None:
    examples = PEN.examples("test", PEN.outputs)
    for place in (0, 100, 500):
        drawing = examples.drawings[place]
        strokes = np.split(drawing.points, np.cumsum(drawing.sizes)[:-1])
        drawn = PEN.drawn([stroke.tolist() for stroke in strokes])
        np.testing.assert_allclose(examples.inputs[place], drawn, atol=1e-3)
        assert examples.targets["digit"][place] == drawing.label


def test_without_amounts_a_variant_of_a_movement_is_the_movement() -> None:
    examples = PEN.examples("validation", PEN.outputs)[np.arange(20)]
    (same,) = PEN.variants(examples, 1, np.random.default_rng(0), NONE)
    np.testing.assert_allclose(same.inputs, examples.inputs, atol=1e-5)
    assert same.targets is examples.targets


@pytest.mark.parametrize("amount", [{"rotation": 15}, {"scale": 0.2}, {"shear": 0.3}])
def test_a_variant_of_a_movement_is_another_of_the_same_strokes(amount: dict) -> None:
    settings = AugmentationSettings(**{**NONE.to_json(), **amount})
    examples = PEN.examples("validation", PEN.outputs)[np.arange(20)]
    one, other = PEN.variants(examples, 2, np.random.default_rng(0), settings)
    for varied in (one, other):
        change = np.abs(varied.inputs[:, :, :2] - examples.inputs[:, :, :2])
        assert 0.01 < change.mean() < 0.3
    assert (one.inputs != other.inputs).any()


def test_reversed_strokes_pass_the_same_places() -> None:
    settings = AugmentationSettings(**{**NONE.to_json(), "reversal": 1.0})
    examples = PEN.examples("validation", PEN.outputs)[np.arange(20)]
    (varied,) = PEN.variants(examples, 1, np.random.default_rng(0), settings)
    for was, now in zip(examples.inputs, varied.inputs, strict=True):
        places = now[now[:, 4] == 0][:, None, :2]
        nearest = np.hypot(*np.moveaxis(places - was[None, :, :2], 2, 0)).min(axis=1)
        assert np.median(nearest) < 0.1
    assert (
        np.abs(varied.inputs[:, 0, :2] - examples.inputs[:, 0, :2]).max(axis=1) > 0.2
    ).mean() > 0.8


def test_what_pixels_have_and_movements_have_not_is_refused() -> None:
    examples = PEN.examples("validation", PEN.outputs)[np.arange(5)]
    with pytest.raises(InputError, match="shift, elastic and thickness 0"):
        list(PEN.variants(examples, 1, np.random.default_rng(0), AugmentationSettings()))
    with pytest.raises(InputError, match="no augmentation of house prices"):
        HOUSES.vary(NONE, 0)
    with pytest.raises(InputError, match="features for house prices; got strokes"):
        HOUSES.drawn([[[0.5, 0.5]]])
    assert PEN.input.shape[0] == movement.STEPS


def test_the_two_headed_model_is_as_good_as_its_file_says() -> None:
    model, digits = models.load("mlp-two-heads"), problems.get("digits")
    assert model.outputs == digits.outputs
    examples = digits.examples("test", model.outputs)
    for output, a, promised in zip(
        model.outputs,
        model.network.predict_all(examples.inputs / np.float32(255)),
        (0.955, 0.89),
        strict=True,
    ):
        part = "mnist_test" if output.name == "digit" else "mnist_test_loops"
        share = float(np.mean(a.argmax(axis=1) == examples.targets[output.name]))
        assert model.accuracy[part] == pytest.approx(share, abs=1e-4)
        assert share >= promised


def test_loops_of_variants_are_counted_anew() -> None:
    digits = problems.get("digits")
    examples = digits.examples("validation", digits.outputs)[np.arange(300)]
    thick = AugmentationSettings(thickness=1)
    (varied,) = digits.variants(examples, 1, np.random.default_rng(0), thick)
    assert varied.targets["digit"] is examples.targets["digit"]
    np.testing.assert_array_equal(varied.targets["loops"], loops.count(varied.inputs))
    assert (varied.targets["loops"] != examples.targets["loops"]).any()


def test_the_pen_model_reads_writers_that_it_has_never_seen() -> None:
    model, examples = models.load("pen-lstm"), PEN.examples("test", PEN.outputs)
    right = float(np.mean(model.network(examples.inputs).argmax(1) == examples.targets["digit"]))
    assert model.network.parameter_count == 5_194
    assert model.accuracy["test"] == pytest.approx(right, abs=1e-4)
    assert right >= 0.97

"""Problems by JSON: what there is, a house by its features, a pen's way by its strokes."""

from typing import Any

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient
from safetensors.numpy import load

from nnviz import models, problems
from nnviz.datasets import mnist
from nnviz.features import NumberOutput, encode
from nnviz.ink import loops, movement
from nnviz.recipe.cost import Cost
from nnviz.recipe.shipped import RECIPES
from nnviz.web.schemas.models import ModelDescription, ModelList
from nnviz.web.schemas.problems import ProblemList
from nnviz.web.schemas.reading.evaluations import NumberEvaluation
from nnviz.web.schemas.reading.given import HOUSE
from nnviz.web.schemas.reading.readings import FeaturesReading, MovementReading, Reading
from nnviz.web.schemas.reading.reasons import ContributionsObject
from tests import recompute
from tests.web.test_api import SEVEN, assert_problem

ROUTE = "/api/models/houses-mlp"
GIVEN = {
    "mlp-two-heads": {"strokes": SEVEN},
    "houses-mlp": {"features": HOUSE},
    "houses-linear": {"features": HOUSE},
    "pen-lstm": {"strokes": SEVEN},
}


def test_every_problem_says_what_goes_in_and_out_and_names_its_models(client: FlaskClient) -> None:
    found = msgspec.convert(client.get("/api/problems").json, ProblemList).problems
    by_id = {problem.id: problem for problem in found}
    assert list(by_id) == ["digits", "houses", "pen"]
    assert [problem.measure.name for problem in found] == ["accuracy", "r_squared", "accuracy"]
    assert [feature.name for feature in by_id["houses"].input.features] == list(HOUSE)
    listed = msgspec.convert(client.get("/api/models").json, ModelList).models
    for problem in found:
        assert problem.models == [each.id for each in listed if each.problem == problem.id]
        assert problem.models
        assert problem.data.licence
        for model_id in problem.models:
            model = msgspec.convert(client.get(f"/api/models/{model_id}").json, ModelDescription)
            assert (model.problem, model.outputs[0].name) == (
                problem.id,
                problem.outputs[0].name,
            )


@pytest.mark.parametrize("name", GIVEN)
def test_every_number_can_be_recomputed_from_the_weights(client: FlaskClient, name: str) -> None:
    reading = client.post(f"/api/models/{name}/activations", json=GIVEN[name]).json
    weights = load(client.get(f"/api/models/{name}/weights").data)
    description = client.get(f"/api/models/{name}").json
    expected = recompute.layers(reading, description, weights)
    for layer, values in zip(reading["layers"], expected, strict=True):
        assert list(values["a"].shape) == layer["shape"]
        for part in ("z", "a"):
            shown = np.reshape(layer[part], layer["shape"])
            np.testing.assert_allclose(shown, values[part], rtol=1e-4, atol=1e-4)
        for gate, numbers in layer.get("gates", {}).items():
            shown = np.reshape(numbers, layer["shape"])
            np.testing.assert_allclose(shown, values["gates"][gate], rtol=1e-4, atol=1e-5)
    answers = expected[-len(reading["outputs"]) :]
    for output, answer in zip(reading["outputs"], answers, strict=True):
        if output["kind"] == "classes":
            np.testing.assert_allclose(output["probabilities"], answer["a"], atol=1e-5)
            assert output["prediction"] == int(np.argmax(answer["a"]))
    assert reading["prediction"] == reading["outputs"][0]["prediction"]
    kinds = {"houses": FeaturesReading, "pen": MovementReading, "digits": Reading}
    msgspec.convert(reading, kinds[description["problem"]])


def test_the_pen_s_way_is_told_step_by_step(client: FlaskClient) -> None:
    reading = client.post("/api/models/pen-lstm/activations", json={"strokes": SEVEN}).json
    assert reading["input"]["shape"] == [48, 5]
    told = np.reshape(reading["input"]["steps"], (48, 5))
    np.testing.assert_allclose(told, movement.from_strokes(SEVEN), atol=1e-6)
    assert reading["prediction"] == 7
    blank = client.post("/api/models/pen-lstm/activations", json={"strokes": []}).json
    assert blank["prediction"] is None
    assert blank["outputs"][0]["prediction"] is None
    refused = client.post("/api/models/pen-lstm/activations", json={"pixels": [0.0] * 784})
    assert_problem(refused, 422, "missing_drawing")
    image = client.post("/api/models/pen-lstm/activations", data=b"x", content_type="image/png")
    assert_problem(image, 415, "unsupported_media_type")


def test_two_heads_tell_digit_and_loops(client: FlaskClient) -> None:
    model = client.get("/api/models/mlp-two-heads").json
    assert [output["name"] for output in model["outputs"]] == ["digit", "loops"]
    test = mnist.load().test
    right = []
    for image, label in zip(test.images[:30], test.labels[:30], strict=True):
        body = {"pixels": (image / 255).ravel().tolist()}
        reading = client.post("/api/models/mlp-two-heads/activations", json=body).json
        told = [output["prediction"] for output in reading["outputs"]]
        right.append([told[0] == label, told[1] == loops.count(image[None])[0]])
    assert np.mean(right, axis=0).min() > 0.8
    found = client.post("/api/models/mlp-two-heads/evaluation", json={}).json
    for part, share in found["scores"].items():
        assert share == pytest.approx(model["accuracy"][part], abs=1e-4)
    assert set(found["scores"]) == {"mnist_test", "mnist_test_loops"}
    step = {"pixels": body["pixels"], "label": 8}
    nudges = client.post("/api/models/mlp-two-heads/step", json=step).json["nudges"]
    assert [nudge["name"] for nudge in nudges] == ["input", "hidden1", "hidden2", "digit", "loops"]


def test_a_house_is_read_from_its_features_and_priced_in_dollars(client: FlaskClient) -> None:
    model = models.load("houses-mlp")
    reply = client.post(f"{ROUTE}/activations", json={"features": HOUSE})
    reading = msgspec.convert(reply.json, FeaturesReading)
    x = np.array([(HOUSE[each.name] - each.mean) / each.sd for each in model.features], np.float64)
    np.testing.assert_allclose(reading.input.values, x, rtol=1e-5, atol=1e-6)
    assert reading.input.features == HOUSE
    a = x
    for layer, shown in zip(model.network.layers, reading.layers, strict=True):
        z = a @ layer.params["W"] + layer.params["b"]
        a = np.maximum(z, 0) if shown.activation == "relu" else z
        np.testing.assert_allclose(shown.z, z, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(shown.a, a, rtol=1e-4, atol=1e-5)
    (output,) = model.outputs
    assert reading.prediction == pytest.approx(output.mean + output.sd * a[0], rel=1e-4)
    assert reading.prediction == pytest.approx(215_000, rel=0.15)  # what it was sold for
    assert "probabilities" not in reply.json
    assert reply.json["outputs"] == [
        {
            "name": "sale_price_usd",
            "kind": "number",
            "unit": "USD",
            "prediction": reading.prediction,
        }
    ]


def test_edits_change_a_house_s_price(client: FlaskClient) -> None:
    linear = models.load("houses-linear")
    edit = {"kind": "bias", "layer": "output", "unit": 0, "shift": 0.5}
    route = "/api/models/houses-linear/activations"
    plain = client.post(route, json={"features": HOUSE}).json["prediction"]
    moved = client.post(route, json={"features": HOUSE, "edits": [edit]}).json["prediction"]
    assert moved - plain == pytest.approx(linear.outputs[0].sd / 2, rel=1e-4)


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({}, "wrong_type", "features"),
    ({"features": {}}, "missing_feature", "living_area_sqft"),
    ({"features": {**HOUSE, "pool": 1}}, "unknown_field", "pool"),
    ({"features": {**HOUSE, "bedrooms": "three"}}, "wrong_type", "bedrooms as a number"),
    ({"features": {**HOUSE, "bedrooms": None}}, "wrong_type", "features"),
    ({"features": {**HOUSE, "lot_area_sqft": 1e200}}, "out_of_range", "lot_area_sqft"),
    ({"features": [1656]}, "wrong_type", "features"),
    ({"strokes": SEVEN}, "unknown_field", "features"),
    ({"features": HOUSE, "center": True}, "unknown_field", "center"),
]


@pytest.mark.parametrize(("body", "code", "word"), BAD, ids=[each[2] for each in BAD])
def test_what_is_no_house_is_refused_in_one_sentence(
    client: FlaskClient, body: dict[str, Any], code: str, word: str
) -> None:
    reply = client.post(f"{ROUTE}/activations", json=body)
    assert_problem(reply, 422, code)
    assert word in reply.json["detail"]


def test_a_house_model_is_evaluated_in_dollars_and_kept_with_its_scores(
    client: FlaskClient,
) -> None:
    reply = client.post(f"{ROUTE}/evaluation", json={})
    found = msgspec.convert(reply.json, NumberEvaluation)
    scores = models.load("houses-mlp").scores
    assert found.total == 585
    assert found.r_squared == pytest.approx(scores["test"], abs=1e-4)
    assert found.mean_absolute_error == pytest.approx(scores["test_mae"], rel=1e-4)
    assert found.unit == "USD"
    edit = {"kind": "off", "layer": "hidden1", "unit": 0}
    new = {"base": "houses-mlp", "title": "Without one", "edits": [edit]}
    kept = client.post("/api/models", json=new)
    assert kept.status_code == 201
    assert kept.json["problem"] == "houses"
    assert kept.json["scores"]["test"] < found.r_squared
    again = client.post(f"/api/models/{kept.json['id']}/activations", json={"features": HOUSE})
    assert again.status_code == 200
    assert client.delete(f"/api/models/{kept.json['id']}").status_code == 204


@pytest.mark.parametrize("model", ["houses-mlp", "pen-lstm"])
def test_what_only_digits_have_is_refused_for_others(client: FlaskClient, model: str) -> None:
    drawing = {"strokes": SEVEN}
    for route, body in (("lead", {**drawing, "first": 7, "second": 1}),):
        assert_problem(client.post(f"/api/models/{model}/{route}", json=body), 422, "wrong_problem")
    page = client.get(f"/api/datasets/mnist/test?mistakes_of={model}")
    assert_problem(page, 422, "wrong_problem")


@pytest.mark.parametrize("name", ["houses-mlp", "houses-linear"])
def test_why_a_house_costs_what_it_costs_is_told_with_the_arithmetic_of_both_ends(
    client: FlaskClient, name: str
) -> None:
    route = f"/api/models/{name}"
    reply = client.post(f"{route}/contributions", json={"features": HOUSE}).json
    told = msgspec.convert(reply, ContributionsObject)
    read = client.post(f"{route}/activations", json={"features": HOUSE}).json
    assert told.prediction == pytest.approx(read["prediction"], rel=1e-6)
    assert told.mean + told.sd * told.a == pytest.approx(told.prediction)
    means = {each.name: each.mean for each in told.features}
    average = client.post(f"{route}/activations", json={"features": means}).json["prediction"]
    assert told.average == pytest.approx(average, rel=1e-6)
    assert told.average + sum(each.part for each in told.features) == pytest.approx(told.prediction)
    for each, value in zip(told.features, read["input"]["values"], strict=True):
        assert each.value == HOUSE[each.name]
        assert each.input == pytest.approx(value, rel=1e-6)
        assert each.input == pytest.approx((each.value - each.mean) / each.sd, rel=1e-5)

    off = {"kind": "off", "layer": read["layers"][0]["name"], "unit": 0}
    edited = {"features": HOUSE, "edits": [off]}
    other = client.post(f"{route}/contributions", json=edited).json
    same = client.post(f"{route}/activations", json=edited).json
    assert other["prediction"] == pytest.approx(same["prediction"], rel=1e-6)


@pytest.mark.parametrize("model", ["mlp-relu", "pen-lstm", "mlp-two-heads"])
def test_parts_of_a_number_are_refused_where_none_is_said(client: FlaskClient, model: str) -> None:
    reply = client.post(f"/api/models/{model}/contributions", json={"features": HOUSE})
    assert_problem(reply, 422, "wrong_problem")


def test_a_digit_s_reading_tells_its_outputs_too(client: FlaskClient) -> None:
    reply = client.post("/api/models/mlp-wide/activations", json={"strokes": SEVEN}).json
    assert reply["outputs"] == [
        {
            "name": "digit",
            "kind": "classes",
            "probabilities": reply["probabilities"],
            "prediction": reply["prediction"],
        }
    ]
    refused = client.post("/api/models/mlp-wide/activations", json={"features": HOUSE})
    assert_problem(refused, 422, "unknown_field")


def test_visitors_train_digits_only_and_no_table_of_the_server_is_opened(
    client: FlaskClient, tmp_path: Any
) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n" + "1,2\n3,4\n" * 10)
    layers = [{"kind": "dense", "units": 1}]
    table = {"file": str(file), "columns": [{"name": "a"}], "target": {"name": "b"}}
    own = {
        "problem": "table",
        "table": table,
        "architecture": {"input_shape": [1], "layers": layers},
    }
    for route in ("/api/recipes", "/api/runs"):
        assert_problem(client.post(route, json={"recipe": own}), 422, "wrong_problem")


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        ([9], {"kind": "dense", "units": 1}),
        ([8], {"kind": "dense", "units": 2}),
        ([8], {"kind": "dense", "units": 1, "activation": "sigmoid"}),
    ],
)
def test_a_network_that_does_not_fit_houses_is_not_trained(
    client: FlaskClient, shape: list[int], layer: dict[str, Any]
) -> None:
    recipe = {
        "problem": "houses",
        "architecture": {"input_shape": shape, "layers": [layer]},
        "training": {"loss": "mean_squared_error"},
    }
    assert_problem(client.post("/api/recipes", json={"recipe": recipe}), 422, "wrong_shape")


def test_a_loss_that_says_nothing_of_prices_is_refused(client: FlaskClient) -> None:
    shipped = RECIPES["houses-mlp"].to_json()
    recipe = {**shipped, "training": {**shipped["training"], "loss": "cross_entropy"}}
    for route in ("/api/recipes", "/api/runs"):
        reply = client.post(route, json={"recipe": recipe})
        assert_problem(reply, 422, "unknown_loss")
        assert "mean_squared_error" in reply.json["detail"]


def test_what_training_houses_takes_is_counted_by_their_own_sizes(client: FlaskClient) -> None:
    recipe, digits = RECIPES["houses-mlp"], RECIPES["mlp-sigmoid"]
    plan = client.post("/api/recipes", json={"recipe": recipe.to_json()}).json
    cost = Cost.of(recipe, recipe.network())
    assert plan["parameters"] == 87
    assert plan["batches"] == recipe.batches == 55 * recipe.training.epochs
    assert plan["reading_operations"] == cost.reading
    assert cost.reading == 585 * recipe.network().workload.reading_operations
    assert cost.memory < Cost.of(digits, digits.network()).memory - 55_000 * 784 // 2


def test_real_houses_come_with_their_prices_as_the_file_has_them(client: FlaskClient) -> None:
    page = client.get("/api/datasets/ames/test?offset=240&limit=2").json
    assert (page["total"], [house["index"] for house in page["houses"]]) == (585, [240, 241])
    problem = problems.get("houses")
    examples = problem.examples("test", problem.outputs)
    (output,) = problem.outputs
    assert isinstance(output, NumberOutput)
    for house in page["houses"]:
        x = encode(problem.features, house["features"])
        np.testing.assert_allclose(x, examples.inputs[house["index"]], rtol=1e-6)
        target = examples.targets[output.name][house["index"]]
        assert house["sale_price_usd"] == pytest.approx(output.value(target)[0], rel=1e-6)
    assert client.get("/api/datasets/ames/test?offset=585").json["houses"] == []
    assert client.get("/api/datasets/ames/train").json["total"] == 1755

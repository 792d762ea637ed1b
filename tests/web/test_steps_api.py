"""One step of learning by JSON: explained by the very gradients, and taken."""

from typing import Any

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient
from safetensors.numpy import load

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.edits import FitEdit, LearnEdit, apply, one_step
from nnviz.features import NumberOutput, encode
from nnviz.ink import movement
from nnviz.web.schemas.reading.steps import MovementStep, NumberStep, StepObject
from tests.web.test_api import assert_problem
from tests.web.training import SEVEN


def test_a_step_is_explained_by_the_very_gradients(client: FlaskClient) -> None:
    model = "/api/models/mlp-sigmoid"
    body = {"pixels": SEVEN, "label": 3}
    told = msgspec.convert(client.post(f"{model}/step", json=body).json, StepObject)
    network = server_model(client)
    image = ink.to_input(mnist.load().test.images[0]).ravel()
    explained = one_step.explain(network, image, 3)
    assert told.loss == pytest.approx(explained.loss, rel=1e-6)
    assert told.loss == pytest.approx(-np.log(told.probabilities[3]), rel=1e-5)
    wanted = np.array(told.target) - told.probabilities
    np.testing.assert_allclose(told.nudges[-1].values, wanted, atol=1e-6)
    assert [each.name for each in told.nudges] == ["input", "hidden1", "hidden2", "output"]
    np.testing.assert_allclose(told.nudges[1].values, explained.nudges["hidden1"], atol=1e-7)

    pixels = mnist.load().test.images[0].ravel().tolist()
    step = {"kind": "learn", "pixels": pixels, "label": 3, "learning_rate": 0.5, "times": 4}
    after = client.post(f"{model}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{model}/weights", json={"edits": [step]}).data)
    taught = apply(network, [LearnEdit(pixels, 3, 0.5, 4)])
    np.testing.assert_array_equal(weights["hidden1/W"], taught.named_parameters()["hidden1/W"])


def test_a_step_teaches_both_outputs_and_their_mean_goes_down(client: FlaskClient) -> None:
    """The loops of a digit are counted in its image, as they were for the training."""
    model, image = "/api/models/mlp-two-heads", mnist.load().test.images[3]  # a 0 with its loop
    body = {"pixels": (image / 255).ravel().tolist(), "label": 6}
    told = msgspec.convert(client.post(f"{model}/step", json=body).json, StepObject)
    assert [(each.name, each.label) for each in told.outputs] == [("digit", 6), ("loops", 1)]
    assert told.loss == pytest.approx(sum(each.loss for each in told.outputs) / 2)
    for each, nudge in zip(told.outputs, told.nudges[-2:], strict=True):
        assert each.loss == pytest.approx(-np.log(each.probabilities[each.label]), rel=1e-4)
        wanted = (np.array(each.target) - each.probabilities) / 2
        np.testing.assert_allclose(nudge.values, wanted, atol=1e-6)

    pixels = image.ravel().tolist()
    step = {"kind": "learn", "pixels": pixels, "label": 6, "learning_rate": 0.5, "times": 3}
    after = client.post(f"{model}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{model}/weights", json={"edits": [step]}).data)
    taught = apply(models.load("mlp-two-heads").network, [LearnEdit(pixels, 6, 0.5, 3, (1,))])
    for name, array in taught.named_parameters().items():
        np.testing.assert_array_equal(weights[name], array)

    other = client.post(f"{model}/step", json={**body, "further": [2]}).json
    assert other["outputs"][1]["label"] == 2
    assert_problem(client.post(f"{model}/step", json={**body, "further": [3]}), 422, "out_of_range")
    single = client.post("/api/models/mlp-sigmoid/step", json={**body, "further": [1]})
    assert_problem(single, 422, "wrong_shape")


def test_a_step_of_a_house_is_told_in_dollars_and_as_the_network_has_it(
    client: FlaskClient,
) -> None:
    route, model = "/api/models/houses-mlp", models.load("houses-mlp")
    features = {each.name: each.mean + each.sd for each in model.features}
    body = {"features": features, "target": 215_000}
    told = msgspec.convert(client.post(f"{route}/step", json=body).json, NumberStep)
    (price,), (asked,) = model.outputs, told.outputs
    assert isinstance(price, NumberOutput)
    x = encode(model.features, features)
    answer = float(model.network(x[None])[0, 0])
    assert asked.output == pytest.approx(answer, rel=1e-5)
    assert asked.wanted == pytest.approx((215_000 - price.mean) / price.sd)
    assert told.prediction == asked.prediction == pytest.approx(price.value(np.array(answer)))
    assert told.target == asked.target == pytest.approx(215_000)
    assert told.loss == asked.loss == pytest.approx((asked.output - asked.wanted) ** 2, rel=1e-5)
    (nudge,) = told.nudges[-1].values
    assert nudge == pytest.approx(-2 * (asked.output - asked.wanted), rel=1e-5)
    assert [each.name for each in told.nudges] == ["input", "hidden1", "hidden2", "output"]
    hidden = nudge * model.network.layers[-1].params["W"][:, 0]
    np.testing.assert_allclose(told.nudges[2].values, hidden, rtol=1e-5)

    step = {
        "kind": "fit",
        "inputs": told.input.values,
        "targets": [asked.wanted],
        "learning_rate": 0.01,
        "times": 2,
    }
    after = client.post(f"{route}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{route}/weights", json={"edits": [step]}).data)
    taught = apply(model.network, [FitEdit(told.input.values, [asked.wanted], 0.01, 2)])
    np.testing.assert_array_equal(weights["hidden1/W"], taught.named_parameters()["hidden1/W"])
    for wrong in ({}, {"label": 3}, {"target": "dear"}, {"target": 1e20}):
        assert client.post(f"{route}/step", json={"features": features, **wrong}).status_code == 422


def test_a_step_of_a_pen_s_way_is_explained_and_taken(client: FlaskClient) -> None:
    route, strokes = "/api/models/pen-lstm", [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]
    body = {"strokes": strokes, "label": 4}
    told = msgspec.convert(client.post(f"{route}/step", json=body).json, MovementStep)
    network, x = models.load("pen-lstm").network, movement.from_strokes(strokes)
    explained = one_step.explain(network, x, 4)
    assert told.loss == pytest.approx(explained.loss, rel=1e-5)
    np.testing.assert_allclose(told.input.steps, x.ravel(), atol=1e-6)
    np.testing.assert_allclose(told.nudges[0].values, explained.input_nudge.ravel(), atol=1e-6)
    step = {"kind": "fit", "inputs": told.input.steps, "targets": [4], "times": 3}
    after = client.post(f"{route}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    assert_problem(client.post(f"{route}/step", json={"label": 4}), 422, "missing_drawing")
    assert_problem(client.post(f"{route}/step", json={**body, "further": [1]}), 422, "wrong_shape")


def server_model(client: FlaskClient) -> Any:
    models = client.application.extensions["nnviz-models"]
    return models["mlp-sigmoid"].model.network


@pytest.mark.parametrize(
    "wrong",
    [{}, {"label": 10}, {"label": "3"}, {"label": 3, "edits": [{"kind": "learn", "label": 3}]}],
)
def test_a_step_needs_a_label(client: FlaskClient, wrong: dict[str, Any]) -> None:
    reply = client.post("/api/models/mlp-sigmoid/step", json={"pixels": SEVEN, **wrong})
    assert reply.status_code == 422

"""A unit's page, recomputed from the network and the digits."""

from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explain import concepts
from tests.web.test_api import SEVEN, assert_problem


def test_a_unit_page_is_what_the_network_says(client: FlaskClient) -> None:
    reply = client.get("/api/models/mlp-sigmoid/units/hidden1/4").json
    data = mnist.load().test
    _, trace = models.load("mlp-sigmoid").network.forward(
        ink.to_input(data.images).reshape(-1, 784)
    )
    a = trace.layers[0].a[:, 4]
    assert reply["digits"] == 10_000
    means = [a[data.labels == label].mean() for label in range(10)]
    assert reply["class_means"] == pytest.approx(means, abs=1e-5)
    top = [each["activation"] for each in reply["top"]]
    assert top == pytest.approx(np.sort(a)[::-1][:24], abs=1e-5)
    bottom = [each["activation"] for each in reply["bottom"]]
    assert bottom == pytest.approx(np.sort(a)[:24], abs=1e-5)
    for each in reply["top"]:
        assert each["label"] == data.labels[each["index"]]
    told = {each["name"]: each["auc"] for each in reply["concepts"]}
    assert told.keys() == concepts.FEATURES.keys()
    loop = concepts.auc(a[:, None], concepts.has_loop(data.images))[0]
    assert told["loop"] == pytest.approx(loop, abs=1e-6)
    assert max(reply["classes"], key=lambda each: each["auc"])["name"] == "1"


@pytest.mark.parametrize(
    ("model", "layer", "units"), [("mlp-sigmoid", "hidden2", 16), ("mlp-wide", "output", 10)]
)
def test_a_layers_concepts_are_its_units(
    client: FlaskClient, model: str, layer: str, units: int
) -> None:
    reply = client.get(f"/api/models/{model}/units/{layer}").json
    loop = next(each for each in reply["concepts"] if each["name"] == "loop")
    assert len(loop["units"]) == units
    assert len(reply["active"]) == units
    assert loop["layer"] > max(loop["units"])
    one = client.get(f"/api/models/{model}/units/{layer}/3").json
    assert next(e for e in one["concepts"] if e["name"] == "loop")["auc"] == loop["units"][3]


def test_a_layer_says_for_how_many_digits_each_unit_is_on(client: FlaskClient) -> None:
    reply = client.get("/api/models/mlp-relu/units/hidden1").json
    images = ink.to_input(mnist.load().test.images).reshape(-1, 784)
    _, trace = models.load("mlp-relu").network.forward(images)
    assert reply["active"] == pytest.approx((trace.layers[0].a > 0).mean(axis=0), abs=1e-4)
    assert reply["strongest"] == pytest.approx(trace.layers[0].a.max(axis=0), rel=1e-4)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("mlp-sigmoid/units/hidden9", "no_such_layer"),
        ("mlp-sigmoid/units/hidden1/16", "no_such_unit"),
        ("mlp-sigmoid/units/hidden1/99999999999999999999", "no_such_unit"),
        ("nothing/units/hidden1", "unknown_model"),
        ("houses-mlp/units/hidden1", "wrong_problem"),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, code: str) -> None:
    assert client.get(f"/api/models/{path}").json["code"] == code


def test_own_digits_are_read_as_the_network_reads_them(client: FlaskClient) -> None:
    network = models.load("cnn").network
    images = mnist.load().test.images[:5]
    body: dict[str, Any] = {
        "drawings": [
            *({"pixels": (image.ravel() / 255).tolist()} for image in images),
            {"strokes": SEVEN},
        ]
    }
    told = client.post("/api/models/cnn/units/conv1/3/digits", json=body).json
    drawn = np.concatenate([images, ink.from_strokes(SEVEN)[None]])
    answers, trace = network.forward(ink.to_input(drawn))
    means = trace.layers[0].a.mean(axis=(1, 2))[:, 3]
    assert told["total"] == len(told["digits"]) == 6
    assert told["mean"] == pytest.approx(float(means.mean()), rel=1e-4)
    for i, digit in enumerate(told["digits"]):
        assert digit["activation"] == pytest.approx(float(means[i]), rel=1e-4)
        assert digit["prediction"] == answers[i].argmax()
        assert digit["confidence"] == pytest.approx(float(answers[i].max()), abs=1e-5)
        assert digit["pixels"] == drawn[i].ravel().tolist()
    off = {**body, "edits": [{"kind": "off", "layer": "conv1", "unit": 3}]}
    edited = client.post("/api/models/cnn/units/conv1/3/digits", json=off).json
    assert [digit["activation"] for digit in edited["digits"]] == [0] * 6


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("mlp-wide/units/hidden1/3", {"drawings": []}, 422, "wrong_shape"),
        ("mlp-wide/units/hidden1/3", {"drawings": [{}]}, 422, "missing_drawing"),
        ("mlp-wide/units/hidden1/3", {"drawings": [{"pixels": [0]}]}, 422, "wrong_shape"),
        ("mlp-wide/units/hidden1/3", {"drawings": [{"strokes": SEVEN}] * 201}, 422, "wrong_shape"),
        ("mlp-wide/units/hidden1/3", {}, 422, "wrong_type"),
        ("mlp-wide/units/hidden1/128", {"drawings": [{"strokes": SEVEN}]}, 404, "no_such_unit"),
        ("mlp-wide/units/none/1", {"drawings": [{"strokes": SEVEN}]}, 404, "no_such_layer"),
        ("houses-mlp/units/hidden1/1", {"drawings": [{"strokes": SEVEN}]}, 422, "wrong_problem"),
    ],
)
def test_odd_own_digits_are_refused(
    client: FlaskClient, path: str, body: object, status: int, code: str
) -> None:
    assert_problem(client.post(f"/api/models/{path}/digits", json=body), status, code)

"""The lab's routes: edits travel with a request, and only what is saved stays."""

import io
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient
from safetensors.numpy import load

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from nnviz.recipe.limits import Limits
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.schemas.models import ModelSummary
from nnviz.web.schemas.reading.evaluations import Evaluation
from nnviz.web.schemas.reading.readings import Reading
from tests import recompute
from tests.web.test_api import READ, SEVEN, assert_problem, png

MODEL = "/api/models/mlp-sigmoid"
EDITS: list[dict] = [
    {"kind": "weights", "layer": "hidden1", "unit": 2, "inputs": [400, 401], "values": [2, -2]},
    {"kind": "scale", "layer": "hidden1", "unit": 3, "factor": 0.5},
    {"kind": "bias", "layer": "hidden2", "unit": 0, "shift": -1.25},
    {"kind": "off", "layer": "hidden2", "unit": 7},
    {"kind": "prune", "share": 0.1},
    {"kind": "noise", "amount": 0.05, "seed": 8},
    {"kind": "temperature", "value": 2},
]


def test_an_edited_network_reads_with_its_edited_weights(client: FlaskClient) -> None:
    plain = client.post(READ, json={"strokes": SEVEN}).json
    reading = client.post(READ, json={"strokes": SEVEN, "edits": EDITS}).json
    msgspec.convert(reading, Reading)
    weights = load(client.post(f"{MODEL}/weights", json={"edits": EDITS}).data)
    expected = recompute.layers(reading, client.get(MODEL).json, weights)
    for layer, values in zip(reading["layers"], expected, strict=True):
        np.testing.assert_allclose(layer["z"], values["z"].ravel(), rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(layer["a"], values["a"].ravel(), rtol=1e-4, atol=1e-5)
    assert reading["layers"][1]["a"][7] < 1e-38 < plain["layers"][1]["a"][7]
    assert client.post(READ, json={"strokes": SEVEN}).json == plain


def test_edits_go_with_an_image_too(client: FlaskClient) -> None:
    digit = png(mnist.load().test.images[0])
    text = json.dumps(EDITS)
    expected = client.post(
        READ, json={"pixels": (mnist.load().test.images[0] / 255).ravel().tolist(), "edits": EDITS}
    ).json["probabilities"]
    form = client.post(READ, data={"image": (io.BytesIO(digit), "a.png"), "edits": text})
    body = client.post(READ, query_string={"edits": text}, data=digit, content_type="image/png")
    assert form.json["probabilities"] == body.json["probabilities"] == expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.thorough if each == "cnn" else ())
        for each in models.DIGITS
    ],
)
def test_the_evaluation_reads_the_whole_test_set(client: FlaskClient, name: str) -> None:
    reply = client.post(f"/api/models/{name}/evaluation", json={"edits": []})
    found = msgspec.json.decode(reply.data, type=Evaluation)
    labels = mnist.load().test.labels
    assert found.accuracy == pytest.approx(models.load(name).accuracy["mnist_test"], abs=2e-4)
    assert np.sum(found.confusion, axis=1).tolist() == np.bincount(labels).tolist()
    assert np.trace(found.confusion) == found.correct == round(found.accuracy * 10_000)


def test_the_evaluation_is_of_the_edited_network(client: FlaskClient) -> None:
    off = [{"kind": "off", "layer": "output", "unit": 4}]
    found = client.post(f"{MODEL}/evaluation", json={"edits": off}).json
    test = mnist.load().test
    edited = edits.apply(models.load("mlp-sigmoid").network, [edits.OffEdit("output", 4)])
    answers = edited.predict(ink.to_input(test.images)).argmax(axis=1)
    assert found["correct"] == int((answers == test.labels).sum())
    assert [row[4] for row in found["confusion"]] == [0] * 10


def save(client: FlaskClient, title: str, made: list = EDITS):
    body = {"base": "mlp-sigmoid", "title": title, "edits": made}
    return client.post("/api/models", json=body)


def test_a_model_is_saved_read_and_deleted(client: FlaskClient) -> None:
    reply = save(client, "나의 edge detector")
    summary = msgspec.json.decode(reply.data, type=ModelSummary)
    place = reply.headers["Location"]
    assert (reply.status_code, place) == (201, f"/api/models/{summary.id}")
    assert (summary.title, summary.saved) == ("나의 edge detector", True)
    found = client.post(f"{MODEL}/evaluation", json={"edits": EDITS}).json
    assert summary.accuracy == {"mnist_test": found["accuracy"]}
    assert summary.id in [model["id"] for model in client.get("/api/models").json["models"]]
    assert client.get(place).json["recipe"] == {"base": "mlp-sigmoid", "edits": recipe(EDITS)}
    reading = client.post(f"{place}/activations", json={"strokes": SEVEN}).json
    edited = client.post(READ, json={"strokes": SEVEN, "edits": EDITS}).json
    assert reading["probabilities"] == edited["probabilities"]
    assert client.delete(place).status_code == 204
    assert_problem(client.get(place), 404, "unknown_model")
    assert summary.id not in client.get("/api/models").data.decode()


def recipe(made: list) -> list:
    """The edits as they are kept: with what was left to its default."""
    return msgspec.to_builtins(msgspec.convert(made, list[edits.Edit]))


def test_every_process_sees_what_one_saved(tmp_path: Path) -> None:
    one, other = (create_app(Settings(data=tmp_path)).test_client() for _ in range(2))
    place = save(one, "shared").headers["Location"]
    assert other.get(place).status_code == 200
    assert one.delete(place).status_code == 204
    assert other.get(place).status_code == 404
    assert "shared" not in other.get("/api/models").data.decode()


def test_one_broken_file_does_not_take_the_others_along(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    place = save(client, "whole").headers["Location"]
    (tmp_path / "models" / "broken.safetensors").write_bytes(b"no model")
    listed = [model["id"] for model in client.get("/api/models").json["models"]]
    assert listed[len(models.names()) :] == [place.rsplit("/", 1)[1]]


def test_a_full_folder_takes_no_more(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path, limits=Limits(models=1))).test_client()
    assert save(client, "the last").status_code == 201
    assert_problem(save(client, "one too many"), 507, "no_room")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file stands where the folder should")
    client = create_app(Settings(data=tmp_path)).test_client()
    assert_problem(save(client, "anything"), 507, "no_room")


@pytest.mark.parametrize("title", ["", " ", " a", "a\nb", "x" * 61, "\u202eabc"])
def test_a_title_that_cannot_be_shown_is_refused(client: FlaskClient, title: str) -> None:
    reply = save(client, title)
    assert reply.status_code == 422
    assert reply.json["code"] in ("bad_title", "wrong_shape")


@pytest.mark.parametrize("title", ["../../etc/passwd", "con", "a/b\\c", "<b>", "%00", "."])
def test_a_title_never_becomes_a_path(client: FlaskClient, title: str) -> None:
    place = save(client, title).headers["Location"]
    assert place.removeprefix("/api/models/").replace("-", "").isalnum()
    assert client.delete(place).status_code == 204


def test_what_ships_stays(client: FlaskClient) -> None:
    assert_problem(client.delete(MODEL), 403, "not_deletable")
    assert_problem(client.delete("/api/models/nothing"), 404, "unknown_model")
    assert_problem(client.delete("/api/models/..%5C..%5Capp"), 404, "unknown_model")


BAD_EDITS = [
    ({"edits": None}, "wrong_type"),
    ({"edits": [{}]}, "wrong_type"),
    ({"edits": [{"kind": "paint", "layer": "hidden1", "unit": 0}]}, "wrong_type"),
    ({"edits": [{"kind": "bias", "layer": "hidden1"}]}, "wrong_type"),
    ({"edits": [{"kind": "bias", "layer": "hidden1", "unit": -1}]}, "wrong_type"),
    ({"edits": [{"kind": "bias", "layer": "hidden1", "unit": 16}]}, "out_of_range"),
    ({"edits": [{"kind": "bias", "layer": "hidden1", "unit": 0, "shift": 1e9}]}, "wrong_type"),
    ({"edits": [{"kind": "bias", "layer": "hidden1", "unit": 0, "by": 1}]}, "unknown_field"),
    ({"edits": [{"kind": "off", "layer": "nothing", "unit": 0}]}, "unknown_layer"),
    ({"edits": [{"kind": "temperature", "value": 0}]}, "wrong_type"),
    ({"edits": [{"kind": "prune", "share": 1.5}]}, "wrong_type"),
    ({"edits": [{"kind": "temperature", "value": 1}] * 501}, "wrong_shape"),
    ({"edit": []}, "unknown_field"),
]


@pytest.mark.parametrize(("body", "code"), BAD_EDITS)
@pytest.mark.parametrize("route", ["activations", "weights", "evaluation"])
def test_bad_edits_are_refused_everywhere(
    client: FlaskClient, route: str, body: dict, code: str
) -> None:
    drawing = {"strokes": SEVEN} if route == "activations" else {}
    assert_problem(client.post(f"{MODEL}/{route}", json={**drawing, **body}), 422, code)


def test_a_form_is_no_way_to_save(client: FlaskClient) -> None:
    """What another site's page can send without asking must not change anything."""
    reply = client.post("/api/models", data={"base": "mlp-sigmoid", "title": "x"})
    assert_problem(reply, 415, "unsupported_media_type")
    text = json.dumps({"base": "mlp-sigmoid", "title": "x"})
    plain = client.post("/api/models", data=text, content_type="text/plain")
    assert_problem(plain, 415, "unsupported_media_type")

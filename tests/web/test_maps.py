"""Maps and places: recomputed from the network, growing while they are looked at."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explore.map_faithfulness import label_agreement
from nnviz.explore.pca import principal_components
from nnviz.explore.representation import represent
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.current import long_work, model_registry
from nnviz.web.studies import layers, maps, units
from nnviz.web.studies.chosen import choose
from nnviz.web.studies.layers import kept_points
from nnviz.web.studies.layers import points_of as points_of_layer
from tests.web.test_api import SEVEN, assert_problem

WIDE = "/api/models/mlp-wide"
PART = mnist.load().test
PATIENT = 600.0


def finished(client: FlaskClient, path: str, body: Any = None) -> dict[str, Any]:
    """The map when it is done; every reply on the way is one that a page can show."""
    end, before = time.monotonic() + PATIENT, 0.0
    while True:
        reply = client.get(path) if body is None else client.post(path, json=body)
        assert reply.status_code == 200
        told: dict[str, Any] = reply.json
        assert len(told["indices"]) == len(told["points"]) == len(told["labels"])
        assert before <= told["progress"] <= 1
        before = told["progress"]
        if told["state"] == "done":
            return told
        assert told["faithfulness"] is None
        assert time.monotonic() < end
        time.sleep(0.05)


def answered(client: FlaskClient, path: str) -> Any:
    """What takes longer than a request waits is asked for again, as the reply says."""
    end = time.monotonic() + PATIENT
    while (reply := client.get(path)).status_code == 503:
        assert reply.json["code"] == "not_ready"
        assert int(reply.headers["Retry-After"]) >= 1
        assert time.monotonic() < end
    assert reply.status_code == 200
    return reply.json


def points_of(told: dict[str, Any]) -> np.ndarray:
    y = np.empty((10_000, 2))
    y[told["indices"]] = told["points"]
    return y


def test_a_map_of_principal_components_is_the_layers(client: FlaskClient) -> None:
    told = finished(client, f"{WIDE}/maps/hidden2")
    _, trace = models.load("mlp-wide").network.forward(ink.to_input(PART.images))
    a = trace.layers[1].a
    components = principal_components(a)
    y, exact = points_of(told), components.project(a)
    for axis in (0, 1):
        sign = np.sign((y[:, axis] * exact[:, axis]).sum())
        assert y[:, axis] * sign == pytest.approx(exact[:, axis], abs=2e-3)
    assert told["explained"] == pytest.approx(components.explained, rel=1e-4)
    assert told["labels"] == PART.labels[told["indices"]].tolist()
    assert sorted(told["indices"]) == list(range(10_000))
    kept = told["faithfulness"]
    every = np.arange(0, 10_000, 10)
    assert kept["layer"] == pytest.approx(label_agreement(a, PART.labels, every), abs=1e-3)
    assert kept["map"] == pytest.approx(label_agreement(y, PART.labels, every), abs=5e-3)
    assert kept["map"] < kept["layer"]
    assert 0.5 < kept["trustworthiness"] < 1
    assert (told["method"], told["landmarks"], told["divergence"]) == ("pca", None, None)


@pytest.mark.parametrize(
    ("model", "slim"),
    [
        ("mlp-wide", {"hidden1", "hidden2"}),
        pytest.param("lstm", {"lstm"}, marks=pytest.mark.thorough),
        ("cnn", set()),
    ],
)
def test_slim_layers_are_kept_when_all_digits_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str, slim: set[str]
) -> None:
    client = create_app(Settings(data=tmp_path, run_worker_elsewhere=True)).test_client()
    answered(client, f"/api/models/{model}/confusion")
    read: list[int] = []
    monkeypatch.setattr(layers, "_read", lambda network, at, check: read.append(at))
    monkeypatch.setattr(units, "_activations", lambda network, at, check: read.append(at))
    with client.application.app_context():
        work, registered = long_work(), model_registry()[model]
        chosen = choose(work, registered)
        network = chosen.network
        kept = {
            each.name for each in network.layers if kept_points(work, chosen, each.name) is not None
        }
        assert kept - {"output"} == slim
        _, trace = network.forward(ink.to_input(PART.images[:300]))
        for name in kept:
            a = represent(trace.layers[[each.name for each in network.layers].index(name)].a)
            assert points_of_layer(work, chosen, name)[:300] == pytest.approx(a, abs=1e-5)
    for name in slim:
        finished(client, f"/api/models/{model}/maps/{name}")
        answered(client, f"/api/models/{model}/units/{name}/3")
    assert not read


def test_a_tsne_grows_and_knows_where_a_drawing_lies(client: FlaskClient) -> None:
    path, place = f"{WIDE}/maps/hidden2?method=tsne", {"strokes": SEVEN, "layer": "hidden2"}
    off = {"edits": [{"kind": "off", "layer": "hidden1", "unit": 5}]}
    told = finished(client, path)
    assert told["landmarks"] == 1000
    assert told["iteration"] == 500
    assert 0.3 < told["divergence"] < 0.8
    assert len(told["points"]) == 10_000
    kept = told["faithfulness"]
    assert kept["map"] > 0.95
    assert kept["trustworthiness"] > 0.97
    assert kept["continuity"] > 0.97
    assert client.get(path).json == told, "what is done is kept"
    placed = client.post(f"{WIDE}/places", json=place | {"method": "tsne"}).json
    sevens = points_of(told)[PART.labels == 7]
    near = np.linalg.norm(sevens - placed["point"], axis=1)
    assert near.min() < np.ptp(points_of(told)[:, 0]) / 20
    elsewhere = client.post(f"{WIDE}/places", json=place | {"method": "tsne"} | off).json
    assert elsewhere["point"] is None, "of the edited network no map is done"


def test_a_drawing_lies_where_its_layer_says(client: FlaskClient) -> None:
    told = finished(client, f"{WIDE}/maps/hidden1")
    body = {"strokes": SEVEN, "layer": "hidden1", "method": "pca", "count": 7}
    placed = client.post(f"{WIDE}/places", json=body).json
    network = models.load("mlp-wide").network
    pixels = np.array(placed["input"]["pixels"], np.uint8)
    every = np.concatenate([pixels[None], PART.images.reshape(-1, 784)])
    _, trace = network.forward(ink.to_input(every))
    a = trace.layers[0].a
    far = np.sqrt(((a[1:] - a[0]) ** 2).sum(axis=1))
    assert [each["index"] for each in placed["neighbours"]] == np.argsort(far)[:7].tolist()
    assert [each["distance"] for each in placed["neighbours"]] == pytest.approx(
        np.sort(far)[:7], rel=1e-3
    )
    for each in placed["neighbours"]:
        assert each["label"] == PART.labels[each["index"]]
    assert placed["prediction"] == 7
    own = np.arange(0, 10_000, 20)
    table = (a[1:][own] ** 2).sum(1)[:, None] - 2 * a[1:][own] @ a[1:].T + (a[1:] ** 2).sum(1)
    table[np.arange(500), own] = np.inf
    usual = np.quantile(np.sqrt(table.min(axis=1)), 0.95)
    assert (placed["numbers"], placed["usual"]) == (128, pytest.approx(usual, rel=1e-3))
    digit = (PART.images[17] / 255).ravel().tolist()
    exact = client.post(
        f"{WIDE}/places", json={"pixels": digit, "layer": "hidden1", "method": "pca", "count": 1}
    ).json
    assert exact["neighbours"][0]["index"] == 17
    assert exact["neighbours"][0]["distance"] < 1e-5
    assert exact["point"] == pytest.approx(points_of(told)[17], abs=2e-3)


def test_a_map_outlasts_the_server_and_is_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps.tsne, "ITERATIONS", 40)
    settings = Settings(data=tmp_path, run_worker_elsewhere=True)
    path, place = f"{WIDE}/maps/output?method=tsne", {"strokes": SEVEN, "layer": "output"}
    made = finished(create_app(settings).test_client(), path)
    monkeypatch.setattr(maps, "_tsne", None)  # it is not made again
    other = create_app(settings).test_client()
    assert other.get(path).json == made
    placed = other.post(f"{WIDE}/places", json=place | {"method": "tsne"}).json
    assert len(placed["point"]) == 2


@pytest.mark.parametrize(
    ("model", "layer"),
    [
        pytest.param("cnn", "conv1", marks=pytest.mark.thorough),  # 6,272 numbers a digit
        ("lstm", "lstm"),
        ("mlp-two-heads", "loops"),
    ],
)
def test_other_layers_have_maps_too(client: FlaskClient, model: str, layer: str) -> None:
    told = finished(client, f"/api/models/{model}/maps/{layer}")
    assert told["faithfulness"]["layer"] > 0.3
    placed = client.post(f"/api/models/{model}/places", json={"strokes": SEVEN, "layer": layer})
    assert len(placed.json["neighbours"]) == 15


def test_an_edited_network_has_a_map_of_its_own(client: FlaskClient) -> None:
    path = "/api/models/mlp-sigmoid/maps/hidden2"
    plain = finished(client, path)
    off = {"edits": [{"kind": "off", "layer": "hidden1", "unit": 5}]}
    edited = finished(client, path, off)
    assert edited["points"] != plain["points"]
    pixels = [finished(client, f"/api/models/{m}/maps/input") for m in ("mlp-sigmoid", "cnn")]
    assert pixels[0]["points"] == pixels[1]["points"]


def test_maps_are_turned_the_same_way(client: FlaskClient) -> None:
    """Digits of the hidden layer lie on the side where their pixels put them."""
    pixels, layer = (finished(client, f"{WIDE}/maps/{name}") for name in ("input", "hidden1"))
    assert pixels["indices"] == layer["indices"]
    y, other = np.array(pixels["points"]), np.array(layer["points"])
    for axis in (0, 1):
        assert (y[:, axis] * other[:, axis]).sum() > 0


def test_the_landmarks_are_always_the_same_thousand() -> None:
    order = maps._order()
    assert sorted(order.tolist()) == list(range(10_000))
    assert np.bincount(PART.labels[order[: maps.LANDMARKS]]).min() > 70


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("mlp-wide/maps/hidden9", 404, "no_such_layer"),
        ("mlp-wide/maps/hidden1?method=umap", 422, "bad_query"),
        ("mlp-wide/maps/hidden1?x=1", 422, "bad_query"),
        ("nothing/maps/input", 404, "unknown_model"),
        ("houses-mlp/maps/hidden1", 422, "wrong_problem"),
        ("pen-lstm/maps/input", 422, "wrong_problem"),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, status: int, code: str) -> None:
    assert_problem(client.get(f"/api/models/{path}"), status, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "missing_drawing"),
        ({"strokes": SEVEN, "layer": "hidden9"}, 404, "no_such_layer"),
        ({"strokes": SEVEN, "method": "umap"}, 422, "wrong_type"),
        ({"strokes": SEVEN, "count": 0}, 422, "wrong_type"),
        ({"strokes": SEVEN, "count": 101}, 422, "wrong_type"),
        ({"strokes": SEVEN, "x": 1}, 422, "unknown_field"),
    ],
)
def test_odd_places_are_refused(client: FlaskClient, body: object, status: int, code: str) -> None:
    assert_problem(client.post(f"{WIDE}/places", json=body), status, code)

"""Why an answer: what is replied adds up, and is what the package computes."""

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explore.attribution import METHODS, attribute, random_twin
from tests.web.test_api import SEVEN, assert_problem

PATH = "/api/models/mlp-relu/attributions"
DRAWING = {"strokes": SEVEN}


@pytest.mark.parametrize("method", METHODS)
def test_the_parts_are_the_networks(client: FlaskClient, method: str) -> None:
    pixels = (mnist.load().test.images[0] / 255).ravel().tolist()
    reply = client.post(PATH, json={"pixels": pixels, "method": method, "output": 3}).json
    network = models.load("mlp-relu").network
    image = ink.to_input(np.array(reply["input"]["pixels"], np.uint8))
    found = attribute(network, image, 3, method)
    assert reply["values"] == pytest.approx(found.values.ravel(), abs=1e-5)
    assert reply["value"] == pytest.approx(found.value, abs=1e-5)
    assert reply["baseline_value"] == pytest.approx(found.baseline_value, abs=1e-5)
    assert reply["sum"] == pytest.approx(sum(reply["values"]), abs=1e-4)
    twin = attribute(random_twin(network), image, 3, method)
    assert reply["random_weights"] == pytest.approx(twin.values.ravel(), abs=1e-5)
    assert -1 <= reply["random_similarity"] <= 1
    a = network(image[None])[0]
    assert reply["probabilities"] == pytest.approx(a, abs=1e-6)
    assert reply["deletion"]["probabilities"][0] == pytest.approx(a[3], abs=1e-6)


@pytest.mark.parametrize("model", ["mlp-sigmoid", "cnn", "lstm", "mlp-two-heads"])
def test_without_an_output_it_is_the_prediction_and_adds_up(
    client: FlaskClient, model: str
) -> None:
    reply = client.post(f"/api/models/{model}/attributions", json=DRAWING).json
    assert reply["method"] == "integrated_gradients"
    assert reply["output"] == reply["prediction"] == 7
    difference = reply["value"] - reply["baseline_value"]
    assert sum(reply["values"]) == pytest.approx(difference, abs=0.02, rel=4e-3)
    assert reply["deletion"]["area"] < reply["deletion"]["random_area"]
    assert reply["deletion"]["flips_at"] in reply["deletion"]["pixels"]


def ranks_of(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, equal values sharing their mean rank, counted one by one."""
    return np.array([(values < each).sum() + ((values == each).sum() + 1) / 2 for each in values])


@pytest.mark.parametrize("model", ["mlp-relu", "cnn", "lstm"])
def test_likeness_and_what_is_taken_away_follow_from_the_reply(
    client: FlaskClient, model: str
) -> None:
    """Recomputed from the values that are told and from the network, by the plainest loop."""
    body = DRAWING | {"method": "gradient_input"}
    reply = client.post(f"/api/models/{model}/attributions", json=body).json
    network = models.load(model).network
    x = (np.array(reply["input"]["pixels"]) / 255).astype(np.float32)
    inked = np.flatnonzero(x)
    mine, twins = (
        ranks_of(np.abs(np.array(reply[name]))[inked]) for name in ("values", "random_weights")
    )
    alike = np.corrcoef(mine, twins)[0, 1]
    assert reply["random_similarity"] == pytest.approx(alike, abs=2e-3)
    curve = reply["deletion"]
    order = sorted(
        (i for i in inked.tolist() if reply["values"][i] > 0), key=lambda i: -reply["values"][i]
    )
    said, area = [], 0.0
    for at, count in enumerate(curve["pixels"]):
        left = x.copy()
        left[order[:count]] = 0
        a = network(left[None])[0]
        said.append(int(a.argmax()))
        assert curve["probabilities"][at] == pytest.approx(float(a[7]), abs=2e-3)
        if at:
            step = count - curve["pixels"][at - 1]
            area += step * (curve["probabilities"][at - 1] + curve["probabilities"][at]) / 2
    assert curve["predictions"] == said
    assert curve["area"] == pytest.approx(area / len(order), abs=1e-4)
    flips = [count for count, each in zip(curve["pixels"], said, strict=True) if each != 7]
    assert curve["flips_at"] == (flips[0] if flips else None)
    assert curve["pixels"][-1] == len(order)
    assert len(curve["random_areas"]) == 20
    assert curve["random_area"] == pytest.approx(np.mean(curve["random_areas"]), abs=1e-5)
    mean = np.trapezoid(curve["random_probabilities"], curve["pixels"]) / len(order)
    assert curve["random_area"] == pytest.approx(mean, abs=1e-4)


def test_edits_and_blank_paper(client: FlaskClient) -> None:
    off = {"edits": [{"kind": "off", "layer": "hidden1", "unit": 2}]}
    plain, edited = (client.post(PATH, json=DRAWING | each).json for each in ({}, off))
    assert plain["values"] != edited["values"]
    blank = client.post(PATH, json={"pixels": [0] * 784}).json
    assert blank["prediction"] is None
    assert blank["random_similarity"] is None
    assert blank["value"] == blank["baseline_value"]
    assert blank["deletion"]["pixels"] == [0]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (PATH, {}, 422, "missing_drawing"),
        (PATH, DRAWING | {"method": "guided"}, 422, "wrong_type"),
        (PATH, DRAWING | {"output": 10}, 422, "wrong_type"),
        (PATH, DRAWING | {"output": "7"}, 422, "wrong_type"),
        (PATH, DRAWING | {"x": 1}, 422, "unknown_field"),
        (PATH, {"pixels": [0.5] * 783}, 422, "wrong_shape"),
        (PATH, {"pixels": [2] * 784}, 422, "out_of_range"),
        ("/api/models/houses-mlp/attributions", DRAWING, 422, "wrong_problem"),
        ("/api/models/pen-lstm/attributions", DRAWING, 422, "wrong_problem"),
        ("/api/models/nothing/attributions", DRAWING, 404, "unknown_model"),
    ],
)
def test_what_does_not_fit_is_refused(
    client: FlaskClient, path: str, body: object, status: int, code: str
) -> None:
    assert_problem(client.post(path, json=body), status, code)

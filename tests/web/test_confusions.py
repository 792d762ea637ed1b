"""What a model says of every digit, recomputed from its network."""

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import disputed, mnist
from tests.web.test_api import assert_problem

OFF = {"edits": [{"kind": "off", "layer": "hidden2", "unit": 3}]}
MODEL = "/api/models/mlp-sigmoid"


def test_predictions_are_what_the_network_says(client: FlaskClient) -> None:
    reply = client.get(f"{MODEL}/predictions/test").json
    part = mnist.load().test
    a = models.load("mlp-sigmoid").network.predict(ink.to_input(part.images))
    assert reply["predictions"] == a.argmax(axis=1).tolist()
    assert reply["confidences"] == pytest.approx(a.max(axis=1), abs=2e-6)
    own = a[np.arange(len(a)), part.labels]
    assert reply["label_probabilities"] == pytest.approx(own, abs=2e-6)


def test_the_training_digits_are_read_too(client: FlaskClient) -> None:
    reply = client.get(f"{MODEL}/predictions/train").json
    assert reply["total"] == len(reply["predictions"]) == 60_000
    right = np.array(reply["predictions"]) == mnist.load().train.labels
    assert right.mean() > 0.96


def test_a_confusion_is_counted_from_the_predictions(client: FlaskClient) -> None:
    reply = client.get(f"{MODEL}/confusion").json
    said = np.array(client.get(f"{MODEL}/predictions/test").json["predictions"])
    labels = mnist.load().test.labels
    counted = [[int(((labels == i) & (said == j)).sum()) for j in range(10)] for i in range(10)]
    assert reply["matrix"] == counted
    assert reply["correct"] == sum(counted[i][i] for i in range(10))
    assert reply["accuracy"] == reply["correct"] / reply["total"]
    low, high = reply["interval"]
    assert low < reply["accuracy"] < high
    assert high - low == pytest.approx(0.0068, abs=0.0003)
    seven = reply["classes"][7]
    assert seven["recall"] == counted[7][7] / seven["total"]
    assert seven["precision"] == counted[7][7] / seven["predicted"]
    assert sum(each["count"] for each in reply["calibration"]) == 10_000
    assert reply["expected_calibration_error"] < 0.02
    assert (
        reply["calibration"][0] | {"interval": [0, 1], "accuracy": None}
        == (reply["calibration"][0])
    )


def test_edits_change_what_is_told_and_nothing_else(client: FlaskClient) -> None:
    before = client.get(f"{MODEL}/confusion").json
    edited = client.post(f"{MODEL}/confusion", json=OFF).json
    assert edited["correct"] < before["correct"]
    assert client.get(f"{MODEL}/confusion").json == before
    assert client.post(f"{MODEL}/confusion", json={"edits": []}).json == before


def test_mistakes_come_with_the_surest_first(client: FlaskClient) -> None:
    every = client.get(f"{MODEL}/mistakes?limit=100").json
    confusion = client.get(f"{MODEL}/confusion").json
    assert every["total"] == 10_000 - confusion["correct"]
    sure = [each["confidence"] for each in every["digits"]]
    assert sure == sorted(sure, reverse=True)
    part = mnist.load().test
    for each in every["digits"][:5]:
        assert each["label"] == part.labels[each["index"]] != each["prediction"]
        assert each["pixels"] == part.images[each["index"]].ravel().tolist()
        assert each["label_probability"] < each["confidence"]
        assert each["disputed"] == (each["index"] in disputed.PLACES)
    assert any(each["disputed"] for each in every["digits"])
    cell = client.get(f"{MODEL}/mistakes?label=4&prediction=9&offset=1&limit=3").json
    assert cell["total"] == confusion["matrix"][4][9]
    assert len(cell["digits"]) == 3
    assert {(each["label"], each["prediction"]) for each in cell["digits"]} == {(4, 9)}


def test_what_each_network_that_ships_misreads_is_told_for_all_of_them(client: FlaskClient) -> None:
    told = client.get("/api/datasets/mnist/test/misreadings").json
    summaries = client.get("/api/models").json["models"]
    digits = [each["id"] for each in summaries if each["problem"] == "digits"]
    assert [each["model"] for each in told["models"]] == digits
    assert len(digits) == 6
    part = mnist.load().test
    for each in told["models"]:
        if each["model"] not in ("mlp-sigmoid", "mlp-two-heads"):
            continue  # the others take seconds
        network = models.load(each["model"]).network
        said = network.forward(ink.to_input(part.images))[0].argmax(axis=1)
        wrong = np.flatnonzero(said != part.labels)
        assert each["indices"] == wrong.tolist()
        assert each["predictions"] == said[wrong].tolist()
    scores = {
        each["id"]: each["accuracy"]["mnist_test"]
        for each in summaries
        if "mnist_test" in each["accuracy"]
    }
    for each in told["models"]:
        assert len(each["indices"]) == round(10_000 * (1 - scores[each["model"]]))


def test_all_labels_and_all_pictures(client: FlaskClient) -> None:
    told = client.get("/api/datasets/mnist/test/labels").json
    part = mnist.load().test
    assert told["labels"] == part.labels.tolist()
    assert [each["index"] for each in told["disputed"]] == sorted(disputed.PLACES)
    assert client.get("/api/datasets/mnist/train/labels").json["disputed"] == []
    page = client.get("/api/datasets/mnist/test/images/3")
    assert page.data == part.images[3000:4000].tobytes()
    assert "immutable" in page.headers["Cache-Control"]
    packed = client.get("/api/datasets/mnist/test/images/3", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(page.data) / 3


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/datasets/mnist/odd/labels", 404, "unknown_split"),
        ("/api/datasets/mnist/odd/images/0", 404, "unknown_split"),
        ("/api/datasets/mnist/test/images/10", 422, "bad_query"),
        ("/api/datasets/mnist/test/images/-1", 422, "bad_query"),
        (f"{MODEL}/predictions/odd", 404, "unknown_split"),
        (f"{MODEL}/mistakes?label=10", 422, "bad_query"),
        (f"{MODEL}/mistakes?prediction=x", 422, "bad_query"),
        (f"{MODEL}/mistakes?limit=101", 422, "bad_query"),
        (f"{MODEL}/mistakes?x=1", 422, "bad_query"),
        ("/api/models/nothing/confusion", 404, "unknown_model"),
        ("/api/models/houses-mlp/confusion", 422, "wrong_problem"),
        ("/api/models/pen-lstm/mistakes", 422, "wrong_problem"),
        ("/api/models/houses-mlp/predictions/test", 422, "wrong_problem"),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, status: int, code: str) -> None:
    assert_problem(client.get(path), status, code)


@pytest.mark.parametrize("path", ["confusion", "mistakes", "predictions/test"])
def test_odd_edits_are_refused(client: FlaskClient, path: str) -> None:
    lost = {"edits": [{"kind": "off", "layer": "hidden9", "unit": 0}]}
    assert_problem(client.post(f"{MODEL}/{path}", json=lost), 422, "unknown_layer")
    assert_problem(client.post(f"{MODEL}/{path}", json={"x": 1}), 422, "unknown_field")
    assert_problem(client.post(f"{MODEL}/{path}", data=b"{"), 400, "invalid_json")

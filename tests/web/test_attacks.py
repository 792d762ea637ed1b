"""What fools a network, recomputed from the reply alone and from the network."""

from dataclasses import replace
from threading import BoundedSemaphore

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explore.adversarial import Goal, attack, search
from nnviz.explore.confusion import wilson
from nnviz.explore.distortions import DIALS
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.studies import attacks, drawn
from nnviz.web.studies.chosen import Chosen
from tests.web.test_api import SEVEN, assert_problem

MODEL = "/api/models/mlp-relu"
DRAWING = {"strokes": SEVEN}


def network_of(images: np.ndarray) -> np.ndarray:
    """What the network says of images."""
    said: np.ndarray = models.load("mlp-relu").network.predict(ink.to_input(images)).argmax(axis=1)
    return said


def z_of(x: object) -> np.ndarray:
    network = models.load("mlp-relu").network
    return network.forward(np.asarray(x, np.float32).reshape(1, 784))[1].output.z[0]


@pytest.mark.parametrize("method", ["fgsm", "pgd"])
def test_a_pushed_drawing_is_read_as_the_reply_says(client: FlaskClient, method: str) -> None:
    body = DRAWING | {"method": method, "target": 3, "epsilon": 0.15}
    reply = client.post(f"{MODEL}/attacks", json=body).json
    network, x = models.load("mlp-relu").network, np.array(reply["input"]["pixels"]) / 255
    pixels, change = np.array(reply["pixels"]), np.array(reply["change"])
    assert pixels == pytest.approx(x + change, abs=1e-5)
    assert np.abs(change).max() == pytest.approx(reply["largest"]) == pytest.approx(0.15)
    assert reply["length"] == pytest.approx(np.linalg.norm(change), rel=1e-5)
    a = network(np.stack([x, pixels]).astype(np.float32))
    assert reply["before"] == pytest.approx(a[0], abs=1e-5)
    assert reply["after"] == pytest.approx(a[1], abs=1e-4)
    assert (reply["label"], reply["prediction"]) == (7, a[1].argmax())
    for name, z in (("before", z_of(x)), ("after", z_of(pixels))):
        score = z[3] - np.delete(z, 3).max()
        assert reply["score"][name] == pytest.approx(score, abs=1e-3)
    less = 1e-3  # of the change: so small that slopes stay as they are
    moved = z_of(x + less * change) - z_of(x)
    rival = int(np.where(np.arange(10) == 3, -np.inf, z_of(x)).argmax())
    slope = (moved[3] - moved[rival]) / less
    expected = reply["score"]["before"] + slope
    assert reply["score"]["expected"] == pytest.approx(expected, abs=0.05, rel=0.01)
    assert [each["epsilon"] for each in reply["curve"]] == np.linspace(0, 1, 33).tolist()
    assert reply["curve"][0]["prediction"] == 7
    assert reply["curve"][0]["probability"] == pytest.approx(a[0, 3], abs=1e-5)
    fooled = [each["epsilon"] for each in reply["curve"] if each["prediction"] == 3]
    assert fooled[0] - 1 / 32 < reply["smallest_epsilon"] <= fooled[0]


def test_without_a_target_any_other_answer_will_do(client: FlaskClient) -> None:
    reply = client.post(f"{MODEL}/attacks", json=DRAWING | {"epsilon": 0.3}).json
    assert reply["target"] is None
    assert reply["prediction"] != reply["label"] == 7
    assert reply["score"]["after"] > 0 > reply["score"]["before"]
    still = client.post(f"{MODEL}/attacks", json=DRAWING | {"epsilon": 0}).json
    assert not any(still["change"])
    assert still["after"] == still["before"]


def test_as_little_as_it_takes_is_what_has_just_done_it(client: FlaskClient) -> None:
    for body in ({}, {"target": 3}, {"target": 7}):
        reply = client.post(f"{MODEL}/attacks", json=DRAWING | body | {"epsilon": None}).json
        assert reply["epsilon"] == reply["smallest_epsilon"]
        assert reply["score"]["after"] >= 0
        assert reply["largest"] == pytest.approx(reply["epsilon"], abs=1e-6)
        assert (reply["prediction"] == 7) == (body.get("target") == 7)


def test_where_no_push_is_enough_one_is_shown_all_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attacks, "search", lambda *given: replace(search(*given), smallest=None))
    reply = client.post(f"{MODEL}/attacks", json=DRAWING | {"epsilon": None}).json
    assert (reply["smallest_epsilon"], reply["epsilon"]) == (None, 0.2)
    assert reply["largest"] == pytest.approx(0.2)


def test_noise_becomes_what_it_is_sure_of(client: FlaskClient) -> None:
    body = {"noise": 4, "target": 3, "method": "pgd", "epsilon": 0.3}
    reply, again = (client.post(f"{MODEL}/attacks", json=body).json for _ in range(2))
    assert reply == again
    assert reply["prediction"] == 3
    assert reply["after"][3] > 0.99
    other = client.post(f"{MODEL}/attacks", json=body | {"noise": 5}).json
    assert other["input"] != reply["input"]


@pytest.mark.parametrize("kind", DIALS)
def test_a_dial_is_read_at_each_amount(client: FlaskClient, kind: str) -> None:
    reply = client.post(f"{MODEL}/distortions", json=DRAWING | {"kind": kind}).json
    network = models.load("mlp-relu").network
    pictures = np.array(reply["pictures"], np.uint8)
    a = network(ink.to_input(pictures))
    assert np.array(reply["probabilities"]) == pytest.approx(a, abs=1e-5)
    assert reply["predictions"] == a.argmax(axis=1).tolist()
    assert reply["amounts"] == list(DIALS[kind].amounts)
    middle = reply["amounts"].index(reply["neutral"])
    low, high = reply["breaks_at"]
    for edge, step in ((low, 1), (high, -1)):
        if edge is not None:
            at = reply["amounts"].index(edge)
            assert reply["predictions"][at] != 7
            assert set(reply["predictions"][at + step : middle : step]) <= {7}


def test_accuracy_falls_as_a_dial_is_turned(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attacks, "JUDGED", 500)
    reply = client.get(f"{MODEL}/robustness?kind=shift_x").json
    assert reply["total"] == 500
    part = mnist.load().test[:500]
    a = models.load("mlp-relu").network.predict(ink.to_input(part.images))
    middle = reply["amounts"].index(0)
    assert reply["accuracies"][middle] == (a.argmax(axis=1) == part.labels).mean()
    assert reply["accuracies"][0] < 0.5 < reply["accuracies"][middle + 1]
    shifted = np.roll(part.images, 1, axis=2)  # by one pixel: a digit's edge is paper
    assert reply["amounts"][middle + 1] == 1
    right = int((network_of(shifted) == part.labels).sum())
    assert reply["accuracies"][middle + 1] == right / 500
    assert reply["intervals"][middle + 1] == pytest.approx(
        [float(each) for each in wilson(right, 500)]
    )
    for share, (low, high) in zip(reply["accuracies"], reply["intervals"], strict=True):
        assert low < share < high
    off = {"edits": [{"kind": "off", "layer": "hidden2", "unit": 3}]}
    edited = client.post(f"{MODEL}/robustness?kind=shift_x", json=off).json
    assert edited["accuracies"][middle] < reply["accuracies"][middle]


def test_accuracy_falls_as_pixels_are_pushed(client: FlaskClient) -> None:
    reply = client.get(f"{MODEL}/robustness?kind=fgsm").json
    assert reply["amounts"][0] == reply["neutral"] == 0
    assert reply["accuracies"][0] > 0.95
    assert reply["accuracies"][:9] == sorted(reply["accuracies"][:9], reverse=True)
    assert reply["accuracies"][reply["amounts"].index(0.2)] < 0.1
    part = mnist.load().test[:2000]
    network, x = models.load("mlp-relu").network, ink.to_input(part.images).reshape(-1, 784)
    goal = Goal(part.labels.astype(int), targeted=False)
    pushed = attack(network, x, goal, np.full(2000, 0.05), "fgsm")
    right = (network.predict(pushed).argmax(axis=1) == part.labels).mean()
    assert reply["accuracies"][reply["amounts"].index(0.05)] == pytest.approx(right, abs=0.001)


def test_a_unit_is_climbed(client: FlaskClient) -> None:
    path = "/api/models/mlp-sigmoid/units/hidden1/4"
    page = client.get(path).json
    reply = client.post(f"{path}/ascent", json={"regularisation": 0.2}).json
    network = models.load("mlp-sigmoid").network
    _, trace = network.forward(np.array(reply["pixels"], np.float32)[None])
    assert reply["activation"] == pytest.approx(trace.layers[0].a[0, 4], abs=1e-5)
    assert reply["steps"][-1] == pytest.approx(trace.layers[0].z[0, 4], abs=1e-3)
    assert reply["start_activation"] < reply["activation"]
    assert reply["from_digit"] is False
    assert reply["best_digit"]["index"] == page["top"][0]["index"]
    assert reply["best_digit"]["activation"] == page["top"][0]["activation"]
    off = {"edits": [{"kind": "off", "layer": "hidden1", "unit": 4}]}
    assert client.post(f"{path}/ascent", json=off).json["activation"] < 1e-30
    dark = client.post(path, json=off).json
    assert max(dark["class_means"]) < 1e-30
    assert client.get(path).json == page


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("attacks", {}, 422, "missing_drawing"),
        ("attacks", DRAWING | {"noise": 1}, 422, "ambiguous_drawing"),
        ("attacks", {"noise": -1}, 422, "wrong_type"),
        ("attacks", DRAWING | {"epsilon": 1.1}, 422, "wrong_type"),
        ("attacks", DRAWING | {"epsilon": -0.1}, 422, "wrong_type"),
        ("attacks", DRAWING | {"target": 10}, 422, "wrong_type"),
        ("attacks", DRAWING | {"method": "guess"}, 422, "wrong_type"),
        ("distortions", DRAWING, 422, "wrong_type"),
        ("distortions", DRAWING | {"kind": "melt"}, 422, "wrong_type"),
        ("distortions", {"kind": "turn"}, 422, "missing_drawing"),
        ("robustness", {"edits": []}, 422, "bad_query"),
        ("robustness?kind=melt", {"edits": []}, 422, "bad_query"),
        ("robustness?kind=turn&x=1", {"edits": []}, 422, "bad_query"),
        ("units/hidden1/4/ascent", {"regularisation": 1.5}, 422, "wrong_type"),
        ("units/hidden1/99/ascent", {}, 404, "no_such_unit"),
        ("units/hidden1/x/ascent", {}, 404, "no_such_unit"),
        ("units/hidden9/1/ascent", {}, 404, "no_such_layer"),
        ("units/input/1/ascent", {}, 404, "no_such_layer"),
    ],
)
def test_what_does_not_fit_is_refused(
    client: FlaskClient, path: str, body: object, status: int, code: str
) -> None:
    assert_problem(client.post(f"{MODEL}/{path}", json=body), status, code)


@pytest.mark.parametrize("path", ["attacks", "distortions", "units/lstm/1/ascent"])
def test_other_problems_are_refused(client: FlaskClient, path: str) -> None:
    body = {} if "ascent" in path else DRAWING | ({"kind": "turn"} if "dist" in path else {})
    assert_problem(client.post(f"/api/models/pen-lstm/{path}", json=body), 422, "wrong_problem")


def test_what_would_take_minutes_is_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "MOST", 1_000)
    for path, more in (("attacks", {}), ("attributions", {}), ("distortions", {"kind": "turn"})):
        reply = client.post(f"{MODEL}/{path}", json=DRAWING | more)
        assert_problem(reply, 422, "too_dear")
    assert_problem(client.post(f"{MODEL}/units/hidden1/0/ascent", json={}), 422, "too_dear")


def test_a_kept_reply_names_the_model_that_was_asked() -> None:
    """Two models of the same content share what is found out about them."""
    network, work = models.load("mlp-relu").network, LongWork(1_000_000, BoundedSemaphore(2))
    one, other = (Chosen(name, network, "same content") for name in ("one", "other"))
    many = 2 * drawn.QUICK
    first = drawn.answered(work, one, many, ("a",), lambda: {"model": "one", "x": 1})
    again = drawn.answered(work, other, many, ("a",), lambda: pytest.fail("it is kept"))
    assert (first["model"], again) == ("one", {"model": "other", "x": 1})


def test_dear_networks_are_worked_on_beside_the_requests(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same reply, whichever way it takes."""
    body = DRAWING | {"method": "gradient"}
    quick = client.post(f"{MODEL}/attributions", json=body).json
    monkeypatch.setattr(drawn, "QUICK", 0)
    assert client.post(f"{MODEL}/attributions", json=body).json == quick
    for path in ("attacks", "distortions"):
        asked = DRAWING | ({"kind": "turn"} if path == "distortions" else {})
        assert client.post(f"{MODEL}/{path}", json=asked).status_code == 200
    assert client.post(f"{MODEL}/units/hidden1/2/ascent", json={}).status_code == 200

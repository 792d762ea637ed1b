"""What a request may cost: dear work is refused, or done beside the requests, once for all."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from nnviz.settings import Settings
from nnviz.web import create_app, current
from nnviz.web.bounds import long_work
from tests.web.test_api import READ, SEVEN, assert_problem, png
from tests.web.test_lab import EDITS, MODEL

LEARN: dict = {"kind": "learn", "pixels": [0] * 784, "label": 3, "learning_rate": 0.1, "times": 100}
LONG: dict[str, Callable[[FlaskClient], TestResponse]] = {
    "the test set": lambda client: client.post(f"{MODEL}/evaluation", json={"edits": EDITS}),
    "misread digits": lambda client: client.get("/api/datasets/mnist/test?mistakes_of=mlp-relu"),
    "to keep": lambda client: client.post("/api/models", json={"base": "mlp-relu", "title": "a"}),
    "much to learn": lambda client: client.post(
        READ, json={"strokes": SEVEN, "edits": [LEARN] * 3}
    ),
    "much to learn, as a file": lambda client: client.post(
        f"{MODEL}/weights", json={"edits": [LEARN] * 3}
    ),
    "a picture": lambda client: client.post(
        READ, data=png(mnist.load().test.images[0]), content_type="image/png"
    ),
}


@pytest.mark.parametrize("ask", LONG.values(), ids=LONG.keys())
def test_whom_the_server_cannot_serve_now_is_asked_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[FlaskClient], TestResponse]
) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    monkeypatch.setattr(long_work, "QUEUED", -1)
    reply = ask(client)
    assert_problem(reply, 503, "busy")
    assert reply.headers["Retry-After"] == "1"
    monkeypatch.undo()
    assert ask(client).status_code in (200, 201)


@pytest.mark.parametrize(
    ("prefer", "status"),
    [
        (None, 503),
        ("wait=10", 503),
        ("respond-async", 202),
        ("handling=lenient, Respond-Async; x=1", 202),
    ],
)
def test_what_goes_on_is_no_failure_for_who_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefer: str | None, status: int
) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    monkeypatch.setattr(long_work, "PATIENCE", 0.0)
    headers = {} if prefer is None else {"Prefer": prefer}
    reply = client.post(f"{MODEL}/evaluation", json={"edits": EDITS}, headers=headers)
    assert_problem(reply, status, "not_ready")
    assert reply.headers["Retry-After"] == "1"
    assert "Prefer" in reply.headers["Vary"]
    assert reply.headers.get("Preference-Applied") == ("respond-async" if status == 202 else None)
    monkeypatch.setattr(long_work, "QUEUED", -1)
    busy = client.post(f"{MODEL}/evaluation", json={"edits": EDITS[:1]}, headers=headers)
    assert_problem(busy, 503, "busy")  # nothing of it goes on


def test_dear_edits_are_made_once_for_all_strokes(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))
    body = {"strokes": SEVEN, "edits": [LEARN] * 3}
    first = app.test_client().post(READ, json=body)
    kept = app.extensions[current.LONG_WORK]._done.bytes
    assert kept >= models.load("mlp-sigmoid").network.parameters.nbytes
    again = app.test_client().post(READ, json={**body, "strokes": [[[0.5, 0.2], [0.5, 0.8]]]})
    assert again.status_code == 200
    assert app.extensions[current.LONG_WORK]._done.bytes == kept
    network = edits.apply(
        models.load("mlp-sigmoid").network, [msgspec.convert(LEARN, edits.LearnEdit)] * 3
    )
    pixels = np.array(first.json["input"]["pixels"], np.uint8)
    expected = network(ink.to_input(pixels)[None])[0]
    np.testing.assert_allclose(first.json["probabilities"], expected, rtol=1e-5)


def test_edits_that_cost_too_much_are_refused_before_anything_is_computed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.edits.one_step.take", pytest.fail)
    for route in ("activations", "weights", "evaluation", "step", "lead"):
        asked = {"pixels": [0.5] * 784, "label": 1, "first": 1, "second": 2}
        named = {"step": ("pixels", "label"), "lead": ("pixels", "first", "second")}
        fields = named.get(route, ("pixels",) if route == "activations" else ())
        body = {**{name: asked[name] for name in fields}, "edits": [LEARN] * 400}
        text = json.dumps(body, separators=(",", ":"))
        reply = client.post(f"/api/models/lstm/{route}", data=text, content_type="application/json")
        assert_problem(reply, 422, "too_dear")
        assert "at most 8 billion operations" in reply.json["detail"]

"""The route that tells why one answer and not another."""

from typing import Any

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.edits import BiasEdit, apply
from nnviz.explain.lead import trace_lead
from nnviz.web.bounds.turns import Turns
from nnviz.web.schemas.reading.reasons import LeadObject
from nnviz.web.views import readings
from tests.web.test_api import SEVEN, assert_problem

LEAD = "/api/models/mlp-sigmoid/lead"
RIVALS = {"strokes": SEVEN, "first": 7, "second": 1}


@pytest.mark.parametrize("name", models.DIGITS)
def test_a_lead_is_the_difference_of_the_sums_that_a_reading_tells(
    client: FlaskClient, name: str
) -> None:
    reply = client.post(f"/api/models/{name}/lead", json=RIVALS)
    told = msgspec.convert(reply.json, LeadObject)
    reading = client.post(f"/api/models/{name}/activations", json={"strokes": SEVEN}).json
    z = reading["layers"][-1]["z"]
    assert told.lead == pytest.approx(z[7] - z[1], rel=1e-4)
    assert told.input.pixels == reading["input"]["pixels"]
    share = reading["probabilities"][7] / reading["probabilities"][1]
    assert np.log(share) == pytest.approx(told.lead, rel=1e-3)


def test_a_lead_is_of_the_edited_network_and_of_test_digits_too(client: FlaskClient) -> None:
    digit = mnist.load().test.images[5]
    edit = {"kind": "bias", "layer": "hidden2", "unit": 3, "shift": 4}
    body = {"pixels": (digit / 255).ravel().tolist(), "first": 2, "second": 9, "edits": [edit]}
    told = msgspec.convert(client.post(LEAD, json=body).json, LeadObject)
    network = apply(models.load("mlp-sigmoid").network, [BiasEdit("hidden2", 3, shift=4)])
    expected = trace_lead(network, ink.to_input(digit), 2, 9)
    assert told.lead == pytest.approx(expected.lead, rel=1e-6)
    assert told.blank == pytest.approx(expected.blank, rel=1e-6)
    np.testing.assert_allclose(told.parts, expected.pixels.ravel(), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(
    "wrong", [{"second": 7}, {"second": 10}, {"first": -1}, {"first": "7"}, {"third": 3}]
)
def test_two_answers_are_asked_for(client: FlaskClient, wrong: dict[str, Any]) -> None:
    assert client.post(LEAD, json={**RIVALS, **wrong}).status_code == 422


def test_few_may_wait(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns("a drawing", waiting=0)
    monkeypatch.setattr(readings, "_turns", turns)
    with turns.take():
        assert_problem(client.post(LEAD, json=RIVALS), 503, "busy")
    assert client.post(LEAD, json=RIVALS).status_code == 200


def test_a_lead_of_the_second_output_is_told_by_its_head(client: FlaskClient) -> None:
    two = "/api/models/mlp-two-heads"
    body = {"strokes": SEVEN, "first": 0, "second": 2}
    told = msgspec.convert(client.post(f"{two}/lead", json={**body, "head": 1}).json, LeadObject)
    reading = client.post(f"{two}/activations", json={"strokes": SEVEN}).json
    z = reading["layers"][-1]["z"]
    assert told.head == 1
    assert told.lead == pytest.approx(z[0] - z[2], rel=1e-4)
    assert told.blank + sum(told.parts) == pytest.approx(told.lead, abs=0.1)
    first = msgspec.convert(client.post(f"{two}/lead", json=body).json, LeadObject)
    z = reading["layers"][-2]["z"]
    assert (first.head, first.lead) == (0, pytest.approx(z[0] - z[2], rel=1e-4))


@pytest.mark.parametrize("wrong", [{"head": 2}, {"head": 1, "second": 3}, {"head": -1}])
def test_an_answer_that_an_output_does_not_have_is_refused(
    client: FlaskClient, wrong: dict[str, Any]
) -> None:
    body = {"strokes": SEVEN, "first": 0, "second": 2, **wrong}
    reply = client.post("/api/models/mlp-two-heads/lead", json=body)
    assert reply.status_code == 422


def test_of_an_early_row_the_pixels_are_traced_too(client: FlaskClient) -> None:
    body = {**RIVALS, "row": 12}
    told = msgspec.convert(client.post("/api/models/lstm/lead", json=body).json, LeadObject)
    assert any(told.parts[: 12 * 28])
    assert not any(told.parts[12 * 28 :])
    whole = client.post("/api/models/lstm/lead", json=RIVALS).json
    assert whole["lead"] != told.lead
    assert_problem(client.post(LEAD, json=body), 422, "out_of_range")

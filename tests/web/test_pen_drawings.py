"""Drawings of pens by JSON, and what the network of the pen makes of them."""

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import problems
from nnviz.ink import movement
from nnviz.problems.digits import DIGIT
from nnviz.web.schemas.pen import PenPage
from tests.web.test_api import assert_problem

TEST = "/api/datasets/unipen/test"


def page(client: FlaskClient, query: str = "") -> PenPage:
    return msgspec.convert(client.get(TEST + query).json, PenPage)


def test_test_writers_drawings_come_with_their_licence_and_as_the_network_reads_them(
    client: FlaskClient,
) -> None:
    found = page(client, "?offset=7&limit=3")
    examples = problems.get("pen").examples("test", (DIGIT,))
    assert found.total == len(examples) == 513
    assert found.licence == "CC BY 4.0"
    assert "10.5281/zenodo.1195803" in found.source
    assert [each.index for each in found.drawings] == [7, 8, 9]
    for each in found.drawings:
        assert each.label == examples.targets["digit"][each.index]
        points = np.array([point for stroke in each.strokes for point in stroke])
        assert points.min() >= 0.149
        assert points.max() <= 0.851
        read = movement.from_strokes(each.strokes)
        np.testing.assert_allclose(read, examples.inputs[each.index], atol=0.02)


def test_drawings_of_one_digit_are_found_and_most_are_read_right(client: FlaskClient) -> None:
    found = page(client, "?label=3&limit=20")
    assert {each.label for each in found.drawings} == {3}
    answers = [
        client.post("/api/models/pen-lstm/activations", json={"strokes": each.strokes}).json
        for each in found.drawings
    ]
    assert sum(answer["prediction"] == 3 for answer in answers) >= 19
    assert page(client, "?label=3&offset=100000").drawings == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/datasets/unipen/validation", "unknown_split"),
        (TEST + "?label=10", "bad_query"),
        (TEST + "?limit=0", "bad_query"),
        (TEST + "?writer=3", "bad_query"),
    ],
)
def test_what_there_is_not_is_refused(client: FlaskClient, path: str, code: str) -> None:
    reply = client.get(path)
    assert reply.status_code in (404, 422)
    assert_problem(reply, reply.status_code, code)

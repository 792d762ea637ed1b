"""Pictures over the interface: what was found in them, each digit to choose, one at a time."""

import io
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient
from PIL import Image

from nnviz import ink
from nnviz.web.schemas.reading.readings import Picture, Reading
from tests.web.test_api import assert_problem

READ = "/api/models/mlp-wide/activations"
TWO = (Path(__file__).parents[1] / "pictures" / "two42.png").read_bytes()
PNG = {"data": TWO, "content_type": "image/png"}


def picture_of(reading: Reading) -> Picture:
    assert isinstance(reading.picture, Picture)
    return reading.picture


@pytest.mark.parametrize(("digit", "label"), [(0, 4), (1, 2)])
@pytest.mark.parametrize("way", ["form", "body"])
def test_each_digit_of_a_picture_can_be_read(
    client: FlaskClient, way: str, digit: int, label: int
) -> None:
    if way == "form":
        form = {"image": (io.BytesIO(TWO), "two.png"), "digit": str(digit)}
        reply = client.post(READ, data=form)
    else:
        reply = client.post(f"{READ}?digit={digit}", **PNG)
    reading = msgspec.json.decode(reply.data, type=Reading)
    picture = picture_of(reading)
    assert reading.prediction == label
    assert (picture.width, picture.height, picture.chosen) == (1000, 500, digit)
    assert picture.dark_on_light
    assert len(picture.digits) == 2
    assert reading.input.pixels == picture.digits[digit].pixels
    found = ink.find(TWO).digits[digit]
    assert picture.digits[digit].box == list(found.box)
    assert picture.digits[digit].ink.shape == list(found.ink.shape)
    assert picture.digits[digit].ink.values == found.ink.ravel().tolist()


def test_blank_paper_has_no_digit_and_no_answer(client: FlaskClient) -> None:
    buffer = io.BytesIO()
    Image.new("L", (300, 400), 230).save(buffer, "PNG")
    reply = client.post(READ, data=buffer.getvalue(), content_type="image/png")
    reading = msgspec.json.decode(reply.data, type=Reading)
    assert reading.prediction is None
    assert picture_of(reading).digits == []
    assert picture_of(reading).chosen is None


def test_strokes_have_no_picture(client: FlaskClient) -> None:
    reply = client.post(READ, json={"strokes": [[[0.5, 0.1], [0.5, 0.9]]]})
    assert "picture" not in reply.json


def test_a_digit_that_there_is_not_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post(f"{READ}?digit=2", **PNG), 422, "no_such_digit")
    assert_problem(client.post(f"{READ}?digit=12", **PNG), 422, "bad_query")
    assert_problem(client.post(f"{READ}?digit=-1", **PNG), 422, "bad_query")

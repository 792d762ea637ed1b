"""The JSON interface: every number recomputed from the weights, every bad body answered clearly."""

import gzip
import io
import json

import msgspec
import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from safetensors.numpy import load

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.web.schemas.digits import DigitPage
from nnviz.web.schemas.models import ModelDescription, ModelList
from nnviz.web.schemas.problem import Problem
from nnviz.web.schemas.reading.readings import Reading
from tests import recompute

SEVEN = [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]
READ = "/api/models/mlp-sigmoid/activations"


def png(grey: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "PNG")
    return buffer.getvalue()


def assert_problem(reply, status: int, code: str) -> None:
    """The one shape of every failure."""
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    problem = msgspec.json.decode(reply.data, type=Problem)
    assert (problem.status, problem.code, problem.type) == (status, code, "about:blank")
    assert len(problem.detail) > 10
    assert "Traceback" not in problem.detail


def test_the_list_names_every_model(client: FlaskClient) -> None:
    listing = msgspec.json.decode(client.get("/api/models").data, type=ModelList)
    assert listing.default == "mlp-sigmoid"
    assert [model.id for model in listing.models] == models.names()
    for summary in listing.models:
        model = models.load(summary.id)
        assert summary.parameters == model.network.parameter_count
        assert summary.accuracy == model.accuracy
        assert summary.architecture == model.architecture


@pytest.mark.parametrize("name", models.DIGITS)
def test_a_model_tells_its_layers(client: FlaskClient, name: str) -> None:
    reply = client.get(f"/api/models/{name}")
    described = msgspec.json.decode(reply.data, type=ModelDescription)
    assert described.parameters == sum(layer.parameters for layer in described.layers)
    assert described.weight_count + described.bias_count == described.parameters
    assert described.layers[-1].shape == [10]
    assert all(layer.exposure > 0 for layer in described.layers)
    assert {layer.kind: layer.arithmetic for layer in described.layers}.items() <= {
        "dense": "sum",
        "conv2d": "sum",
        "max_pooling2d": "pool",
        "flatten": "none",
        "dropout": "none",
        "lstm": "gates",
    }.items()
    assert described.seed == described.recipe["training"]["seed"]


def test_weights_are_a_safetensors_file_that_may_be_kept_for_ever(client: FlaskClient) -> None:
    place = client.get("/api/models/mlp-sigmoid").json["weights"]
    reply = client.get(place["url"])
    assert len(reply.data) == place["bytes"]
    assert "immutable" in reply.headers["Cache-Control"]
    assert load(reply.data)["hidden1/W"].shape == (784, 16)
    plain = client.get("/api/models/mlp-sigmoid/weights")
    assert plain.headers["Cache-Control"] == "no-cache"
    same = client.get(
        "/api/models/mlp-sigmoid/weights", headers={"If-None-Match": plain.headers["ETag"]}
    )
    assert (same.status_code, same.data) == (304, b"")


@pytest.mark.parametrize("name", models.DIGITS)
@pytest.mark.parametrize(
    "body",
    [
        {"strokes": SEVEN},
        {"strokes": SEVEN, "center": False},
        {"pixels": (mnist.load().test.images[3] / 255).ravel().tolist()},
    ],
)
def test_every_number_can_be_recomputed_from_the_weights(
    client: FlaskClient, name: str, body: dict
) -> None:
    reading = client.post(f"/api/models/{name}/activations", json=body).json
    msgspec.convert(reading, Reading)
    weights = load(client.get(f"/api/models/{name}/weights").data)
    description = client.get(f"/api/models/{name}").json
    expected = recompute.layers(reading, description, weights)
    for layer, values in zip(reading["layers"], expected, strict=True):
        shape = layer["shape"]
        assert list(values["a"].shape) == shape
        for part in ("z", "a"):
            shown = np.reshape(layer[part], shape)
            np.testing.assert_allclose(shown, values[part], rtol=1e-4, atol=1e-4)
        assert ("gates" in layer) == ("gates" in values)
        for gate, numbers in layer.get("gates", {}).items():
            shown = np.reshape(numbers, shape)
            np.testing.assert_allclose(shown, values["gates"][gate], rtol=1e-4, atol=1e-5)
    assert reading["probabilities"] == reading["layers"][-1]["a"]
    assert reading["prediction"] == int(np.argmax(expected[-1]["a"]))
    assert reading["model"] == name


def test_the_input_is_what_ink_makes_of_it(client: FlaskClient) -> None:
    reading = client.post(READ, json={"strokes": SEVEN}).json
    assert reading["input"] == {
        "shape": [28, 28],
        "pixels": ink.from_strokes(SEVEN).ravel().tolist(),
    }


def test_values_keep_their_full_float32_precision(client: FlaskClient) -> None:
    reading = client.post(READ, json={"strokes": SEVEN}).json
    pixels = ink.to_input(ink.from_strokes(SEVEN))[None]
    _, trace = models.load("mlp-sigmoid").network.forward(pixels)
    for layer, part in zip(reading["layers"], trace.layers, strict=True):
        np.testing.assert_array_equal(np.float32(layer["z"]), part.z[0])
        np.testing.assert_array_equal(np.float32(layer["a"]), part.a[0])


@pytest.mark.parametrize("strokes", [[], [[]]])
def test_an_empty_drawing_has_activations_but_no_answer(client: FlaskClient, strokes: list) -> None:
    reading = client.post(READ, json={"strokes": strokes}).json
    msgspec.convert(reading, Reading)
    assert not any(reading["input"]["pixels"])
    assert reading["prediction"] is None
    assert len(reading["layers"][0]["a"]) == 16


@pytest.mark.parametrize("way", ["form", "body"])
def test_an_uploaded_image_is_read(client: FlaskClient, way: str) -> None:
    digit = mnist.load().test.images[0]
    if way == "form":
        reply = client.post(
            READ, data={"image": (io.BytesIO(png(digit)), "a.png"), "center": "true"}
        )
    else:
        reply = client.post(READ + "?center=true", data=png(digit), content_type="image/png")
    assert reply.json["input"]["pixels"] == digit.ravel().tolist()
    assert reply.json["prediction"] == 7


BAD_JSON = [
    (b"", 400, "invalid_json"),
    (b"{", 400, "invalid_json"),
    (b"\xff\xfe", 400, "invalid_json"),
    (b'{"strokes": [[[NaN, 0]]]}', 400, "invalid_json"),
    (b'{"strokes": [[[Infinity, 0]]]}', 400, "invalid_json"),
    (b"[" * 100_000, 422, "wrong_type"),
    (b'{"pixels": ' + b"[" * 100_000, 422, "wrong_type"),
    (b"[]", 422, "wrong_type"),
    (b"null", 422, "wrong_type"),
    (b"{}", 422, "missing_drawing"),
    (b'{"center": true}', 422, "missing_drawing"),
    (b'{"strokes": [], "pixels": []}', 422, "ambiguous_drawing"),
    (b'{"stroke": []}', 422, "unknown_field"),
    (b'{"strokes": null}', 422, "wrong_type"),
    (b'{"strokes": "7"}', 422, "wrong_type"),
    (b'{"strokes": [[["0.1", 0.2]]]}', 422, "wrong_type"),
    (b'{"strokes": [[[true, 0.2]]]}', 422, "wrong_type"),
    (b'{"strokes": [[0.1, 0.2]]}', 422, "wrong_type"),
    (b'{"strokes": [[[0.1]]]}', 422, "wrong_shape"),
    (b'{"strokes": [[[0.1, 0.2, 0.3]]]}', 422, "wrong_shape"),
    (b'{"strokes": [[[1e999, 0.2]]]}', 422, "out_of_range"),
    (b'{"strokes": [[[11, 0.2]]]}', 422, "out_of_range"),
    (b'{"strokes": [], "center": "no"}', 422, "wrong_type"),
    (b'{"pixels": [0, 1]}', 422, "wrong_shape"),
    (json.dumps({"pixels": [2.0] * 784}).encode(), 422, "out_of_range"),
    (json.dumps({"pixels": [-0.1] * 784}).encode(), 422, "out_of_range"),
    (json.dumps({"pixels": ["0"] * 784}).encode(), 422, "wrong_type"),
    (json.dumps({"strokes": [[[0.5, 0.5]] * 10_001]}).encode(), 422, "too_many_points"),
    (b'{"strokes": [' + b" " * 1_000_001 + b"]}", 413, "body_too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_JSON)
def test_a_bad_body_is_answered_with_its_code(
    client: FlaskClient, body: bytes, status: int, code: str
) -> None:
    assert_problem(client.post(READ, data=body, content_type="application/json"), status, code)


def test_a_body_of_unannounced_length_is_limited_too(client: FlaskClient) -> None:
    reply = client.post(
        READ,
        input_stream=io.BytesIO(b'{"strokes": [' + b" " * 1_000_000 + b"]}"),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert_problem(reply, 413, "body_too_large")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"strokes": [[[0.1, 0.2, 0.3]]]}', ["length 2", "length 3", "$.strokes[0][0]"]),
        (b'{"strokes": [[["x", 0.2]]]}', ["float", "str", "$.strokes[0][0][0]"]),
        (b'{"line": []}', ["line", "strokes, pixels, center"]),
        (b'{"strokes": [[[1e999, 0.2]]]}', ["inf", "$.strokes[0][0][0]"]),
    ],
)
def test_a_refusal_says_what_was_expected_and_what_came(
    client: FlaskClient, body: bytes, words: list[str]
) -> None:
    detail = client.post(READ, data=body, content_type="application/json").json["detail"]
    assert all(word in detail for word in words), detail


def test_bad_uploads_are_answered_with_their_code(client: FlaskClient) -> None:
    bomb = png(np.zeros((8000, 8000), np.uint8))
    assert_problem(client.post(READ, data=b"x", content_type="image/png"), 422, "not_an_image")
    assert_problem(client.post(READ, data=bomb, content_type="image/png"), 413, "image_too_large")
    assert_problem(
        client.post(READ, data=b"0" * 10_000_001, content_type="image/png"), 413, "body_too_large"
    )
    assert_problem(
        client.post(READ + "?center=maybe", data=b"x", content_type="image/png"), 422, "wrong_type"
    )
    assert_problem(
        client.post(READ, data=b"x", content_type="text/plain"), 415, "unsupported_media_type"
    )
    assert_problem(
        client.post(READ, data={"file": (io.BytesIO(b"x"), "a.png")}), 422, "missing_drawing"
    )
    form = {"image": (io.BytesIO(png(np.zeros((9, 9), np.uint8))), "a.png"), "size": "9"}
    assert_problem(client.post(READ, data=form), 422, "unknown_field")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/models/mlp-huge", 404, "unknown_model"),
        ("GET", "/api/models/mlp-huge/weights", 404, "unknown_model"),
        ("POST", "/api/models/mlp-huge/activations", 404, "unknown_model"),
        ("GET", "/api/models/..%2f..%2fetc/weights", 404, "not_found"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/static/x/js/nothing.js", 404, "not_found"),
        ("GET", READ, 405, "method_not_allowed"),
        ("DELETE", "/api/models", 405, "method_not_allowed"),
        ("GET", "/api/datasets/mnist/all", 404, "unknown_split"),
        ("GET", "/api/datasets/mnist/test?label=10", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?label=x", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?limit=0", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?limit=101", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?offset=-1", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?offset=%C2%B2", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?page=1", 422, "bad_query"),
        ("GET", "/api/datasets/ames/all", 404, "unknown_split"),
        ("GET", "/api/datasets/ames/test?limit=101", 422, "bad_query"),
        ("GET", "/api/datasets/ames/test?label=1", 422, "bad_query"),
        ("GET", "/api/datasets/mnist/test?mistakes_of=none", 404, "unknown_model"),
        ("GET", "/api/datasets/mnist/train?mistakes_of=mlp-relu", 422, "bad_query"),
    ],
)
def test_bad_addresses_are_answered_with_their_code(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    assert_problem(client.open(path, method=method), status, code)


def test_digits_are_filtered_and_paged(client: FlaskClient) -> None:
    test = mnist.load().test
    sevens = np.flatnonzero(test.labels == 7)
    reply = client.get("/api/datasets/mnist/test?label=7&offset=5&limit=3")
    page = msgspec.json.decode(reply.data, type=DigitPage)
    assert (page.total, page.offset, page.limit, page.label) == (len(sevens), 5, 3, 7)
    assert [digit.index for digit in page.digits] == sevens[5:8].tolist()
    assert page.digits[0].pixels == test.images[sevens[5]].ravel().tolist()
    assert client.get("/api/datasets/mnist/train").json["total"] == 60_000
    assert client.get("/api/datasets/mnist/test?offset=10000").json["digits"] == []


def test_a_failure_inside_is_a_problem_without_its_secrets(
    app, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("nnviz.web.views.readings.read", fail)
    reply = client.post(READ, json={"strokes": SEVEN})
    assert_problem(reply, 500, "internal_error")
    assert b"secret" not in reply.data
    assert "secret" in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["strokes", "pixels", "center", "x"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(json_values | st.dictionaries(st.sampled_from(["strokes", "pixels", "center"]), json_values))
def test_no_json_makes_the_server_fail(client: FlaskClient, value: object) -> None:
    reply = client.post(READ, data=json.dumps(value), content_type="application/json")
    assert reply.status_code in (200, 400, 422)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200), st.sampled_from(["application/json", "image/png", "image/webp"]))
def test_no_bytes_make_the_server_fail(client: FlaskClient, body: bytes, kind: str) -> None:
    reply = client.post(READ, data=body, content_type=kind)
    assert reply.status_code in (200, 400, 413, 422)


def test_weights_travel_compressed_where_that_is_taken(client: FlaskClient) -> None:
    url = client.get("/api/models/cnn").json["weights"]["url"]
    plain = client.get(url)
    small = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data)
    assert small.headers["ETag"] != plain.headers["ETag"]
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_the_digits_that_a_model_reads_wrong(client: FlaskClient) -> None:
    test = mnist.load().test
    answers = models.load("mlp-relu").network.predict(ink.to_input(test.images)).argmax(axis=1)
    wrong = np.flatnonzero(answers != test.labels)
    query = "/api/datasets/mnist/test?mistakes_of=mlp-relu"
    for _ in range(2):  # worked out, and remembered
        reply = client.get(f"{query}&limit=100").get_json()
        assert reply["total"] == len(wrong)
        assert [digit["index"] for digit in reply["digits"]] == wrong[:100].tolist()
    nines = client.get(f"{query}&label=9&limit=100").get_json()
    assert nines["total"] == np.count_nonzero(test.labels[wrong] == 9) > 0
    assert {digit["label"] for digit in nines["digits"]} == {9}

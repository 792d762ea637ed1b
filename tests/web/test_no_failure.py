"""What once failed the server: every kind is refused in words, with nothing of the machine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import EnvironBuilder, run_wsgi_app

from nnviz.runs.runs import Runs
from nnviz.runs.service import Training
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.guards.hosts import answers_to
from tests.runs.conftest import QUICK
from tests.web.test_api import READ, assert_problem

JSON = "application/json"
PRUNE = b'{"kind":"prune","share":0.1}'
DEEP = b"[" * 100_000 + b"]" * 100_000
DEEPISH = [b"[" * depth + b"]" * depth for depth in (300, 600, 900, 960, 985, 1000)]


@pytest.fixture
def school(tmp_path: Path) -> FlaskClient:
    settings = Settings(data=tmp_path, class_code="1234", run_worker_elsewhere=True)
    return create_app(settings).test_client()


@pytest.mark.parametrize("host", ["[", "a@[b", "]", "[::1", "[v1.x]", "\xff", "a:b:c", "%"])
def test_a_host_that_is_none_is_not_ours(client: FlaskClient, host: str) -> None:
    assert_problem(client.get("/healthz", headers={"Host": host}), 421, "wrong_host")
    assert not answers_to(host, frozenset({"localhost"}))


@pytest.mark.parametrize("host", ["xn--a", "a" * 200, "%00", "a b", "a:b", "a" * 70_000])
def test_a_server_for_any_host_answers_odd_ones(tmp_path: Path, host: str) -> None:
    settings = Settings(data=tmp_path, hosts=frozenset({"*"}), class_code="1234")
    app = create_app(settings)
    for path in ("/", "/class", "/api/class"):
        environ = {**EnvironBuilder(path).get_environ(), "HTTP_HOST": host}
        _, status, _ = run_wsgi_app(app, environ)  # no client sends such a host
        assert status[:3] in ("200", "400", "421"), path


@pytest.mark.parametrize("origin", ["http://[", "[", "http://localhost:x", "\xff", ""])
def test_an_origin_that_is_none_is_another_site(client: FlaskClient, origin: str) -> None:
    reply = client.post("/api/recipes", json={"recipe": {}}, headers={"Origin": origin})
    assert_problem(reply, 403, "cross_site")


@pytest.mark.parametrize("name", ["teacher", "visitor", "lang"])
@pytest.mark.parametrize("value", ['"\\351"', "\xe9", '"', "=;=", "a" * 5000, '"\\000"'])
def test_a_cookie_may_be_anything(school: FlaskClient, name: str, value: str) -> None:
    for path in ("/", "/api/class", "/class"):
        assert school.get(path, headers={"Cookie": f"{name}={value}"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/models", b'{"title":"","title":5,"base":"cnn"}'),
        ("/api/models", b'{"title":"a","title":"","title":[],"base":"cnn"}'),
        ("/api/models", b'{"base":"cnn","title":"' + b"a" * 70 + b'","title":{"a":1}}'),
        (READ, b'{"edits":[' + b",".join([PRUNE] * 501) + b'],"edits":null}'),
        (READ, b'{"strokes":[[[1e400,0]]],"strokes":3}'),
        ("/api/recipes", b'{"recipe":{"title":"","title":5}}'),
        ("/api/recipes", b'{"recipe":{"training":{"epochs":0}},"recipe":[]}'),
    ],
)
def test_a_name_that_stands_there_twice_is_told(
    client: FlaskClient, path: str, body: bytes
) -> None:
    reply = client.post(path, data=body, content_type=JSON)
    assert_problem(reply, 400, "invalid_json")
    assert "twice" in reply.json["detail"]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (READ, b'{"pixels":["x"],"strokes":' + DEEP + b"}", "wrong_type"),
        ("/api/recipes", b'{"recipe":{"x":' + DEEP + b"}}", "invalid_json"),
        ("/api/recipes", DEEP, None),
        ("/api/recipes", b'{"recipe":{"training":{"epochs":' + b"9" * 5000 + b"}}}", None),
        ("/api/models/mlp-sigmoid/step", b'{"label":' + b"9" * 5000 + b"}", None),
        (READ, b'{"strokes":[[[1e400,0]]]}', "out_of_range"),
        ("/api/class/teacher", b'{"code":"\\ud800"}', "invalid_json"),
    ],
)
def test_json_without_bounds_is_refused(
    client: FlaskClient, path: str, body: bytes, code: str | None
) -> None:
    reply = client.post(path, data=body, content_type=JSON)
    assert 400 <= reply.status_code < 500
    assert code is None or reply.json["code"] == code


@pytest.mark.parametrize("deep", DEEPISH, ids=len)
@pytest.mark.parametrize(
    "body", [b'{"recipe":{"architecture":%s}}', b'{"recipe":{"title":7,"architecture":{"x":%s}}}',
             b'{"recipe":{"architecture":{"input_shape":[784],"layers":[%s]}}}',
             b'{"recipe":{"architecture":{"input_shape":%s,"layers":[]}}}',
             b'{"recipe":{"architecture":{"input_shape":[784],"layers":[{"kind":%s}]}}}',
             b'{"recipe":{"architecture":{"input_shape":[784],"layers":[{"kind":"dense","units":%s}]}}}'],
)  # fmt: skip
def test_json_just_as_deep_as_may_be_is_refused(
    client: FlaskClient, body: bytes, deep: bytes
) -> None:
    reply = client.post("/api/recipes", data=body % deep, content_type=JSON)
    assert 400 <= reply.status_code < 500


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1e308", b"NaN", b"9" * 400, b"1e-400"])
@pytest.mark.parametrize("where", [b'"units":%s', b'"units":3,"activation":%s', b'"rate":%s'])
def test_a_number_of_any_size_is_refused(client: FlaskClient, number: bytes, where: bytes) -> None:
    layer = b'{"kind":"dense",' + where % number + b"}"
    body = b'{"recipe":{"architecture":{"input_shape":[784],"layers":[' + layer + b"]}}}"
    reply = client.post("/api/recipes", data=body, content_type=JSON)
    assert 400 <= reply.status_code < 500


@pytest.mark.parametrize("run", ["%00", "run-%00", "run-0123456789AB", "%ff", "run-" + "1" * 500])
def test_only_ids_of_runs_reach_the_database(
    school: FlaskClient, monkeypatch: pytest.MonkeyPatch, run: str
) -> None:
    monkeypatch.setattr(Training, "runs", Runs.__new__(Runs))  # it has no database to ask
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None), ("DELETE", "", None), ("PATCH", "", {"title": "a"}),
        ("POST", "/commands", {"command": "go"}), ("POST", "/models", {"title": "a", "batch": 1}),
    ]  # fmt: skip
    for method, rest, body in asked:
        reply = school.open(f"/api/runs/{run}{rest}", method=method, json=body)
        assert_problem(reply, 404, "unknown_model" if rest == "/models" else "unknown_run")


def asks(client: FlaskClient) -> list[Callable[[], Any]]:
    """Every way to the database."""
    run = "/api/runs/run-0123456789ab"
    return [
        lambda: client.get("/api/runs"),
        lambda: client.get(run),
        lambda: client.get(f"/api/models/{run[10:]}-7"),
        lambda: client.post("/api/runs", json={"recipe": QUICK.to_json()}),
        lambda: client.post(f"{run}/commands", json={"command": "go"}),
        lambda: client.patch(run, json={"title": "a"}),
        lambda: client.delete(run),
    ]


def test_a_database_that_is_away_is_told_and_no_more(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, database="postgresql://me:pass@127.0.0.1:1/db", run_worker_elsewhere=True
    )
    client = create_app(settings).test_client()
    for ask in asks(client):
        assert_nothing_told(ask(), "me", "pass", "127.0.0.1", "/db")
    assert client.get("/healthz").status_code == 200


def test_a_database_that_goes_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(data=tmp_path, run_worker_elsewhere=True))
    engine = app.extensions["nnviz-training"].runs.engine

    def gone(*_: Any) -> Any:
        raise OperationalError("select", {"visitor": "abc"}, OSError(f"{tmp_path} is away"))

    monkeypatch.setattr(engine, "connect", gone)
    monkeypatch.setattr(engine, "begin", gone)
    for ask in asks(app.test_client()):
        assert_nothing_told(ask(), str(tmp_path), "visitor")
    monkeypatch.undo()
    engine.dispose()


def test_a_broken_database_does_not_tell_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"rubbish" * 1000)
    for ask in asks(create_app(Settings(data=tmp_path)).test_client()):
        assert_nothing_told(ask(), str(tmp_path), "runs.sqlite")


def assert_nothing_told(reply: Any, *secrets: str) -> None:
    assert_problem(reply, 503, "bad_database")
    assert not [word for word in secrets if word in reply.json["detail"].split()]
    assert "/" not in reply.json["detail"]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d&e=f"
    client = create_app(Settings(data=folder, run_worker_elsewhere=True)).test_client()
    run = client.post("/api/runs", json={"recipe": QUICK.to_json()})
    assert run.status_code == 201
    assert (folder / "runs.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    client.application.extensions["nnviz-training"].runs.engine.dispose()


def test_what_is_logged_stays_on_its_line_and_names_no_visitor(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setattr("nnviz.web.views.readings.read", lambda *_: 1 / 0)
    client = app.test_client()
    client.set_cookie("visitor", "f" * 32)
    path = "/api/models/mlp-sigmoid/activations"
    assert client.post(f"{path}?a=%0aERROR", json={"pixels": [0] * 784}).status_code == 500
    monkeypatch.setattr("nnviz.web.views.models.model_registry", lambda: 1 / 0)
    assert client.get("/api/models/%0aERROR%20forged%22").status_code == 500
    for record in caplog.records:
        assert "\n" not in record.getMessage()
        assert "f" * 32 not in record.getMessage()

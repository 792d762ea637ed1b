"""What the application does in its own way, quicker than Flask's, and with the same result."""

import pytest
from flask import Flask, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from nnviz.web import create_app
from nnviz.web.replies import Whole

OURS = ("map", "known")
ASKED = [
    ("GET", "/", "http://localhost:8000"),
    ("POST", "/api/models/cnn/activations", "http://127.0.0.1"),
    ("GET", "/api/models?x=%ED%95%98&y", "https://[::1]:8000"),
    ("GET", "/api//models", "http://localhost:8000"),
    ("GET", "/api/models/%ED%95%98", "http://localhost/nnviz"),
    ("PUT", "/api/models", "http://localhost"),
    ("GET", "/nowhere/%FF%2e%2e", "http://localhost"),
]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app()


@pytest.mark.parametrize(("method", "path", "base"), ASKED)
def test_a_view_is_found_as_flask_finds_it(app: Flask, method: str, path: str, base: str) -> None:
    def found(create: object) -> tuple[object, ...]:
        adapter = create(request)  # type: ignore[operator]
        told = {name: value for name, value in vars(adapter).items() if name not in OURS}
        try:
            return told, *adapter.match(return_rule=True)
        except HTTPException as error:
            return told, type(error), dict(error.get_headers()).get("Location")

    with app.test_request_context(path, base_url=base, method=method):
        expected = found(lambda asked: Flask.create_url_adapter(app, asked))
        assert found(app.create_url_adapter) == expected


def test_there_is_no_session_and_none_can_be_begun(app: Flask) -> None:
    with app.test_request_context("/"):
        assert not session
        with pytest.raises(RuntimeError):
            session["visitor"] = 1
    assert "session" not in app.test_client().get("/").headers.get("Set-Cookie", "")


def test_what_a_pen_asks_for_is_found_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def search(self: MapAdapter, *arguments: object, **named: object) -> None:
        raise AssertionError(f"searched for {self.path_info}")

    client = app.test_client()
    monkeypatch.setattr(MapAdapter, "match", search)
    for model in ("cnn", "lstm"):
        for _ in range(2):
            reply = client.post(f"/api/models/{model}/activations", json={"strokes": []})
            assert reply.get_json()["model"] == model
    with app.test_request_context("/api/models/cnn/activations", method="POST"):
        assert request.view_args is not None
        request.view_args.clear()  # which is this request's own
    with app.test_request_context("/api/models/cnn/activations", method="POST"):
        assert request.view_args == {"model_id": "cnn"}


def test_a_reply_that_is_whole_goes_out_as_werkzeugs() -> None:
    def sent(kind: type[Response]) -> tuple[bytes, str, list[tuple[str, str]]]:
        reply = kind(b"{}", content_type="application/json", headers={"Vary": "Accept"})
        pieces, status, headers = run_wsgi_app(reply, {"REQUEST_METHOD": "POST"})
        return b"".join(pieces), status, sorted(headers)

    assert sent(Whole) == sent(Response)

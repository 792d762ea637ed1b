"""Under a path, set here or by what mounts the application, every address begins with it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client
from werkzeug.wrappers import Response

from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.prefix import mounted, without

ROOT = Path(__file__).parents[2]
PATH = "/a/nnviz"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("data")
    return create_app(Settings(data=data, class_code="123456", run_worker_elsewhere=True))


@pytest.fixture(scope="module")
def prefixed(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("data")
    return create_app(
        Settings(data=data, prefix=PATH, class_code="123456", run_worker_elsewhere=True)
    )


@pytest.fixture(params=["passed on", "taken off", "mounted"])
def client(request: pytest.FixtureRequest, plain: Flask, prefixed: Flask) -> Any:
    """Asks as a browser does, with the path; what stands between differs."""
    between: dict[str, Callable[..., Any]] = {
        "passed on": prefixed.wsgi_app,
        "taken off": lambda environ, start: prefixed.wsgi_app(
            {**environ, "PATH_INFO": environ["PATH_INFO"].removeprefix(PATH)}, start
        ),
        "mounted": mounted(plain.wsgi_app, PATH),
    }
    return Client(between[request.param], Response)


@pytest.mark.parametrize("page", ["/", "/train", "/learn", "/class", "/api/docs"])
def test_every_address_on_a_page_is_there(client: Client, page: str) -> None:
    shown = client.get(f"{PATH}{page}")
    assert shown.status_code == 200
    assert f'data-root="{PATH}"' in shown.text
    own = set(re.findall(r'(?:href|src|data-words)="(/[^"]*)"', shown.text))
    assert own
    for address in own:
        assert address.startswith(f"{PATH}/"), address
        one = address.split("#")[0].replace("NAME", "terms")
        assert client.get(one).status_code == 200, address
    for cookie in shown.headers.getlist("Set-Cookie"):
        assert f"; Path={PATH}/" in cookie


def test_addresses_in_replies_lead_somewhere(client: Client) -> None:
    listed = client.get(f"{PATH}/api/models").json
    for model in listed["models"]:
        described = client.get(f"{PATH}/api/models/{model['id']}")
        assert described.json["weights"]["url"].startswith(f"{PATH}/api/models/")
        assert client.get(described.json["weights"]["url"]).status_code == 200
    kept = client.post(
        f"{PATH}/api/models", json={"base": "mlp-sigmoid", "title": "Ours", "edits": []}
    )
    assert kept.status_code == 201
    assert kept.headers["Location"].startswith(f"{PATH}/api/models/")
    assert client.get(kept.headers["Location"]).status_code == 200
    description = client.get(f"{PATH}/api/openapi.json").json
    for path in description["paths"]:
        assert path.startswith(f"{PATH}/") or path == "/healthz"


def test_without_a_path_nothing_is_added(client: FlaskClient, plain: Flask) -> None:
    page = plain.test_client().get("/")
    assert "data-root" not in page.text
    assert all("; Path=/" in each for each in page.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("prefix", "path", "expected"),
    [
        ("", "/train", "/train"),
        ("/a", "/a/train", "/train"),
        ("/a", "/a", "/"),
        ("/a", "/ab", "/ab"),
        ("/a", "/train", "/train"),
    ],
)
def test_only_a_whole_prefix_is_taken_off(prefix: str, path: str, expected: str) -> None:
    assert without(prefix, path) == expected


SENT = re.compile(  # the sender adds the path; other addresses go through `rooted`
    r"(?:request|post|send|rooted)\(\s*$|place = (?:\([^)]*\) =>)?\s*$|rooted\([^)]* [?:] $"
)
ADDRESS = re.compile(r"[`'\"]/(?:api|learn|train|class|\?|#)")


def test_no_script_names_an_address_of_the_server_without_the_path() -> None:
    for script in sorted((ROOT / "static" / "js").rglob("*.js")):
        for number, line in enumerate(script.read_text("utf-8").splitlines(), 1):
            code = line.split("// ")[0]
            for found in ADDRESS.finditer(code):
                assert SENT.search(code[: found.start()]), f"{script.name}, line {number}: {line}"

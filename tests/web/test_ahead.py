"""What comes with a page so that its scripts need not ask: first replies, and modules' names."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from flask.testing import FlaskClient

from nnviz.errors import InputError
from nnviz.models import load
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.assets import Assets
from nnviz.web.studies import ahead
from tests.web.first_load import IMPORT

TOLD = re.compile(r'<script type="application/json" data-ahead="([^"]+)">(.*?)</script>', re.DOTALL)
PRELOADED = re.compile(r'<link rel="modulepreload" href="([^"]+)">')
LIST = "/api/models"
FIRST = [LIST, "/api/models/mlp-sigmoid", "/api/datasets/mnist/test?limit=1&offset=0"]


def told(client: FlaskClient, screen: str) -> dict[str, str]:
    """The replies in a page, as its scripts see them, by address."""
    return {html.unescape(url): reply for url, reply in TOLD.findall(client.get(screen).text)}


@pytest.mark.parametrize(
    ("screen", "addresses"),
    [("/", FIRST), ("/?embed=1", FIRST), ("/explore", FIRST), ("/train", [LIST]), ("/learn", [])],
)
def test_a_page_brings_what_its_scripts_ask_for_first(
    client: FlaskClient, screen: str, addresses: list[str]
) -> None:
    found = told(client, screen)
    assert list(found) == addresses
    for address, reply in found.items():
        assert json.loads(reply) == client.get(address).json


def test_below_a_path_the_addresses_are_those_that_the_page_asks(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path, prefix="/a/nnviz")).test_client()
    found = told(client, "/a/nnviz/")
    assert list(found) == [f"/a/nnviz{address}" for address in FIRST]
    for address, reply in found.items():
        assert json.loads(reply) == client.get(address).json


def test_a_saved_network_is_told_whatever_its_name(client: FlaskClient) -> None:
    title = "</script><!-- <script> & 'mine'"
    wanted = {"base": "mlp-sigmoid", "edits": [], "title": title}
    saved = client.post(LIST, json=wanted)
    assert saved.status_code == 201
    listed = json.loads(told(client, "/")[LIST])
    assert listed == client.get(LIST).json
    assert saved.json is not None
    assert saved.json["id"] in [each["id"] for each in listed["models"]]
    client.delete(saved.headers["Location"])
    assert json.loads(told(client, "/")[LIST]) == client.get(LIST).json


def test_the_first_of_other_models_is_told(tmp_path: Path) -> None:
    model = replace(load("mlp-relu"), id="mine")
    found = told(create_app(Settings(data=tmp_path), [model]).test_client(), "/")
    assert json.loads(found["/api/models/mine"])["id"] == "mine"


def test_a_digit_that_cannot_be_read_is_left_to_its_own_request(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise InputError("broken_dataset", "Expected the digits.")

    monkeypatch.setattr(ahead, "digits_told", broken)
    ahead._first_digit.cache_clear()
    assert list(told(client, "/")) == FIRST[:2]
    ahead._first_digit.cache_clear()


@pytest.mark.parametrize("screen", ["/", "/train", "/explore", "/learn"])
def test_a_page_names_each_module_that_its_script_imports_at_once(
    client: FlaskClient, screen: str
) -> None:
    page = client.get(screen).text
    named = PRELOADED.findall(page)
    (main,) = re.findall(r'<script type="module" src="([^"]+/main\.js)">', page)
    imported, waiting = set[str](), [main]
    while waiting:
        each = waiting.pop()
        if each not in imported:
            imported.add(each)
            text = client.get(each).text
            waiting += [normpath(join(dirname(each), name)) for name in IMPORT.findall(text)]
    assert sorted(named) == sorted(imported)
    assert len(named) > 20


def test_what_a_module_imports_later_or_says_is_not_named(tmp_path: Path) -> None:
    sources = {
        "js/main.js": "import { a, b as c } from './a/a.js';\nimport './b.js';\n"
        "export * from './d.js';",
        "js/a/a.js": "import * as d from '../d.js';\nconst late = () => import('./late.js');",
        "js/b.js": "const said = 'what comes from ./e.js';",
        "js/d.js": "import { a } from './a/a.js'; // round in a circle",
        "js/a/late.js": "",
        "js/e.js": "",
    }
    for name, text in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assets = Assets(tmp_path)
    names = [url.split("/", 3)[3] for url in assets.modules("js/main.js")]
    assert names == ["js/a/a.js", "js/b.js", "js/d.js", "js/main.js"]
    (tmp_path / "js/b.js").write_text("import './nothing.js';")
    with pytest.raises(KeyError):
        Assets(tmp_path).modules("js/main.js")

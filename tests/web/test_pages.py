"""Pages, words and static files."""

import gzip
import importlib
import json
import re
import string
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.recipe.lessons import LESSONS
from nnviz.web import i18n

ROOT = Path(__file__).parents[2]
CATALOGUES = {
    language: {
        key: text
        for screen in i18n.SCREENS
        for key, text in i18n.catalogue(language, screen).items()
    }
    | {
        key: text
        for name in i18n.LATE
        for key, text in json.loads(i18n.late(language, name)).items()
    }
    for language in i18n.LANGUAGES
}


# Korean asks it in one line beside the pad: the answer stands right above the question.
UNSAID = {"why.ask": {"first"}}


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_the_same_names_to_fill_in() -> None:
    english, korean = CATALOGUES["en"], CATALOGUES["ko"]
    assert english.keys() == korean.keys()
    for key, text in english.items():
        assert names(text) == names(korean[key]) | UNSAID.get(key, set()), key
        assert korean[key].strip(), key


def test_every_text_is_used_and_every_used_text_exists() -> None:
    sources = [*ROOT.glob("templates/*.html"), *ROOT.glob("static/js/**/*.js")]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    # whole keys, and keys completed by a value: 'pad.' ~ tool, `layer.${x}`
    whole = set(re.findall(r"['\"]([a-z]+(?:\.[a-z0-9-]+)+)['\"]", code))
    parts = set(re.findall(r"[`'\"]((?:[a-z]+\.)+)(?:\$\{|['\"] ?~)", code))
    keys = CATALOGUES["en"].keys()
    # "pen:network.row" takes the place of "network.row" while pens are read
    of = {key: key.partition(":")[2] or key for key in keys}
    assert set(of.values()) <= keys
    plain = {key for key in of.values() if key.removesuffix(".touch") not in whole}
    unused = {key for key in plain if not key.startswith(tuple(parts))}
    assert not unused
    families = {key.split(".")[0] for key in keys}
    missing = {key for key in whole - keys if key.split(".")[0] in families}
    missing -= {key for key in whole if key.endswith((".js", ".css", ".svg", ".html"))}
    assert not missing


BY_KEYS = {"network.keyboard", "page.readout.title"}  # heard, where there is a keyboard


def test_what_speaks_of_a_mouse_has_words_for_a_finger() -> None:
    for path in sorted(i18n.FOLDER.glob("*en.json")):
        texts = json.loads(path.read_text("utf-8"))
        told = {
            key
            for key, text in texts.items()
            if re.search(r"\b([Cc]licks?|[Pp]oint(ed)? at|[Hh]over|press Escape)\b", text)
        }
        for key in told - BY_KEYS:
            assert f"{key}.touch" in texts, f"{path.name}: {key}"


@pytest.mark.parametrize("name", i18n.LATE)
def test_late_catalogues_say_the_same_in_both_languages_and_are_kept_for_ever(
    client: FlaskClient, name: str
) -> None:
    texts = {}
    for language in i18n.LANGUAGES:
        address = re.search(r'data-words="([^"]+)"', client.get(f"/?lang={language}").text)
        assert address is not None
        reply = client.get(address[1].replace("NAME", name))
        texts[language] = reply.json
        assert "immutable" in reply.headers["Cache-Control"]
        assert not i18n.catalogue(language).keys() & texts[language].keys()
    assert texts["en"].keys() == texts["ko"].keys()
    for key, text in texts["en"].items():
        assert names(text) == names(texts["ko"][key]), key
        assert texts["ko"][key].strip(), key


@pytest.mark.parametrize("path", ["terms-fr", "en", "train-en", "..%2fen-en"])
def test_no_other_words_are_to_be_had(client: FlaskClient, path: str) -> None:
    assert client.get(f"/words/0/{path}.json").status_code == 404


def test_every_lessons_runs_have_a_name_in_both_languages() -> None:
    for language in i18n.LANGUAGES:
        texts = i18n.catalogue(language, "train")
        for lesson in LESSONS:
            for i, _ in enumerate(lesson.recipes):
                assert texts[f"lesson.run.{lesson.id}{i or ''}"]


@pytest.mark.parametrize(
    ("query", "cookie", "header", "expected"),
    [
        ("", None, None, "en"),
        ("", None, "ko-KR,ko;q=0.9,en;q=0.5", "ko"),
        ("", None, "fr", "en"),
        ("", "ko", "en", "ko"),
        ("?lang=en", "ko", "ko", "en"),
        ("?lang=xx", None, "ko", "ko"),
    ],
)
def test_the_language_is_the_one_asked_for(
    client: FlaskClient, query: str, cookie: str | None, header: str | None, expected: str
) -> None:
    if cookie:
        client.set_cookie(i18n.COOKIE, cookie)
    reply = client.get(f"/{query}", headers={"Accept-Language": header} if header else {})
    assert f'<html lang="{expected}"' in reply.text
    assert i18n.catalogue(expected)["pad.title"] in reply.text
    if query == "?lang=en":
        assert "lang=en" in reply.headers["Set-Cookie"]


@pytest.mark.parametrize(("path", "screen"), [("/", "draw"), ("/train", "train")])
def test_the_page_carries_what_scripts_may_say(client: FlaskClient, path: str, screen: str) -> None:
    page = client.get(f"{path}?lang=ko").text
    block = re.search(r'<script type="application/json" id="catalogue">(.*?)</script>', page, re.S)
    assert block is not None
    carried, whole = json.loads(block.group(1)), i18n.catalogue("ko", screen)
    assert carried == {key: text for key, text in whole.items() if not key.startswith(i18n.OF_PAGE)}
    assert len(carried) < len(whole)
    scripts = (Path(__file__).parents[2] / "static" / "js").rglob("*.js")
    assert not [path.name for path in scripts if re.search(r"""t\(['"`]page\.""", path.read_text())]


@pytest.mark.parametrize("path", ["/", "/train"])
def test_the_page_allows_no_foreign_and_no_inline_script(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*(src=|application/json))", reply.text)
    assert not re.search(r"\s(style|on\w+)=", reply.text)
    assert not re.search(r"(src|href)=\"(https?:)?//", reply.text)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_compressed_and_kept_for_ever(client: FlaskClient) -> None:
    url = re.search(r'src="(/static/\w+/js/draw/main\.js)"', client.get("/").text)
    assert url is not None
    plain = client.get(url.group(1))
    packed = client.get(url.group(1), headers={"Accept-Encoding": "gzip"})
    source = (ROOT / "static/js/draw/main.js").read_bytes()
    assert b"createStore(brought.initial)" in plain.data
    assert len(plain.data) < 0.9 * len(source)  # comments stay behind
    assert gzip.decompress(packed.data) == plain.data
    assert "immutable" in plain.headers["Cache-Control"]
    assert plain.content_type == "text/javascript"  # as a module always UTF-8
    old = client.get("/static/000000000000/js/draw/main.js")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")


def test_the_page_is_compressed_for_browsers_that_take_it(client: FlaskClient) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    for reply in (plain, packed):
        assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(reply.vary)


def test_no_path_leaves_the_static_folder(client: FlaskClient) -> None:
    for path in ("../app.py", "%2e%2e/app.py", "js/../../app.py", "/etc/passwd"):
        assert client.get(f"/static/0/{path}").status_code in (308, 404)


PLOTLY = "vendor/plotly.js-cartesian-dist-min/plotly-cartesian.min.js"


def test_plotly_is_sent_small_as_it_was_published_and_is_kept_for_ever(client: FlaskClient) -> None:
    version = re.search(r"/static/(\w+)/js/train/main\.js", client.get("/train").text)
    assert version is not None
    address = f"/static/{version[1]}/{PLOTLY}"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert plain.data == (ROOT / "static" / PLOTLY).read_bytes()
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 480_000  # what is drawn here needs no more of Plotly
    assert "immutable" in packed.headers["Cache-Control"]


def test_the_element_that_plotly_finds_for_maps_is_the_one_it_looks_for() -> None:
    """Else it makes one, which the page's policy refuses; the version is told beside it."""
    bundle = (ROOT / "static" / PLOTLY).read_text("utf-8")
    loader = (ROOT / "static/js/views/plot/plotly.js").read_text("utf-8")
    asked = re.search(r'getElementById\("([0-9a-f]{64})"\)', bundle)
    told = re.search(r"plotly\.js \([^)]+\) v([\d.]+)|plotly\.js v([\d.]+)", bundle[:300])
    assert asked is not None
    assert told is not None
    assert f"const MAPS = '{asked[1]}'" in loader
    licence = (ROOT / "static" / PLOTLY).with_name("LICENSE").read_text("utf-8")
    assert licence.startswith(f"plotly.js {told[1] or told[2]},")
    assert "MIT License" in licence


def test_pages_have_threads_whatever_else_is_worked_on(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNVIZ_DATA", str(tmp_path))
    wsgi = importlib.import_module("nnviz.wsgi")
    pages = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("pages.") and not rule.arguments
    ]
    assert {"/", "/train", "/explore"} <= set(pages)
    assert [page for page in pages if not wsgi.is_quick("GET", page)] == []
    assert not wsgi.is_quick("GET", f"/static/0/{PLOTLY}")
    for path in ("maps/input", "confusion", "robustness"):
        assert not wsgi.is_quick("GET", f"/api/models/cnn/{path}")
    for path in ("places", "attributions", "attacks", "maps/input"):
        assert not wsgi.is_quick("POST", f"/api/models/cnn/{path}")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_who_reads_a_wrong_address_gets_a_page_with_the_way_back(
    client: FlaskClient, language: str
) -> None:
    browser = {
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": language,
    }
    reply = client.get(f"/nothing/<b>{'x' * 500}", headers=browser)
    assert (reply.status_code, reply.mimetype) == (404, "text/html")
    assert "Accept" in reply.vary
    assert "&lt;b&gt;" in reply.text
    assert "x" * 300 not in reply.text  # it is not said at any length
    assert 'href="/train' in reply.text
    assert {"en": "no page here", "ko": "페이지가 없습니다"}[language] in reply.text
    for accept in ("*/*", "application/json", "image/avif,image/*;q=0.8,*/*;q=0.5"):
        told = client.get("/nothing", headers={"Accept": accept})
        assert (told.status_code, told.json["code"]) == (404, "not_found")

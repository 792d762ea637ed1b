"""Static files: style sheets that travel as one."""

import gzip
import re
from pathlib import Path

import pytest
import rjsmin
from flask.testing import FlaskClient

from nnviz.web.assets import Assets

STATIC = Path(__file__).parents[2] / "static"


def sheet_of(page: str) -> str:
    (found,) = re.findall(r'<link rel="stylesheet" href="([^"]+\+[^"]+)"', page)
    return str(found)


def test_a_screen_s_style_sheets_are_one_file_in_their_order(client: FlaskClient) -> None:
    address = sheet_of(client.get("/").text)
    reply = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200
    assert reply.content_type == "text/css"
    assert "immutable" in reply.headers["Cache-Control"]
    names = address.rsplit("/", 1)[1].removesuffix(".css").split("+")
    folder = address.rsplit("/", 1)[0]
    parts = [client.get(f"{folder}/{name}.css").data for name in names]
    assert gzip.decompress(reply.data) == b"\n".join(parts) == client.get(address).data


@pytest.mark.parametrize(
    "name",
    ["tokens+tokens", "tokens+nothing", "+tokens", "tokens+", "+".join(["a"] * 17), "../js+tokens"],
)
def test_only_sheets_that_are_there_are_joined(client: FlaskClient, name: str) -> None:
    folder = sheet_of(client.get("/").text).rsplit("/", 1)[0]
    assert client.get(f"{folder}/{name}.css").status_code == 404


def test_the_address_of_an_unknown_sheet_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Assets(STATIC).sheets(["tokens", "nothing"])


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_a_sheet_closes_each_rule_before_the_next(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    open_rules: list[str] = []
    for head, brace in re.findall(r"([^{};]*)([{};])", text):
        if brace == "{":
            inside = [rule for rule in open_rules if not rule.startswith("@")]
            assert not inside, f"{head.strip()} begins within {inside[0]}"
            open_rules.append(head.strip())
        elif brace == "}":
            assert open_rules, f"one more }} than {{ after {head.strip()!r}"
            open_rules.pop()
    assert not open_rules


INSERTED = re.compile(r"\$\{((?:[^`{}]|`[^`]*`|\{[^{}`]*\})+)\}")


def lost(script: str, small: str) -> list[str]:
    """Templates within a template that do not say the same any more."""
    inner = [each for code in INSERTED.findall(script) for each in re.findall(r"`[^`]*`", code)]

    def said(template: str) -> str:
        parts = re.split(r"\$\{[^}]*\}", template)
        return r"\$\{.+?\}".join(map(re.escape, parts))

    return [each for each in inner if not re.search(said(each), small)]


def test_a_template_within_a_template_keeps_its_words() -> None:
    """The minifier takes the inner one's words for code, and drops what spaces code can spare."""
    bad = "say(`${a}${b ? ` ${c}` : ''}`);"
    assert lost(bad, rjsmin.jsmin(bad)) == ["` ${c}`"]
    for path in sorted((STATIC / "js").rglob("*.js")):
        script = path.read_text("utf-8")
        assert lost(script, rjsmin.jsmin(script)) == [], path

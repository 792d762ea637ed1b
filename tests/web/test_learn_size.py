"""What Learn adds to the page, and what a chapter weighs, as they are served."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nnviz.chapters import library
from nnviz.web import create_app
from tests.test_structure import SCRIPTS

LEARN = 60_000  # bytes
CHAPTER = 15_000
STATIC = re.compile(r"^\s*(?:import|export)\b[^'\"();]*?from\s*['\"](\.[^'\"]+)['\"]", re.MULTILINE)
IDS = [each.id for each in library.load().all("en")]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def weight(client: FlaskClient, path: str) -> int:
    """Bytes on the wire."""
    reply = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200, path
    return len(reply.data)


def loaded(script: Path) -> set[Path]:
    """A script and all that it loads at once; what comes by `import()` comes later."""
    found, left = set(), [script]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += [
                (each.parent / name).resolve() for name in STATIC.findall(each.read_text("utf-8"))
            ]
    return found


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_learn_is_light(client: FlaskClient, language: str) -> None:
    """All of it: also what a visitor has from the Draw screen already."""
    page = client.get(f"/learn?lang={language}").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    scripts = loaded((SCRIPTS / "learn/main.js").resolve())
    assert len(scripts) > 10
    version = re.search(r'src="(/static/[^"]*?)js/learn/main\.js"', page)
    assert version is not None
    paths = [f"{version[1]}js/{script.relative_to(SCRIPTS.resolve())}" for script in scripts]
    total = weight(client, f"/learn?lang={language}")
    total += sum(weight(client, path) for path in [*sheets, *paths])
    assert total <= LEARN


@pytest.mark.parametrize("language", library.LANGUAGES)
@pytest.mark.parametrize("id", [*IDS, "before", "after", "challenges"])
def test_a_chapter_is_light(client: FlaskClient, language: str, id: str) -> None:
    assert weight(client, f"/api/chapters/{id}?language={language}") <= CHAPTER

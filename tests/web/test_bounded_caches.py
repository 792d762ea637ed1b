"""What is remembered by what visitors send has a bound."""

import ast
from pathlib import Path

from flask.testing import FlaskClient

import nnviz
from nnviz import models
from nnviz.web import i18n, problem_words

PACKAGE = Path(nnviz.__file__).parent
# Caches without a bound whose keys are our own: types, languages, screens, models that ship, parts.
OURS = {
    "checked.py _kinds",
    "models/__init__.py load",
    "problems/digits.py _loops",
    "web/i18n.py catalogue",
    "web/i18n.py late",
    "web/i18n.py version",
    "web/problem_words.py catalogue",
    "web/requests.py _decoder",
}


def unbounded(path: Path) -> set[str]:
    """Functions with parameters that are remembered for every argument there ever was."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not node.args.args:
            continue
        for each in node.decorator_list:
            told = ast.unparse(each)
            if told in ("cache", "functools.cache", "lru_cache(None)", "lru_cache(maxsize=None)"):
                found.add(f"{path.relative_to(PACKAGE).as_posix()} {node.name}")
    return found


def test_only_caches_by_keys_of_ours_have_no_bound() -> None:
    assert set().union(*(unbounded(path) for path in PACKAGE.rglob("*.py"))) <= OURS


def test_what_visitors_make_up_is_not_remembered(client: FlaskClient) -> None:
    caches = (i18n.catalogue, i18n.late, i18n.version, problem_words.catalogue, models.load)
    for language in ("en", "ko"):  # what is there is at hand
        client.get(f"/?lang={language}")
        client.get("/api/models/none", headers={"Accept-Language": language})
    before = [cache.cache_info().currsize for cache in caches]
    for number in range(30):
        name = f"x{number}"
        client.get(f"/?lang={name}", headers={"Accept-Language": name})
        client.get(f"/words/{name}/{name}-{name}.json")
        client.get(f"/words/{i18n.version('en')}/{name}-en.json")
        client.get(f"/api/models/{name}", headers={"Accept-Language": name})
    assert [cache.cache_info().currsize for cache in caches] == before

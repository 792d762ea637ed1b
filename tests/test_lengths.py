"""How long a file and a function may be; a short list names what is longer.

The list tells how long each may be, to the next ten: it does not grow, and what has become
short enough comes off.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_IN_A_FILE = 300
MOST_IN_A_FUNCTION = {".py": 50, ".js": 150}
CODE = ["nnviz", "scripts", "static/js"]

LONG_FILES = {
    # equations, shapes and sources stand in their docstrings
    "nnviz/edits/__init__.py": 310,
    "nnviz/layers/recurrent.py": 320,
    "nnviz/network.py": 350,
    "nnviz/training/__init__.py": 310,
    # one object each, all of whose methods work on the same run or connection
    "nnviz/runs/job.py": 320,
    "nnviz/runs/runs.py": 320,
    "nnviz/runs/trainer.py": 330,
    "nnviz/serving/connection.py": 320,
    # the addresses of the interface, and what a request may hold
    "nnviz/web/openapi/document.py": 360,
    "nnviz/web/requests.py": 330,
    # what puts a screen together, and tables of what views need
    "scripts/screenshots.py": 310,
    "static/js/explore/main.js": 327,
    "static/js/explore/wants.js": 325,
    "static/js/train/main.js": 310,
    # comes with the first load: one more module would cost every visitor 380 bytes
    "static/js/views/network/view.js": 320,
}
LONG_FUNCTIONS = {
    # tables of the interface's addresses
    "nnviz/web/openapi/document.py document": 60,
    "nnviz/web/openapi/document.py _paths": 160,
    "nnviz/web/openapi/training.py paths": 60,
    # what one gesture, one sheet or one step shares in all its parts
    "static/js/draw/panels.js createPanels": 190,
    "static/js/views/lights.js createLights": 200,
    "static/js/views/pad/pad.js createPad": 180,
}

# The formatter (Biome) sets the end of every function under its beginning.
OPENS = re.compile(
    r"(?P<indent> *)(?:export )?(?:const (?P<arrow>\w+) = )?(?:async )?"
    r"(?:function\*? (?P<name>\w+)\(|(?:get |set )?(?P<method>\w+)\(.*\{$|\(.*|\w+ => \{$)"
)
NO_NAMES = {"if", "for", "while", "switch", "catch", "return", "super", "await"}


def files() -> list[Path]:
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in found if path.suffix in MOST_IN_A_FUNCTION)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The name and the length of every function of a file that has a name."""
    text = path.read_text("utf-8")
    return of_script(text) if path.suffix == ".js" else of_module(text)


def of_module(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def of_script(text: str) -> Iterator[tuple[str, int]]:
    lines = text.splitlines()
    for first, line in enumerate(lines):
        opened = OPENS.match(line)
        name = opened and (opened["name"] or opened["arrow"] or opened["method"])
        if not opened or not name or name in NO_NAMES:
            continue
        indent = opened["indent"]
        for last, other in enumerate(lines[first + 1 :], first + 1):
            if other.startswith(f"{indent}}}") and not other.endswith("{"):
                yield name, last - first + 1
                break
            if other and not other.startswith((f"{indent} ", f"{indent})", f"{indent}}}")):
                break  # it stands on one line


def too_long(lengths: dict[str, int], most: int, known: dict[str, int]) -> list[str]:
    """What is longer than it may be, and what is known as longer and no longer is."""
    return [
        f"{name}: expected at most {known.get(name, most)} lines; got {length}"
        for name, length in lengths.items()
        if length > known.get(name, most)
    ] + [f"{name} may be taken off the list" for name in known if lengths.get(name, 0) <= most]


def test_functions_of_scripts_are_measured_from_their_first_line_to_their_last() -> None:
    script = """
export const twice = (x) => 2 * x;
export function createView(
  { a, b },
  t,
) {
  const add = (x) => {
    if (x) {
      return a;
    }
    return b;
  };
  return {
    async update(state) {
      add(state);
    },
  };
}
const last = async () => {
  await t();
};
"""
    found = dict(of_script(script.strip()))
    assert found == {"createView": 16, "add": 6, "update": 3, "last": 3}


def test_no_file_is_longer_than_can_be_read() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in files()
    }
    found = too_long(lengths, MOST_IN_A_FILE, LONG_FILES)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("suffix", MOST_IN_A_FUNCTION)
def test_no_function_is_longer_than_can_be_read(suffix: str) -> None:
    lengths = {
        f"{path.relative_to(ROOT).as_posix()} {name}": length
        for path in files()
        if path.suffix == suffix
        for name, length in sorted(functions(path), key=lambda each: each[1])
    }
    known = {name: each for name, each in LONG_FUNCTIONS.items() if f"{suffix} " in name}
    found = too_long(lengths, MOST_IN_A_FUNCTION[suffix], known)
    assert not found, "\n".join(found)

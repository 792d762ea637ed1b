"""Draw which part of the project stands on which, from the imports: docs/floors.md.

    python -m scripts.floors           write the page
    python -m scripts.floors --check   say whether it is what the imports tell now

A part is a folder or a module of ``nnviz/`` and a folder of ``static/js/``. An arrow ``a --> b``
says that a imports b; one that follows from others (a imports c, c imports b) is left out, so that
the drawing stays readable. ``tests/test_structure.py`` holds which arrows there may be.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nnviz"
SCRIPTS = ROOT / "static" / "js"
PAGE = ROOT / "docs" / "floors.md"

Arrows = dict[str, set[str]]

_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+\.js)['"]""")
_HEAD = """# What stands on what

Made by `python -m scripts.floors` from the imports; a test holds that it is up to date. An arrow
says *imports*; what follows from other arrows is left out. No arrow runs back: which there may be
is held by `tests/test_structure.py`.
"""


def python_arrows(package: Path = PACKAGE) -> Arrows:
    """For each part of the package, the parts it imports."""
    arrows: Arrows = {}
    for path in sorted(package.rglob("*.py")):
        own = _part(path, package)
        used = arrows.setdefault(own, set())
        for name in _imported(path):
            part = name.split(".")[1]
            if part != own and ((package / part).is_dir() or (package / f"{part}.py").is_file()):
                used.add(part)
    arrows.pop("__init__", None)
    return arrows


def script_arrows(scripts: Path = SCRIPTS) -> Arrows:
    """For each folder of scripts, the folders it loads from, at once or later; types count not."""
    arrows: Arrows = {}
    for path in sorted(scripts.rglob("*.js")):
        own = path.relative_to(scripts).parts[0]
        used = arrows.setdefault(own, set())
        code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for name in _IMPORT.findall(code):
            other = (path.parent / name).resolve()
            if other.is_relative_to(scripts.resolve()):
                used.add(other.relative_to(scripts.resolve()).parts[0])
        used.discard(own)
    return arrows


def without_shortcuts(arrows: Arrows) -> Arrows:
    """The transitive reduction: an arrow goes when another way leads to the same part.

    Raises ValueError for arrows that run in a circle, which have no floors.
    """
    reach: Arrows = {}

    def reached(part: str, way: tuple[str, ...] = ()) -> set[str]:
        if part in way:
            circle = " → ".join((*way[way.index(part) :], part))
            raise ValueError(f"Expected floors; got a circle: {circle}.")
        if part not in reach:
            below = arrows.get(part, set())
            reach[part] = below.union(*(reached(each, (*way, part)) for each in below))
        return reach[part]

    return {
        part: {one for one in below if not any(one in reached(two) for two in below - {one})}
        for part, below in arrows.items()
        if reached(part) is not None
    }


def page() -> str:
    """The page with both drawings."""
    parts = [("Python: `nnviz/`", python_arrows()), ("JavaScript: `static/js/`", script_arrows())]
    drawings = (f"\n## {title}\n\n{_mermaid(arrows)}" for title, arrows in parts)
    return _HEAD + "".join(drawings)


def _mermaid(arrows: Arrows) -> str:
    lines = ["```mermaid", "flowchart TD"]
    reduced = without_shortcuts(arrows)
    lines += [f"  {_node(part)}" for part in sorted(arrows)]
    lines += [
        f"  {part}_ --> {below}_" for part in sorted(reduced) for below in sorted(reduced[part])
    ]
    return "\n".join([*lines, "```", ""])


def _node(part: str) -> str:
    return f'{part}_["{part}"]'  # the underscore keeps clear of Mermaid's own words (class, end)


def _part(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("nnviz."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nnviz":
            yield from (f"{node.module}.{each.name}" for each in node.names)


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it is old")
    made = page()
    if parser.parse_args().check:
        if PAGE.read_text("utf-8") != made:
            sys.exit("docs/floors.md is older than the imports: run python -m scripts.floors")
    else:
        PAGE.write_text(made, "utf-8")


if __name__ == "__main__":
    main()

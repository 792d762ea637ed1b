"""What a browser test waits for is a function: the browser asks it again until it holds.

A bare expression would be compiled at each further asking, which the pages' own policy forbids
("unsafe-eval"): such a wait passes where it holds at once and fails where the machine is slow.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FUNCTION = re.compile(r"(async\s+)?(\w+|\([^()]*\))\s*=>")


def _texts(tree: ast.Module) -> dict[str, ast.expr]:
    """The module's constants by name."""
    return {
        name.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }


def _begins(asked: ast.expr, texts: dict[str, ast.expr]) -> str:
    """How the text of an expression begins, as far as the source tells."""
    if isinstance(asked, ast.Name):
        asked = texts[asked.id]
    if isinstance(asked, ast.JoinedStr):
        asked = asked.values[0]
    assert isinstance(asked, ast.Constant), ast.unparse(asked)
    return str(asked.value)


def waits(source: str, texts: dict[str, ast.expr]) -> list[str]:
    """What is waited for in a source and is no function."""
    tree = ast.parse(source)
    return [
        begins
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "wait_for_function"
        for begins in [_begins(node.args[0], {**texts, **_texts(tree)})]
        if not FUNCTION.match(begins)
    ]


def test_what_is_waited_for_is_a_function() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("tests/browser", "benchmarks", "scripts")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    texts = {name: text for source in sources for name, text in _texts(ast.parse(source)).items()}
    assert [wait for source in sources for wait in waits(source, texts)] == []


def test_a_bare_expression_is_told() -> None:
    assert waits("page.wait_for_function('history.length === 1')", {}) == ["history.length === 1"]
    assert waits("page.wait_for_function(f'({1})(2)')", {}) != []
    assert waits("A = 'a => a'\nframe.wait_for_function(A, arg=1)", {}) == []

"""Conditions and numbers over live quantities, such as ``a(hidden1, 7) > 0.9 and edits == 0``.

An expression is read here, once, with Python's own parser; only comparisons, arithmetic, ``and``,
``or``, ``not``, ``x if condition else y`` and the names of `vocabulary` pass. What goes to the page
is a tree of lists, as ``["and", [">", ["a", "hidden1", 7], 0.9], ["==", ["edits"], 0]]``, which a
few lines walk: nothing that a chapter writes is ever run as code.
"""

import ast
from typing import TypeAlias

from nnviz.chapters.errors import ChapterError
from nnviz.chapters.vocabulary import CALLS, NAMES

Tree: TypeAlias = "float | int | str | bool | list[Tree]"

LONGEST = 400  # characters
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def read(text: str, line: int) -> Tree:
    """The tree of an expression; raises `ChapterError` with the line it stands in."""
    if len(text) > LONGEST:
        raise ChapterError(
            f"Expected at most {LONGEST} characters of expression; got {len(text)}.", line
        )
    try:
        parsed = ast.parse(text.strip(), mode="eval")
        return _tree(parsed.body, line)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ChapterError):
            raise
        raise ChapterError(
            f"Expected an expression such as a(hidden1, 7) > 0.9; got {text.strip()!r}.", line
        ) from None


def names(tree: Tree) -> set[str]:
    """The quantities that an expression speaks of."""
    if not isinstance(tree, list) or tree[0] == "text":
        return set()
    own = {tree[0]} if isinstance(tree[0], str) and tree[0] in NAMES | CALLS.keys() else set()
    return own.union(*(names(each) for each in tree[1:]))


def _tree(node: ast.expr, line: int) -> Tree:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return ["text", value] if isinstance(value, str) else value
        case ast.BoolOp(op=op, values=values):
            name = "and" if isinstance(op, ast.And) else "or"
            return [name, *(_tree(each, line) for each in values)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ["not", _tree(operand, line)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ["-", 0, _tree(operand, line)]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return [ARITHMETIC[type(op)], _tree(left, line), _tree(right, line)]
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _comparison([left, *others], ops, line)
        case ast.IfExp(test=test, body=body, orelse=other):
            return ["if", *(_tree(each, line) for each in (test, body, other))]
        case ast.Name(id=name) if name in NAMES:
            return [name]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in CALLS:
            return _call(name, args, line)
    raise ChapterError(f"Expected quantities of the vocabulary; got {ast.unparse(node)!r}.", line)


def _comparison(sides: list[ast.expr], ops: list[ast.cmpop], line: int) -> Tree:
    """``0.4 < x < 0.6`` is both of its comparisons."""
    trees = [_tree(side, line) for side in sides]
    pairs: list[Tree] = []
    for left, op, right in zip(trees, ops, trees[1:], strict=False):
        if type(op) not in COMPARISONS:
            raise ChapterError("Expected one of < <= > >= == != between two sides.", line)
        pairs.append([COMPARISONS[type(op)], left, right])
    return pairs[0] if len(pairs) == 1 else ["and", *pairs]


def _call(name: str, args: list[ast.expr], line: int) -> Tree:
    kinds, _ = CALLS[name]
    if len(args) != len(kinds):
        raise ChapterError(f"Expected {name}({', '.join(kinds)}); got {len(args)} values.", line)
    made: list[Tree] = [name]
    for kind, arg in zip(kinds, args, strict=True):
        if kind == "layer" and not isinstance(arg, ast.Name):
            raise ChapterError(f"Expected a layer's name as {name}'s first value.", line)
        is_layer = kind == "layer" and isinstance(arg, ast.Name) and arg.id != "layer"
        made.append(arg.id if is_layer and isinstance(arg, ast.Name) else _tree(arg, line))
    return made

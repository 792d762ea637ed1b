"""The mutants of a module: all the ways to change one thing of what it computes.

``<`` for ``<=``, ``-`` for ``+``, a number and one more, a sign or a call left out. What a message,
an annotation or a decorator says is not arithmetic and stays.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
PASSED_OVER = (ast.Raise, ast.JoinedStr, ast.Import, ast.ImportFrom, ast.Assert)


@dataclass(frozen=True)
class Mutant:
    """One change: the lines of the statement it is in, its line, what it is, the changed module.

    ``inside`` says whether it is in the body of a function, where it waits for a call; what is
    outside is computed when the module is loaded.
    """

    first: int
    last: int
    line: int
    what: str
    inside: bool
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of a module by itself."""
    tree = ast.parse(source)
    for number, (node, statement, inside) in enumerate(_computing(tree)):
        for change in _changes(node):
            other = copy.deepcopy(tree)
            place = next(each for n, (each, *_) in enumerate(_computing(other)) if n == number)
            before, after = ast.unparse(node), change(place)
            line = getattr(node, "lineno", 0)
            first, last = _lines(statement)
            yield Mutant(
                first,
                last,
                line,
                f"{before}  →  {after}",
                inside,
                ast.fix_missing_locations(other),
            )


def _lines(statement: ast.stmt | None) -> tuple[int, int]:
    """The lines of a statement; of one with a body, of what stands before it."""
    if statement is None:
        return 0, 0
    body = getattr(statement, "body", None)
    end = body[0].lineno - 1 if body else statement.end_lineno
    return statement.lineno, max(statement.lineno, end or 0)


def _computing(
    node: ast.AST, statement: ast.stmt | None = None, inside: bool = False
) -> Iterator[tuple[ast.AST, ast.stmt | None, bool]]:
    """The nodes of a tree that compute, in order: each with its statement, and whether it is inside
    a function.
    """
    if isinstance(node, ast.stmt):
        statement = node
    yield node, statement, inside
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        within = inside or (name == "body" and isinstance(node, FUNCTIONS))
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, PASSED_OVER):
                yield from _computing(child, statement, within)


def _changes(node: ast.AST) -> Iterator:
    if isinstance(node, ast.Compare):
        for at, each in enumerate(node.ops):
            if type(each) in SWAPS:
                yield lambda other, at=at: _swapped(other, other.ops, at)
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in SWAPS:
        yield _other_operator
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield _without_sign
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        yield _another_value
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield _left_out


def _swapped(node: ast.AST, ops: list[ast.cmpop], at: int) -> str:
    ops[at] = SWAPS[type(ops[at])]()  # type: ignore[assignment]
    return ast.unparse(node)


def _other_operator(node: ast.BinOp | ast.AugAssign | ast.BoolOp) -> str:
    node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
    return ast.unparse(node)


def _without_sign(node: ast.UnaryOp) -> str:
    node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return ast.unparse(node)


def _another_value(node: ast.Constant) -> str:
    node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1  # type: ignore[operator]
    return ast.unparse(node)


def _left_out(node: ast.Expr) -> str:
    node.value = ast.Constant(None)
    return "(left out)"

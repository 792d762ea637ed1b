"""Change one thing at a time in what computes, and print the changes that no test notices.

    python -m scripts.mutate                                   every module of `TESTS`
    python -m scripts.mutate nnviz/losses.py nnviz/lead.py     these only

Each mutant (``<`` for ``<=``, ``-`` for ``+``, a number and one more, a call left out …) lives in a
process of its own that loads the changed module and runs the tests that hold it, until one fails;
one that takes ten times as long as the unchanged module counts as noticed, too. Nothing is written
to the tree. What survives and why is told in docs/testing.md. Needs ``os.fork``.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = {
    "nnviz/activations.py": ["tests/test_activations.py", "tests/test_layers.py"],
    "nnviz/averaging.py": ["tests/test_optimizers.py", "tests/test_training_arithmetic.py"],
    "nnviz/augmentation.py": ["tests/test_augmentation.py"],
    "nnviz/concepts.py": ["tests/test_concepts.py"],
    "nnviz/features.py": ["tests/test_features.py", "tests/test_table.py"],
    "nnviz/health.py": ["tests/test_health.py"],
    "nnviz/initializers.py": ["tests/test_network.py", "tests/test_layers.py"],
    "nnviz/lead.py": ["tests/test_lead.py"],
    "nnviz/losses.py": ["tests/test_losses.py", "tests/test_network.py", "tests/test_heads.py"],
    "nnviz/metrics.py": ["tests/test_heads.py", "tests/test_table.py", "tests/test_training.py"],
    "nnviz/network.py": ["tests/test_network.py", "tests/test_heads.py"],
    "nnviz/one_step.py": ["tests/test_one_step.py", "tests/test_heads.py"],
    "nnviz/optimizers.py": ["tests/test_optimizers.py", "tests/test_training_arithmetic.py"],
    "nnviz/receptive_field.py": ["tests/test_receptive_field.py"],
    "nnviz/schedules.py": ["tests/test_optimizers.py", "tests/test_training_arithmetic.py"],
    "nnviz/training.py": ["tests/test_training_arithmetic.py", "tests/test_training.py"],
    "nnviz/workload.py": ["tests/test_workload.py"],
    "nnviz/layers/base.py": ["tests/test_layers.py"],
    "nnviz/layers/convolution.py": ["tests/test_layers.py"],
    "nnviz/layers/dense.py": ["tests/test_layers.py"],
    "nnviz/layers/pooling.py": ["tests/test_layers.py"],
    "nnviz/layers/recurrent.py": ["tests/test_layers.py"],
    "nnviz/layers/shaping.py": ["tests/test_layers.py"],
    "nnviz/ink/fitting.py": ["tests/test_ink.py"],
    "nnviz/ink/loops.py": ["tests/test_loops.py"],
    "nnviz/ink/movement.py": ["tests/test_movement.py"],
    "nnviz/ink/pixels.py": ["tests/test_ink.py"],
    "nnviz/ink/strokes.py": ["tests/test_ink.py"],
}
SLOWEST = 10  # times what the unchanged module takes; an endless loop is noticed
LEAST = 20.0  # seconds that a mutant has at least
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
# What a message, an annotation or a decorator says is not arithmetic.
PASSED_OVER = (ast.Raise, ast.JoinedStr, ast.Import, ast.ImportFrom, ast.Assert)


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Every change of a module by itself: its line, what it is, and the changed module."""
    tree = ast.parse(source)
    for number, node in enumerate(_computing(tree)):
        for change in _changes(node):
            other = copy.deepcopy(tree)
            place = next(each for n, each in enumerate(_computing(other)) if n == number)
            before = ast.unparse(node)
            after = change(place)
            yield (
                getattr(node, "lineno", 0),
                f"{before}  →  {after}",
                ast.fix_missing_locations(other),
            )


def _computing(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that compute, in order."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, PASSED_OVER):
                yield from _computing(child)


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


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree; all others as ever."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path, self._code = name, path, compile(tree, str(path), "exec")

    def find_spec(self, fullname: str, path: object = None, target: object = None):
        """The module's, if it is the one."""
        if fullname != self._name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=str(self._path))

    def exec_module(self, module: object) -> None:
        """Run the changed code as the module."""
        module.__file__ = str(self._path)  # type: ignore[attr-defined]
        exec(self._code, module.__dict__)


def passes(path: Path, tree: ast.Module, tests: Sequence[str], patience: float) -> bool:
    """Whether the tests pass with the module so changed, in a process of its own."""
    child = os.fork()
    if not child:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        sys.meta_path.insert(0, _Changed(name, path, tree))
        status = 1
        try:
            status = pytest.main(["-q", "-x", "-n0", "-p", "no:cacheprovider", *tests])
        finally:
            os._exit(int(status))
    end = time.monotonic() + patience
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def survivors(module: str) -> tuple[int, list[str]]:
    """How many mutants of a module there are, and those that no test notices.

    Raises ValueError when the tests fail without any change.
    """
    path, tests = ROOT / module, TESTS[module]
    source, begun = path.read_text("utf-8"), time.monotonic()
    if not passes(path, ast.parse(source), tests, 600):
        raise ValueError(f"Expected {' '.join(tests)} to pass before anything is changed.")
    patience = max(LEAST, SLOWEST * (time.monotonic() - begun))
    count, found = 0, []
    for line, what, tree in mutants(source):
        count += 1
        if passes(path, tree, tests, patience):
            found.append(f"{module}:{line}: {what}")
    return count, found


def main() -> None:
    """Mutate the modules that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("modules", nargs="*", choices=[*TESTS, []], metavar="MODULE")
    os.chdir(ROOT)
    total = left = 0
    for module in parser.parse_args().modules or TESTS:
        count, found = survivors(module)
        total, left = total + count, left + len(found)
        print(f"{module}: {count} mutants, {len(found)} survive", flush=True)
        print(
            *(f"  {each}" for each in found), sep="\n" if found else "", end="\n" if found else ""
        )
    print(f"{total} mutants, {left} survive")


if __name__ == "__main__":
    main()

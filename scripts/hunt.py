"""Which mutants of a module no test notices: a session of pytest that goes through them.

The tests are collected and run once, unchanged, and each one's lines in the module are noted. Then
every mutant has a process forked from there, in which the code of the functions it changes is
exchanged, and only those tests run that come to the changed statement: first those that noticed
mutants before, then the quick ones. It ends at the first that fails. What a file of tests computes
while it is read, is computed unchanged. A mutant of what is computed while the module is loaded
gets a process of its own, which loads the changed module and runs all tests. Nothing is written to
the tree. Needs ``os.fork``.
"""

import ast
import functools
import gc
import importlib.abc
import importlib.machinery
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from scripts.mutants import Mutant

SLOWEST = 10  # times what the unchanged tests take of a processor; an endless loop is noticed
LEAST = 5.0  # seconds of it that a mutant has at least
LOADED = 20  # times longer by the clock, for a machine that has other work
PLAIN = ["-q", "-n0", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "--capture=no"]
PLAIN += ["-p", "no:playwright", "-p", "no:rerunfailures"]


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a tree that is given; all others as ever."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path, self._code = name, path, compile(tree, str(path), "exec")

    def find_spec(self, fullname: str, path: object = None, target: object = None):
        """The module's, if it is the one."""
        if fullname != self._name:
            return None
        package = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        spec = importlib.machinery.ModuleSpec(
            fullname, self, origin=str(self._path), is_package=package is not None
        )
        spec.submodule_search_locations = package
        return spec

    def exec_module(self, module: object) -> None:
        """Run the code as the module."""
        module.__file__ = str(self._path)  # type: ignore[attr-defined]
        exec(self._code, module.__dict__)


def in_a_process(work: Callable[[], bool], cpu: float) -> bool:
    """Whether ``work`` returns true in a forked process with ``cpu`` seconds of a processor."""
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(cpu) + 1, int(cpu) + 1))
        good = False
        try:
            good = work()
        finally:
            os._exit(0 if good else 1)
    end, pause = time.monotonic() + LOADED * cpu, 0.001
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(pause)
        pause = min(0.02, 1.5 * pause)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def passes(name: str, path: Path, tree: ast.Module, tests: Sequence[str], cpu: float) -> bool:
    """Whether all tests pass with the module loaded from the tree, in a process of its own."""

    def work() -> bool:
        sys.meta_path.insert(0, Changed(name, path, tree))
        return pytest.main([*PLAIN, "-x", *tests]) == 0

    return in_a_process(work, cpu)


class Hunt:
    """A plugin of pytest that runs each mutant's tests; ``left`` are the mutants they let pass."""

    def __init__(self, path: Path, tree: ast.Module, mutants: Sequence[Mutant]) -> None:
        self.left: list[Mutant] = []
        self.cost = 0.0
        self.passed = False
        self._path, self._mutants = str(path), mutants
        self._whole = compile(tree, str(path), "exec")
        self._failed = False
        self._lines: set[int] = set()
        self._of_fixtures: dict[object, set[int]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests as they are, then the mutants'."""
        gc.unfreeze()  # what the tests' own settings froze would be on no list of what there is
        reached, costs = self._unchanged(session)
        self.passed = not self._failed and not session.testsfailed and bool(session.items)
        if self.passed:
            self._go_through(session, reached, costs)
        return True

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self._failed = self._failed or report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Note the lines that a fixture comes to: all tests that use it do."""
        outer, self._lines = self._lines, set()
        try:
            return (yield)
        finally:
            self._of_fixtures.setdefault(fixturedef, set()).update(self._lines)
            self._lines = outer | self._lines

    def _unchanged(self, session: pytest.Session) -> tuple[list[set[int]], list[float]]:
        """Each test's lines in the module, and what it costs of a processor."""
        reached, costs = [], []
        items = session.items
        self._memories = _memories(gc.get_objects(), self._path)
        for item, following in zip(items, [*items[1:], None], strict=True):
            for memory in self._memories:
                memory.cache_clear()
            self._lines, begun = set(), time.process_time()
            threading.settrace(self._enter)
            sys.settrace(self._enter)
            try:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            finally:
                sys.settrace(None)
                threading.settrace(None)  # type: ignore[arg-type]
            reached.append(self._lines)
            costs.append(time.process_time() - begun)
        self.cost = sum(costs)
        for item, lines in zip(items, reached, strict=True):
            for fixtures in item._fixtureinfo.name2fixturedefs.values():
                lines.update(*(self._of_fixtures.get(each, ()) for each in fixtures))
        return reached, costs

    def _enter(self, frame: FrameType, event: str, arg: object) -> Callable | None:
        return self._line if frame.f_code.co_filename == self._path else None

    def _line(self, frame: FrameType, event: str, arg: object) -> Callable:
        self._lines.add(frame.f_lineno)
        return self._line

    def _go_through(
        self, session: pytest.Session, reached: list[set[int]], costs: list[float]
    ) -> None:
        noticed = [0.0] * len(costs)  # how many mutants of late each test has noticed
        self._functions = [
            each
            for each in gc.get_objects()
            if isinstance(each, FunctionType) and each.__code__.co_filename == self._path
        ]
        gc.collect()
        gc.freeze()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        for mutant in self._mutants:
            lines = set(range(mutant.first, mutant.last + 1))
            chosen = [at for at, seen in enumerate(reached) if seen & lines]
            chosen.sort(key=lambda at: (-noticed[at] / (0.01 + costs[at]), costs[at]))
            work = functools.partial(self._notice_nothing, session, mutant, chosen, writing)
            cpu = max(LEAST, SLOWEST * sum(costs[at] for at in chosen))
            if in_a_process(work, cpu):
                self.left.append(mutant)
            else:
                noticed = [0.9 * each for each in noticed]
                for at in _told(reading):
                    noticed[at] += 1
        os.close(reading)
        os.close(writing)

    def _notice_nothing(
        self, session: pytest.Session, mutant: Mutant, chosen: list[int], writing: int
    ) -> bool:
        """In the mutant's process: whether the tests pass; which does not is written."""
        codes = dict(_pairs(self._whole, compile(mutant.tree, self._path, "exec")))
        for function in self._functions:
            function.__code__ = codes.get(function.__code__, function.__code__)
        for memory in self._memories:
            memory.cache_clear()
        items = [session.items[at] for at in chosen]
        for at, item, following in zip(chosen, items, [*items[1:], None], strict=False):
            try:  # as pytest's protocol does it, without the reports of each stage
                item._initrequest()  # type: ignore[attr-defined]
                session._setupstate.setup(item)
                item.runtest()
                session._setupstate.teardown_exact(following)
            except pytest.skip.Exception:
                session._setupstate.teardown_exact(following)
            except BaseException:
                os.write(writing, at.to_bytes(4, "big"))
                return False
        return True


def _told(reading: int) -> Iterator[int]:
    try:
        told = os.read(reading, 4)
    except BlockingIOError:
        return
    yield int.from_bytes(told, "big")


def _memories(everything: list[object], path: str) -> list[Any]:
    """The functions of the project and of the module that remember what they were asked before."""
    return [
        each
        for each in everything
        if isinstance(each, functools._lru_cache_wrapper)
        and (
            str(each.__module__).startswith(("nnviz", "tests"))
            or getattr(each.__wrapped__, "__globals__", {}).get("__file__") == path
        )
    ]


def _pairs(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Each code inside a code with what is at its place in the changed one, where they differ."""
    inner = [
        [each for each in code.co_consts if isinstance(each, CodeType)] for code in (before, after)
    ]
    for old, new in zip(*inner, strict=True):
        if old != new:
            yield old, new
            yield from _pairs(old, new)

"""The command that changes what computes: one thing at a time, and not what only says something."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import mutants, mutate

SOURCE = '''"""Two sums."""
SHARE: float = 0.5

def f(a: int = 1) -> float:
    if a < 3 and not a == 2:
        raise ValueError(f"got {a + 7}")
    tell(a)
    return -a * 2
'''


def test_every_computing_part_is_changed_by_itself() -> None:
    told = [each.what for each in mutants.mutants(SOURCE)]
    assert sorted(told) == sorted(
        [
            "0.5  →  1.5",
            "1  →  2",
            "a < 3 and (not a == 2)  →  a < 3 or not a == 2",
            "a < 3  →  a <= 3",
            "3  →  4",
            "not a == 2  →  not not a == 2",
            "a == 2  →  a != 2",
            "2  →  3",
            "tell(a)  →  (left out)",
            "-a * 2  →  -a / 2",
            "-a  →  +a",
            "2  →  3",
        ]
    )


def test_a_mutant_has_one_change_and_knows_its_line() -> None:
    lines = SOURCE.splitlines()
    for each in mutants.mutants(SOURCE):
        before, after = each.what.split("  →  ")
        changed = ast.unparse(each.tree)
        assert changed != ast.unparse(ast.parse(SOURCE))
        assert after == "(left out)" or after in changed
        assert before.replace("(", "").replace(")", "") in lines[each.line - 1].replace(
            "(", ""
        ).replace(")", "")


@pytest.mark.parametrize("module", mutate.TESTS)
def test_what_is_mutated_and_what_holds_it_is_there(module: str) -> None:
    assert (mutate.ROOT / module).is_file()
    for test in mutate.TESTS[module]:
        assert (mutate.ROOT / test).is_file(), test


HELD = '''"""What two tests hold, but for one thing."""
import functools

SCALE = 3.0

def nobody_asks(x):
    return x + x

@functools.cache
def kept(x):
    return x * SCALE

class Sum:
    start = 0

    def __init__(self, by=1):
        self.by = by

    def of(self, values):
        total = self.start
        for value in values:
            total += value * (lambda: self.by)()
        return total if total >= 0 else 0
'''
HOLDING = """
import held, pytest

@pytest.fixture(scope="module")
def kept():
    return held.kept(2)

def test_a_fixture_made_once(kept):
    assert isinstance(kept, float)

def test_what_it_gave(kept):
    assert kept == 6

def test_sum():
    assert held.Sum().of([3, 4]) == 7 and held.Sum(2).of([1]) == 2 and held.Sum().of([-1]) == 0
"""


# As tests/conftest.py does: what is frozen is on no list of what there is.
FREEZING = "import gc\ndef pytest_collection_finish(): gc.freeze()"


def hunted(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """What comes of the mutants of `HELD` with these tests."""
    (folder / "held.py").write_text(HELD)
    (folder / "test_held.py").write_text(tests)
    (folder / "conftest.py").write_text(FREEZING)
    script = (
        "import pathlib; from scripts import mutate; mutate.ROOT = pathlib.Path().resolve();"
        "mutate.TESTS = {'held.py': ['test_held.py']};"
        "print(*mutate.survivors('held.py')[1], sep='|')"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(mutate.ROOT)},
        capture_output=True,
        text=True,
    )


@pytest.mark.thorough
def test_what_no_test_notices_is_told_and_nothing_else(tmp_path: Path) -> None:
    told = hunted(tmp_path, HOLDING)
    assert told.stdout.strip().split("|") == [
        "held.py:7: x + x  →  x - x",
        "held.py:23: total >= 0  →  total > 0",
        "held.py:23: 0  →  1",
    ], told.stderr


@pytest.mark.thorough
def test_tests_that_fail_anyway_are_no_measure(tmp_path: Path) -> None:
    told = hunted(tmp_path, HOLDING + "    assert held.SCALE == 4")
    assert "Expected test_held.py to pass before anything is changed." in told.stderr

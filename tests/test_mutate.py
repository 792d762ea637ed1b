"""The command that changes what computes: one thing at a time, and not what only says something."""

import pytest

from scripts import mutate

SOURCE = '''"""Two sums."""
SHARE: float = 0.5

def f(a: int = 1) -> float:
    if a < 3 and not a == 2:
        raise ValueError(f"got {a + 7}")
    tell(a)
    return -a * 2
'''


def test_every_computing_part_is_changed_by_itself() -> None:
    told = [what for _, what, _ in mutate.mutants(SOURCE)]
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
    for line, what, tree in mutate.mutants(SOURCE):
        before, after = what.split("  →  ")
        changed = mutate.ast.unparse(tree)
        assert changed != mutate.ast.unparse(mutate.ast.parse(SOURCE))
        assert after == "(left out)" or after in changed
        assert before.replace("(", "").replace(")", "") in lines[line - 1].replace("(", "").replace(
            ")", ""
        )


@pytest.mark.parametrize("module", mutate.TESTS)
def test_what_is_mutated_and_what_holds_it_is_there(module: str) -> None:
    assert (mutate.ROOT / module).is_file()
    for test in mutate.TESTS[module]:
        assert (mutate.ROOT / test).is_file(), test

"""The problems: what a network may be given, what it is asked, and with which data it learns.

Layers, the network and the training loop know none of this; they see arrays.
"""

from functools import lru_cache

from nnviz.datasets.table import Table
from nnviz.errors import look_up
from nnviz.problems.digits import Digits
from nnviz.problems.houses import Houses
from nnviz.problems.pen import Pen
from nnviz.problems.problem import Examples, Problem, Split
from nnviz.problems.tabular import Tabular

__all__ = [
    "PROBLEMS",
    "Digits",
    "Examples",
    "Houses",
    "Pen",
    "Problem",
    "Split",
    "get",
    "of_table",
]

PROBLEMS: dict[str, Problem] = {problem.id: problem for problem in (Digits(), Houses(), Pen())}


def get(problem_id: str) -> Problem:
    """The problem of that id; raises `InputError` (``unknown_problem``)."""
    return look_up(PROBLEMS, problem_id, "a problem", "unknown_problem")


@lru_cache(4)
def of_table(table: Table) -> Problem:
    """The problem that a table of one's own poses; raises `InputError` for what is wrong in it."""
    return Tabular(table)

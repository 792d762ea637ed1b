"""What is computed about a single drawing: at once where that is quick, else as long work."""

from collections.abc import Callable, Hashable
from typing import Any

from nnviz.web.bounds.long_work import LongWork
from nnviz.web.bounds.turns import Turns

QUICK = 6_000_000_000  # operations: half a second
REPLY = 60_000  # bytes that a kept reply counts as

_turns = Turns("a drawing closely", waiting=3)


def answered(
    work: LongWork, operations: int, key: Hashable, compute: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """What ``compute`` gives: in turns, or beside the requests and kept under ``key``.

    Raises `InputError` as `Turns.take` and `LongWork.result` do.
    """
    if operations <= QUICK:
        with _turns.take():
            return compute()
    return work.result(key, lambda check: compute(), lambda reply: REPLY)

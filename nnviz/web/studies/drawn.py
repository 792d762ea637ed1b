"""What is computed about a single drawing: at once where that is quick, else as long work."""

from collections.abc import Callable, Hashable
from typing import Any

from nnviz.errors import InputError
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.bounds.turns import Turns
from nnviz.web.studies.chosen import Chosen

QUICK = 6_000_000_000  # operations: half a second
MOST = 200_000_000_000  # operations: half a minute
REPLY = 60_000  # bytes that a kept reply counts as

_turns = Turns("a drawing closely", waiting=3)


def answered(
    work: LongWork,
    chosen: Chosen,
    operations: int,
    asked: tuple[Hashable, ...],
    compute: Callable[[], dict[str, Any]],
    size: int = REPLY,
) -> dict[str, Any]:
    """What ``compute`` gives: in turns, or beside the requests and kept for who asks the same.

    A reply that is kept counts as ``size`` bytes. Raises `InputError`: ``too_dear`` above `MOST`
    operations, and as `Turns.take` and `LongWork.result` do.
    """
    if operations > MOST:
        raise InputError(
            "too_dear",
            f"Expected a network for which this takes at most {MOST / 1e9:g} billion operations; "
            f"got {operations / 1e9:,.0f} billion.",
        )
    if operations <= QUICK:
        with _turns.take():
            return compute()
    reply = work.result((chosen.key, *asked), lambda check: compute(), lambda reply: size)
    return {**reply, "model": chosen.model}  # another's, maybe, with the same content

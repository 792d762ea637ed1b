"""Work that takes long is done by one at a time in a process, and few may wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from nnviz.errors import InputError


class Turns:
    """Who comes takes turns; ``waiting`` may wait, the next is asked to come back."""

    def __init__(self, what: str, waiting: int) -> None:
        self._what, self._turn = what, Lock()
        self._room = BoundedSemaphore(1 + waiting)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for one's turn and have it; raises `InputError` (``busy``) when too many wait."""
        if not self._room.acquire(blocking=False):
            raise InputError(
                "busy", f"Expected to read {self._what}; others wait for that already."
            )
        try:
            with self._turn:
                yield
        finally:
            self._room.release()

"""Wrong codes of the last minute, counted over all worker processes.

They lie in a small file that every worker maps into its memory, under a lock.
"""

import hashlib
import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from filelock import FileLock

MINUTE = 60.0
SLOTS = 2048  # wrong codes that are remembered
SHAPE = np.dtype([("address", np.uint64), ("visitor", np.uint64), ("at", np.float64)])
NOBODY = np.uint64(0)


class Tries:
    """Who entered wrong codes; without a ``folder`` this process counts for itself."""

    def __init__(self, folder: Path | None) -> None:
        self._thread_lock = Lock()
        self._file_lock = FileLock(folder / "tries.lock") if folder else None
        self._table = np.zeros(SLOTS, SHAPE)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "tries").open("ab+") as file:
                file.truncate(self._table.nbytes)
                self._table = np.frombuffer(mmap.mmap(file.fileno(), 0), SHAPE)

    @contextmanager
    def counting(self, address: str, visitor: str | None) -> Iterator[tuple[int, int, Any]]:
        """How many wrong codes came from an address and from a visitor, and how to count one more.

        Nobody else counts in the meantime.
        """
        at, who = _key(address), _key(visitor) if visitor else NOBODY
        with self._thread_lock, self._file_lock or _nothing():
            recent = self._table[self._table["at"] > time.time() - MINUTE]
            by_address = int((recent["address"] == at).sum())
            by_visitor = int((recent["visitor"] == who).sum()) if visitor else 0
            yield by_address, by_visitor, lambda: self._count(at, who)

    def _count(self, address: np.uint64, visitor: np.uint64) -> None:
        self._table[int(self._table["at"].argmin())] = (address, visitor, time.time())


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _key(name: str) -> np.uint64:
    digest = hashlib.sha256(name.encode(errors="replace")).digest()
    return np.uint64(int.from_bytes(digest[:8], "big") or 1)

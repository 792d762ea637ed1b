"""A cache whose size is a number of bytes, whatever is asked for."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteCache(Generic[K, V]):
    """What was used last, ``most`` bytes of it at most; several threads may use it."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes, self._lock = most, 0, Lock()
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept under the key, if it still is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of ``size`` bytes; what was used longest ago makes room.

        A value that is larger than the whole cache is not kept.
        """
        with self._lock:
            self._drop(key)
            if size > self._most:
                return
            self._kept[key] = value, size
            self._bytes += size
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))

    def drop(self, key: K) -> None:
        """Forget what is kept under the key."""
        with self._lock:
            self._drop(key)

    @property
    def bytes(self) -> int:
        """How many bytes are kept."""
        return self._bytes

    def _drop(self, key: K) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key)[1]

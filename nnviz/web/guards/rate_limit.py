"""In a class nobody takes the others' share: so many drawings a second, so many newcomers.

Visitors are told apart by their cookie, for a school is one address; only who has no cookie of this
server's, a program, counts by address. Each worker process counts for itself.
"""

import threading
import time

from flask import current_app

MOST = 5000  # visitors that are remembered
NEWCOMERS = "nnviz-newcomers"  # among the application's extensions
NEW_A_SECOND, NEW_AT_ONCE = 2.0, 300.0  # visitors who get a mark; a class comes all at once


class RateLimit:
    """A bucket of ``full`` tokens for each visitor, filled at a steady ``rate`` a second."""

    def __init__(self, rate: float, full: float) -> None:
        self.rate, self._full, self._lock = rate, full, threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def allows(self, visitor: str) -> bool:
        """Take a token; false when none is left."""
        now = time.monotonic()
        with self._lock:
            tokens, last = self._buckets.pop(visitor, (self._full, now))
            tokens = min(self._full, tokens + (now - last) * self.rate)
            self._buckets[visitor] = (max(tokens - 1, 0.0) if tokens >= 1 else tokens, now)
            if len(self._buckets) > MOST:
                del self._buckets[next(iter(self._buckets))]  # who was here least recently
        return tokens >= 1


def newcomers() -> RateLimit:
    """The application's limit of new visitors."""
    found: RateLimit = current_app.extensions[NEWCOMERS]
    return found

"""In a class nobody draws at the others' expense: so many drawings a second for each visitor.

Visitors are told apart by their cookie, for a school is one address; only who has no cookie, a
program, counts by address. Each worker process counts for itself.
"""

import threading
import time

from flask import Flask, request

from nnviz.errors import InputError
from nnviz.settings import Settings
from nnviz.web.guards.visitor import visitor_of

BURST = 2.0  # seconds' worth that may come at once
MOST = 5000  # visitors that are remembered
READING = "readings.activations"  # the endpoint that is limited


class RateLimit:
    """A bucket of tokens for each visitor, filled at a steady rate."""

    def __init__(self, rate: float) -> None:
        self._rate, self._lock = rate, threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, visitor: str) -> None:
        """Take a token; raises `InputError` (``too_many_drawings``) when none is left."""
        now, full = time.monotonic(), self._rate * BURST
        with self._lock:
            tokens, last = self._buckets.pop(visitor, (full, now))
            tokens = min(full, tokens + (now - last) * self._rate)
            self._buckets[visitor] = (max(tokens - 1, 0.0), now)
            if len(self._buckets) > MOST:
                del self._buckets[next(iter(self._buckets))]  # who was here least recently
        if tokens < 1:
            raise InputError(
                "too_many_drawings",
                f"Expected at most {self._rate:g} drawings a second from one visitor.",
            )


def register(app: Flask, settings: Settings) -> None:
    """Keep visitors of a class from one another's time; on one's own machine nothing is limited."""
    if not settings.in_class:
        return
    rate_limit = RateLimit(settings.drawings_a_second)

    @app.before_request
    def check() -> None:
        if request.endpoint == READING:
            rate_limit.take(visitor_of(request) or request.remote_addr or "")

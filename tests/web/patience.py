"""How a page asks for what takes long: it comes again when it is told to."""

import time
from collections.abc import Callable

from werkzeug.test import TestResponse

LIMIT = 120.0  # seconds on a busy machine


def patiently(ask: Callable[[], TestResponse]) -> TestResponse:
    """The reply as soon as it is not "come again"."""
    end = time.monotonic() + LIMIT
    while True:
        reply = ask()
        if reply.status_code != 503 or "Retry-After" not in reply.headers:
            return reply
        assert time.monotonic() < end, reply.text
        time.sleep(0.05)

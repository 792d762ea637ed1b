"""In a class nobody draws at the others' expense: so many drawings a second for each visitor."""

from flask import Flask, request

from nnviz.errors import InputError
from nnviz.settings import Settings
from nnviz.web.guards.rate_limit import RateLimit
from nnviz.web.guards.visitor import visitor_of

READING = "readings.activations"  # the endpoint that is limited
BURST = 2.0  # seconds' worth that may come at once


def register(app: Flask, settings: Settings) -> None:
    """Keep visitors of a class from one another's time; on one's own machine nothing is limited."""
    if not settings.in_class:
        return
    rate = settings.drawings_a_second
    limit = RateLimit(rate, BURST * rate)

    @app.before_request
    def check() -> None:
        if request.endpoint == READING and not limit.allows(
            visitor_of(request) or request.remote_addr or ""
        ):
            raise InputError(
                "too_many_drawings",
                f"Expected at most {rate:g} drawings a second from one visitor.",
            )

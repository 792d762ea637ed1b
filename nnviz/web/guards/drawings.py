"""In a class nobody draws at the others' expense: so many drawings a second for each visitor."""

from flask import Flask, request

from nnviz.errors import InputError
from nnviz.settings import Settings
from nnviz.web.guards.rate_limit import RateLimit
from nnviz.web.guards.visitor import visitor_of

READING = "readings.activations"  # the endpoint that is limited
# what views of Explore ask of one drawing: they have as many of their own, all together
LOOKING = {
    "attacks.attack",
    "attacks.distortion",
    "attributions.why",
    "maps.places",
    "units.ascent",
    "units.digits",
}
BURST = 2.0  # seconds' worth that may come at once


def register(app: Flask, settings: Settings) -> None:
    """Keep visitors of a class from one another's time; on one's own machine nothing is limited."""
    if not settings.in_class:
        return
    rate = settings.drawings_a_second
    limits = {READING: RateLimit(rate, BURST * rate)}
    limits |= dict.fromkeys(LOOKING, RateLimit(rate, BURST * rate))

    @app.before_request
    def check() -> None:
        limit = limits.get(request.endpoint or "")
        if limit and not limit.allows(visitor_of(request) or request.remote_addr or ""):
            raise InputError(
                "too_many_drawings",
                f"Expected at most {rate:g} drawings a second from one visitor.",
            )

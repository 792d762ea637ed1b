"""What keeps a page to itself: headers, the hosts it answers for, no writes from other sites."""

import ipaddress
import socket
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

from nnviz.errors import InputError
from nnviz.settings import Settings

LONGEST = 260  # characters of a host and its port
HOSTS = 200  # of which is remembered whether they are this server's
SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def register(app: Flask, settings: Settings) -> None:
    """Let no reply be taken for what it is not; what holds for documents goes with pages alone."""

    names = own_names() | settings.hosts

    @lru_cache(HOSTS)
    def is_known(host: str) -> bool:
        return answers_to(host, names)

    @app.before_request
    def check() -> None:
        asked = request.environ
        host = asked.get("HTTP_HOST") or asked_host()
        if len(host) > LONGEST or not is_known(host):
            raise InputError(
                "wrong_host",
                f"Expected a host that this server answers to; got {host!r}. Its addresses in "
                f"numbers always work; NNVIZ_HOSTS names others.",
            )
        if asked["REQUEST_METHOD"] not in SAFE and _from_elsewhere(asked, host):
            raise InputError("cross_site", "Expected a page of this server; another site asked.")

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.add("X-Content-Type-Options", "nosniff")
        if headers.get("Content-Type", "").startswith("text/html"):
            headers.update(PAGE_HEADERS)
        return response


def asked_host() -> str:
    """The host that is asked, as it was sent: no name that is looked into, for it may be broken."""
    host: str = request.environ.get("HTTP_HOST") or request.host
    return host


def asked_address() -> str:
    """The address of this server that is asked, without a path."""
    return f"{request.scheme}://{asked_host()}"


def answers_to(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this server.

    An address in numbers does: to lead a browser here under a name of their own (DNS rebinding),
    others need a name.
    """
    if len(host) > LONGEST:
        return False
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:  # "[" begins an address that does not end
        return False
    return _is_in_numbers(name) or bool({name, "*"} & names)


def _is_in_numbers(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def own_names() -> frozenset[str]:
    """The names that this machine has by itself."""
    own = socket.gethostname().lower()
    return frozenset({"localhost", own, f"{own.split('.')[0]}.local"})


def _from_elsewhere(asked: Mapping[str, Any], host: str) -> bool:
    """Whether a browser says that another site's page asks; other clients say nothing."""
    site = asked.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = asked.get("HTTP_ORIGIN")
    try:
        return origin is not None and urlsplit(origin).netloc != host
    except ValueError:
        return True

"""Who asks: a random number in a signed cookie, so that runs have an owner and limits are fair.

The signature keeps anybody from inventing visitors; in a class only so many get one a second.
"""

import re
import secrets

from flask import Request, Response

from nnviz.errors import InputError
from nnviz.web.current import settings
from nnviz.web.guards.rate_limit import newcomers
from nnviz.web.guards.signing import signer

COOKIE = "visitor"
SIGNED = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{32})", re.ASCII)
YEAR = 365 * 24 * 3600


def visitor_of(request: Request) -> str | None:
    """The visitor's mark, if there is one that this server gave."""
    found = SIGNED.fullmatch(request.cookies.get(COOKIE, ""))
    return found[1] if found and signer().has_signed(COOKIE, found[1], found[2]) else None


def new_visitor() -> str:
    """A mark that nobody has; raises `InputError` (``too_many_visitors``)."""
    if settings().in_class and not newcomers().allows(""):
        raise InputError("too_many_visitors", "Expected fewer new visitors at once; wait a bit.")
    return secrets.token_hex(16)


def remember(response: Response, visitor: str) -> None:
    """Let the browser keep the mark; no script reads it."""
    value = f"{visitor}.{signer().sign(COOKIE, visitor)}"
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax")

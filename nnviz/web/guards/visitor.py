"""Who asks: a random number in a cookie, so that runs have an owner and limits are fair."""

import re
import secrets

from flask import Request, Response

COOKIE = "visitor"
MARK = re.compile(r"[0-9a-f]{32}")
YEAR = 365 * 24 * 3600


def visitor_of(request: Request) -> str | None:
    """The visitor's mark, if there is one."""
    mark = request.cookies.get(COOKIE, "")
    return mark if MARK.fullmatch(mark) else None


def new_visitor() -> str:
    """A mark that nobody has."""
    return secrets.token_hex(16)


def remember(response: Response, visitor: str) -> None:
    """Let the browser keep the mark; no script reads it."""
    response.set_cookie(COOKIE, visitor, max_age=YEAR, httponly=True, samesite="Lax")

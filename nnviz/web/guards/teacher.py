"""Who may change what is everybody's: anybody on one's own machine, the teacher in a class.

In class mode a code is printed at the start; who enters it gets a cookie that stands for it.
"""

import hmac
import ipaddress
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flask import Response, current_app, request

from nnviz.errors import InputError
from nnviz.web.current import settings
from nnviz.web.guards.signing import signer
from nnviz.web.guards.tries import Tries
from nnviz.web.guards.visitor import visitor_of

if TYPE_CHECKING:
    from collections.abc import Callable

COOKIE = "teacher"
MOST = 10  # wrong codes from one address in a minute
TRIED = "nnviz-tries"  # among the application's extensions
DAY = 24 * 3600

P = ParamSpec("P")
R = TypeVar("R")


def in_class() -> bool:
    """Whether this server is a class's."""
    return settings().in_class


def is_teacher() -> bool:
    """Whether who asks may change what is everybody's."""
    code = settings().class_code
    return code is None or signer().has_signed(COOKIE, code, request.cookies.get(COOKIE, ""))


def teachers(view: "Callable[P, R]") -> "Callable[P, R]":
    """Let only a teacher come to a view; raises `InputError` (``not_teacher``) for others."""

    @wraps(view)
    def checked(*arguments: P.args, **named: P.kwargs) -> R:
        if not is_teacher():
            raise InputError(
                "not_teacher", "Expected the teacher: in a class only the code's owner may do this."
            )
        return view(*arguments, **named)

    return checked


def enter(code: str, response: Response) -> Response:
    """Let the browser keep that it is the teacher's.

    Raises `InputError`: ``wrong_code``, and ``too_many_tries`` after ten from one address in a
    minute. A visitor who entered no wrong one is heard even then: behind one address there may be a
    whole class, and its tries must not lock the teacher out.
    """
    right, visitor = settings().class_code, visitor_of(request)
    tries: Tries = current_app.extensions[TRIED]
    with tries.counting(_network(request.remote_addr), visitor) as (at, by, count_one_more):
        if at >= MOST and (visitor is None or by):
            raise InputError(
                "too_many_tries", f"Expected at most {MOST} codes a minute; wait a bit."
            )
        if right is None or not hmac.compare_digest(
            code.encode(errors="replace"), right.encode(errors="replace")
        ):
            count_one_more()
            raise InputError("wrong_code", "Expected the code that was printed at the start.")
    response.set_cookie(
        COOKIE, signer().sign(COOKIE, right), httponly=True, samesite="Strict", max_age=DAY
    )
    return response


def _network(address: str | None) -> str:
    """Whose address it is: of IPv6 the first half, for each machine has many of the other."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    half = found.exploded[:19] if isinstance(found, ipaddress.IPv6Address) else str(found)
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped) if mapped else half

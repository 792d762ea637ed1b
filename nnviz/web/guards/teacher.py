"""Who may change what is everybody's: anybody on one's own machine, the teacher in a class.

In class mode a code is printed at the start; who enters it gets a cookie that stands for it.
"""

import hmac
import time
from collections import deque
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Response, request

from nnviz.errors import InputError
from nnviz.web.current import settings

if TYPE_CHECKING:
    from collections.abc import Callable

COOKIE = "teacher"
TRIES, MINUTE = 10, 60.0  # so many codes may be tried a minute, by all together
DAY = 24 * 3600

P = ParamSpec("P")
R = TypeVar("R")

_tried: deque[float] = deque(maxlen=TRIES)


def in_class() -> bool:
    """Whether this server is a class's."""
    return settings().in_class


def is_teacher() -> bool:
    """Whether who asks may change what is everybody's."""
    if not in_class():
        return True
    secret = settings().class_secret
    shown = request.cookies.get(COOKIE, "")
    return secret is not None and hmac.compare_digest(
        shown.encode(errors="replace"), secret.encode()
    )


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

    Raises `InputError`: ``wrong_code``, and ``too_many_tries`` after ten in a minute.
    """
    now = time.monotonic()
    if len(_tried) == TRIES and now - _tried[0] < MINUTE:
        raise InputError("too_many_tries", f"Expected at most {TRIES} codes a minute; wait a bit.")
    given = code.encode(errors="replace")
    if not hmac.compare_digest(given, (settings().class_code or "").encode()) or not given:
        _tried.append(now)
        raise InputError("wrong_code", "Expected the code that was printed at the start.")
    cookie: dict[str, Any] = {"httponly": True, "samesite": "Strict", "max_age": DAY}
    response.set_cookie(COOKIE, settings().class_secret or "", **cookie)
    return response

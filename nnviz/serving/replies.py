"""A reply in bytes, and the server's own refusals in the same form as the application's."""

import json
import time
from collections.abc import Iterable
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

BODILESS = {204, 304}


class Reply:
    """Status, headers and body as they go over the wire, apart from what the connection adds."""

    __slots__ = ("body", "head", "status")

    def __init__(
        self, status: str, headers: Iterable[tuple[str, str]], body: bytes, method: str
    ) -> None:
        self.status = int(status[:3])
        lines = [f"HTTP/1.1 {status}"]
        measured = False
        for name, value in headers:
            low = name.lower()
            if low in ("connection", "transfer-encoding", "keep-alive"):
                continue  # they are the server's to say
            measured = measured or low == "content-length"
            lines.append(f"{name}: {value}")
        bodiless = self.status in BODILESS or self.status < 200
        if not measured and not bodiless:
            lines.append(f"Content-Length: {len(body)}")
        lines.append(f"Date: {_now()}\r\n")
        self.head = "\r\n".join(lines).encode("latin-1")
        self.body = b"" if bodiless or method == "HEAD" else body


def problem(status: int, code: str, detail: str, method: str = "GET") -> Reply:
    """A refusal as ``application/problem+json``, as the application answers."""
    phrase = HTTPStatus(status).phrase
    content = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    headers = [("Content-Type", "application/problem+json"), ("X-Content-Type-Options", "nosniff")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "1"))
    return Reply(f"{status} {phrase}", headers, json.dumps(content).encode(), method)


def _now() -> str:
    return _date(int(time.time()))


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)

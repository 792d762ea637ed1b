"""One request as it came in, and the WSGI environment that the application is given of it."""

import io
import sys
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

import httptools

Address = tuple[str, int]

SINGLE = {"CONTENT_TYPE", "CONTENT_LENGTH"}
LONG = 64  # bytes of a header's name: such are rare, and not remembered
SHARED: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}


class Request:
    """What the parser found so far; `gone` once the client has left."""

    __slots__ = ("body", "gone", "headers", "keep_alive", "method", "path", "query", "size", "url")

    def __init__(self) -> None:
        self.method, self.url, self.path, self.query = "GET", b"", "/", ""
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.size = 0
        self.keep_alive, self.gone = True, False

    def announced(self) -> int:
        """The bytes that the body is said to have; 0 when nothing is said."""
        return next((int(value) for name, value in self.headers if _is(name, b"content-length")), 0)

    def waits(self) -> bool:
        """Whether the client waits to be told that it may send its body."""
        return any(_is(n, b"expect") and _is(v, b"100-continue") for n, v in self.headers)

    def split(self) -> None:
        """Find path and query; raises `ValueError` for an address that is none."""
        if self.url == b"*":
            self.path = "*"
            return
        try:
            parts = httptools.parse_url(self.url)
        except httptools.HttpParserInvalidURLError as error:
            raise ValueError("an address that cannot be read") from error
        self.path = unquote_to_bytes(parts.path or b"/").decode("latin-1")
        self.query = (parts.query or b"").decode("latin-1")

    def environment(self, server: Address, client: Address) -> dict[str, Any]:
        """The WSGI environment (PEP 3333); header names with ``_`` are left out, for they could
        pass for others.
        """
        body = b"".join(self.body)
        found = {
            **SHARED,
            "REQUEST_METHOD": self.method,
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "SERVER_NAME": server[0],
            "SERVER_PORT": str(server[1]),
            "REMOTE_ADDR": client[0],
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "nnviz.gone": lambda: self.gone,
        }
        for raw, content in self.headers:
            name, value = _named(raw) if len(raw) < LONG else _name(raw), content.decode("latin-1")
            if name is None:
                continue
            if name in found and name not in SINGLE:
                value = f"{found[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
            found[name] = value
        found.pop("HTTP_TRANSFER_ENCODING", None)  # it is whole by now
        found["CONTENT_LENGTH"] = str(len(body))
        return found


def _name(raw: bytes) -> str | None:
    """What WSGI calls a header; None for one that could pass for another."""
    if b"_" in raw:
        return None
    name = raw.decode("latin-1").upper().replace("-", "_")
    return name if name in SINGLE else f"HTTP_{name}"


_named = lru_cache(256)(_name)  # browsers have a handful


def _is(found: bytes, expected: bytes) -> bool:
    return found.lower() == expected

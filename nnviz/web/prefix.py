"""Under a path, ``/nnviz/`` behind a proxy: every address that leaves the server begins with it.

The path is WSGI's ``SCRIPT_NAME``: what mounts the application sets it, or ``NNVIZ_PREFIX`` does.
The proxy may pass the path on or take it off.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request

from nnviz.settings import Settings

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def register(app: Flask, settings: Settings) -> None:
    """Let templates, replies and cookies know the path; they ask `root`."""
    app.jinja_env.globals["root"] = root
    if settings.prefix:
        app.wsgi_app = mounted(app.wsgi_app, settings.prefix)  # type: ignore[method-assign, assignment]

    @app.after_request
    def tell(response: Response) -> Response:
        if request.environ.get("SCRIPT_NAME"):
            path = root()
            location = response.headers.get("Location", "")
            if location.startswith("/"):
                response.headers["Location"] = path + location
            cookies = response.headers.getlist("Set-Cookie")
            response.headers.setlist(
                "Set-Cookie", [each.replace("; Path=/", f"; Path={path}/") for each in cookies]
            )
        return response


def root() -> str:
    """The path under which this request's visitor sees the server; mostly none."""
    return request.script_root


def rooted(content: bytes) -> bytes:
    """JSON whose addresses begin with the path."""
    path = root().encode()
    return content.replace(b'"/api/', b'"' + path + b"/api/") if path else content


def without(prefix: str, path: str) -> str:
    """A path as the application knows it, whether the proxy took the prefix off or not."""
    inside = prefix and (path == prefix or path.startswith(f"{prefix}/"))
    return (path[len(prefix) :] or "/") if inside else path


def mounted(application: Wsgi, prefix: str) -> Wsgi:
    """The WSGI application, under a path."""

    def under(asked: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = without(prefix, asked.get("PATH_INFO", "/"))
        return application({**asked, "SCRIPT_NAME": prefix, "PATH_INFO": path}, start)

    return under

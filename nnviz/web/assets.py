"""Static files, read once, sent small, and cached for ever under their content's hash.

Comments and needless space stay behind, the rest is compressed. Style sheets of a screen travel as
one file, ``css/base+header.css``: eight of them cost eight heads and compress less well.

The hash stands in the path, ``/static/<hash>/js/draw/main.js``, so the relative imports of ES
modules carry it along, and a changed file is a new address.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

import rcssmin
import rjsmin
from flask import Flask, Response
from werkzeug.exceptions import NotFound

from nnviz.web.prefix import root
from nnviz.web.replies import FOR_EVER, LEVEL, prepared

COMPRESSED = {"text/css", "text/javascript", "image/svg+xml", "text/plain", "text/markdown"}
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
LARGE = 200_000  # bytes: nobody waits at the start until so much is compressed
DONE = ".min.js"  # has been made small by those who made it
JOINED = "+"  # between the names of style sheets that are sent as one
MOST_JOINED, KEPT_JOINED = 16, 32  # sheets in one, and such files that are kept
OURS = {"text/javascript", "text/css"}  # read as the page is, in UTF-8, and asked for by the dozen

IMPORTED = re.compile(r"""\b(?:import|export)\b\s*(?:[\w*{}\s,$]+?\bfrom\s*)?["'](\.[^"']+)["']""")


class Assets:
    """The files of one folder in memory."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _small(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        digest = hashlib.sha256()
        for name, content in self._files.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        self.version = digest.hexdigest()[:12]
        self._join = lru_cache(KEPT_JOINED)(self._joined)
        self._pack = lru_cache(KEPT_JOINED)(self._packed)
        self.modules = cache(self._modules)
        self._compressed = {
            name: gzip.compress(content, 9, mtime=0)
            for name, content in self._files.items()
            if _type(name) in COMPRESSED and len(content) < LARGE
        }

    def url(self, name: str) -> str:
        """The address of a file; raises `KeyError` when there is none of that name."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def sheets(self, names: Sequence[str]) -> str:
        """The address of several style sheets as one; raises `KeyError` when one is not there."""
        for name in names:
            self.url(f"css/{name}.css")
        return f"/static/{self.version}/css/{JOINED.join(names)}.css"

    def _modules(self, name: str) -> list[str]:
        """The addresses of a module and of all that it imports at once, themselves or in turn.

        A page that names them has them come side by side; otherwise a browser finds out what a
        module imports when it has come, again and again. Raises `KeyError` when one is not there.
        """
        found, waiting = set[str](), [name]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                imported = IMPORTED.findall(self._files[each].decode())
                waiting += [normpath(join(dirname(each), other)) for other in imported]
        return [self.url(each) for each in sorted(found)]

    def _joined(self, name: str) -> bytes | None:
        """Style sheets one after the other, in the order that the name tells."""
        folder, dot = name.startswith("css/"), name.endswith(".css")
        names = name[4:-4].split(JOINED) if folder and dot else []
        parts = [self._files.get(f"css/{each}.css") for each in names[: MOST_JOINED + 1]]
        if not 1 < len(parts) <= MOST_JOINED or len(set(names)) < len(names):
            return None
        found = [part for part in parts if part is not None]
        return b"\n".join(found) if len(found) == len(parts) else None

    def _packed(self, name: str) -> bytes | None:
        """Compressed when first asked for: what is joined, and what takes long."""
        content = self._join(name) if name not in self._files else self._files[name]
        if content is None or _type(name) not in COMPRESSED:
            return None
        return gzip.compress(content, LEVEL if len(content) >= LARGE else 9, mtime=0)

    def send(self, version: str, name: str) -> Response:
        """A file, compressed when the client takes that."""
        content = self._files.get(name) or self._join(name)
        if content is None:
            raise NotFound
        kind = _type(name)
        if kind not in OURS:
            text = kind.startswith("text/") or kind == "image/svg+xml"
            kind += "; charset=utf-8" * text
        packed = self._compressed.get(name) or self._pack(name)
        response = prepared(lambda: content, (lambda: packed) if packed else None, kind)
        response.headers["Cache-Control"] = FOR_EVER if version == self.version else "no-cache"
        return response


def register(app: Flask, folder: Path) -> None:
    """Serve the folder and give templates ``asset``, ``sheets`` and ``modules``."""
    assets = Assets(folder)
    app.add_url_rule("/static/<version>/<path:name>", "asset", assets.send)
    app.jinja_env.globals["sheets"] = lambda names: root() + assets.sheets(names)
    app.jinja_env.globals["asset"] = lambda name: root() + assets.url(name)
    app.jinja_env.globals["modules"] = lambda name: [root() + each for each in assets.modules(name)]


MINIFIERS: dict[str, Callable[[str], str]] = {
    "text/javascript": rjsmin.jsmin,
    "text/css": rcssmin.cssmin,
}


def _small(path: Path) -> bytes:
    minify = None if path.name.endswith(DONE) else MINIFIERS.get(_type(path.name))
    return minify(path.read_text("utf-8")).encode() if minify else path.read_bytes()


def _type(name: str) -> str:
    kind = TYPES.get(Path(name).suffix)
    return kind or mimetypes.guess_type(name)[0] or "application/octet-stream"

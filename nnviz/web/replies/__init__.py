"""Replies: JSON of checked types or of arrays, and gzip, which is negotiated here alone."""

import gzip
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import orjson
from flask import Response, request
from werkzeug.http import parse_accept_header

from nnviz.web.prefix import rooted
from nnviz.web.replies import tensors
from nnviz.web.replies.gzipped import gzipped

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

JSON = "application/json"
TENSORS = "application/vnd.safetensors"
FOR_EVER = "max-age=31536000, immutable"
LEVEL = 6  # of compression while somebody waits: half the time of the highest, 1% more bytes
WORTH = 4_000  # bytes: what is shorter arrives as soon when it is not compressed


class Whole(Response):
    """A reply of status 200 that has all its bytes: it goes out without a last look at its headers.

    Werkzeug's looks for what they may lack: a length, which `Response` has given them with the
    bytes, and addresses in full, of which these have none.
    """

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """As WSGI asks for it."""
        start_response("200 OK", self.headers.to_wsgi_list())
        return self.iter_encoded()


def struct_reply(value: msgspec.Struct, status: int = 200) -> Response:
    """A JSON reply of a type in `nnviz.web.schemas`."""
    return compressed(Response(rooted(msgspec.json.encode(value)), status, content_type=JSON))


def array_reply(value: dict[str, Any]) -> Response:
    """A JSON reply with arrays among its values; plain, for these are many and wanted at once."""
    content = orjson.dumps(value, default=tensors.in_rows, option=orjson.OPT_SERIALIZE_NUMPY)
    return Whole(content, content_type=JSON)


def reading_reply(value: dict[str, Any]) -> Response:
    """JSON with arrays among its values, or a safetensors file for who asks for that.

    The file is compressed, in 3 to 40 microseconds, when it is longer than a few packets.
    """
    response = _as_tensors(value) if _takes_tensors() else array_reply(value)
    response.headers.add("Vary", "Accept, Accept-Encoding")
    return response


def _as_tensors(value: dict[str, Any]) -> Response:
    content, arrays = tensors.packed(value)
    if len(content) <= WORTH or not takes_gzip():
        return Whole(content, content_type=TENSORS)
    response = Whole(gzipped(content, tensors.dense(arrays)), content_type=TENSORS)
    response.content_encoding = "gzip"
    return response


def _takes_tensors() -> bool:
    """Whether who asks would rather have a safetensors file than JSON."""
    accepted = request.environ.get("HTTP_ACCEPT", "")
    if accepted == TENSORS:
        return True
    return TENSORS in accepted and request.accept_mimetypes.best_match([JSON, TENSORS]) == TENSORS


def created(value: msgspec.Struct, location: str) -> Response:
    """The JSON reply for something new, which is now at ``location``."""
    response = struct_reply(value, 201)
    response.headers["Location"] = location
    return response


def compressed(response: Response) -> Response:
    """The same response, by gzip when the client takes that."""
    response.vary.add("Accept-Encoding")
    if takes_gzip():
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def prepared(
    plain: Callable[[], bytes], packed: Callable[[], bytes] | None, content_type: str
) -> Response:
    """A response whose content was compressed before: whichever of both the client takes.

    What does not get smaller has no ``packed`` form.
    """
    small = packed is not None and takes_gzip()
    response = Response(packed() if packed and small else plain(), content_type=content_type)
    response.vary.add("Accept-Encoding")
    if small:
        response.content_encoding = "gzip"
    return response


def takes_gzip() -> bool:
    """Whether who asks takes gzip."""
    return _names_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(64)
def _names_gzip(accepted: str) -> bool:
    """Whether that header takes gzip; browsers have a handful of them."""
    return bool(parse_accept_header(accepted)["gzip"])

"""From a request to checked values: a drawing's 28x28 pixels, a query's numbers."""

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from flask import Request
from msgspec import UNSET
from numpy.typing import NDArray
from werkzeug.exceptions import RequestEntityTooLarge

from nnviz import ink
from nnviz.errors import InputError
from nnviz.web.schemas import Drawing

Image = NDArray[np.uint8]

LARGEST_JSON = 1_000_000  # bytes: 10,000 points with all their digits fit
LARGEST_UPLOAD = 10_000_000  # bytes
IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp")

_decoder = msgspec.json.Decoder(Drawing)


def read_drawing(request: Request) -> Image:
    """The 28x28 pixels that a request's body asks to be read: JSON, or an uploaded image."""
    kind = request.mimetype
    if kind in ("application/json", ""):
        return pixels_of(decode_drawing(_body(request, LARGEST_JSON)))
    if kind in IMAGE_TYPES:
        center = _flag(request.args.to_dict(), "center")
        return ink.from_image(_body(request, LARGEST_UPLOAD), center)
    if kind == "multipart/form-data":
        return _read_form(request)
    raise InputError(
        "unsupported_media_type",
        f"Expected application/json, multipart/form-data or {', '.join(IMAGE_TYPES)}; "
        f"got {kind!r}.",
    )


def decode_drawing(body: bytes) -> Drawing:
    """JSON text to a checked `Drawing`."""
    try:
        return _decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _refusal(str(error), body) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError("invalid_json", f"Expected a JSON object; got {error}.") from error


def pixels_of(drawing: Drawing) -> Image:
    """Ink what the drawing holds."""
    if drawing.strokes is not UNSET and drawing.pixels is not UNSET:
        raise InputError("ambiguous_drawing", "Expected either strokes or pixels; got both.")
    if drawing.strokes is not UNSET:
        return ink.from_strokes(drawing.strokes, drawing.center)
    if drawing.pixels is not UNSET:
        return ink.from_pixels(drawing.pixels)
    raise InputError("missing_drawing", "Expected strokes or pixels; got neither.")


def whole_number(
    query: Mapping[str, str], name: str, default: int | None, least: int, most: int
) -> int | None:
    """A number from the query string, or its default; raises `InputError` (``bad_query``)."""
    text = query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise InputError(
            "bad_query", f"Expected {name} as a whole number {least} to {most}; got {text!r}."
        )
    return int(text)


def only(query: Mapping[str, str], *known: str) -> Mapping[str, str]:
    """The query itself; raises `InputError` (``bad_query``) when it holds an unknown name."""
    if unknown := sorted(query.keys() - set(known)):
        raise InputError(
            "bad_query", f"Expected no more than {', '.join(known)} in the query; got {unknown}."
        )
    return query


def _body(request: Request, most: int) -> bytes:
    if (request.content_length or 0) > most:
        raise _too_large(f"{request.content_length:,}", most)
    request.max_content_length = most + 1  # a body of unannounced length may be cut off there
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise _too_large("more", most) from None
    if len(body) > most:
        raise _too_large("more", most)
    return body


def _read_form(request: Request) -> Image:
    try:
        files, form = request.files.to_dict(), request.form.to_dict()
    except RequestEntityTooLarge:
        raise _too_large("more", LARGEST_UPLOAD) from None
    if files.keys() != {"image"}:
        raise InputError(
            "missing_drawing", f"Expected one file in the field 'image'; got {sorted(files)}."
        )
    if unknown := sorted(form.keys() - {"center"}):
        raise InputError("unknown_field", f"Expected no field but 'center'; got {unknown}.")
    return ink.from_image(files["image"].read(), _flag(form, "center"))


def _flag(values: Mapping[str, Any], name: str) -> bool:
    text = values.get(name, "true")
    if text not in ("true", "false"):
        raise InputError("wrong_type", f"Expected {name} as true or false; got {text!r}.")
    return bool(text == "true")


def _too_large(got: str, most: int) -> InputError:
    return InputError("body_too_large", f"Expected a body of at most {most:,} bytes; got {got}.")


def _refusal(message: str, body: bytes) -> InputError:
    """A checking message with its code, completed by what came where it does not say that."""
    expected, _, path = message.partition(" - at `")
    place = f" at {path.rstrip('`')}" if path else ""
    if "unknown field" in expected:
        known = ", ".join(Drawing.__struct_fields__)
        return InputError("unknown_field", f"Expected only {known}; got this: {expected}{place}.")
    if "length" in expected:
        got = f"length {len(_value_at(body, path))}"
        return InputError("wrong_shape", f"{expected}, got {got}{place}.")
    if "out of range" in expected:
        got = str(_value_at(body, path))
        return InputError("out_of_range", f"Expected a number of ordinary size; got {got}{place}.")
    return InputError("wrong_type", f"{expected}{place}.")


def _value_at(body: bytes, path: str) -> Any:
    """What stands in a JSON text at a path such as ``$.strokes[0][1]``."""
    value = json.loads(body)
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        value = value[name] if name else value[int(index)]
    return value

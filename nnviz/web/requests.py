"""From a request to checked values: what a network shall read, a query's numbers."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np
from flask import Request
from msgspec import UNSET
from numpy.typing import NDArray
from werkzeug.exceptions import RequestEntityTooLarge

from nnviz import ink, problems
from nnviz.checked import refusal, value_at
from nnviz.edits import one_step
from nnviz.errors import InputError
from nnviz.features import NumberOutput, encode
from nnviz.ink import movement
from nnviz.models.model_file import Model
from nnviz.web.current import pictures
from nnviz.web.schemas.edits import Edited, Edits
from nnviz.web.schemas.reading.given import Drawing, Drawn, Features, Labelled, LabelledFeatures
from nnviz.web.schemas.units import GivenDrawing

Image = NDArray[np.uint8]

LARGEST_JSON = 1_000_000  # bytes: 10,000 points with all their digits fit
LARGEST_UPLOAD = 10_000_000  # bytes
IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp")

T = TypeVar("T", bound=msgspec.Struct)


class Tell(NamedTuple):
    """Which numbers of a reading are wanted: of every layer, and the layers that are told whole."""

    parts: str = "all"
    whole: Sequence[str] = ()


class Asked(NamedTuple):
    """What is to be read, by which changes to the network, and what shall be told of it."""

    pixels: Image
    edits: Edits
    picture: ink.Found | None = None  # what an image holds
    tell: Tell = Tell()


def read_drawing(request: Request) -> Asked:
    """What a request's body asks to be read: JSON, or an uploaded image."""
    if _is_json(request):
        drawing = decode(_body(request, LARGEST_JSON), Drawing)
        return Asked(pixels_of(drawing), drawing.edits, tell=_tell(drawing))
    kind = request.mimetype
    if kind in IMAGE_TYPES:
        query = request.args.to_dict()
        return _read_image(_body(request, LARGEST_UPLOAD), query)
    if kind == "multipart/form-data":
        return _read_form(request)
    raise _unsupported(kind, "application/json", "multipart/form-data", *IMAGE_TYPES)


class Given(NamedTuple):
    """One input: as the network reads it, as it is told, whether it is blank; and the edits."""

    x: NDArray[np.float32]
    told: dict[str, Any]
    blank: bool
    edits: Edits
    tell: Tell
    picture: ink.Found | None = None  # what an image holds


def read_input(request: Request, model: Model) -> Given:
    """What a request gives a model to read; raises `InputError`."""
    if model.features:
        return _row(read_json(request, Features), model)
    if model.problem == problems.Pen.id:
        return _movement(read_json(request, Drawing))
    asked = read_drawing(request)
    pixels = asked.pixels
    told = {"shape": pixels.shape, "pixels": pixels.ravel()}
    blank = not np.count_nonzero(pixels)
    return Given(ink.to_input(pixels), told, blank, asked.edits, asked.tell, asked.picture)


class Lesson(NamedTuple):
    """One input as the network reads it and as it is told, what outputs should say, the edits."""

    x: NDArray[np.float32]
    told: dict[str, Any]
    labels: Sequence[one_step.Label]
    edits: Edits


def read_labelled(request: Request, model: Model) -> Lesson:
    """What a request would teach a model; raises `InputError`."""
    if model.features:
        return _taught_row(read_json(request, LabelledFeatures), model)
    wanted = read_json(request, Labelled)
    if model.problem == problems.Pen.id:
        x, told, _ = _moved(wanted)
        return Lesson(x, told, (wanted.label, *wanted.further), wanted.edits)
    pixels = pixels_of(wanted)
    further = wanted.further or problems.Digits().further_labels(pixels, model.outputs)
    told = {"shape": pixels.shape, "pixels": pixels.ravel()}
    return Lesson(ink.to_input(pixels).ravel(), told, (wanted.label, *further), wanted.edits)


def _taught_row(wanted: LabelledFeatures, model: Model) -> Lesson:
    """The target is in the unit of the model's output."""
    output = model.outputs[0]
    if not isinstance(output, NumberOutput):
        raise InputError(
            "wrong_problem", f"Expected a model whose output is a number; {model.id!r} has classes."
        )
    x = encode(model.features, wanted.features)
    told = {"shape": x.shape, "features": wanted.features, "values": x}
    return Lesson(x, told, ((wanted.target - output.mean) / output.sd,), wanted.edits)


def _tell(wanted: Drawing | Features) -> Tell:
    return Tell(wanted.parts, wanted.whole)


def _row(wanted: Features, model: Model) -> Given:
    x = encode(model.features, wanted.features)
    told = {"shape": x.shape, "features": wanted.features, "values": x}
    return Given(x, told, False, wanted.edits, _tell(wanted))


def _movement(drawing: Drawing) -> Given:
    """A pen's way; where on the pad it is drawn does not matter, so ``center`` says nothing."""
    x, told, blank = _moved(drawing)
    return Given(x, told, blank, drawing.edits, _tell(drawing))


def _moved(drawing: Drawn) -> tuple[NDArray[np.float32], dict[str, Any], bool]:
    """The movement, how it is told, and whether nothing was drawn."""
    if drawing.strokes is UNSET or drawing.pixels is not UNSET:
        raise InputError("missing_drawing", "Expected strokes: pixels do not say how a pen moved.")
    x = movement.from_strokes(drawing.strokes)
    return x, {"shape": x.shape, "steps": x.ravel()}, not any(drawing.strokes)


def read_json(request: Request, kind: type[T]) -> T:
    """The checked value of type ``kind`` in a request's JSON body."""
    if not _is_json(request):
        raise _unsupported(request.mimetype, "application/json")
    return decode(_body(request, LARGEST_JSON), kind)


def edits_of(request: Request) -> Edits:
    """The edits that a request is about: none of one that only gets."""
    return read_json(request, Edited).edits if request.method == "POST" else []


def _is_json(request: Request) -> bool:
    """Whether the body says that it is JSON, or nothing of itself."""
    told = request.environ.get("CONTENT_TYPE", "")
    return told == "application/json" or request.mimetype in ("application/json", "")


def decode(body: bytes, kind: type[T]) -> T:
    """JSON text to a checked value; raises `InputError`."""
    try:
        decoded: T = _decoder(kind).decode(body)
        return decoded
    except msgspec.ValidationError as error:
        raise _refusal(error, body, kind) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError("invalid_json", f"Expected a JSON object; got {error}.") from error


@cache
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind)


def pixels_of(drawing: Drawn | GivenDrawing) -> Image:
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
    told = request.environ.get("CONTENT_LENGTH", "")
    if told.isascii() and told.isdigit() and len(told) < 12:  # the length is known: read just that
        if int(told) > most:
            raise _too_large(f"{int(told):,}", most)
        known: bytes = request.environ["wsgi.input"].read(int(told))
        return known
    request.max_content_length = most + 1  # a body of unannounced length may be cut off there
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise _too_large("more", most) from None
    if len(body) > most:
        raise _too_large("more", most)
    return body


def _read_form(request: Request) -> Asked:
    try:
        files, form = request.files.to_dict(), request.form.to_dict()
    except RequestEntityTooLarge:
        raise _too_large("more", LARGEST_UPLOAD) from None
    if files.keys() != {"image"}:
        raise InputError(
            "missing_drawing", f"Expected one file in the field 'image'; got {sorted(files)}."
        )
    if unknown := sorted(form.keys() - {"center", "digit", "edits"}):
        raise InputError(
            "unknown_field", f"Expected no field but 'center', 'digit' and 'edits'; got {unknown}."
        )
    return _read_image(files["image"].read(), form)


def _read_image(content: bytes, options: Mapping[str, str]) -> Asked:
    """Look for digits in a picture, one at a time: 30 million pixels take much memory."""
    center, edits = _flag(options, "center"), _edits(options)
    digit = whole_number(options, "digit", 0, 0, ink.MOST_DIGITS - 1) or 0
    found: ink.Found = pictures().result(
        (hashlib.sha256(content).digest(), center),
        lambda check: ink.find(content, center),
        lambda picture: picture.nbytes,
    )
    found = ink.choose(found, digit)
    return Asked(found.pixels, edits, found)


def _edits(values: Mapping[str, str]) -> Edits:
    """The edits that come beside an image, as JSON text."""
    text = values.get("edits", "[]")
    return decode(b'{"edits": %s}' % text.encode(), Edited).edits


def _flag(values: Mapping[str, Any], name: str) -> bool:
    text = values.get(name, "true")
    if text not in ("true", "false"):
        raise InputError("wrong_type", f"Expected {name} as true or false; got {text!r}.")
    return bool(text == "true")


def _unsupported(got: str, *expected: str) -> InputError:
    return InputError("unsupported_media_type", f"Expected {' or '.join(expected)}; got {got!r}.")


def _too_large(got: str, most: int) -> InputError:
    return InputError("body_too_large", f"Expected a body of at most {most:,} bytes; got {got}.")


def _parsed(body: bytes) -> Any:
    """What a JSON text holds whose check failed somewhere, to tell what came there.

    Raises `InputError` when that cannot be told: what comes behind the wrong value is no JSON or
    too deep, or a name stands there twice and the check may have meant either.
    """
    try:
        return json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError) as broken:  # also an integer of 10,000 digits
        raise InputError("invalid_json", f"Expected a JSON object; got {broken}.") from broken


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(
            name for name, count in Counter(name for name, _ in pairs).items() if count > 1
        )
        raise ValueError(f"the name {twice!r} twice")
    return found


def _refusal(error: msgspec.ValidationError, body: bytes, kind: type[msgspec.Struct]) -> InputError:
    """A checking message with its code, completed by what came where it does not say that."""
    message = str(error)
    expected, _, path = message.removesuffix("`").partition(" - at `")
    if path.startswith("$.recipe"):
        return refusal(error, _parsed(body), "")
    place = f" at {path}" if path else ""
    if "unknown field" in expected:
        known = (
            f"Expected only {', '.join(kind.__struct_fields__)}" if not place else "Expected less"
        )
        return InputError("unknown_field", f"{known}; got this: {expected}{place}.")
    if message.startswith("Invalid value"):  # a kind of edit that there is not
        return InputError("wrong_type", f"Expected a kind of edit; got this: {message}.")
    if "length" in expected:
        got = f"length {len(value_at(_parsed(body), path))}"
        return InputError("wrong_shape", f"{expected}, got {got}{place}.")
    if "out of range" in expected:
        got = str(value_at(_parsed(body), path))
        return InputError("out_of_range", f"Expected a number of ordinary size; got {got}{place}.")
    return InputError("wrong_type", f"{expected}{place}.")

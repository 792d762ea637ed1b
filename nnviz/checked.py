"""Settings with types and bounds: checked wherever they come from, and told what is wrong.

A `Checked` type says by its annotations what each field may be. The same annotations check values
made in Python, check JSON, and describe the field in the interface's OpenAPI document.
"""

import re
from functools import cache
from typing import Any, Self

import msgspec
from msgspec import Struct

from nnviz.errors import InputError


class Checked(Struct, frozen=True, forbid_unknown_fields=True):
    """A value whose fields are checked when it is made; raises `InputError`.

    ``wrong_type`` for another type, ``out_of_range`` for a number beyond its bounds,
    ``wrong_shape`` for a wrong length, ``unknown_field`` for a field that there is not.
    """

    def __post_init__(self) -> None:
        for name, kind in _kinds(type(self)):
            value = getattr(self, name)
            try:
                msgspec.convert(value, kind)
            except msgspec.ValidationError as error:
                raise refusal(error, value, name) from error

    def to_json(self) -> dict[str, Any]:
        """The value as JSON-able objects; `from_json` makes the same value again."""
        written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return written

    @classmethod
    def from_json(cls, value: object) -> Self:
        """The value that `to_json` wrote; what is left out is as by default."""
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError as error:
            raise refusal(error, value, _words(cls)) from error


def _words(kind: type) -> str:
    """A type's name as a sentence has it: ``TrainingConfig`` is a "training config"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


@cache
def _kinds(kind: type[Struct]) -> list[tuple[str, Any]]:
    """The name and the annotated type of each field."""
    return [(field.name, field.type) for field in msgspec.structs.fields(kind)]


def refusal(error: msgspec.ValidationError, value: object, name: str) -> InputError:
    """What a failed check says, as an `InputError`: "Expected a.b as …; got …".

    ``value`` is what was checked and ``name`` what it is called.
    """
    if isinstance(error.__cause__, InputError):  # a type's own check, which says it best
        return error.__cause__
    message, _, path = str(error).partition(" - at `$")
    path = path.rstrip("`")
    where, got = f"{name}{path}".lstrip("."), _shown(value_at(value, path))
    if unknown := re.search(r"unknown field `(.*)`", message):
        return InputError("unknown_field", f"Expected {where} without {unknown[1]!r}; got {got}.")
    if missing := re.search(r"missing required field `(.*)`", message):
        return InputError("wrong_type", f"Expected {where} with {missing[1]!r}; got {got}.")
    wanted = message.removeprefix("Expected ").split(", got ")[0]
    if message.startswith("Invalid"):
        wanted = "one of its words"
    return InputError(_code(message), f"Expected {where} as {wanted}; got {got}.")


def _code(message: str) -> str:
    """The stable code for what a check says."""
    if "length" in message:
        return "wrong_shape"
    bounded = any(sign in message for sign in (">", "<", "range"))
    return "out_of_range" if bounded else "wrong_type"


def _shown(value: object) -> str:
    """A value as an error shows it: not longer than a line."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deeply, an integer of 10,000 digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}…"


def value_at(value: Any, path: str) -> Any:
    """What stands at a path such as ``.training.epochs`` or ``.changes[0][1]``, or on its way."""
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", path):
        if index == "...":  # some key of an object
            return value
        key: Any = name or int(index)
        value = getattr(value, name) if isinstance(value, Struct) else value[key]
    return value

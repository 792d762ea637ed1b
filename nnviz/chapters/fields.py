"""Fields of a chapter's text, one a line, and what their values may be."""

import json
import re
from dataclasses import dataclass
from typing import Any

from nnviz.chapters import markup
from nnviz.chapters.errors import ChapterError

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
FIELD = re.compile(r"(?P<name>[a-z]+): (?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A field's value and the line it stands in."""

    value: str
    number: int


Fields = dict[str, Line]


def read_fields(lines: list[str], number: int, known: tuple[str, ...]) -> Fields:
    """Fields of one line each; a line that is indented goes on with the field before it."""
    fields: Fields = {}
    last: str | None = None
    for i, line in enumerate(lines):
        if not line.strip():
            continue
        if line.startswith("  ") and last is not None:
            before = fields[last]
            fields[last] = Line(f"{before.value} {line.strip()}", before.number)
            continue
        found = FIELD.fullmatch(line.rstrip())
        if found is None:
            raise ChapterError(f"Expected 'field: value'; got {line.strip()[:60]!r}.", number + i)
        last = found["name"]
        if last not in known:
            raise ChapterError(f"Expected one of {', '.join(known)}; got {last!r}.", number + i)
        if last in fields:
            raise ChapterError(f"Expected {last!r} once.", number + i)
        fields[last] = Line(found["value"], number + i)
    return fields


def need(fields: Fields, names: tuple[str, ...], number: int) -> None:
    """Raises `ChapterError` when a block lacks one of these fields."""
    for name in names:
        if name not in fields:
            raise ChapterError(f"Expected the field {name!r} in this block.", number)


def nodes(field: Line) -> list[Any]:
    """The words of a field."""
    return markup.inline(field.value, field.number)


def name_of(field: Line) -> str:
    """A name as it may stand in an address."""
    if not NAME.fullmatch(field.value):
        raise ChapterError(
            f"Expected a name of a-z, 0-9 and hyphens; got {field.value!r}.", field.number
        )
    return field.value


def whole(field: Line, low: int, high: int) -> int:
    """A whole number between two, both included."""
    if not re.fullmatch(r"\d{1,9}", field.value) or not low <= int(field.value) <= high:
        raise ChapterError(
            f"Expected a whole number from {low} to {high}; got {field.value!r}.", field.number
        )
    return int(field.value)


def one_of(field: Line | None, choices: tuple[str, ...], default: str) -> str:
    """One of the choices; the default where the field is not given."""
    if field is None:
        return default
    if field.value not in choices:
        raise ChapterError(f"Expected one of {choices}; got {field.value!r}.", field.number)
    return field.value


def as_json(field: Line) -> Any:
    """A value in JSON."""
    try:
        return json.loads(field.value)
    except (ValueError, RecursionError):
        raise ChapterError(f"Expected JSON; got {field.value[:60]!r}.", field.number) from None

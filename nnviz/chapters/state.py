"""What a step asks the screen to be, from its fields."""

import re
from collections.abc import Mapping
from typing import Any

from nnviz.chapters import expressions, markup
from nnviz.chapters.errors import ChapterError
from nnviz.chapters.fields import Line, as_json, name_of, one_of, whole

# One field each; `state_of` reads them.
STATE = (
    "model",
    "drawing",
    "select",
    "open",
    "row",
    "edits",
    "center",
    "lesson",
    "hidden",
    "edges",
    "compared",
    "features",
    "pen",
    "place",
)
OPENABLE = ("inspector", "lab", "trace", "compare", "column", "play", "rows")


def state_of(fields: Mapping[str, Line]) -> dict[str, Any]:
    """What the screen is asked to be."""
    state: dict[str, Any] = {}
    if "model" in fields:
        state["model"] = name_of(fields["model"])
    if "lesson" in fields:
        state["lesson"] = _lesson(fields["lesson"])
    if "hidden" in fields:
        line = fields["hidden"]
        sizes = [Line(size.strip(), line.number) for size in line.value.split(",")]
        state["hidden"] = [whole(size, 1, 1024) for size in sizes]
    if "drawing" in fields:
        state["drawing"] = _drawing(fields["drawing"])
    if "select" in fields:
        state["select"] = _unit(fields["select"])
    if "open" in fields:
        names = [each.strip() for each in fields["open"].value.split(",")]
        if wrong := set(names) - set(OPENABLE):
            raise ChapterError(
                f"Expected one of {OPENABLE}; got {sorted(wrong)}.", fields["open"].number
            )
        state["open"] = names
    if "features" in fields:
        state["features"] = _features(fields["features"])
    if "compared" in fields:
        line = fields["compared"]
        names = line.value.split(",")
        state["compared"] = [name_of(Line(name.strip(), line.number)) for name in names]
    for name, low, high in (("row", 1, 1000), ("edges", 1, 1000)):
        if name in fields:
            state[name] = whole(fields[name], low, high)
    if "center" in fields:
        state["center"] = one_of(fields["center"], ("on", "off"), "on") == "on"
    if "pen" in fields:
        state["pen"] = one_of(fields["pen"], ("reads", "turns"), "reads or turns")
    if "place" in fields:
        state["place"] = _place(fields["place"])
    if "edits" in fields:
        state["edits"] = edits_of(fields["edits"])
    return state


def _features(field: Line) -> dict[str, float]:
    """Columns of a table by name; those that are not named stay as they are."""
    features = as_json(field)
    if not isinstance(features, dict) or not all(
        isinstance(value, int | float) and not isinstance(value, bool)
        for value in features.values()
    ):
        raise ChapterError("Expected features as a JSON object of numbers.", field.number)
    return features


def _lesson(field: Line) -> str:
    if not re.fullmatch(r"[a-z][a-z_]{0,39}", field.value):
        raise ChapterError(f"Expected the name of a lesson; got {field.value!r}.", field.number)
    return field.value


def _place(field: Line) -> str:
    """A view of the Explore screen as its address names it: ``view=neurons&layer=hidden1``."""
    if not re.fullmatch(r"view=[a-z]+(&[a-z]+=[\w.-]{1,64})*", field.value):
        raise ChapterError(
            "Expected a view of the Explore screen, such as view=neurons&layer=hidden1; "
            f"got {field.value!r}.",
            field.number,
        )
    return field.value


def _drawing(field: Line) -> dict[str, Any]:
    """``test 12`` (a test digit), ``misread test 12`` (the learner's own that was misread, or that
    test digit), ``blank``, ``mistake``, or strokes as JSON, 0 to 1."""
    if field.value in ("blank", "mistake"):
        return {"kind": field.value}
    if found := re.fullmatch(r"(misread )?test (\d{1,4})", field.value):
        return {"kind": "misread" if found[1] else "test", "index": int(found[2])}
    strokes = as_json(field)
    points = [p for s in strokes for p in s] if isinstance(strokes, list) else []
    if not points or not all(isinstance(p, list) and len(p) == 2 for p in points):
        raise ChapterError(
            "Expected 'test 12', 'misread test 12', 'blank', 'mistake' or strokes "
            "[[[x, y], …], …].",
            field.number,
        )
    return {"kind": "strokes", "strokes": strokes}


def edits_of(field: Line) -> list[Any]:
    """Changes to the network; the server checks them as it does all edits."""
    edits = as_json(field)
    if not isinstance(edits, list) or not all(isinstance(e, dict) and "kind" in e for e in edits):
        raise ChapterError("Expected edits as a JSON list, each with its kind.", field.number)
    return edits


def _unit(field: Line) -> dict[str, Any]:
    found = re.fullmatch(r"([a-z][a-z0-9-]*)/(\d{1,6})", field.value)
    if found is None:
        raise ChapterError(f"Expected a unit such as hidden1/7; got {field.value!r}.", field.number)
    return {"layer": found[1], "index": int(found[2])}


def parts_of(field: Line | None) -> list[str]:
    """Parts of the screen, with `` + `` between."""
    if field is None:
        return []
    return [markup.part(each.strip(), field.number) for each in field.value.split(" + ")]


def later_of(field: Line | None) -> dict[str, Any] | None:
    """``curves when run_batch >= 1``: the parts that matter once a condition holds."""
    if field is None:
        return None
    parts, when, condition = field.value.partition(" when ")
    if not when:
        raise ChapterError(
            f"Expected parts and a condition, such as 'curves when run_batch >= 1'; "
            f"got {field.value!r}.",
            field.number,
        )
    return {
        "points": parts_of(Line(parts, field.number)),
        "when": expressions.read(condition, field.number),
    }

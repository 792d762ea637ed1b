"""A chapter from its text.

The text opens with fields between two lines ``---``, then has a step for each heading ``## Title
{#name}``. Directly below a heading stand the step's fields, then its words, then blocks fenced by
three backticks: at most one ``predict``, any number of ``task`` and ``question``, and ``notes`` for
whoever presents. docs/chapters.md describes all of it for teachers.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnviz.chapters import expressions, markup
from nnviz.chapters.errors import ChapterError

MOST_WORDS = 75  # a step; 60 are aimed at
LARGEST = 200_000  # characters of a chapter
SCREENS = ("draw", "train")
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
HEADING = re.compile(r"## (?P<title>.+?) \{#(?P<name>[^}]*)\}\s*")
FIELD = re.compile(r"(?P<name>[a-z]+): (?P<value>\S.*)")
FENCE = "```"

# What the screen is asked to be, one field each; `_state` reads them.
STATE = ("model", "drawing", "select", "open", "row", "edits", "center", "lesson", "edges")
OPENABLE = ("inspector", "lab", "trace", "compare", "column", "play", "rows")
WIDGETS = ("tiny", "deep", "teach")
STEP_FIELDS = ("screen", "point", "keep", "measure", "widget", *STATE)


@dataclass(frozen=True, slots=True)
class Line:
    """A field's value and the line it stands in."""

    value: str
    number: int


Fields = dict[str, Line]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, checked; `steps` is what the page gets."""

    id: str
    number: int
    title: str
    minutes: int
    steps: tuple[dict[str, Any], ...]

    def count(self, kind: str) -> int:
        """How many ``tasks`` or ``questions`` it has."""
        return sum(len(step[kind]) for step in self.steps)

    def summary(self) -> dict[str, Any]:
        """What a list of chapters tells."""
        return {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "minutes": self.minutes,
            "steps": len(self.steps),
            "tasks": self.count("tasks"),
            "predictions": sum(step["prediction"] is not None for step in self.steps),
            "questions": self.count("questions"),
        }


def chapter(text: str) -> Chapter:
    """Read a chapter; raises `ChapterError` that names the line."""
    if len(text) > LARGEST:
        raise ChapterError(f"Expected at most {LARGEST} characters; got {len(text)}.", 1)
    lines = text.splitlines()
    head, at = _head(lines)
    steps: list[dict[str, Any]] = []
    starts = [i for i in range(at, len(lines)) if lines[i].startswith("## ")]
    if not starts:
        raise ChapterError("Expected at least one step, with a heading '## Title {#name}'.", at + 1)
    if stray := next((i for i in range(at, starts[0]) if lines[i].strip()), None):
        raise ChapterError("Expected the first step's heading '## Title {#name}'.", stray + 1)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        step = _step(lines[start:end], start + 1)
        if any(step["name"] == other["name"] for other in steps):
            raise ChapterError(
                f"Expected a name of its own; got {step['name']!r} again.", start + 1
            )
        steps.append(step)
    return Chapter(*head, tuple(steps))


def _head(lines: list[str]) -> tuple[tuple[str, int, str, int], int]:
    if not lines or lines[0].strip() != "---":
        raise ChapterError("Expected the line '---' and the fields id, number, title, minutes.", 1)
    end = next((i for i in range(1, len(lines)) if lines[i].strip() == "---"), None)
    if end is None:
        raise ChapterError("Expected a second line '---' after the fields.", len(lines))
    fields = _fields(lines[1:end], 2, ("id", "number", "title", "minutes"))
    for name in ("id", "number", "title", "minutes"):
        if name not in fields:
            raise ChapterError(f"Expected the field {name!r} between the lines '---'.", end + 1)
    head = (
        _name(fields["id"]),
        _whole(fields["number"], 1, 99),
        fields["title"].value,
        _whole(fields["minutes"], 1, 60),
    )
    return head, end + 1


def _step(lines: list[str], number: int) -> dict[str, Any]:
    heading = HEADING.fullmatch(lines[0])
    if heading is None:
        raise ChapterError("Expected a heading '## Title {#name}'.", number)
    at = 1
    while at < len(lines) and FIELD.fullmatch(lines[at]):
        at += 1
    fields = _fields(lines[1:at], number + 1, STEP_FIELDS)
    step: dict[str, Any] = {
        "name": _name(Line(heading["name"], number)),
        "title": heading["title"],
        "screen": _one_of(fields.get("screen"), SCREENS, "draw"),
        "points": _parts(fields.get("point")),
        "keep": _one_of(fields.get("keep"), ("drawing", "edits"), "drawing"),
        "state": _state(fields),
        "measure": _edits(fields["measure"]) if "measure" in fields else None,
        "widget": _one_of(fields.get("widget"), WIDGETS, "") or None,
        "text": [],
        "prediction": None,
        "tasks": [],
        "questions": [],
        "notes": [],
    }
    prose: list[str] = []
    while at < len(lines):
        if lines[at].startswith(FENCE):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].strip() == FENCE), None)
            if end is None:
                raise ChapterError("Expected a closing line of three backticks.", number + at)
            _block(step, lines[at][3:].strip(), lines[at + 1 : end], number + at)
            prose += [""] * (end - at + 1)
            at = end + 1
        else:
            prose.append(lines[at])
            at += 1
    step["text"] = markup.blocks("\n".join(prose), number + len(lines) - len(prose))
    if (count := markup.words(step["text"])) > MOST_WORDS:
        raise ChapterError(f"Expected at most {MOST_WORDS} words a step; got {count}.", number)
    if not step["text"] and not step["questions"]:
        raise ChapterError("Expected words or questions in every step.", number)
    return step


def _block(step: dict[str, Any], kind: str, lines: list[str], number: int) -> None:
    match kind:
        case "predict":
            if step["prediction"] is not None:
                raise ChapterError("Expected at most one prediction a step.", number)
            step["prediction"] = _prediction(lines, number)
        case "task":
            step["tasks"].append(_task(lines, number))
        case "question":
            step["questions"].append(_question(lines, number))
        case "notes":
            step["notes"] += markup.blocks("\n".join(lines), number + 1)
        case _:
            raise ChapterError(
                f"Expected a block predict, task, question or notes; got {kind!r}.", number
            )


def _prediction(lines: list[str], number: int) -> dict[str, Any]:
    """``answer`` is ``0 to 784``, ``0 to 1 by 0.01``, ``digit``, or choices with bars between."""
    fields = _fields(lines, number + 1, ("ask", "answer", "truth", "after"))
    _need(fields, ("ask", "answer", "truth", "after"), number)
    answer = fields["answer"]
    made: dict[str, Any] = {
        "ask": _nodes(fields["ask"]),
        "truth": expressions.read(fields["truth"].value, fields["truth"].number),
        "after": _nodes(fields["after"]),
    }
    span = re.fullmatch(r"(-?[\d.]+) to (-?[\d.]+)(?: by ([\d.]+))?", answer.value)
    if span:
        low, high, by = float(span[1]), float(span[2]), float(span[3] or 1)
        if not low < high or by <= 0:
            raise ChapterError("Expected a range such as 0 to 784.", answer.number)
        return made | {"kind": "range", "low": low, "high": high, "by": by}
    if answer.value == "digit":
        return made | {"kind": "digit"}
    choices = [each.strip() for each in answer.value.split("|")]
    if len(choices) < 2 or not all(choices):
        raise ChapterError(
            "Expected a range (0 to 784), 'digit', or choices (up | down).", answer.number
        )
    return made | {"kind": "choice", "choices": [markup.inline(c, answer.number) for c in choices]}


def _task(lines: list[str], number: int) -> dict[str, Any]:
    fields = _fields(lines, number + 1, ("do", "until", "hint", "type", "meant", "show"))
    _need(fields, ("do", "until", "hint", "show"), number)
    return {
        "do": _nodes(fields["do"]),
        "until": expressions.read(fields["until"].value, fields["until"].number),
        "hint": _nodes(fields["hint"]),
        "typed": "type" in fields and _one_of(fields["type"], ("number",), "number"),
        "meant": "meant" in fields and _one_of(fields["meant"], ("ask",), "ask"),
        "show": _actions(fields["show"]),
    }


def _actions(field: Line) -> list[dict[str, Any]]:
    """What shows a solution: states one after the other, ``drawing: test 3; select: output/3``."""
    made: list[dict[str, Any]] = []
    for moment in field.value.split(" then "):
        fields: Fields = {}
        for each in moment.split("; "):
            found = FIELD.fullmatch(each.strip())
            if found is None or found["name"] not in (*STATE, "meant", "typed", "widget"):
                raise ChapterError(
                    f"Expected what to show, such as 'drawing: test 3'; got {each.strip()!r}.",
                    field.number,
                )
            fields[found["name"]] = Line(found["value"], field.number)
        action = _state(fields)
        if "meant" in fields:
            action["meant"] = _whole(fields["meant"], 0, 9)
        if "widget" in fields:
            action["widget"] = _json(fields["widget"])
        if "typed" in fields:
            action["typed"] = expressions.read(fields["typed"].value, field.number)
        made.append(action)
    return made


def _question(lines: list[str], number: int) -> dict[str, Any]:
    """``ask: …`` then answers, ``+ the right one :: why`` and ``- a wrong one :: why not``."""
    asked = _fields([line for line in lines if line[:2] not in ("+ ", "- ")], number + 1, ("ask",))
    _need(asked, ("ask",), number)
    answers = []
    for i, line in enumerate(lines):
        if line[:2] in ("+ ", "- "):
            text, bar, reason = line[2:].partition(" :: ")
            if not bar:
                raise ChapterError("Expected ' :: ' and a reason after the answer.", number + 1 + i)
            answers.append(
                {
                    "text": markup.inline(text, number + 1 + i),
                    "reason": markup.inline(reason, number + 1 + i),
                    "right": line[0] == "+",
                }
            )
    if len(answers) < 2 or sum(answer["right"] is True for answer in answers) != 1:
        raise ChapterError("Expected two answers or more, one of them right (+).", number)
    return {"ask": _nodes(asked["ask"]), "answers": answers}


def _state(fields: Mapping[str, Line]) -> dict[str, Any]:
    """What the screen is asked to be."""
    state: dict[str, Any] = {}
    for name in ("model", "lesson"):
        if name in fields:
            state[name] = _name(fields[name])
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
    for name, low, high in (("row", 1, 1000), ("edges", 1, 1000)):
        if name in fields:
            state[name] = _whole(fields[name], low, high)
    if "center" in fields:
        state["center"] = _one_of(fields["center"], ("on", "off"), "on") == "on"
    if "edits" in fields:
        state["edits"] = _edits(fields["edits"])
    return state


def _drawing(field: Line) -> dict[str, Any]:
    """``test 12`` (a test digit), ``blank``, ``mistake``, or strokes as JSON, 0 to 1."""
    if field.value in ("blank", "mistake"):
        return {"kind": field.value}
    if found := re.fullmatch(r"test (\d{1,4})", field.value):
        return {"kind": "test", "index": int(found[1])}
    strokes = _json(field)
    points = [p for s in strokes for p in s] if isinstance(strokes, list) else []
    if not points or not all(isinstance(p, list) and len(p) == 2 for p in points):
        raise ChapterError(
            "Expected 'test 12', 'blank', 'mistake' or strokes [[[x, y], …], …].", field.number
        )
    return {"kind": "strokes", "strokes": strokes}


def _edits(field: Line) -> list[Any]:
    edits = _json(field)
    if not isinstance(edits, list) or not all(isinstance(e, dict) and "kind" in e for e in edits):
        raise ChapterError("Expected edits as a JSON list, each with its kind.", field.number)
    return edits


def _json(field: Line) -> Any:
    try:
        return json.loads(field.value)
    except (ValueError, RecursionError):
        raise ChapterError(f"Expected JSON; got {field.value[:60]!r}.", field.number) from None


def _unit(field: Line) -> dict[str, Any]:
    found = re.fullmatch(r"([a-z][a-z0-9-]*)/(\d{1,6})", field.value)
    if found is None:
        raise ChapterError(f"Expected a unit such as hidden1/7; got {field.value!r}.", field.number)
    return {"layer": found[1], "index": int(found[2])}


def _parts(field: Line | None) -> list[str]:
    if field is None:
        return []
    return [markup.part(each.strip(), field.number) for each in field.value.split(" + ")]


def _fields(lines: list[str], number: int, known: tuple[str, ...]) -> Fields:
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


def _need(fields: Fields, names: tuple[str, ...], number: int) -> None:
    for name in names:
        if name not in fields:
            raise ChapterError(f"Expected the field {name!r} in this block.", number)


def _nodes(field: Line) -> list[Any]:
    return markup.inline(field.value, field.number)


def _name(field: Line) -> str:
    if not NAME.fullmatch(field.value):
        raise ChapterError(
            f"Expected a name of a-z, 0-9 and hyphens; got {field.value!r}.", field.number
        )
    return field.value


def _whole(field: Line, low: int, high: int) -> int:
    if not re.fullmatch(r"\d{1,9}", field.value) or not low <= int(field.value) <= high:
        raise ChapterError(
            f"Expected a whole number from {low} to {high}; got {field.value!r}.", field.number
        )
    return int(field.value)


def _one_of(field: Line | None, choices: tuple[str, ...], default: str) -> str:
    if field is None:
        return default
    if field.value not in choices:
        raise ChapterError(f"Expected one of {choices}; got {field.value!r}.", field.number)
    return field.value

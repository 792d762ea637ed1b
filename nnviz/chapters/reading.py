"""A chapter from its text.

The text opens with fields between two lines ``---``, then has a step for each heading ``## Title
{#name}``. Directly below a heading stand the step's fields, then its words, then blocks fenced by
three backticks: at most one ``predict`` and one ``challenge``, any number of ``task`` and
``question``, and ``notes`` for whoever presents. docs/chapters.md describes all of it for teachers.
"""

import re
from dataclasses import dataclass
from typing import Any

from nnviz.chapters import markup
from nnviz.chapters.blocks import challenge, prediction, question, task
from nnviz.chapters.errors import ChapterError
from nnviz.chapters.fields import FIELD, Line, name_of, one_of, read_fields, whole
from nnviz.chapters.state import STATE, edits_of, later_of, parts_of, state_of

MOST_WORDS = 75  # a step; 60 are aimed at
LARGEST = 200_000  # characters of a chapter
SCREENS = ("draw", "train", "explore")
KINDS = ("chapter", "before", "after", "challenges")
HEADING = re.compile(r"## (?P<title>.+?) \{#(?P<name>[^}]*)\}\s*")
FENCE = "```"

WIDGETS = (
    "tiny",
    "deep",
    "teach",
    "pixels",
    "changes",
    "tries",
    "shuffled",
    "recalled",
    "averages",
    "signs",
    "matrix",
    "lines",
    "powers",
    "batch",
    "match",
    "race",
    "surprise",
    "slope",
    "squash",
    "shift",
    "threshold",
    "loops",
    "layers",
    "asked",
    "digits",
    "strokes",
    "loop",
    "sizes",
    "empties",
    "counts",
    "luck",
    "alive",
    "lit",
    "maps",
    "parts",
    "rivals",
    "rectify",
    "slide",
    "sort",
)
STEP_FIELDS = ("screen", "point", "later", "keep", "measure", "widget", *STATE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, checked; `steps` is what the page gets.

    Its kind is ``chapter``, or one of what stands around the chapters: the questions ``before`` and
    ``after`` them, and the ``challenges``.
    """

    kind: str
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
            "kind": self.kind,
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


def _head(lines: list[str]) -> tuple[tuple[str, str, int, str, int], int]:
    if not lines or lines[0].strip() != "---":
        raise ChapterError("Expected the line '---' and the fields id, number, title, minutes.", 1)
    end = next((i for i in range(1, len(lines)) if lines[i].strip() == "---"), None)
    if end is None:
        raise ChapterError("Expected a second line '---' after the fields.", len(lines))
    fields = read_fields(lines[1:end], 2, ("kind", "id", "number", "title", "minutes"))
    for name in ("id", "number", "title", "minutes"):
        if name not in fields:
            raise ChapterError(f"Expected the field {name!r} between the lines '---'.", end + 1)
    head = (
        one_of(fields.get("kind"), KINDS, "chapter"),
        name_of(fields["id"]),
        whole(fields["number"], 1, 99),
        fields["title"].value,
        whole(fields["minutes"], 1, 60),
    )
    return head, end + 1


def _step(lines: list[str], number: int) -> dict[str, Any]:
    heading = HEADING.fullmatch(lines[0])
    if heading is None:
        raise ChapterError("Expected a heading '## Title {#name}'.", number)
    at = 1
    while at < len(lines) and FIELD.fullmatch(lines[at]):
        at += 1
    fields = read_fields(lines[1:at], number + 1, STEP_FIELDS)
    step: dict[str, Any] = {
        "name": name_of(Line(heading["name"], number)),
        "title": heading["title"],
        "screen": one_of(fields.get("screen"), SCREENS, "draw"),
        "points": parts_of(fields.get("point")),
        "later": later_of(fields.get("later")),
        "keep": one_of(fields.get("keep"), ("drawing", "edits"), "drawing"),
        "state": state_of(fields),
        "measure": edits_of(fields["measure"]) if "measure" in fields else None,
        "widget": one_of(fields.get("widget"), WIDGETS, "") or None,
        "text": [],
        "prediction": None,
        "tasks": [],
        "questions": [],
        "challenge": None,
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
            step["prediction"] = prediction(lines, number)
        case "task":
            step["tasks"].append(task(lines, number))
        case "question":
            step["questions"].append(question(lines, number))
        case "challenge":
            if step["challenge"] is not None:
                raise ChapterError("Expected at most one challenge a step.", number)
            step["challenge"] = challenge(lines, number)
        case "notes":
            step["notes"] += markup.blocks("\n".join(lines), number + 1)
        case _:
            raise ChapterError(
                f"Expected a block predict, task, question, challenge or notes; got {kind!r}.",
                number,
            )

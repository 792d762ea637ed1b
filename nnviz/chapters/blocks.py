"""Blocks of a step: a prediction, a task, a question, a challenge."""

import re
from typing import Any

from nnviz.chapters import expressions, markup
from nnviz.chapters.errors import ChapterError
from nnviz.chapters.fields import (
    FIELD,
    Fields,
    Line,
    as_json,
    need,
    nodes,
    one_of,
    read_fields,
    whole,
)
from nnviz.chapters.state import STATE, state_of
from nnviz.chapters.vocabulary import PLAIN

NO_DIGIT = 10  # what `meant` is once the learner has said that the drawing is no digit


def prediction(lines: list[str], number: int) -> dict[str, Any]:
    """``answer`` is ``0 to 784``, ``0 to 1 by 0.01``, ``digit``, or choices with bars between."""
    fields = read_fields(lines, number + 1, ("ask", "answer", "truth", "form", "after"))
    need(fields, ("ask", "answer", "truth", "after"), number)
    answer = fields["answer"]
    truth = expressions.read(fields["truth"].value, fields["truth"].number)
    made: dict[str, Any] = {
        "ask": nodes(fields["ask"]),
        "truth": truth,
        "network": not expressions.names(truth) <= PLAIN,
        "form": one_of(fields.get("form"), markup.FORMS, ""),
        "after": nodes(fields["after"]),
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


def challenge(lines: list[str], number: int) -> dict[str, Any]:
    """Something with a score: ``score`` counts while ``until`` holds, ``par`` is to be reached."""
    known = ("do", "score", "form", "better", "until", "par", "hint", "show")
    fields = read_fields(lines, number + 1, known)
    need(fields, ("do", "score", "better", "until", "hint"), number)
    par = fields.get("par")
    return {
        "do": nodes(fields["do"]),
        "score": expressions.read(fields["score"].value, fields["score"].number),
        "form": one_of(fields.get("form"), markup.FORMS, "0"),
        "better": one_of(fields["better"], ("more", "less"), "more"),
        "until": expressions.read(fields["until"].value, fields["until"].number),
        "par": None if par is None else expressions.read(par.value, par.number),
        "hint": nodes(fields["hint"]),
        "show": _actions(fields["show"]) if "show" in fields else [],
    }


def task(lines: list[str], number: int) -> dict[str, Any]:
    """Something to bring about, with a hint and a way to be shown."""
    known = ("do", "until", "now", "hint", "type", "meant", "count", "after", "show")
    fields = read_fields(lines, number + 1, known)
    need(fields, ("do", "until", "hint", "show"), number)
    return {
        "do": nodes(fields["do"]),
        "until": expressions.read(fields["until"].value, fields["until"].number),
        "now": nodes(fields["now"]) if "now" in fields else [],
        "hint": nodes(fields["hint"]),
        "typed": "type" in fields and one_of(fields["type"], ("number",), "number"),
        "meant": "meant" in fields and one_of(fields["meant"], ("ask", "none"), "ask"),
        "count": _count(fields["count"]) if "count" in fields else None,
        "follows": "after" in fields and one_of(fields["after"], ("task",), "task") == "task",
        "show": _actions(fields["show"]),
    }


def _count(field: Line) -> dict[str, Any]:
    """How far one has come: ``reads + misreads of 3``."""
    tree, _, most = field.value.rpartition(" of ")
    return {
        "now": expressions.read(tree, field.number),
        "of": whole(Line(most, field.number), 2, 99),
    }


def _actions(field: Line) -> list[dict[str, Any]]:
    """What shows a solution: states one after the other, ``drawing: test 3; select: output/3``."""
    made: list[dict[str, Any]] = []
    for moment in field.value.split(" then "):
        fields: Fields = {}
        for each in moment.split("; "):
            found = FIELD.fullmatch(each.strip())
            if found is None or found["name"] not in (*STATE, "meant", "typed", "widget", "start"):
                raise ChapterError(
                    f"Expected what to show, such as 'drawing: test 3'; got {each.strip()!r}.",
                    field.number,
                )
            fields[found["name"]] = Line(found["value"], field.number)
        action = state_of(fields)
        if "meant" in fields:
            is_none = fields["meant"].value == "none"
            action["meant"] = NO_DIGIT if is_none else whole(fields["meant"], 0, 9)
        if "widget" in fields:
            action["widget"] = as_json(fields["widget"])
        if "start" in fields:
            action["start"] = one_of(fields["start"], ("yes",), "yes") == "yes"
        if "typed" in fields:
            action["typed"] = expressions.read(fields["typed"].value, field.number)
        made.append(action)
    return made


def question(lines: list[str], number: int) -> dict[str, Any]:
    """``ask: …`` then answers, ``+ the right one :: why`` and ``- a wrong one :: why not``."""
    asked = read_fields(
        [line for line in lines if line[:2] not in ("+ ", "- ")], number + 1, ("about", "ask")
    )
    need(asked, ("ask",), number)
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
    about = nodes(asked["about"]) if "about" in asked else []
    return {"about": about, "ask": nodes(asked["ask"]), "answers": answers}

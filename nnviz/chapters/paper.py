"""A chapter on paper: how its minutes fall on its steps, and what of an answer can be printed."""

from typing import Any

from nnviz.chapters import markup
from nnviz.chapters.reading import Chapter

# Minutes for a hundred words, a prediction, a task, a question.
WORDS, PREDICTION, TASK, QUESTION = 1 / 2, 1 / 3, 2 / 3, 1 / 4


def halves(chapter: Chapter) -> list[int]:
    """The chapter's minutes, shared out among its steps, in halves of a minute."""
    whole = estimate(chapter) or 1
    return [max(1, round(2 * chapter.minutes * _takes(step) / whole)) for step in chapter.steps]


LONG = 34  # lines from which a chapter is set smaller, to be one sheet


def is_long(chapter: Chapter) -> bool:
    """Whether a chapter asks and offers so much that its sheet is set smaller."""
    lines = 0
    for step in chapter.steps:
        asked = step["prediction"]
        choices = asked.get("choices") or () if asked else ()
        lines += len(step["text"]) + len(step["tasks"]) + (1 + len(choices) if asked else 0)
        lines += sum(1 + len(question["answers"]) for question in step["questions"])
    return lines > LONG


def estimate(chapter: Chapter) -> float:
    """How many minutes a chapter takes, by what it asks of its reader."""
    return sum(_takes(step) for step in chapter.steps)


def _takes(step: dict[str, Any]) -> float:
    return (
        WORDS * markup.words(step["text"]) / 100
        + PREDICTION * (step["prediction"] is not None)
        + TASK * len(step["tasks"])
        + QUESTION * len(step["questions"])
    )

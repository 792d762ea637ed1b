"""A chapter on paper: how its minutes fall on its steps, and what of an answer can be printed."""

from typing import Any

from nnviz.chapters import markup
from nnviz.chapters.reading import Chapter

# How long each takes beside the others: a hundred words, a prediction, a task, a question.
WORDS, PREDICTION, TASK, QUESTION = 0.5, 0.5, 1.0, 0.4


def minutes(chapter: Chapter) -> list[str]:
    """The chapter's minutes, shared out among its steps, to half a minute: ``½``, ``1``, ``1½``."""
    weights = [_weight(step) for step in chapter.steps]
    whole = sum(weights) or 1
    halves = [max(1, round(2 * chapter.minutes * each / whole)) for each in weights]
    return [f"{each // 2 or ''}{'½' if each % 2 else ''}" for each in halves]


def _weight(step: dict[str, Any]) -> float:
    return (
        WORDS * markup.words(step["text"]) / 100
        + PREDICTION * (step["prediction"] is not None)
        + TASK * len(step["tasks"])
        + QUESTION * len(step["questions"])
    )

"""The chapters of the Learn screen, as JSON."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct


class ChapterSummary(Struct):
    """A chapter, and how much is in it."""

    id: str
    number: int
    title: str
    minutes: int
    steps: int
    tasks: int
    predictions: int
    questions: int


class ExtraSummary(ChapterSummary):
    """What stands around the chapters: questions before and after them, challenges."""

    kind: Literal["before", "after", "challenges"]


class ChapterList(Struct):
    """All chapters in a language, and what stands around them."""

    language: str
    chapters: list[ChapterSummary]
    extras: list[ExtraSummary]


class ChapterObject(ChapterSummary):
    """A chapter with its steps (docs/chapters.md tells their fields)."""

    kind: Literal["chapter", "before", "after", "challenges"]
    content: Annotated[list[dict[str, Any]], Meta(description="The steps, in order")]

"""The chapters of the Learn screen, as JSON."""

from typing import Annotated, Any

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


class ChapterList(Struct):
    """All chapters in a language."""

    language: str
    chapters: list[ChapterSummary]


class ChapterObject(ChapterSummary):
    """A chapter with its steps (docs/chapters.md tells their fields)."""

    content: Annotated[list[dict[str, Any]], Meta(description="The steps, in order")]

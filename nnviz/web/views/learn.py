"""The Learn screen and its chapters."""

from flask import Blueprint, Response, abort, request
from msgspec import convert

from nnviz.chapters import paper
from nnviz.chapters.reading import Chapter
from nnviz.errors import InputError
from nnviz.web import i18n
from nnviz.web.current import chapters
from nnviz.web.rendering import page
from nnviz.web.replies import struct_reply
from nnviz.web.requests import only
from nnviz.web.schemas.chapters import ChapterList, ChapterObject, ChapterSummary, ExtraSummary

blueprint = Blueprint("learn", __name__)


@blueprint.get("/learn")
@blueprint.get("/learn/<chapter>")
@blueprint.get("/learn/<chapter>/<step>")
def learn(chapter: str | None = None, step: str | None = None) -> Response:
    """The Learn screen: the list of chapters, or one of them at a step."""
    _find(chapter, step)
    return page("learn", "learn.html")


@blueprint.get("/present")
@blueprint.get("/present/<chapter>")
@blueprint.get("/present/<chapter>/<step>")
def present(chapter: str | None = None, step: str | None = None) -> Response:
    """A chapter for a projector."""
    found = _find(chapter, step)
    if found and found.kind != "chapter":
        abort(404)
    return page("present", "present.html")


@blueprint.get("/present/speaker")
def speaker() -> Response:
    """The speaker's own window beside it."""
    return page("speaker", "speaker.html")


@blueprint.get("/sheets")
def sheets() -> Response:
    """What can be printed: a sheet for the class and a teacher's page for each chapter."""
    return page("sheet", "sheets.html", chapters=chapters().all(i18n.choose(request)))


@blueprint.get("/sheets/<chapter>")
@blueprint.get("/sheets/<chapter>/<whose>")
def sheet(chapter: str, whose: str = "class") -> Response:
    """A chapter on paper: what it asks, or for the teacher with answers and what to watch for."""
    found = _find(chapter, None)
    if found is None or found.kind != "chapter" or whose not in ("class", "teacher"):
        abort(404)
    return page(
        "sheet",
        "sheet.html",
        chapter=found,
        halves=paper.halves(found),
        is_long=paper.is_long(found),
        teacher=whose == "teacher",
    )


@blueprint.get("/api/chapters")
def list_chapters() -> Response:
    """Every chapter in a language, in order."""
    language = _language()
    found, extras = chapters().all(language), chapters().extras(language)
    return struct_reply(
        ChapterList(
            language,
            [convert(each.summary(), ChapterSummary) for each in found],
            [convert(each.summary(), ExtraSummary) for each in extras],
        )
    )


@blueprint.get("/api/chapters/<chapter_id>")
def one_chapter(chapter_id: str) -> Response:
    """One chapter with its steps."""
    found = chapters().find(_language(), chapter_id)
    if found is None:
        raise InputError("unknown_chapter", f"Expected the id of a chapter; got {chapter_id!r}.")
    return struct_reply(convert({**found.summary(), "content": list(found.steps)}, ChapterObject))


def _find(chapter: str | None, step: str | None) -> Chapter | None:
    """The chapter, if one is named; answers with 404 when there is no such chapter or step."""
    if chapter is None:
        return None
    found = chapters().find(i18n.choose(request), chapter)
    if found is None or step not in (None, *(each["name"] for each in found.steps)):
        abort(404)
    return found


def _language() -> str:
    asked = only(request.args, "language").get("language", i18n.choose(request))
    if asked not in i18n.LANGUAGES:
        raise InputError(
            "unknown_language", f"Expected a language of {[*i18n.LANGUAGES]}; got {asked!r}."
        )
    return asked

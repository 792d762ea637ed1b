"""The Learn screen and its chapters."""

from flask import Blueprint, Response, abort, request

from nnviz.errors import InputError
from nnviz.web import i18n
from nnviz.web.current import chapters
from nnviz.web.rendering import page
from nnviz.web.replies import struct_reply
from nnviz.web.requests import only
from nnviz.web.schemas.chapters import ChapterList, ChapterObject, ChapterSummary

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
    _find(chapter, step)
    return page("present", "present.html")


@blueprint.get("/present/speaker")
def speaker() -> Response:
    """The speaker's own window beside it."""
    return page("speaker", "speaker.html")


@blueprint.get("/api/chapters")
def list_chapters() -> Response:
    """Every chapter in a language, in order."""
    language = _language()
    found = chapters().all(language)
    return struct_reply(ChapterList(language, [ChapterSummary(**each.summary()) for each in found]))


@blueprint.get("/api/chapters/<chapter_id>")
def one_chapter(chapter_id: str) -> Response:
    """One chapter with its steps."""
    found = chapters().find(_language(), chapter_id)
    if found is None:
        raise InputError("unknown_chapter", f"Expected the id of a chapter; got {chapter_id!r}.")
    return struct_reply(ChapterObject(**found.summary(), content=list(found.steps)))


def _find(chapter: str | None, step: str | None) -> None:
    """Answers with 404 when there is no such chapter or step."""
    if chapter is None:
        return
    found = chapters().find(i18n.choose(request), chapter)
    if found is None or step not in (None, *(each["name"] for each in found.steps)):
        abort(404)


def _language() -> str:
    asked = only(request.args, "language").get("language", i18n.choose(request))
    if asked not in i18n.LANGUAGES:
        raise InputError(
            "unknown_language", f"Expected a language of {[*i18n.LANGUAGES]}; got {asked!r}."
        )
    return asked

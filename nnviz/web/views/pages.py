"""The pages that a visitor works with."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from nnviz.web import errors, i18n
from nnviz.web.rendering import page
from nnviz.web.replies import FOR_EVER, JSON, compressed
from nnviz.web.studies.ahead import models_ahead, reading_ahead

blueprint = Blueprint("pages", __name__)
LONGEST_PATH = 200  # characters of an address that are said again


@blueprint.get("/")
def draw() -> Response:
    """The Draw screen."""
    return page("draw", "index.html", ahead=reading_ahead())


@blueprint.get("/train")
def train() -> Response:
    """The Train screen."""
    return page("train", "train.html", ahead=models_ahead())


@blueprint.get("/explore")
def explore() -> Response:
    """The Explore screen."""
    return page("explore", "explore.html", ahead=reading_ahead())


@blueprint.get("/words/<version>/<name>-<language>.json")
def words(version: str, name: str, language: str) -> Response:
    """A catalogue that is wanted after the page; cached for ever under its language's hash."""
    if name not in i18n.LATE or language not in i18n.LANGUAGES:
        raise NotFound
    response = Response(i18n.late(language, name), content_type=JSON)
    is_current = version == i18n.version(language)
    response.headers["Cache-Control"] = FOR_EVER if is_current else "no-cache"
    return compressed(response)


@blueprint.app_errorhandler(NotFound)
def missing(error: NotFound) -> Response:
    """A page with the way back for who reads it; a problem for whom a page says nothing."""
    kinds = ["application/problem+json", "text/html"]
    if request.accept_mimetypes.best_match(kinds, kinds[0]) != kinds[1]:
        return errors.http_error(error)
    response = page("missing", "missing.html", path=request.path[:LONGEST_PATH])
    response.status_code = 404
    response.vary.add("Accept")
    return response

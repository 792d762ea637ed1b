"""The pages, in the visitor's language."""

import gzip
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request

from nnviz.web import i18n

blueprint = Blueprint("pages", __name__)

YEAR = 365 * 24 * 3600


@blueprint.get("/")
def draw() -> Response:
    """The Draw screen."""
    return _page("draw", "index.html")


@blueprint.get("/train")
def train() -> Response:
    """The Train screen."""
    return _page("train", "train.html")


def _page(screen: str, template: str) -> Response:
    """A screen in the language that was asked for."""
    language = i18n.choose(request)
    texts = i18n.catalogue(language, screen)
    page = render_template(
        template,
        screen=screen,
        language=language,
        languages=i18n.LANGUAGES,
        catalogue=texts,
        t=partial(i18n.translate, texts),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(["Accept-Language", "Cookie"])
    response.content_language.add(language)
    if request.args.get("lang") == language:
        response.set_cookie(i18n.COOKIE, language, max_age=YEAR, samesite="Lax")
    return _compressed(response)


def _compressed(response: Response) -> Response:
    """The page in a third of its size, when the browser takes that."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.content_encoding = "gzip"
    return response

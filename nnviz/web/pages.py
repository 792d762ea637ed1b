"""The pages, in the visitor's language."""

from functools import partial

from flask import Blueprint, Response, make_response, render_template, request

from nnviz.web import i18n
from nnviz.web.compression import compressed

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
    return compressed(response)

"""The page, in the visitor's language."""

import gzip
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request

from nnviz.web import i18n

blueprint = Blueprint("pages", __name__)

YEAR = 365 * 24 * 3600


@blueprint.get("/")
def draw() -> Response:
    """The Draw screen."""
    language = i18n.choose(request)
    page = render_template(
        "index.html",
        language=language,
        languages=i18n.LANGUAGES,
        catalogue=i18n.catalogue(language),
        t=partial(i18n.translate, language),
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

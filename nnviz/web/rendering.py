"""A screen from its template, in the visitor's language."""

import contextlib
from functools import partial
from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from nnviz.errors import InputError
from nnviz.serving.addresses import for_others, is_loopback
from nnviz.web import i18n
from nnviz.web.current import settings
from nnviz.web.guards.hosts import asked_address
from nnviz.web.guards.teacher import in_class, is_teacher
from nnviz.web.guards.visitor import new_visitor, remember, visitor_of
from nnviz.web.replies import compressed

YEAR = 365 * 24 * 3600


def _network() -> str | None:
    """The address for others, where the page was opened by one of this machine alone."""
    if not is_loopback(urlsplit(asked_address()).hostname or ""):
        return None
    return for_others(settings(), int(request.environ["SERVER_PORT"]))


def page(screen: str, template: str, **values: object) -> Response:
    """A screen in the language that was asked for."""
    language = i18n.choose(request)
    texts = i18n.catalogue(language, screen)
    content = render_template(
        template,
        screen=screen,
        embedded=request.args.get("embed"),
        in_class=in_class(),
        guest=not is_teacher(),
        language=language,
        network=_network(),
        words=f"{request.script_root}/words/{i18n.version(language)}/NAME-{language}.json",
        languages=i18n.LANGUAGES,
        catalogue=i18n.for_scripts(texts),
        t=partial(i18n.translate, texts),
        words_of=lambda other: partial(i18n.translate, i18n.catalogue(language, other)),
        **values,
    )
    response = make_response(content)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(["Accept-Language", "Cookie"])
    response.content_language.add(language)
    if request.args.get("lang") == language:
        response.set_cookie(i18n.COOKIE, language, max_age=YEAR, samesite="Lax")
    if in_class() and visitor_of(request) is None:
        with contextlib.suppress(InputError):  # too many new ones: the page works without
            remember(response, new_visitor())
    return compressed(response)

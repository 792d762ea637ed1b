"""The interface described: as OpenAPI for programs, and as a page to read."""

from flask import Blueprint, Response

from nnviz.web.openapi import as_page
from nnviz.web.openapi.document import document
from nnviz.web.prefix import rooted
from nnviz.web.rendering import page
from nnviz.web.replies import JSON, compressed

blueprint = Blueprint("description", __name__, url_prefix="/api")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This interface, described."""
    return compressed(Response(rooted(document()), content_type=JSON))


@blueprint.get("/docs")
def docs() -> Response:
    """Every operation and every type."""
    operations, types = as_page.content()
    return page("api", "api.html", operations=operations, types=types)

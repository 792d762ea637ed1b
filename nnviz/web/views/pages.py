"""The pages that a visitor works with."""

from flask import Blueprint, Response

from nnviz.web.rendering import page

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def draw() -> Response:
    """The Draw screen."""
    return page("draw", "index.html")


@blueprint.get("/train")
def train() -> Response:
    """The Train screen."""
    return page("train", "train.html")

"""Why a network gives an answer to a drawing."""

from flask import Blueprint, Response, request

from nnviz.web.current import long_work, model_registry
from nnviz.web.replies import array_reply
from nnviz.web.requests import pixels_of, read_json
from nnviz.web.schemas.explore.attributions import Why
from nnviz.web.studies import attributions
from nnviz.web.studies.chosen import choose
from nnviz.web.studies.drawn import answered

blueprint = Blueprint("attributions", __name__, url_prefix="/api/models/<model_id>")


@blueprint.post("/attributions")
def why(model_id: str) -> Response:
    """Which pixels an output's sum comes from."""
    wanted = read_json(request, Why)
    chosen, pixels = (
        choose(long_work(), model_registry()[model_id], wanted.edits),
        pixels_of(wanted),
    )
    asked = ("why", pixels.tobytes(), wanted.method, wanted.output)
    price = attributions.price(chosen.network, wanted.method)
    return array_reply(
        answered(
            long_work(), chosen, price, asked, lambda: attributions.explain(chosen, pixels, wanted)
        )
    )

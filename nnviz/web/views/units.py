"""What the units of a network are active for."""

from flask import Blueprint, Response

from nnviz.errors import InputError
from nnviz.web.current import long_work, served_models
from nnviz.web.replies import struct_reply
from nnviz.web.studies import units

LONGEST = 9  # digits of a unit

blueprint = Blueprint("units", __name__, url_prefix="/api/models/<model_id>/units")


@blueprint.get("/<layer>")
def layer(model_id: str, layer: str) -> Response:
    """How well each unit of a layer tells simple features of the image."""
    return struct_reply(units.layer_concepts(long_work(), served_models()[model_id], layer))


@blueprint.get("/<layer>/<unit>")
def unit(model_id: str, layer: str, unit: str) -> Response:
    """What one unit is active for."""
    if not unit.isascii() or not unit.isdigit() or len(unit) > LONGEST:
        raise InputError("no_such_unit", f"Expected a unit as a whole number; got {unit!r}.")
    return struct_reply(units.unit_page(long_work(), served_models()[model_id], layer, int(unit)))

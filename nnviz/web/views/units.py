"""What the units of a network are active for."""

import numpy as np
from flask import Blueprint, Response, request

from nnviz.errors import InputError
from nnviz.web.current import long_work, model_registry
from nnviz.web.replies import array_reply, compressed, struct_reply
from nnviz.web.requests import edits_of, pixels_of, read_json
from nnviz.web.schemas.explore.attacks import Climb
from nnviz.web.schemas.units import OwnDigits
from nnviz.web.studies import own_digits, units
from nnviz.web.studies.chosen import choose
from nnviz.web.studies.drawn import answered

LONGEST = 9  # digits of a unit

blueprint = Blueprint("units", __name__, url_prefix="/api/models/<model_id>/units")


@blueprint.route("/<layer>", methods=["GET", "POST"])
def layer(model_id: str, layer: str) -> Response:
    """How well each unit of a layer tells simple features of the image."""
    chosen = choose(long_work(), model_registry()[model_id], edits_of(request))
    return struct_reply(units.layer_concepts(long_work(), chosen, layer))


@blueprint.route("/<layer>/<unit>", methods=["GET", "POST"])
def unit(model_id: str, layer: str, unit: str) -> Response:
    """What one unit is active for."""
    number = _number(unit)
    chosen = choose(long_work(), model_registry()[model_id], edits_of(request))
    return struct_reply(units.unit_page(long_work(), chosen, layer, number))


@blueprint.post("/<layer>/<unit>/ascent")
def ascent(model_id: str, layer: str, unit: str) -> Response:
    """The picture that excites one unit most."""
    number, wanted = _number(unit), read_json(request, Climb)
    chosen = choose(long_work(), model_registry()[model_id], wanted.edits)
    best = units.best_digit(long_work(), chosen, layer, number)
    return array_reply(
        answered(
            long_work(),
            chosen,
            units.ascent_price(chosen.network),
            ("ascent", layer, number, wanted.regularisation),
            lambda: units.ascent(chosen, layer, number, wanted.regularisation, best),
        )
    )


@blueprint.post("/<layer>/<unit>/digits")
def digits(model_id: str, layer: str, unit: str) -> Response:
    """What one unit is active for among digits that are given."""
    number, wanted = _number(unit), read_json(request, OwnDigits)
    chosen = choose(long_work(), model_registry()[model_id], wanted.edits)
    units.check_unit(chosen, layer, number)
    images = np.stack([pixels_of(each) for each in wanted.drawings])
    told = answered(
        long_work(),
        chosen,
        own_digits.price(chosen.network, len(images)),
        ("digits", layer, number, own_digits.name_of(images)),
        lambda: own_digits.unit_of_digits(chosen, layer, number, images),
        own_digits.REPLY * len(images),
    )
    return compressed(array_reply(told))


def _number(unit: str) -> int:
    if not unit.isascii() or not unit.isdigit() or len(unit) > LONGEST:
        raise InputError("no_such_unit", f"Expected a unit as a whole number; got {unit!r}.")
    return int(unit)

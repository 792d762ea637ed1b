"""How little fools a network, and where it breaks."""

from flask import Blueprint, Response, request
from msgspec.structs import replace

from nnviz.errors import InputError
from nnviz.explore.distortions import dial
from nnviz.web.current import long_work, model_registry
from nnviz.web.replies import array_reply, struct_reply
from nnviz.web.requests import edits_of, only, pixels_of, read_json
from nnviz.web.schemas.explore.attacks import Attack, Distortion
from nnviz.web.studies import attacks
from nnviz.web.studies.chosen import choose
from nnviz.web.studies.drawn import answered

blueprint = Blueprint("attacks", __name__, url_prefix="/api/models/<model_id>")


@blueprint.post("/attacks")
def attack(model_id: str) -> Response:
    """Push a drawing's pixels until the answer is another."""
    wanted = read_json(request, Attack).checked()
    chosen = choose(long_work(), model_registry()[model_id], wanted.edits)
    noise = attacks.begun(wanted)
    pixels = pixels_of(wanted) if noise is None else noise
    asked = (pixels.tobytes(), wanted.method, wanted.target, wanted.epsilon)
    return array_reply(
        answered(
            long_work(),
            chosen,
            attacks.attack_price(chosen.network),
            ("attack", *asked),
            lambda: attacks.fool(chosen, pixels, wanted),
        )
    )


@blueprint.post("/distortions")
def distortion(model_id: str) -> Response:
    """What a model says of a drawing as a dial is turned."""
    wanted = read_json(request, Distortion)
    chosen = choose(long_work(), model_registry()[model_id], wanted.edits)
    pixels, turns = pixels_of(wanted), len(dial(wanted.kind).amounts)
    return array_reply(
        answered(
            long_work(),
            chosen,
            turns * chosen.network.workload.reading_operations,
            ("distortion", pixels.tobytes(), wanted.kind),
            lambda: attacks.turned(chosen, pixels, wanted),
        )
    )


@blueprint.route("/robustness", methods=["GET", "POST"])
def robustness(model_id: str) -> Response:
    """How a model's accuracy falls as a dial is turned."""
    query = only(request.args.to_dict(), "kind")
    if "kind" not in query:
        raise InputError("bad_query", "Expected the kind of distortion in the query; got none.")
    chosen = choose(long_work(), model_registry()[model_id], edits_of(request))
    found = attacks.robustness(long_work(), chosen, query["kind"])
    return struct_reply(replace(found, model=chosen.model))

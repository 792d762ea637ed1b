"""Maps of what a layer says of the test digits, and where a drawing lies among them."""

from typing import Any

import numpy as np
from flask import Blueprint, Response, request

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explore.map_faithfulness import NEIGHBOURS
from nnviz.web.current import long_work, map_work, model_registry, shared_files
from nnviz.web.replies import array_reply, compressed
from nnviz.web.requests import edits_of, only, pixels_of, read_json
from nnviz.web.schemas.explore.maps import Placing
from nnviz.web.studies import maps
from nnviz.web.studies.chosen import Chosen, choose
from nnviz.web.studies.layers import place_of, points_of

blueprint = Blueprint("maps", __name__, url_prefix="/api/models/<model_id>")

PLACES = 4  # that points are rounded to: 10,000 of them are sent


@blueprint.route("/maps/<layer>", methods=["GET", "POST"])
def layer_map(model_id: str, layer: str) -> Response:
    """A layer's map, or how far it is."""
    method = only(request.args.to_dict(), "method").get("method", "pca")
    if method not in maps.METHODS:
        raise InputError("bad_query", f"Expected the method pca or tsne; got {method!r}.")
    chosen = choose(long_work(), model_registry()[model_id], edits_of(request))
    place_of(chosen.network, layer)
    found = _found(chosen, layer, method)
    return compressed(array_reply(_told(chosen, layer, method, found)))


@blueprint.post("/places")
def places(model_id: str) -> Response:
    """Where a drawing lies in a layer and in its map."""
    wanted = read_json(request, Placing)
    chosen, pixels = (
        choose(long_work(), model_registry()[model_id], wanted.edits),
        pixels_of(wanted),
    )
    x = points_of(long_work(), chosen, wanted.layer)
    drawn, near, distances = maps.neighbours(chosen, wanted.layer, pixels, x, wanted.count)
    found = wanted.method and maps.finished(_lanes(), chosen, wanted.layer, wanted.method)
    labels = mnist.load().test.labels
    return array_reply(
        {
            "model": model_id,
            "layer": wanted.layer,
            "method": wanted.method,
            "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
            "prediction": _prediction(chosen, pixels),
            "point": maps.placed(found, x, drawn) if found else None,
            "neighbours": [
                {"index": int(place), "label": int(labels[place]), "distance": distance}
                for place, distance in zip(near, distances.tolist(), strict=True)
            ],
            "numbers": x.shape[1],
            "usual": maps.usual(long_work(), chosen, wanted.layer, x),
        }
    )


def _lanes() -> maps.Lanes:
    return maps.Lanes(long_work(), map_work(), shared_files())


def _prediction(chosen: Chosen, pixels: ink.Image) -> int | None:
    a = chosen.network(ink.to_input(pixels)[None])[0]
    return int(a.argmax()) if pixels.any() else None


def _found(chosen: Chosen, layer: str, method: str) -> maps.Map | None:
    """The map, or how far it is; None before it is begun, as when the digits are still read."""
    done = maps.finished(_lanes(), chosen, layer, method)
    if done:
        return done
    try:
        x = points_of(long_work(), chosen, layer)
    except InputError as error:
        if error.code != "not_ready":
            raise
        return None
    return maps.watched(_lanes(), chosen, layer, method, x)


def _told(chosen: Chosen, layer: str, method: str, found: maps.Map | None) -> dict[str, Any]:
    told: dict[str, Any] = {"model": chosen.model, "layer": layer, "method": method}
    indices = found.indices if found else np.zeros(0, np.intp)
    points = found.points if found else np.zeros((0, 2), np.float32)
    components = found.components if found else None
    kept = found.faithfulness if found else None
    return told | {
        "state": "done" if kept else "running",
        "progress": found.progress if found else 0.0,
        "indices": indices,
        "points": np.round(np.ascontiguousarray(points, np.float64), PLACES),
        "labels": mnist.load().test.labels[indices],
        "landmarks": maps.LANDMARKS if method == "tsne" else None,
        "iteration": found.iteration if found else None,
        "divergence": found.divergence if found else None,
        "explained": components.explained if components else None,
        "faithfulness": {**kept, "neighbours": NEIGHBOURS} if kept else None,
    }

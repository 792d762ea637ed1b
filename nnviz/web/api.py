"""The JSON interface. A view parses, calls and answers; everything else is elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
from flask import Blueprint, Response, current_app, request
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.edits import Edit, apply
from nnviz.errors import InputError
from nnviz.network import Network, Trace
from nnviz.web import openapi
from nnviz.web.compression import compressed
from nnviz.web.mistakes import mistakes
from nnviz.web.requests import only, read_drawing, whole_number
from nnviz.web.served import ServedModel, ServedModels

blueprint = Blueprint("api", __name__, url_prefix="/api")

JSON = "application/json"
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/models")
def models() -> Response:
    """Every model."""
    return compressed(Response(served_models().listing, content_type=JSON))


@blueprint.get("/models/<model_id>")
def model(model_id: str) -> Response:
    """One model with its layers."""
    return compressed(Response(served_models()[model_id].description, content_type=JSON))


@blueprint.get("/models/<model_id>/weights")
def weights(model_id: str) -> Response:
    """The model's safetensors file; under its content's hash it may be cached for ever."""
    served = served_models()[model_id]
    small = bool(request.accept_encodings["gzip"])
    content = served.compressed if small else served.content
    response = Response(content, content_type="application/octet-stream")
    response.headers["Vary"] = "Accept-Encoding"
    if small:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{served.sha256}-gzip" if small else served.sha256)
    same = request.args.get("v") == served.sha256
    response.headers["Cache-Control"] = FOR_EVER if same else "no-cache"
    response.headers["Content-Disposition"] = f'attachment; filename="{model_id}.safetensors"'
    response.make_conditional(request)
    return response


@blueprint.post("/models/<model_id>/activations")
def activations(model_id: str) -> Response:
    """Read a drawing; reply with every layer's activations."""
    served = served_models()[model_id]
    return Response(read(served, *read_drawing(request)), content_type=JSON)


@blueprint.get("/datasets/mnist/<split>")
def digits(split: str) -> Response:
    """Digits of MNIST, by label, page by page."""
    query = only(request.args.to_dict(), "label", "offset", "limit", "mistakes_of")
    part = _part(split)
    label = whole_number(query, "label", None, 0, 9)
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    among = _mistakes(query["mistakes_of"], split) if "mistakes_of" in query else None
    reply = {"dataset": "mnist", "split": split, "label": label}
    return compressed(json_reply({**reply, **_page(part, label, offset, limit, among)}))


@blueprint.get("/openapi.json")
def description() -> Response:
    """This interface, described."""
    return compressed(Response(openapi.document(), content_type=JSON))


def read(served: ServedModel, pixels: ink.Image, edits: Sequence[Edit] = ()) -> bytes:
    """The JSON of a network's reading of 28x28 pixels, with edits made for this reading alone."""
    network = apply(served.model.network, edits)
    result, trace = network.forward(ink.to_input(pixels)[None])
    blank = not pixels.any()
    reply = {
        "model": served.model.id,
        "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
        "layers": _layers(network, trace),
        "probabilities": result[0],
        "prediction": None if blank else int(result[0].argmax()),
    }
    return orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY)


def _layers(network: Network, trace: Trace) -> list[dict[str, Any]]:
    return [
        {
            "name": layer.name,
            "kind": layer.kind,
            "activation": layer.activation.name,
            "shape": layer.shown_shape,
            **_first(layer.shown(part)),
        }
        for layer, part in zip(network.layers, trace.layers, strict=True)
    ]


def _first(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The batch's only sample, each array in one row."""
    return {
        name: _first(values) if isinstance(values, dict) else values[0].ravel()
        for name, values in shown.items()
    }


def _part(split: str) -> Part:
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    dataset = mnist.load()
    return dataset.train if split == "train" else dataset.test


def _mistakes(model_id: str, split: str) -> NDArray[np.intp]:
    if split != "test":
        raise InputError("bad_query", f"Expected mistakes_of with the split test; got {split!r}.")
    return mistakes(served_models()[model_id])


def _page(
    part: Part, label: int | None, offset: int, limit: int, among: NDArray[np.intp] | None
) -> dict[str, Any]:
    """Some of the digits with that label, out of those places or all, from the offset on."""
    fitting = np.arange(len(part)) if among is None else among
    if label is not None:
        fitting = fitting[part.labels[fitting] == label]
    chosen = fitting[offset : offset + limit]
    found = [
        {
            "index": int(index),
            "label": int(part.labels[index]),
            "pixels": part.images[index].ravel(),
        }
        for index in chosen
    ]
    return {"total": len(fitting), "offset": offset, "limit": limit, "digits": found}


def json_reply(reply: dict[str, Any]) -> Response:
    """A JSON reply; arrays may be among its values."""
    return Response(orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY), content_type=JSON)


def served_models() -> ServedModels:
    """The application's models."""
    models: ServedModels = current_app.extensions["nnviz-models"]
    return models

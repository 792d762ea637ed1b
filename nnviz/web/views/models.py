"""Models: the list, one with its layers, its weights with edits or without; to keep and delete."""

from dataclasses import replace

import msgspec
from flask import Blueprint, Response, request

from nnviz.errors import InputError
from nnviz.models import model_file
from nnviz.web.current import long_work, model_registry
from nnviz.web.edited import edited, edits_key
from nnviz.web.evaluation import measured
from nnviz.web.guards.maker import maker_of, may_change
from nnviz.web.guards.visitor import new_visitor, remember, visitor_of
from nnviz.web.prefix import rooted
from nnviz.web.replies import FOR_EVER, JSON, compressed, created, prepared
from nnviz.web.requests import read_json
from nnviz.web.schemas.edits import Edited
from nnviz.web.schemas.models import NewModel

blueprint = Blueprint("models", __name__, url_prefix="/api/models")

FILE = "application/octet-stream"


@blueprint.get("")
def models() -> Response:
    """Every model."""
    return compressed(Response(rooted(model_registry().listing(may_change)), content_type=JSON))


@blueprint.post("")
def save() -> Response:
    """Keep a model with its edits, under a name."""
    wanted = read_json(request, NewModel)
    registered, visitor = model_registry()[wanted.base], visitor_of(request) or new_visitor()
    model_registry().check(wanted.title, registered.model, maker_of(visitor))
    base, network = registered.model, edited(long_work(), registered, wanted.edits)
    accuracy, scores = measured(long_work(), base, network, edits_key(registered, wanted.edits))
    summary = model_registry().save(
        replace(
            base,
            title=wanted.title,
            network=network,
            recipe={"base": base.id, "edits": msgspec.to_builtins(wanted.edits)},
            accuracy=accuracy,
            scores=scores,
        ),
        maker_of(visitor),
    )
    response = created(summary, f"/api/models/{summary.id}")
    remember(response, visitor)
    return response


@blueprint.get("/<model_id>")
def model(model_id: str) -> Response:
    """One model with its layers."""
    return compressed(Response(rooted(model_registry()[model_id].description), content_type=JSON))


@blueprint.delete("/<model_id>")
def delete(model_id: str) -> Response:
    """Delete a model that one saved, in a class as its teacher any; those that ship stay."""
    if not may_change(model_registry().makers().get(model_id)):
        raise InputError(
            "not_teacher", "Expected the one who kept this model, or in a class its teacher."
        )
    model_registry().delete(model_id)
    return Response(status=204)


@blueprint.get("/<model_id>/weights")
def weights(model_id: str) -> Response:
    """The model's safetensors file; under its content's hash it may be cached for ever."""
    registered = model_registry()[model_id]
    packed = registered.compressed
    response = prepared(lambda: registered.content, (lambda: packed) if packed else None, FILE)
    response.set_etag(
        f"{registered.sha256}-gzip" if response.content_encoding else registered.sha256
    )
    same = request.args.get("v") == registered.sha256
    response.headers["Cache-Control"] = FOR_EVER if same else "no-cache"
    response.headers["Content-Disposition"] = f'attachment; filename="{model_id}.safetensors"'
    response.make_conditional(request)
    return response


@blueprint.post("/<model_id>/weights")
def edited_weights(model_id: str) -> Response:
    """The model's safetensors file with edits made."""
    registered = model_registry()[model_id]
    network = edited(long_work(), registered, read_json(request, Edited).edits)
    return Response(
        model_file.to_bytes(replace(registered.model, network=network)), content_type=FILE
    )

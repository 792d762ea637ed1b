"""What a visitor does to a network: its edited weights, their accuracy, and models that are kept.

Edits travel with the request and hold for it alone; only a saved model stays.
"""

import threading
import time
from dataclasses import replace
from typing import Any

import msgspec
from flask import Blueprint, Response, request
from numpy.typing import NDArray

from nnviz import ink, metrics, model_file, one_step
from nnviz.datasets import mnist
from nnviz.edits import apply
from nnviz.errors import InputError
from nnviz.network import Network
from nnviz.web.api import JSON, json_reply, served_models
from nnviz.web.mistakes import test_images
from nnviz.web.requests import pixels_of, read_json
from nnviz.web.schemas import Edited, Evaluation, Labelled, NewModel
from nnviz.web.teacher import teachers

blueprint = Blueprint("lab", __name__, url_prefix="/api")

# Reading 10,000 digits must not starve those who draw: one at a time, one more may wait.
_turn = threading.Lock()
_room = threading.BoundedSemaphore(2)


@blueprint.post("/models/<model_id>/weights")
def edited_weights(model_id: str) -> Response:
    """The model's safetensors file with edits made."""
    model = served_models()[model_id].model
    network = apply(model.network, read_json(request, Edited).edits)
    content = model_file.to_bytes(replace(model, network=network))
    return Response(content, content_type="application/octet-stream")


@blueprint.post("/models/<model_id>/evaluation")
def evaluation(model_id: str) -> Response:
    """Read the test set by the model with edits made."""
    model = served_models()[model_id].model
    network = apply(model.network, read_json(request, Edited).edits)
    return Response(msgspec.json.encode(evaluate(model_id, network)), content_type=JSON)


@blueprint.post("/models/<model_id>/step")
def step(model_id: str) -> Response:
    """What a labelled drawing asks of every neuron, by the model with edits made."""
    network = served_models()[model_id].model.network
    wanted = read_json(request, Labelled)
    network, pixels = apply(network, wanted.edits), pixels_of(wanted)
    image = ink.to_input(pixels).ravel()
    explained = one_step.explain(network, image, wanted.label)
    nudges = [_nudge("input", "input", network.input_shape, explained.input_nudge)]
    for layer in network.layers:
        values = explained.nudges[layer.name]
        nudges.append(_nudge(layer.name, layer.kind, layer.output_shape, values))
    return json_reply(
        {
            "model": model_id,
            "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
            "label": wanted.label,
            "loss_name": explained.loss_name,
            "loss": explained.loss,
            "target": explained.target,
            "probabilities": explained.output,
            "nudges": nudges,
        }
    )


def _nudge(name: str, kind: str, shape: tuple[int, ...], values: NDArray[Any]) -> dict[str, Any]:
    return {"name": name, "kind": kind, "shape": shape, "values": values.ravel()}


@blueprint.post("/models")
def save() -> Response:
    """Keep a model with its edits, under a name."""
    models = served_models()
    wanted = read_json(request, NewModel)
    base = models[wanted.base].model
    network = apply(base.network, wanted.edits)
    summary = models.save(
        replace(
            base,
            title=wanted.title,
            network=network,
            recipe={"base": base.id, "edits": msgspec.to_builtins(wanted.edits)},
            accuracy={"mnist_test": evaluate(base.id, network).accuracy},
        )
    )
    response = Response(msgspec.json.encode(summary), status=201, content_type=JSON)
    response.headers["Location"] = f"/api/models/{summary.id}"
    return response


@blueprint.delete("/models/<model_id>")
@teachers
def delete(model_id: str) -> Response:
    """Delete a model that was saved; those that ship stay."""
    served_models().delete(model_id)
    return Response(status=204)


def evaluate(model_id: str, network: Network) -> Evaluation:
    """How the network reads the 10,000 digits of the test set; raises `InputError` (``busy``)."""
    labels = mnist.load().test.labels
    if not _room.acquire(blocking=False):
        raise InputError("busy", "Expected to read the test set; others wait for that already.")
    try:
        with _turn:
            start = time.perf_counter()
            answers = network.predict(test_images()).argmax(axis=1)
            seconds = time.perf_counter() - start
    finally:
        _room.release()
    confusion = metrics.confusion_matrix(answers, labels)
    correct = int(confusion.trace())
    return Evaluation(
        model_id, len(labels), correct, correct / len(labels), confusion.tolist(), seconds
    )

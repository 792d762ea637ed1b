"""What a model makes of a drawing, of a drawing with its label, and of the whole test set.

Edits travel with the request and hold for it alone.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from flask import Blueprint, Response, g, request
from msgspec.structs import replace
from numpy.typing import NDArray

from nnviz import ink
from nnviz.edits import one_step
from nnviz.errors import InputError, unknown
from nnviz.explain import lead
from nnviz.explain.contributions import PIECES, trace_number
from nnviz.features import ClassOutput, NumberOutput, Output
from nnviz.layers.base import Context, Layer, LayerTrace
from nnviz.network import Network, Trace
from nnviz.problems import Digits
from nnviz.web.bounds.turns import Turns
from nnviz.web.current import long_work, model_registry
from nnviz.web.edited import edited, edits_key
from nnviz.web.evaluation import evaluate, of_digits
from nnviz.web.model_registry import RegisteredModel
from nnviz.web.replies import array_reply, reading_reply, struct_reply
from nnviz.web.replies.tensors import Shaped
from nnviz.web.requests import Given, Tell, pixels_of, read_input, read_json, read_labelled
from nnviz.web.schemas.edits import Edited
from nnviz.web.schemas.reading.given import Rivals
from nnviz.web.studies.rows import read_number_row, told_parts

blueprint = Blueprint("readings", __name__, url_prefix="/api/models/<model_id>")

FIRST = ("label", "target", "probabilities")  # what a step tells of the first output of classes
QUICK = 1_000_000_000  # operations of a lead that is traced at once: a fifth of a second
_turns = Turns("a drawing in all its shades", waiting=8)


@blueprint.post("/activations")
def activations(model_id: str) -> Response:
    """Read a drawing, or a row of features; reply with every layer's activations."""
    registered = model_registry()[model_id]
    given = read_input(request, registered.model)
    reading = read(registered, given)
    if registered.model.problem == Digits.id:  # what a class is told of
        g.answer = reading["prediction"]
    if given.picture:
        reading["picture"] = _picture(given.picture)
    return reading_reply(reading)


@blueprint.post("/evaluation")
def evaluation(model_id: str) -> Response:
    """Read the test set by the model with edits made."""
    registered, edits = model_registry()[model_id], read_json(request, Edited).edits
    network = edited(long_work(), registered, edits)
    found = evaluate(long_work(), registered.model, network, edits_key(registered, edits))
    return struct_reply(replace(found, model=model_id))


@blueprint.post("/step")
def step(model_id: str) -> Response:
    """What a labelled input asks of every neuron, by the model with edits made."""
    registered = model_registry()[model_id]
    given = read_labelled(request, registered.model)
    network = edited(long_work(), registered, given.edits)
    explained = one_step.explain(network, given.x, given.labels)
    first = explained.outputs[0]
    of_input = explained.input_nudge.ravel()
    nudges = [
        {"name": "input", "kind": "input", "shape": network.input_shape, "values": of_input},
        *(
            _nudge(layer, explained.nudges[layer.name])
            for layer in network.layers
            if layer.name in explained.nudges  # all but the heads that no label says anything of
        ),
    ]
    pairs = zip(registered.model.outputs, explained.outputs, strict=False)
    outputs = [_asked(output, asked) for output, asked in pairs]
    names = ("prediction", "target") if registered.model.features else FIRST
    return array_reply(
        {
            "model": model_id,
            "input": given.told,
            "loss_name": first.loss_name,
            "loss": explained.loss,
            **{name: outputs[0][name] for name in names},
            "nudges": nudges,
            "outputs": outputs,
        }
    )


@blueprint.post("/contributions")
def contributions_of(model_id: str) -> Response:
    """Why a number is what it is, by the model with edits made."""
    registered = model_registry()[model_id]
    row = read_number_row(request, registered.model)
    network = edited(long_work(), registered, row.edits)
    if PIECES * network.workload.training_operations <= QUICK:
        with _turns.take():
            found = trace_number(network, row.x)
    else:
        asked = ("contributions", edits_key(registered, row.edits), row.x.tobytes())
        work = long_work()
        found = work.result(
            asked, lambda check: trace_number(network, row.x), lambda made: made.parts.nbytes
        )
    return array_reply({"model": model_id, **told_parts(row, found)})


@blueprint.post("/lead")
def lead_of(model_id: str) -> Response:
    """Why one answer and not another, traced to the pixels, by the model with edits made."""
    registered, wanted = model_registry()[model_id], read_json(request, Rivals).checked()
    of_digits(registered.model)
    network, pixels = edited(long_work(), registered, wanted.edits), pixels_of(wanted)
    if wanted.row is not None:
        network = lead.after_rows(network, wanted.row)
    _check_rivals(registered.model.outputs, wanted)
    found = _traced(network, pixels, wanted, edits_key(registered, wanted.edits))
    return array_reply(
        {
            "model": model_id,
            "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
            "head": wanted.head,
            "first": wanted.first,
            "second": wanted.second,
            "lead": found.lead,
            "blank": found.blank,
            "parts": _whole(found.pixels.ravel(), pixels.size),
        }
    )


def _check_rivals(outputs: Sequence[Output], wanted: Rivals) -> None:
    """Raise `InputError` for an output that the model does not have, or an answer it has not."""
    if wanted.head >= len(outputs):
        raise InputError(
            "out_of_range", f"Expected head from 0 to {len(outputs) - 1}; got {wanted.head}."
        )
    output = outputs[wanted.head]
    classes = len(output.classes) if isinstance(output, ClassOutput) else 0
    if max(wanted.first, wanted.second) >= classes:
        raise InputError(
            "out_of_range",
            f"Expected two of the {classes} answers of {output.name!r}; got "
            f"{wanted.first} and {wanted.second}.",
        )


def _traced(network: Network, pixels: ink.Image, wanted: Rivals, key: Hashable) -> lead.Lead:
    """The lead, in turns; of a large network it is long work."""

    def trace(check: object = None) -> lead.Lead:
        image = ink.to_input(pixels)[: wanted.row]
        return lead.trace_lead(network, image, wanted.first, wanted.second, wanted.head)

    if lead.SHADES * network.workload.training_operations <= QUICK:
        with _turns.take():
            return trace()
    asked = ("lead", key, pixels.tobytes(), wanted.head, wanted.first, wanted.second, wanted.row)
    return long_work().result(asked, trace, lambda found: found.pixels.nbytes)


def _whole(parts: NDArray[Any], size: int) -> NDArray[Any]:
    """With 0 for the pixels that were not read yet."""
    return np.pad(parts, (0, size - parts.size))


def _asked(output: Output, asked: one_step.Asked) -> dict[str, Any]:
    """What a label asks of an output."""
    if isinstance(output, NumberOutput):
        return {
            "name": output.name,
            "unit": output.unit,
            "loss_name": asked.loss_name,
            "loss": asked.loss,
            "output": float(asked.output[0]),
            "wanted": float(asked.target[0]),
            "prediction": float(output.value(asked.output[0])),
            "target": float(output.value(np.array(asked.label))),
        }
    return {
        "name": asked.name,
        "label": asked.label,
        "loss_name": asked.loss_name,
        "loss": asked.loss,
        "target": asked.target,
        "probabilities": asked.output,
    }


def _nudge(layer: Layer, values: NDArray[Any]) -> dict[str, Any]:
    return {
        "name": layer.name,
        "kind": layer.kind,
        "arithmetic": layer.arithmetic,
        "shape": layer.output_shape,
        "values": values.ravel(),
    }


def read(registered: RegisteredModel, given: Given) -> dict[str, Any]:
    """A network's reading of an input, with edits made for this reading alone."""
    network = edited(long_work(), registered, given.edits)
    wanted = given.tell
    context = Context(steps_of=None if wanted.parts == "all" else wanted.whole)
    _, trace = network.forward(given.x[None], context)
    outputs = [
        _output(output, part.a[0], given.blank)
        for output, part in zip(registered.model.outputs, trace.outputs, strict=True)
    ]
    first = outputs[0]
    shares = {"probabilities": first["probabilities"]} if "probabilities" in first else {}
    return {
        "model": registered.model.id,
        "input": given.told,
        "layers": _layers(network, trace, wanted),
        **shares,
        "prediction": first["prediction"],
        "outputs": outputs,
    }


def _output(output: Output, a: NDArray[Any], blank: bool) -> dict[str, Any]:
    """What an output says: probabilities and the class's number, or a number in its unit."""
    if isinstance(output, NumberOutput):
        value = float(output.value(a)[0])
        return {"name": output.name, "kind": "number", "unit": output.unit, "prediction": value}
    prediction = None if blank else int(a.argmax())
    return {
        "name": output.name,
        "kind": "classes",
        "probabilities": a,
        "prediction": prediction,
    }


def _picture(found: ink.Found) -> dict[str, Any]:
    """What was found in a picture, each digit with what was taken as its ink."""
    return {
        "width": found.width,
        "height": found.height,
        "dark_on_light": found.dark_on_light,
        "chosen": found.chosen,
        "digits": [
            {
                "box": digit.box,
                "ink": {"shape": digit.ink.shape, "values": digit.ink.ravel()},
                "pixels": digit.pixels.ravel(),
            }
            for digit in found.digits
        ],
    }


def _layers(network: Network, trace: Trace, tell: Tell) -> list[dict[str, Any]]:
    """Of each layer what shall be told; raises `InputError` where a name is no layer's."""
    names = [layer.name for layer in network.layers]
    for name in tell.whole:
        if name not in names:
            raise unknown(names, name, "a layer", "unknown_layer")
    pairs = zip(network.layers, trace.layers, strict=True)
    return [
        {
            "name": layer.name,
            "kind": layer.kind,
            "arithmetic": layer.arithmetic,
            "activation": layer.activation.name,
            "shape": layer.shown_shape,
            **_wanted(layer, part, tell, number == 0),
        }
        for number, (layer, part) in enumerate(pairs)
    ]


def _wanted(layer: Layer, part: LayerTrace, tell: Tell, is_first: bool) -> dict[str, Any]:
    """The numbers of a layer that are asked for."""
    if tell.parts == "all" or layer.name in tell.whole:
        return _first(layer.shown(part))
    if tell.parts == "none":
        return {}
    if layer.selects and not is_first:
        return {"window": layer.window} if layer.window else {}
    return _first({"a": layer.shown(part)["a"]})


def _first(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The batch's only sample; what is the same array stays the same."""
    made: dict[int, Shaped] = {}
    return {
        name: _first(values)
        if isinstance(values, dict)
        else made.setdefault(id(values), Shaped(values[0]))
        for name, values in shown.items()
    }

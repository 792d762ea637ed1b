"""Training runs: start them, ask something of them, watch them, keep a checkpoint as a model."""

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from flask import Blueprint, Response, request

from nnviz.errors import InputError
from nnviz.explain.health import diagnose
from nnviz.runs.job import finite
from nnviz.web.current import long_work, model_registry, training
from nnviz.web.edited import edits_key
from nnviz.web.evaluation import measured
from nnviz.web.guards.maker import maker_of
from nnviz.web.guards.teacher import is_teacher
from nnviz.web.guards.visitor import new_visitor, remember, visitor_of
from nnviz.web.replies import created, struct_reply
from nnviz.web.requests import only, read_json, whole_number
from nnviz.web.schemas.runs import (
    CheckpointObject,
    Curve,
    NewRun,
    NewRunModel,
    NewTitle,
    OutputMeasure,
    RunCommand,
    RunDetails,
    RunList,
    RunSummary,
    UsageObject,
)

if TYPE_CHECKING:
    from nnviz.runs.run import Run

blueprint = Blueprint("runs", __name__, url_prefix="/api/runs")


@blueprint.get("")
def runs() -> Response:
    """Every run, the newest first, how much room they take, and what keeps them from training."""
    every, usage = training().runs.all(), training().usage()
    return struct_reply(
        RunList(
            [_summary(run) for run in every],
            UsageObject(usage.used, usage.budget, usage.free, usage.state),
            training().trouble(),
        )
    )


@blueprint.post("")
def start() -> Response:
    """Start a training, or put it into the queue."""
    wanted = read_json(request, NewRun)
    visitor = visitor_of(request) or new_visitor()
    run = training().runs.start(visitor, wanted.recipe, wanted.key)
    response = created(_summary(run, visitor), f"/api/runs/{run.id}")
    remember(response, visitor)
    return response


@blueprint.get("/<run_id>")
def run(run_id: str) -> Response:
    """A run, with what is new since a batch."""
    query = only(request.args.to_dict(), "after")
    after = whole_number(query, "after", None, 0, 10**9 - 1)
    runs = training().runs
    found, since = runs[run_id], -1 if after is None else after
    points, kept = runs.points(run_id, since), runs.checkpoints(run_id)
    curve = Curve(
        [point.batch for point in points],
        [point.loss for point in points],
        [point.accuracy for point in points],
        [point.learning_rate for point in points],
    )
    return struct_reply(
        RunDetails(
            _summary(found),
            runs.recipe_since(run_id, after),
            curve,
            [
                msgspec.convert(finite(each.to_json()), CheckpointObject)
                for each in kept
                if each.batch > since
            ],
            [each.batch for each in kept],
            diagnose(kept),
        )
    )


@blueprint.post("/<run_id>/commands")
def command(run_id: str) -> Response:
    """Go on, pause, one batch, one epoch, stop, another learning rate or pace."""
    wanted = read_json(request, RunCommand)
    _own(run_id)
    return struct_reply(_summary(training().runs.ask(run_id, wanted.command, wanted.value)))


@blueprint.patch("/<run_id>")
def rename(run_id: str) -> Response:
    """Give a run another title."""
    title = read_json(request, NewTitle).title
    _own(run_id)
    return struct_reply(_summary(training().runs.rename(run_id, title)))


@blueprint.delete("/<run_id>")
def delete(run_id: str) -> Response:
    """Delete a run with everything it left; models made of it stay."""
    _own(run_id)
    training().runs.delete(run_id)
    return Response(status=204)


@blueprint.post("/<run_id>/models")
def keep(run_id: str) -> Response:
    """Keep a checkpoint as a model, for everybody's picker."""
    wanted = read_json(request, NewRunModel)
    registered = model_registry()[f"{run_id}-{wanted.batch}"]
    model, visitor = registered.model, visitor_of(request) or new_visitor()
    model_registry().check(wanted.title, model, maker_of(visitor))
    accuracy, _ = measured(long_work(), model, model.network, edits_key(registered, []))
    kept = replace(model, title=wanted.title).with_accuracy(**accuracy)
    summary = model_registry().save(kept, maker_of(visitor))
    response = created(summary, f"/api/models/{summary.id}")
    remember(response, visitor)
    return response


def _own(run_id: str) -> None:
    """Raise `InputError` (``not_yours``) unless the visitor started the run, or is the teacher."""
    if not _may_change(training().runs[run_id], visitor_of(request)):
        raise InputError("not_yours", f"Expected a run of yours; somebody else started {run_id}.")


def _may_change(run: "Run", visitor: str | None) -> bool:
    """Whether it is the visitor's run, or a teacher asks: on one's own machine, anybody."""
    return run.visitor == visitor or is_teacher()


def _summary(run: "Run", visitor: str | None = None) -> RunSummary:
    """A run as it is told; ``visitor`` is who asks, when no cookie says it yet."""
    settings = run.training
    return RunSummary(
        run.id,
        run.title,
        run.state,
        run.reason,
        _may_change(run, visitor or visitor_of(request)),
        run.queue_position,
        run.architecture,
        run.layer_kinds,
        run.parameters,
        run.batch,
        run.batches,
        run.batches // settings["epochs"],
        run.until,
        run.seconds,
        run.speed,
        run.seconds_left,
        run.pace,
        run.validation,
        run.tested,
        run.created,
        settings,
        run.samples,
        run.problem,
        run.tested_error,
        [
            OutputMeasure(name, *validated, *run.scored.get(name, (None, None)))
            for name, validated in run.validated.items()
        ],
    )

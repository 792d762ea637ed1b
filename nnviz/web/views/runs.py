"""Training runs: start them, ask something of them, watch them, keep a checkpoint as a model."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Blueprint, Response, request

from nnviz.errors import InputError
from nnviz.health import diagnose
from nnviz.runs.job import finite
from nnviz.runs.service import RUN_ID
from nnviz.web.current import long_work, served_models, training
from nnviz.web.edited import edits_key
from nnviz.web.evaluation import measured
from nnviz.web.guards.teacher import in_class, is_teacher
from nnviz.web.guards.visitor import new_visitor, remember, visitor_of
from nnviz.web.replies import created, struct_reply
from nnviz.web.requests import only, read_json, whole_number
from nnviz.web.schemas.runs import (
    CheckpointObject,
    Curve,
    NewRun,
    NewRunModel,
    NewTitle,
    RunCommand,
    RunDetails,
    RunList,
    RunSummary,
)

if TYPE_CHECKING:
    from nnviz.runs.runs import Run

blueprint = Blueprint("runs", __name__, url_prefix="/api/runs")


@blueprint.url_value_preprocessor
def know(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Ask the database for nothing but ids that have the form of a run's."""
    run_id = (values or {}).get("run_id")
    if run_id is not None and not RUN_ID.fullmatch(run_id):
        raise InputError("unknown_run", f"Expected a run that there is; got {run_id!r}.")


@blueprint.get("")
def runs() -> Response:
    """Every run, the newest first."""
    return struct_reply(RunList([_summary(run) for run in training().runs.all()]))


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
            runs.recipe(run_id),
            curve,
            [
                msgspec.convert(finite(each.to_json()), CheckpointObject)
                for each in kept
                if each.batch > since
            ],
            diagnose(kept),
        )
    )


@blueprint.post("/<run_id>/commands")
def command(run_id: str) -> Response:
    """Go on, pause, one batch, one epoch, stop, or another learning rate."""
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
    served = served_models()[f"{run_id}-{wanted.batch}"]
    model = served.model
    accuracy, _ = measured(long_work(), model, model.network, edits_key(served, []))
    summary = served_models().save(replace(model, title=wanted.title).with_accuracy(**accuracy))
    return created(summary, f"/api/models/{summary.id}")


def _own(run_id: str) -> None:
    """Raise `InputError` (``not_yours``) unless the visitor started the run, or is the teacher."""
    if not _may_change(training().runs[run_id], visitor_of(request)):
        raise InputError("not_yours", f"Expected a run of yours; somebody else started {run_id}.")


def _may_change(run: "Run", visitor: str | None) -> bool:
    """Whether it is the visitor's run, or a teacher asks."""
    return run.visitor == visitor or (in_class() and is_teacher())


def _summary(run: "Run", visitor: str | None = None) -> RunSummary:
    """A run as it is told; ``visitor`` is who asks, when no cookie says it yet."""
    settings = run.config["training"]
    return RunSummary(
        run.id,
        run.title,
        run.state,
        run.why,
        _may_change(run, visitor or visitor_of(request)),
        run.place,
        run.architecture,
        run.parameters,
        run.batch,
        run.batches,
        run.batches // settings["epochs"],
        run.until,
        run.seconds,
        run.speed,
        run.validation,
        run.tested,
        run.created,
        settings,
        run.config["samples"],
    )

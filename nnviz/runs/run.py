"""A run as it stands, read from its row without its recipe: a recipe may be long, a list is not."""

import json
import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from nnviz.errors import InputError
from nnviz.runs.database import runs

ID = re.compile(r"run-[0-9a-f]{12}", re.ASCII)
COLUMNS = [column for column in runs.columns if column.name != "recipe"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands; ``place`` counts from 1 in the queue, None when it does not wait.

    ``training``, ``samples`` and ``problem`` are its recipe's; ``tested_error`` is the mean
    absolute error of an output that is a number; ``validated`` and ``scored`` hold each output's
    measure and error by its name, on what is held out and on the test set; ``bytes`` is what it
    may come to keep; ``pace`` is the pause after each batch, in seconds.
    """

    id: str
    visitor: str
    title: str
    state: str
    reason: str
    training: dict[str, Any]
    samples: int
    problem: str
    architecture: str
    layer_kinds: list[str]
    batch: int
    batches: int
    until: int
    parameters: int
    seconds: float
    speed: float
    seconds_left: float | None
    pace: float
    validation: float | None
    tested: float | None
    tested_error: float | None
    validated: dict[str, list[float | None]]
    scored: dict[str, list[float | None]]
    created: float
    bytes: int
    queue_position: int | None


def checked_id(run_id: str) -> None:
    """Raise `InputError` for what cannot be a run's id: not every text may be asked for."""
    if not ID.fullmatch(run_id):
        raise unknown(run_id)


def unknown(run_id: str) -> InputError:
    """The error for a run that is not there."""
    return InputError("unknown_run", f"Expected a run that there is; got {run_id!r}.")


def read_runs(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[Run]:
    """The runs for which that holds, the newest first; two queries, however many there are."""
    chosen = sa.select(*COLUMNS).where(*which).order_by(runs.c.created.desc())
    rows = connection.execute(chosen).all()
    places = _places(connection) if any(row.state == "waiting" for row in rows) else {}
    return [_run(row, places.get(row.id)) for row in rows]


def _places(connection: sa.Connection) -> dict[str, int]:
    """Every run that waits, with its place in the queue."""
    waiting = connection.execute(
        sa.select(runs.c.id)
        .where(runs.c.state == "waiting")
        .order_by(runs.c.priority, runs.c.queued_at, runs.c.id)
    ).scalars()
    return {run_id: place for place, run_id in enumerate(waiting, 1)}


def _run(row: Any, place: int | None) -> Run:
    summary = json.loads(row.summary)
    return Run(
        id=row.id,
        visitor=row.visitor,
        title=row.title,
        state=row.state,
        reason=row.reason,
        training=summary["training"],
        samples=summary["samples"],
        problem=summary.get("problem", "digits"),
        architecture=row.architecture,
        layer_kinds=summary.get("layer_kinds", []),
        batch=row.batch,
        batches=row.batches,
        until=row.until,
        parameters=row.parameters,
        seconds=row.seconds,
        speed=row.speed,
        seconds_left=row.seconds_left,
        pace=row.pace or 0.0,
        validation=row.validation,
        tested=row.tested,
        tested_error=row.tested_error,
        validated=json.loads(row.validated or "{}"),
        scored=json.loads(row.scored or "{}"),
        created=row.created,
        bytes=row.bytes or 0,
        queue_position=place,
    )

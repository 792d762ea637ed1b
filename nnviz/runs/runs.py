"""The visitors' side: start a run, ask something of it, look at it, delete it."""

import hashlib
import json
import math
import secrets
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from dbos import DBOS, DBOSClient, WorkflowSerializationFormat
from msgspec.structs import replace
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.health import Checkpoint
from nnviz.model_file import architecture
from nnviz.recipe import RateChange, Recipe
from nnviz.runs.checkpoints import weights_of
from nnviz.runs.database import LONGEST, checkpoints, commands, keepers, points, runs, writing
from nnviz.runs.job import Point, read_checkpoints, read_rates
from nnviz.runs.limits import Limits
from nnviz.training_config import checked_rate

QUEUE, WORKFLOW = "nnviz-training", "train"
GOING = ("go", "batch", "epoch")  # commands that need a process
COMMANDS = (*GOING, "pause", "stop", "rate")
PUT_ASIDE = {"pause": "paused", "stop": "stopped"}  # what becomes of a run that waits
ENDED = ("done", "stopped")
UNKNOWN = "unknown_run"
SILENT = 4.0  # seconds after which a keeper that says nothing is taken for dead


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands; ``place`` counts from 1 in the queue, None when it does not wait."""

    id: str
    visitor: str
    title: str
    state: str
    why: str
    config: dict[str, Any]
    architecture: str
    batch: int
    batches: int
    until: int
    parameters: int
    seconds: float
    speed: float
    validation: float | None
    tested: float | None
    created: float
    place: int | None


def workflow_id(run_id: str, stretch: int) -> str:
    """What the queue calls a stretch of a run."""
    return f"{run_id}-{stretch}"


class Runs:
    """All runs in a database; every method raises `InputError` for what cannot be."""

    def __init__(self, engine: sa.Engine, limits: Limits) -> None:
        self._engine, self.limits = engine, limits
        DBOS.migrate(engine.url.render_as_string(hide_password=False))
        self._queue = DBOSClient(system_database_engine=engine, lazy=True, application_name="nnviz")

    def start(self, visitor: str, recipe: Recipe, key: str | None = None) -> Run:
        """Put a run into the queue; the same visitor's same ``key`` again gives the same run."""
        network = self.limits.check(recipe)
        mark = secrets.token_bytes(16) if key is None else f"{visitor}/{key}".encode()
        run_id, now = f"run-{hashlib.sha256(mark).hexdigest()[:12]}", time.time()
        try:
            with writing(self._engine) as connection:
                connection.execute(
                    sa.insert(runs).values(
                        id=run_id,
                        visitor=visitor,
                        title=recipe.title,
                        recipe=json.dumps(recipe.to_json()),
                        architecture=_shortened(architecture(network)),
                        state="waiting",
                        held=True,
                        batches=recipe.batches,
                        until=recipe.batches,
                        parameters=network.parameter_count,
                        created=now,
                        queued=now,
                    )
                )
                self._check_room(connection, visitor)
                self._enqueue(connection, run_id)
        except sa.exc.IntegrityError:  # it was asked for before
            pass
        return self[run_id]

    def __getitem__(self, run_id: str) -> Run:
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
            if row is None:
                raise InputError(UNKNOWN, f"Expected a run that there is; got {run_id!r}.")
            return self._run(connection, row)

    def all(self) -> list[Run]:
        """Every run, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(runs).order_by(runs.c.created.desc())).all()
            return [self._run(connection, row) for row in rows]

    def ask(self, run_id: str, kind: str, value: float | None = None) -> Run:
        """Ask something of a run: ``go``, ``pause``, ``batch``, ``epoch``, ``stop``, ``rate``."""
        if kind == "rate":
            checked_rate(math.nan if value is None else value)
        with writing(self._engine) as connection:
            row = self._locked(connection, run_id)
            if row.state in ENDED:
                raise InputError("run_ended", f"Expected a run that goes on; {run_id} has ended.")
            if row.state == "waiting" and kind in PUT_ASIDE:
                self._set(connection, run_id, state=PUT_ASIDE[kind], held=False, until=row.batch)
            else:
                connection.execute(
                    sa.insert(commands).values(run_id=run_id, kind=kind, value=value)
                )
                if not row.held and kind in GOING:
                    self._check_room(connection, row.visitor, more=1)
                    self._enqueue_next(connection, row)
        return self[run_id]

    def queue_again(self, run_id: str, stretch: int) -> None:
        """Queue what is held although its stretch has ended."""
        with writing(self._engine) as connection:
            row = self._locked(connection, run_id)
            if row.held and row.stretch == stretch:
                self._enqueue_next(connection, row)

    def rename(self, run_id: str, title: str) -> Run:
        """Give a run another title."""
        with writing(self._engine) as connection:
            row = self._locked(connection, run_id)
            recipe = replace(Recipe.from_json(json.loads(row.recipe)), title=title)
            self._set(connection, run_id, title=title, recipe=json.dumps(recipe.to_json()))
        return self[run_id]

    def delete(self, run_id: str) -> None:
        """Delete a run with all that it left; whoever trains it finds it gone."""
        with writing(self._engine) as connection:
            self._locked(connection, run_id)
            connection.execute(sa.delete(runs).where(runs.c.id == run_id))

    # What came out

    def points(self, run_id: str, after: int) -> list[Point]:
        """The curves from behind a batch on."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                sa.select(points)
                .where(points.c.run_id == run_id, points.c.batch > after)
                .order_by(points.c.batch)
            ).all()
        return [Point(row.batch, row.loss, row.accuracy, row.learning_rate) for row in rows]

    def checkpoints(self, run_id: str) -> list[Checkpoint]:
        """What the run has come to, at each batch whose weights are kept."""
        with self._engine.connect() as connection:
            return read_checkpoints(connection, run_id)

    def recipe(self, run_id: str) -> Recipe:
        """The run's recipe with what was changed by hand: by it the run can be repeated.

        A change by hand takes the place of one that it was started with at the same batch.
        """
        with self._engine.connect() as connection:
            by_hand = read_rates(connection, run_id)
        recipe = Recipe.from_json(self[run_id].config)
        rates = {change.batch: change.learning_rate for change in recipe.changes} | by_hand
        changes = tuple(RateChange(batch, rate) for batch, rate in sorted(rates.items()))
        return replace(recipe, changes=changes)

    def weights(self, run_id: str, batch: int) -> NDArray[np.float32]:
        """The parameters at a checkpoint."""
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(checkpoints.c.weights, checkpoints.c.sha256).where(
                    checkpoints.c.run_id == run_id, checkpoints.c.batch == batch
                )
            ).one_or_none()
        if row is None:
            raise _no_checkpoint(run_id, batch)
        return weights_of(row.weights, row.sha256)

    def fingerprint(self, run_id: str, batch: int) -> str:
        """What changes when a checkpoint is another one, or is called otherwise."""
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(checkpoints.c.sha256, runs.c.title)
                .join(runs, runs.c.id == checkpoints.c.run_id)
                .where(checkpoints.c.run_id == run_id, checkpoints.c.batch == batch)
            ).one_or_none()
        if row is None:
            raise _no_checkpoint(self[run_id].id, batch)
        return f"{row.sha256} {row.title}"

    def any_held(self) -> bool:
        """Whether there is work for a keeper."""
        with self._engine.connect() as connection:
            found = connection.execute(sa.select(runs.c.id).where(runs.c.held).limit(1))
            return found.first() is not None

    def keeper_lives(self, name: str) -> bool:
        """Whether the keeper of that name gave a sign of life just now."""
        with self._engine.connect() as connection:
            seen = connection.execute(
                sa.select(keepers.c.seen).where(keepers.c.name == name)
            ).scalar_one_or_none()
        return seen is not None and time.time() - seen < SILENT

    # Inside

    def _locked(self, connection: sa.Connection, run_id: str) -> Any:
        """The run's row, which nobody else changes until the transaction ends."""
        same = sa.update(runs).where(runs.c.id == run_id).values(title=runs.c.title)
        if not connection.execute(same).rowcount:
            raise InputError(UNKNOWN, f"Expected a run that there is; got {run_id!r}.")
        return connection.execute(sa.select(runs).where(runs.c.id == run_id)).one()

    def _set(self, connection: sa.Connection, run_id: str, **values: Any) -> None:
        connection.execute(sa.update(runs).where(runs.c.id == run_id).values(**values))

    def _check_room(self, connection: sa.Connection, visitor: str, more: int = 0) -> None:
        """Refuse a run that would be one too many; it is counted already, or ``more`` is 1."""
        own, limits = runs.c.visitor == visitor, self.limits
        for what, most, *which in (
            ("unfinished runs of yours; stop one first", limits.unfinished, runs.c.held, own),
            ("unfinished runs in all; wait for some to end", limits.all_unfinished, runs.c.held),
            ("runs of yours; delete one first", limits.kept, own),
            ("runs in all; some have to be deleted first", limits.all_kept),
        ):
            count = sa.select(sa.func.count()).select_from(runs).where(*which)
            if int(connection.execute(count).scalar_one()) + more * (runs.c.held in which) > most:
                raise InputError("too_many_runs", f"Expected at most {most} {what}.")

    def _enqueue_next(self, connection: sa.Connection, row: Any) -> None:
        """Put the run into the queue for another stretch."""
        stretch, now = row.stretch + 1, time.time()
        self._set(connection, row.id, state="waiting", held=True, stretch=stretch, queued=now)
        self._enqueue(connection, row.id)

    def _enqueue(self, connection: sa.Connection, run_id: str) -> None:
        """Put the run's stretch into the queue, behind those of visitors who have fewer in it."""
        row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one()
        own = sa.select(sa.func.count()).where(runs.c.visitor == row.visitor, runs.c.held)
        priority = int(connection.execute(own).scalar_one())
        self._set(connection, run_id, priority=priority)
        self._queue.enqueue_in_transaction(
            connection,
            {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": workflow_id(run_id, row.stretch),
                "priority": priority,
                "serialization_type": WorkflowSerializationFormat.PORTABLE,
            },
            run_id,
            row.stretch,
        )

    def _run(self, connection: sa.Connection, row: Any) -> Run:
        place = None
        if row.state == "waiting":
            before = sa.or_(
                runs.c.priority < row.priority,
                sa.and_(runs.c.priority == row.priority, runs.c.queued < row.queued),
            )
            ahead = sa.select(sa.func.count()).where(runs.c.state == "waiting", before)
            place = int(connection.execute(ahead).scalar_one()) + 1
        return Run(
            row.id,
            row.visitor,
            row.title,
            row.state,
            row.why,
            json.loads(row.recipe),
            row.architecture,
            row.batch,
            row.batches,
            row.until,
            row.parameters,
            row.seconds,
            row.speed,
            row.validation,
            row.tested,
            row.created,
            place,
        )


def _shortened(text: str) -> str:
    """As much of a text as the database's column takes."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _no_checkpoint(run_id: str, batch: int) -> InputError:
    return InputError(
        "unknown_checkpoint", f"Expected a checkpoint of {run_id}; got batch {batch}."
    )

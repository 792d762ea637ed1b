"""The visitors' side: start a run, ask something of it, look at it, delete it."""

import hashlib
import json
import math
import secrets
import time
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, WorkflowSerializationFormat

from nnviz.errors import InputError
from nnviz.models.model_file import architecture
from nnviz.network import Network
from nnviz.recipe import Recipe, checked_title
from nnviz.recipe.limits import MEGA, Limits
from nnviz.runs.checkpoints import affordable, kept_bytes, planned, spare
from nnviz.runs.database import LONGEST, commands, reading, refusal, runs, workers, writing
from nnviz.runs.job import ENDED
from nnviz.runs.outcomes import Outcomes
from nnviz.runs.run import Run, checked_id, read_runs, unknown
from nnviz.runs.storage import Storage, with_reserve
from nnviz.runs.upgrade import summary_of
from nnviz.training.config import checked_rate

QUEUE, WORKFLOW = "nnviz-training", "train"
GOING = ("go", "batch", "epoch")  # commands that need a process
SET = ("rate", "pace")  # commands with a value, of which the newest counts
COMMANDS = (*GOING, "pause", "stop", *SET)
PUT_ASIDE = {"pause": "paused", "stop": "stopped"}  # what becomes of a run that waits
SLOWEST = 2.0  # seconds of pause after each batch, at most
PENDING = 32  # commands of a run that wait
SILENT = 4.0  # seconds after which a worker that says nothing is taken for dead


def workflow_id(run_id: str, segment: int) -> str:
    """What the queue calls a segment of a run."""
    return f"{run_id}-{segment}"


class Runs(Outcomes):
    """All runs in a database; every method raises `InputError` for what cannot be."""

    def __init__(self, engine: sa.Engine, limits: Limits, storage: Storage | None = None) -> None:
        super().__init__(engine)
        self.limits, self._storage = limits, storage
        DBOS.migrate(engine.url.render_as_string(hide_password=False))
        self._queue = DBOSClient(system_database_engine=engine, lazy=True, application_name="nnviz")

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def start(self, visitor: str, recipe: Recipe, key: str | None = None) -> Run:
        """Put a run into the queue; the same visitor's same ``key`` again gives the same run."""
        network = self.limits.check(recipe)
        text, kept = json.dumps(recipe.to_json()), self._kept(recipe, network)
        mark = secrets.token_bytes(16) if key is None else f"{visitor}/{key}".encode()
        run_id, now = f"run-{hashlib.sha256(mark).hexdigest()[:12]}", time.time()
        try:
            with writing(self.engine) as connection:
                connection.execute(
                    sa.insert(runs).values(
                        id=run_id,
                        visitor=visitor,
                        title=recipe.title,
                        recipe=text,
                        summary=summary_of(text),
                        bytes=kept,
                        architecture=_shortened(architecture(network)),
                        state="waiting",
                        enqueued=True,
                        batches=recipe.batches,
                        until=recipe.batches,
                        parameters=network.parameter_count,
                        created=now,
                        queued_at=now,
                    )
                )
                self._check_room(connection, visitor)
                self._check_disk(connection, visitor, kept)
                self._enqueue(connection, run_id)
        except sa.exc.IntegrityError as error:
            if not self._is_there(run_id):  # it was not asked for before: the queue refused it
                raise refusal(error) from error
        return self[run_id]

    def __getitem__(self, run_id: str) -> Run:
        checked_id(run_id)
        with reading(self.engine) as connection:
            found = read_runs(connection, runs.c.id == run_id)
        if not found:
            raise unknown(run_id)
        return found[0]

    def _is_there(self, run_id: str) -> bool:
        with reading(self.engine) as connection:
            found = connection.execute(sa.select(runs.c.id).where(runs.c.id == run_id))
            return found.first() is not None

    def all(self) -> list[Run]:
        """Every run, the newest first."""
        with reading(self.engine) as connection:
            return read_runs(connection)

    def visitors(self) -> dict[str, int]:
        """How many runs each visitor has."""
        with reading(self.engine) as connection:
            counted = sa.select(runs.c.visitor, sa.func.count()).group_by(runs.c.visitor)
            return {visitor: int(count) for visitor, count in connection.execute(counted)}

    def counts(self) -> dict[str, int]:
        """How many runs are in each state."""
        with reading(self.engine) as connection:
            counted = sa.select(runs.c.state, sa.func.count()).group_by(runs.c.state)
            return {state: int(count) for state, count in connection.execute(counted)}

    def ask(self, run_id: str, kind: str, value: float | None = None) -> Run:
        """Ask something of a run: ``go``, ``pause``, ``batch``, ``epoch``, ``stop``, ``rate``.

        And ``pace``: a pause of so many seconds after each batch.
        """
        if kind == "rate":
            checked_rate(math.nan if value is None else value)
        elif kind == "pace":
            _check_pace(math.nan if value is None else value)
        with writing(self.engine) as connection:
            row = self._locked(connection, run_id)
            if row.state in ENDED:
                raise InputError("run_ended", f"Expected a run that goes on; {run_id} has ended.")
            if row.state == "waiting" and kind in PUT_ASIDE:
                self._set(
                    connection, run_id, state=PUT_ASIDE[kind], enqueued=False, until=row.batch
                )
            elif kind == "pace" and not row.enqueued:
                self._set(connection, run_id, pace=value)
            else:
                self._note(connection, run_id, kind, value)
                if kind == "pace":  # told at once, and done with the next batch
                    self._set(connection, run_id, pace=value)
                if not row.enqueued and kind in GOING:
                    self._check_room(connection, row.visitor, more=1)
                    self._enqueue_next(connection, row)
        return self[run_id]

    def _note(self, connection: sa.Connection, run_id: str, kind: str, value: float | None) -> None:
        """Write a command down; one that says again what the last one does is left out.

        Of rates and paces that wait the newest counts, and a run has only so many rates.
        """
        own = commands.c.run_id == run_id
        waits = sa.and_(own, commands.c.batch.is_(None))
        if kind in SET:
            connection.execute(sa.delete(commands).where(waits, commands.c.kind == kind))
        there = sa.select(commands.c.kind).where(waits).order_by(commands.c.n)
        pending = list(connection.execute(there).scalars())
        if kind != "batch" and pending[-1:] == [kind]:
            return
        rates = sa.select(sa.func.count()).where(own, commands.c.kind == "rate")
        changed = int(connection.execute(rates).scalar_one())
        if len(pending) >= PENDING or (kind == "rate" and changed >= self.limits.changes):
            raise InputError(
                "too_many_commands",
                f"Expected at most {PENDING} commands that wait and {self.limits.changes:,} "
                f"changes of the rate in a run; {run_id} has {len(pending)} and {changed:,}.",
            )
        connection.execute(sa.insert(commands).values(run_id=run_id, kind=kind, value=value))

    def queue_again(self, run_id: str, segment: int) -> None:
        """Queue anew what still is in the queue although its segment has ended."""
        with writing(self.engine) as connection:
            row = self._locked(connection, run_id)
            if row.enqueued and row.segment == segment:
                self._enqueue_next(connection, row)

    def rename(self, run_id: str, title: str) -> Run:
        """Give a run another title."""
        with writing(self.engine) as connection:
            row = self._locked(connection, run_id)
            text = json.dumps({**json.loads(row.recipe), "title": checked_title(title)})
            self._set(connection, run_id, title=title, recipe=text)
        return self[run_id]

    def delete(self, run_id: str) -> None:
        """Delete a run with all that it left; whoever trains it finds it gone."""
        checked_id(run_id)
        if not self._delete(runs.c.id == run_id):
            raise unknown(run_id)

    def delete_all_of(self, visitor: str) -> int:
        """Delete every run of a visitor; how many there were."""
        return self._delete(runs.c.visitor == visitor)

    def _delete(self, which: sa.ColumnElement[bool]) -> int:
        """Delete runs, also where the disk is full: then the reserve goes first."""
        deleted = 0

        def act() -> None:
            nonlocal deleted
            with writing(self.engine) as connection:
                deleted = connection.execute(sa.delete(runs).where(which)).rowcount

        if self._storage:
            with_reserve(self._storage, act)
        else:
            act()
        return deleted

    def any_enqueued(self) -> bool:
        """Whether there is work for a worker."""
        with reading(self.engine) as connection:
            found = connection.execute(sa.select(runs.c.id).where(runs.c.enqueued).limit(1))
            return found.first() is not None

    def worker_lives(self, name: str) -> bool:
        """Whether the worker of that name gave a sign of life just now."""
        with reading(self.engine) as connection:
            last_beat = connection.execute(
                sa.select(workers.c.last_beat).where(workers.c.name == name)
            ).scalar_one_or_none()
        return last_beat is not None and time.time() - last_beat < SILENT

    # Inside

    def _locked(self, connection: sa.Connection, run_id: str) -> Any:
        """The run's row, which nobody else changes until the transaction ends."""
        checked_id(run_id)
        same = sa.update(runs).where(runs.c.id == run_id).values(title=runs.c.title)
        if not connection.execute(same).rowcount:
            raise unknown(run_id)
        return connection.execute(sa.select(runs).where(runs.c.id == run_id)).one()

    def _set(self, connection: sa.Connection, run_id: str, **values: Any) -> None:
        connection.execute(sa.update(runs).where(runs.c.id == run_id).values(**values))

    def _check_room(self, connection: sa.Connection, visitor: str, more: int = 0) -> None:
        """Refuse a run that would be one too many; it is counted already, or ``more`` is 1."""
        own, limits = runs.c.visitor == visitor, self.limits
        for what, most, *which in (
            ("unfinished runs of yours; stop one first", limits.unfinished, runs.c.enqueued, own),
            (
                "unfinished runs in all; wait for some to end",
                limits.all_unfinished,
                runs.c.enqueued,
            ),
            ("runs of yours; delete one first", limits.kept, own),
            ("runs in all; some have to be deleted first", limits.all_kept),
        ):
            count = sa.select(sa.func.count()).select_from(runs).where(*which)
            if (
                int(connection.execute(count).scalar_one()) + more * (runs.c.enqueued in which)
                > most
            ):
                raise InputError("too_many_runs", f"Expected at most {most} {what}.")

    def _kept(self, recipe: Recipe, network: Network) -> int:
        """The bytes that a run may come to keep."""
        most = affordable(network.parameter_count, self.limits.megabytes)
        an_epoch = recipe.batches // recipe.training.epochs
        moments = len(planned(recipe.batches, an_epoch, most)) + spare(most)
        return kept_bytes(network.parameter_count, moments)

    def _check_disk(self, connection: sa.Connection, visitor: str, kept: int) -> None:
        """Refuse a run that might not find room for all it will keep; it is counted already."""
        if self._storage is None:
            return
        total = sa.select(sa.func.coalesce(sa.func.sum(runs.c.bytes), 0))
        own = int(connection.execute(total.where(runs.c.visitor == visitor)).scalar_one())
        most = self.limits.own_disk * MEGA
        if own > most:
            raise InputError(
                "no_room",
                f"Expected your runs to take at most {most // MEGA:,} MB; with this one they may "
                f"take {own // MEGA:,}. Delete some first.",
            )
        promised = int(connection.execute(total.where(runs.c.enqueued)).scalar_one()) - kept
        self._storage.check_room(kept, self.engine, promised)

    def _enqueue_next(self, connection: sa.Connection, row: Any) -> None:
        """Put the run into the queue for another segment."""
        segment, now = row.segment + 1, time.time()
        self._set(
            connection, row.id, state="waiting", enqueued=True, segment=segment, queued_at=now
        )
        self._enqueue(connection, row.id)

    def _enqueue(self, connection: sa.Connection, run_id: str) -> None:
        """Put the run's segment into the queue, behind those of visitors who have fewer in it."""
        row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one()
        own = sa.select(sa.func.count()).where(runs.c.visitor == row.visitor, runs.c.enqueued)
        priority = int(connection.execute(own).scalar_one())
        self._set(connection, run_id, priority=priority)
        self._queue.enqueue_in_transaction(
            connection,
            {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": workflow_id(run_id, row.segment),
                "priority": priority,
                "serialization_type": WorkflowSerializationFormat.PORTABLE,
            },
            run_id,
            row.segment,
        )


def _check_pace(seconds: float) -> None:
    if not 0 <= seconds <= SLOWEST:
        raise InputError(
            "bad_pace",
            f"Expected a pause after each batch of 0 to {SLOWEST:g} seconds; got {seconds:g}.",
        )


def _shortened(text: str) -> str:
    """As much of a text as the database's column takes."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

"""One run as the process that trains it sees it: what to do next, and where to put what came out.

Whoever takes a run last is its only writer: every transaction is fenced by the attempt's number.
"""

import json
import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from nnviz.explain.health import Checkpoint, LayerHealth, OutputHealth
from nnviz.recipe import Recipe
from nnviz.runs.checkpoints import CURVES, STATES, digest
from nnviz.runs.database import checkpoints, commands, points, reading, runs, states, writing

ENDED = ("done", "stopped")


class SupersededError(Exception):
    """Another process has the run, or it is gone."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a visitor asks of a run: ``go``, ``pause``, ``batch``, ``epoch``, ``stop``, ``rate``,
    ``pace``.
    """

    n: int
    kind: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """The mean over some batches, up to and including ``batch``."""

    batch: int
    loss: float
    accuracy: float
    learning_rate: float


class Job:
    """A run that this process trains. Every method raises `SupersededError` once it may not."""

    def __init__(self, engine: sa.Engine, run_id: str, segment: int) -> None:
        self._engine, self.run_id = engine, run_id
        with writing(engine) as connection:
            taken = connection.execute(
                sa.update(runs)
                .where(runs.c.id == run_id, runs.c.segment == segment, runs.c.enqueued)
                .values(attempt=runs.c.attempt + 1, state="running", reason="")
            )
            if not taken.rowcount:
                raise SupersededError
            row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one()
        self.attempt: int = row.attempt
        self.until: int = row.until
        self.seconds: float = row.seconds
        self.pace: float = row.pace or 0.0
        self.paused: float = row.paused or 0.0
        self.recipe = Recipe.from_json(json.loads(row.recipe))

    def states(self) -> list[bytes]:
        """The states that are whole, newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(states)
                .where(states.c.run_id == self.run_id)
                .order_by(states.c.batch.desc())
            ).all()
        return [row.content for row in rows if digest(row.content) == row.sha256]

    def rates(self) -> dict[int, float]:
        """The learning rates set by hand, by the batch that each took effect with."""
        with reading(self._engine) as connection:
            return read_rates(connection, self.run_id)

    def checkpoints(self) -> list[Checkpoint]:
        """What the run has come to so far, without the weights."""
        with reading(self._engine) as connection:
            return read_checkpoints(connection, self.run_id)

    def forget_after(self, batch: int) -> None:
        """What lies behind the state that is gone back to will come again, the very same.

        Checkpoints stay: they are what will be come to again.
        """
        with self._writing() as connection:
            for table in (points, states):
                connection.execute(
                    sa.delete(table).where(table.c.run_id == self.run_id, table.c.batch > batch)
                )
            connection.execute(sa.update(runs).where(self._mine).values(batch=batch))

    def new_commands(self) -> list[Command]:
        """What was asked and not yet done, in order."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(commands.c.n, commands.c.kind, commands.c.value)
                .where(commands.c.run_id == self.run_id, commands.c.batch.is_(None))
                .order_by(commands.c.n)
            ).all()
        return [Command(row.n, row.kind, row.value) for row in rows]

    def apply_command(self, command: Command, batch: int, until: int) -> None:
        """Note that the command takes effect with this batch, before it does."""
        with self._writing() as connection:
            which = commands.c.n == command.n
            if command.kind == "rate":  # becomes a part of the recipe
                connection.execute(sa.update(commands).where(which).values(batch=batch))
            else:
                connection.execute(sa.delete(commands).where(which))
            values: dict[str, Any] = {"until": until}
            if until >= batch:
                values["state"] = "running"
            if command.kind == "pace":
                self.pace = values["pace"] = command.value or 0.0
            connection.execute(sa.update(runs).where(self._mine).values(values))
            if command.kind == "rate":  # what was come to before a crash, at another rate, is void
                connection.execute(
                    sa.delete(checkpoints).where(
                        checkpoints.c.run_id == self.run_id, checkpoints.c.batch >= batch
                    )
                )
        self.until = until

    def hurry(self) -> None:
        """From now on without a pause after each batch."""
        self.pace = 0.0
        with self._writing() as connection:
            connection.execute(sa.update(runs).where(self._mine).values(pace=0.0))

    def save(
        self,
        batch: int,
        new_points: Sequence[Point],
        speed: float,
        seconds_left: float | None = None,
        *,
        state: bytes | None = None,
        checkpoint: Checkpoint | None = None,
        weights: bytes = b"",
        state_word: str = "running",
        **values: Any,
    ) -> None:
        """Put down how far it is: points, a checkpoint, the state to go on from; all or nothing."""
        with self._writing() as connection:
            if new_points:
                connection.execute(
                    sa.insert(points),
                    [{"run_id": self.run_id, **finite(asdict(point))} for point in new_points],
                )
            if checkpoint is not None:
                _replace(
                    connection,
                    checkpoints,
                    {"run_id": self.run_id, "batch": batch},
                    about=json.dumps(finite(checkpoint.to_json())),
                    weights=weights,
                    sha256=digest(weights),
                )
                values |= _measures(checkpoint)
            if state is not None:
                key = {"run_id": self.run_id, "batch": batch}
                _replace(connection, states, key, content=state, sha256=digest(state))
                self._drop_old_states(connection)
            connection.execute(
                sa.update(runs)
                .where(self._mine)
                .values(
                    batch=batch,
                    state=state_word,
                    speed=speed,
                    seconds_left=seconds_left,
                    seconds=self.seconds,
                    paused=self.paused,
                    **values,
                )
            )

    def release(self, state: str, reason: str = "", **values: Any) -> bool:
        """Let the run go, unless something was asked of it in the meantime."""
        with self._writing() as connection:
            asked = sa.select(commands.c.n).where(
                commands.c.run_id == self.run_id, commands.c.batch.is_(None)
            )
            values |= {"state": state, "reason": reason, "enqueued": False}
            let_go = connection.execute(
                sa.update(runs)
                .where(self._mine, ~sa.exists(asked) | sa.literal(state != "paused"))
                .values(speed=0.0, seconds_left=None, **values)
            )
            if let_go.rowcount and state in ENDED:
                self._settle(connection)
            return bool(let_go.rowcount)

    def thin(self, planned: Collection[int], spare: int) -> None:
        """Let the oldest checkpoints go that were not planned, but for so many."""
        own = checkpoints.c.run_id == self.run_id
        with self._writing() as connection:
            batches = sa.select(checkpoints.c.batch).where(own).order_by(checkpoints.c.batch)
            there = connection.execute(batches).scalars()
            unplanned = [batch for batch in there if batch not in planned]
            if old := unplanned[:-spare]:
                connection.execute(sa.delete(checkpoints).where(own, checkpoints.c.batch.in_(old)))

    def _settle(self, connection: sa.Connection) -> None:
        """A run that has ended needs no state to go on from, and keeps what it keeps."""
        connection.execute(sa.delete(states).where(states.c.run_id == self.run_id))
        kept = sa.select(sa.func.sum(sa.func.length(checkpoints.c.weights))).where(
            checkpoints.c.run_id == self.run_id
        )
        size = int(connection.execute(kept).scalar_one() or 0) + CURVES
        connection.execute(sa.update(runs).where(self._mine).values(bytes=size))

    def others_wait(self) -> bool:
        """Whether another run waits for a place."""
        with reading(self._engine) as connection:
            waiting = sa.select(runs.c.id).where(runs.c.state == "waiting").limit(1)
            return connection.execute(waiting).first() is not None

    def _drop_old_states(self, connection: sa.Connection) -> None:
        kept = connection.execute(
            sa.select(states.c.batch)
            .where(states.c.run_id == self.run_id)
            .order_by(states.c.batch.desc())
            .limit(STATES)
        ).scalars()
        connection.execute(
            sa.delete(states).where(states.c.run_id == self.run_id, states.c.batch < min(kept))
        )

    @property
    def _mine(self) -> sa.ColumnElement[bool]:
        return sa.and_(runs.c.id == self.run_id, runs.c.attempt == self.attempt)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that only the run's last taker gets."""
        with writing(self._engine) as connection:
            fence = sa.update(runs).where(self._mine).values(attempt=self.attempt)
            if not connection.execute(fence).rowcount:
                raise SupersededError
            yield connection


def finite(value: Any) -> Any:
    """NaN and infinity as None at any depth, for databases and JSON have no word for them."""
    if isinstance(value, dict):
        return {name: finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read_rates(connection: sa.Connection, run_id: str) -> dict[int, float]:
    """A run's learning rates set by hand, by the batch that each took effect with."""
    rows = connection.execute(
        sa.select(commands.c.batch, commands.c.value)
        .where(
            commands.c.run_id == run_id, commands.c.kind == "rate", commands.c.batch.is_not(None)
        )
        .order_by(commands.c.n)
    )
    return {row.batch: row.value for row in rows}


def read_checkpoints(connection: sa.Connection, run_id: str) -> list[Checkpoint]:
    """What a run has come to so far, in order."""
    rows = connection.execute(
        sa.select(checkpoints.c.about)
        .where(checkpoints.c.run_id == run_id)
        .order_by(checkpoints.c.batch)
    ).scalars()
    return [_checkpoint(json.loads(about)) for about in rows]


def _checkpoint(about: dict[str, Any]) -> Checkpoint:
    layers = [LayerHealth(**_numbers(layer)) for layer in about.pop("layers")]
    outputs = [_output(told) for told in about.pop("outputs", [])]
    return Checkpoint(**_numbers(about), layers=layers, outputs=outputs)


def _output(told: dict[str, Any]) -> OutputHealth:
    """Classes have no error, which is no number that was lost."""
    errors = {name: told.pop(name) for name in ("error", "validation_error")}
    return OutputHealth(**_numbers(told), **errors)


def _numbers(values: dict[str, Any]) -> dict[str, Any]:
    return {name: math.nan if value is None else value for name, value in values.items()}


def _measures(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the run's row tells of its newest checkpoint."""
    measured = {
        each.name: finite([each.validation_accuracy, each.validation_error])
        for each in checkpoint.outputs
    }
    score = finite(checkpoint.validation_accuracy)
    return {"validation": score, "validated": json.dumps(measured)}


def _replace(
    connection: sa.Connection, table: sa.Table, key: dict[str, Any], **values: Any
) -> None:
    connection.execute(
        sa.delete(table).where(*(table.c[name] == value for name, value in key.items()))
    )
    connection.execute(sa.insert(table).values(**key, **values))

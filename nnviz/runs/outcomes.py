"""What came out of a run: curves, checkpoints, their weights, the recipe with its changes."""

import json

import numpy as np
import sqlalchemy as sa
from msgspec.structs import replace
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.explain.health import Checkpoint
from nnviz.recipe import RateChange, Recipe
from nnviz.runs.checkpoints import weights_of
from nnviz.runs.database import checkpoints, commands, points, reading, runs
from nnviz.runs.job import ENDED, Point, read_checkpoints, read_rates
from nnviz.runs.run import checked_id, unknown

TOLD = 1_000_000  # characters of a recipe, as many as a request may bring


class Outcomes:
    """The results of all runs in a database; raises `InputError` for what is not there."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def points(self, run_id: str, after: int) -> list[Point]:
        """The curves from behind a batch on."""
        with reading(self.engine) as connection:
            rows = connection.execute(
                sa.select(points)
                .where(points.c.run_id == run_id, points.c.batch > after)
                .order_by(points.c.batch)
            ).all()
        return [Point(row.batch, row.loss, row.accuracy, row.learning_rate) for row in rows]

    def checkpoints(self, run_id: str) -> list[Checkpoint]:
        """What the run has come to, at each batch whose weights are kept."""
        with reading(self.engine) as connection:
            return read_checkpoints(connection, run_id)

    def recipe(self, run_id: str) -> Recipe:
        """The run's recipe with what was changed by hand: by it the run can be repeated."""
        checked_id(run_id)
        with reading(self.engine) as connection:
            found = sa.select(runs.c.recipe).where(runs.c.id == run_id)
            text = connection.execute(found).scalar_one_or_none()
            rates = read_rates(connection, run_id)
        if text is None:
            raise unknown(run_id)
        recipe = Recipe.from_json(json.loads(text))
        changes = {change.batch: change.learning_rate for change in recipe.changes} | rates
        return replace(
            recipe, changes=tuple(RateChange(batch, changes[batch]) for batch in sorted(changes))
        )

    def recipe_since(self, run_id: str, after: int | None) -> Recipe | None:
        """The recipe for one who knows the run up to the batch ``after``; None is nothing new.

        It becomes another only by a rate that took effect behind that batch. None, too, for one of
        more than `TOLD` characters, which only an older nnviz took in.
        """
        checked_id(run_id)
        told = sa.func.length(runs.c.recipe) <= TOLD
        if after is not None:
            rates = sa.select(commands.c.n).where(
                commands.c.run_id == run_id, commands.c.kind == "rate", commands.c.batch > after
            )
            told = sa.and_(told, sa.exists(rates))
        with reading(self.engine) as connection:
            wanted = connection.execute(
                sa.select(sa.case((told, 1), else_=0)).where(runs.c.id == run_id)
            ).scalar_one_or_none()
        if wanted is None:
            raise unknown(run_id)
        return self.recipe(run_id) if wanted else None

    def weights(self, run_id: str, batch: int) -> NDArray[np.float32]:
        """The parameters at a checkpoint."""
        checked_id(run_id)
        with reading(self.engine) as connection:
            row = connection.execute(
                sa.select(checkpoints.c.weights, checkpoints.c.sha256).where(
                    checkpoints.c.run_id == run_id, checkpoints.c.batch == batch
                )
            ).one_or_none()
        if row is None:
            raise _no_checkpoint(run_id, batch)
        return weights_of(row.weights, row.sha256)

    def tested(self, run_id: str, batch: int) -> tuple[float | None, float | None]:
        """The first output's measure on the test set, and a number's mean absolute error there.

        None where it was not measured: the test set is read once, at the end of a run.
        """
        with reading(self.engine) as connection:
            row = connection.execute(
                sa.select(runs.c.tested, runs.c.tested_error).where(
                    runs.c.id == run_id, runs.c.batch == batch, runs.c.state.in_(ENDED)
                )
            ).one_or_none()
        return (row.tested, row.tested_error) if row else (None, None)

    def fingerprint(self, run_id: str, batch: int) -> str:
        """What changes when a checkpoint is another one, is called otherwise, or was tested."""
        checked_id(run_id)
        with reading(self.engine) as connection:
            row = connection.execute(
                sa.select(checkpoints.c.sha256, runs.c.title)
                .join(runs, runs.c.id == checkpoints.c.run_id)
                .where(checkpoints.c.run_id == run_id, checkpoints.c.batch == batch)
            ).one_or_none()
        if row is None:
            self.recipe(run_id)  # is the run there at all?
            raise _no_checkpoint(run_id, batch)
        return f"{row.sha256} {row.title} {self.tested(run_id, batch)[0]}"


def _no_checkpoint(run_id: str, batch: int) -> InputError:
    return InputError(
        "unknown_checkpoint", f"Expected a checkpoint of {run_id}; got batch {batch}."
    )

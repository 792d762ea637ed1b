"""An older database gets the columns that it lacks, and what they hold."""

import contextlib
import json

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError


def summary_of(recipe: str) -> str:
    """What a list of runs tells of a recipe: its settings and how many digits it learns from."""
    whole = json.loads(recipe)
    return json.dumps({"training": whole["training"], "samples": whole["samples"]})


def bring_up_to_date(engine: sa.Engine, runs: sa.Table) -> None:
    """Add the columns that ``runs`` has and the database has not, and fill in the summaries.

    Recipes are read here once, so that lists never read them: one may hold megabytes.
    """
    there = {column["name"] for column in sa.inspect(engine).get_columns(runs.name)}
    missing = [column for column in runs.columns if column.name not in there]
    for column in missing:
        kind = column.type.compile(engine.dialect)
        with contextlib.suppress(DBAPIError), engine.begin() as connection:  # another was first
            connection.exec_driver_sql(f"ALTER TABLE {runs.name} ADD COLUMN {column.name} {kind}")
    if missing:
        _fill_in(engine, runs)


def _fill_in(engine: sa.Engine, runs: sa.Table) -> None:
    with engine.begin() as connection:
        ids = connection.execute(sa.select(runs.c.id).where(runs.c.summary.is_(None))).scalars()
        for run_id in ids.all():
            recipe = sa.select(runs.c.recipe).where(runs.c.id == run_id)
            summary = summary_of(connection.execute(recipe).scalar_one())
            connection.execute(sa.update(runs).where(runs.c.id == run_id).values(summary=summary))

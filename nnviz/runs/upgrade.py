"""An older database gets the columns that it lacks, and what they hold."""

import json

import sqlalchemy as sa


def summary_of(recipe: str) -> str:
    """What a list tells of a recipe: problem, settings, kinds of layers, how many examples."""
    whole = json.loads(recipe)
    return json.dumps(
        {
            "training": whole["training"],
            "samples": whole["samples"],
            "problem": whole.get("problem", "digits"),
            "layer_kinds": [layer["kind"] for layer in whole["architecture"]["layers"]],
        }
    )


def bring_up_to_date(connection: sa.Connection, runs: sa.Table) -> None:
    """Add the columns that ``runs`` has and the database has not, and fill in the summaries.

    Recipes are read here once, so that lists never read them: one may hold megabytes.
    """
    there = {column["name"] for column in sa.inspect(connection).get_columns(runs.name)}
    missing = [column for column in runs.columns if column.name not in there]
    for column in missing:
        kind = column.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {runs.name} ADD COLUMN {column.name} {kind}")
    if missing:
        _fill_in(connection, runs)


def _fill_in(connection: sa.Connection, runs: sa.Table) -> None:
    ids = connection.execute(sa.select(runs.c.id).where(runs.c.summary.is_(None))).scalars()
    for run_id in ids.all():
        recipe = sa.select(runs.c.recipe).where(runs.c.id == run_id)
        summary = summary_of(connection.execute(recipe).scalar_one())
        connection.execute(sa.update(runs).where(runs.c.id == run_id).values(summary=summary))

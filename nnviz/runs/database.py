"""The one place that all processes share: SQLite in a file by default, PostgreSQL by its address.

A transaction holds everything that belongs together, so a process may be killed at any moment.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.schema import SchemaItem

from nnviz.errors import InputError
from nnviz.runs import upgrade

LONGEST = 400  # characters of an architecture in words
CONNECT = 5  # seconds until a database that does not answer is given up

tables = sa.MetaData()

# Tables and columns keep the names that older databases have; ``key`` is the word in the code.
# ``summary`` is what a list tells of the recipe, ``bytes`` what the run may come to keep.
# ``enqueued``: there is a workflow for it, waiting or at work, since ``queued_at``; ``segment``:
# how often it was put into the queue. ``attempt`` counts the processes that took it, and only the
# last of them may write; ``until`` is the batch that it trains up to.
# ``validated`` and ``scored`` hold each output's measure and error, JSON by its name: the newest on
# what is held out, and those on the test set at the end.
# ``pace`` is the pause after each batch in seconds, ``paused`` what such pauses took so far.
runs = sa.Table(
    "nnviz_runs",
    tables,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("visitor", sa.String(64), nullable=False, index=True),
    sa.Column("title", sa.String(100), nullable=False),
    sa.Column("recipe", sa.Text, nullable=False),
    sa.Column("summary", sa.Text),
    sa.Column("bytes", sa.BigInteger),
    sa.Column("architecture", sa.String(LONGEST), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("why", sa.String(400), key="reason", nullable=False, default=""),
    sa.Column("held", sa.Boolean, key="enqueued", nullable=False),
    sa.Column("stretch", sa.Integer, key="segment", nullable=False, default=1),
    sa.Column("attempt", sa.Integer, nullable=False, default=0),
    sa.Column("batch", sa.Integer, nullable=False, default=0),
    sa.Column("batches", sa.Integer, nullable=False),
    sa.Column("until", sa.Integer, nullable=False),
    sa.Column("parameters", sa.Integer, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False, default=0.0),
    sa.Column("speed", sa.Float, nullable=False, default=0.0),
    sa.Column("seconds_left", sa.Float),
    sa.Column("pace", sa.Float, default=0.0),
    sa.Column("paused", sa.Float, default=0.0),
    sa.Column("validation", sa.Float),
    sa.Column("tested", sa.Float),
    sa.Column("tested_error", sa.Float),
    sa.Column("validated", sa.Text),
    sa.Column("scored", sa.Text),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("queued", sa.Float, key="queued_at", nullable=False),
    sa.Column("priority", sa.Integer, nullable=False, default=1),
)


def _of_run(name: str, *columns: SchemaItem) -> sa.Table:
    run: sa.Column[str] = sa.Column(
        "run_id", sa.ForeignKey(runs.c.id, ondelete="CASCADE"), nullable=False, index=True
    )
    return sa.Table(name, tables, run, *columns)


commands = _of_run(
    "nnviz_commands",
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("value", sa.Float),
    sa.Column("batch", sa.Integer),  # the batch it took effect with, null until then
)
points = _of_run(
    "nnviz_points",
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("loss", sa.Float),
    sa.Column("accuracy", sa.Float),
    sa.Column("learning_rate", sa.Float),
    sa.PrimaryKeyConstraint("run_id", "batch"),
)
checkpoints = _of_run(
    "nnviz_checkpoints",
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("weights", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.PrimaryKeyConstraint("run_id", "batch"),
)
states = _of_run(
    "nnviz_states",
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.PrimaryKeyConstraint("run_id", "batch"),
)
workers = sa.Table(
    "nnviz_keepers",
    tables,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("seen", sa.Float, key="last_beat", nullable=False),
)


FILE = "runs.sqlite"
WAIT = 30_000  # milliseconds for another to end its transaction
AGAIN = 0.02  # seconds until a database that is being made is tried again
OPENING = 0x6E6E76697A  # the lock's number in PostgreSQL: "nnviz"
SUBSEC = (3, 42, 0)  # the SQLite from which on ``unixepoch('subsec')`` is known
Identity = tuple[int, int] | None


def default_url(data: Path) -> str:
    """The database in the folder of what visitors keep."""
    return sa.URL.create("sqlite", database=str(data.absolute() / FILE)).render_as_string()


def identity(url: str) -> Identity:
    """Which file the database is, None where there is none: another one by that name differs."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return None
    try:
        found = os.stat(address.database or "")
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connect(url: str) -> sa.Engine:
    """An engine for the database, whose tables are made when it has none.

    Raises `InputError` (``bad_database``) when it cannot be used, ``no_room`` on a full disk.
    """
    try:
        address = sa.make_url(url)
        if address.get_backend_name() == "sqlite":
            engine = _sqlite(address)
        else:
            engine = sa.create_engine(
                address.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"connect_timeout": CONNECT},
            )
        _make_tables(engine)
    except (SQLAlchemyError, OSError, ImportError) as error:
        if is_full(error):
            raise refusal(error) from error
        cause = getattr(error, "orig", None) or error
        raise InputError(
            "bad_database", f"Expected a database at {_shown(url)}; got: {cause}."
        ) from error
    return engine


def _make_tables(engine: sa.Engine) -> None:
    """The tables, and the columns an older database lacks.

    While another turns a new SQLite file to its log, SQLite says "locked" without waiting.
    """
    limit = time.monotonic() + WAIT / 1000
    while True:
        try:
            with engine.begin() as connection:
                _alone(connection)
                tables.create_all(connection)
                upgrade.bring_up_to_date(connection, runs)
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > limit:
                raise
            time.sleep(AGAIN)


def _alone(connection: sa.Connection) -> None:
    """Let nobody else make tables until the transaction ends: two would make the same ones."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(OPENING)))


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "an address like postgresql://user:password@host/name"


def _sqlite(address: sa.URL) -> sa.Engine:
    """Readers do not wait for the writer, and what is committed outlives a power cut."""
    Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        if sqlite3.sqlite_version_info < SUBSEC:
            connection.create_function("unixepoch", 1, _unixepoch)
        connection.execute(f"PRAGMA busy_timeout={WAIT}")
        if not connection.execute("PRAGMA page_count").fetchone()[0]:  # it is made just now
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # room can be given back
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _unixepoch(modifier: str) -> float:
    """Seconds since 1970, as an older SQLite does not know them.

    Under Python 3.12 and later the queue's tables have ``unixepoch('subsec')`` as a default,
    whatever SQLite Python was built with; before 3.42 that is NULL, and nothing could be queued.
    """
    if modifier != "subsec":
        raise ValueError(f"Expected subsec; got {modifier!r}.")
    return time.time()


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read by; raises `InputError` (``bad_database``) when it does not answer."""
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise refusal(error) from error


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction; raises `InputError` when the database takes nothing in: ``no_room`` when the
    disk is full, else ``bad_database``. What breaks a rule of the tables stays SQLAlchemy's.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except sa.exc.IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise refusal(error) from error


def is_full(error: BaseException) -> bool:
    """Whether an error says that the disk is full."""
    cause = str(getattr(error, "orig", error))
    return "is full" in cause or "No space" in cause


def refusal(error: Exception) -> InputError:
    """What a database's error comes to, in a sentence that names no path."""
    if is_full(error):
        return InputError("no_room", "Expected room on the disk; got: it is full.")
    cause = type(getattr(error, "orig", None) or error).__name__
    return InputError("bad_database", f"Expected the database to answer; got: {cause}.")

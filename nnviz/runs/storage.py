"""How much room the data takes, how much it may, and how what is deleted is given back.

The budget is told before it is reached: a run is counted with all that it may come to keep. With
SQLite the file shrinks again (``auto_vacuum``), bit by bit beside the work. A small file is kept in
reserve: on a full disk it goes first, so that a deletion, or a word on why a run failed, has room.
"""

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from nnviz.errors import InputError
from nnviz.runs.database import WAIT, is_full

FULL = 74  # the status of a process that ended because the disk is full
RESERVE = "reserve"  # the file's name in the data folder
RESERVED = 4_000_000  # bytes
PAGES = 256  # that are given back at once; others write in between
PATIENCE = 500  # milliseconds
WORTH = 1024  # free pages, about 4 MB, from which on it is worth it
NEAR = 0.9  # of the budget is told as nearly full
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes: ``used`` of the ``budget``, and what the disk has ``free``."""

    used: int
    budget: int
    free: int

    @property
    def state(self) -> str:
        """``full`` when nothing more can be kept, ``near`` soon before, else ``ok``."""
        left = min(self.budget - self.used, self.free)
        if left < RESERVED:
            return "full"
        return "near" if self.used > NEAR * self.budget or left < 10 * RESERVED else "ok"


class Storage:
    """The data folder and the database in it, or the one elsewhere that is shared."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self.budget = folder, megabytes * MEGA

    def usage(self, engine: sa.Engine | None = None) -> Usage:
        """How much is taken: models, and the database without its free pages."""
        used = sum(_size(path) for path in self._files())
        if engine is not None:
            used += _shared(engine) if engine.dialect.name != "sqlite" else -_unused(engine)
        return Usage(max(0, used), self.budget, self._free())

    def check_room(self, wanted: int, engine: sa.Engine | None = None, planned: int = 0) -> None:
        """Raise `InputError` (``no_room``) unless so many bytes more fit; ``planned`` are promised.

        The message tells what is used and what may be.
        """
        usage = self.usage(engine)
        if usage.used + planned + wanted > usage.budget or wanted + RESERVED > usage.free:
            raise InputError(
                "no_room",
                f"Expected room for {_megabytes(wanted)} MB; {_megabytes(usage.used)} of "
                f"{_megabytes(usage.budget)} MB are used and {_megabytes(planned)} promised, the "
                f"disk has {_megabytes(usage.free)} left. Delete runs or models first.",
            )

    def _files(self) -> list[Path]:
        try:
            return [*self.folder.glob("runs.sqlite*"), *self.folder.glob("models/*")]
        except OSError:
            return []

    def _free(self) -> int:
        folder = self.folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            return 0

    # The reserve

    def set_aside(self) -> None:
        """Keep the reserve where the disk has room for it."""
        path = self.folder / RESERVE
        with contextlib.suppress(OSError):
            if _size(path) < RESERVED and self._free() > 4 * RESERVED:
                path.write_bytes(os.urandom(RESERVED))  # no file system can make holes of that

    def give_way(self) -> bool:
        """Let the reserve go; whether there was one."""
        try:
            (self.folder / RESERVE).unlink()
        except OSError:
            return False
        return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone since it was listed
        return 0


def _shared(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        size = connection.execute(sa.text("select pg_database_size(current_database())"))
        return int(size.scalar_one())


def _pragma(engine: sa.Engine, name: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _unused(engine: sa.Engine) -> int:
    return _pragma(engine, "freelist_count") * _pragma(engine, "page_size")


def shrink(engine: sa.Engine, whole: bool = False) -> bool:
    """Give back some of what was deleted; whether more is left to give back.

    A database of an older nnviz is rebuilt once, when ``whole`` says that nobody is at work.
    """
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as holder:
        connection = holder.connection.driver_connection
        assert connection is not None
        if connection.execute("PRAGMA freelist_count").fetchone()[0] < WORTH:
            return False
        by_bits = connection.execute("PRAGMA auto_vacuum").fetchone()[0]
        if not by_bits and not whole:
            return False
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")  # nobody waits for this long
        try:
            if by_bits:
                # `execute` would stop at the first page: the pragma steps without returning rows
                connection.executescript(f"PRAGMA incremental_vacuum({PAGES})")
            else:
                connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
                connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout={WAIT}")
        return True


def with_reserve(storage: Storage, act: Callable[[], None]) -> None:
    """Do what makes room, or tells that there is none; on a full disk the reserve goes first."""
    try:
        act()
    except (InputError, DBAPIError) as error:
        full = error.code == "no_room" if isinstance(error, InputError) else is_full(error)
        if not full or not storage.give_way():
            raise
        act()


def _megabytes(size: int) -> str:
    return f"{size / MEGA:,.0f}"

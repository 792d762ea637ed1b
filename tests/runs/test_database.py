"""The database is made once by however many open it, with any SQLite that Python was built with."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from nnviz.errors import InputError
from nnviz.recipe.limits import Limits
from nnviz.runs.database import connect, default_url
from nnviz.runs.runs import Runs
from tests.runs.conftest import Place

AT_ONCE = 4


def test_who_opens_a_new_database_at_the_same_moment_finds_it(tmp_path: Path) -> None:
    """Two class workers do when the first run is started and looked at."""
    found: list[int | Exception] = []

    def open_it(url: str, ready: threading.Barrier) -> None:
        ready.wait()
        try:
            engine = connect(url)
            found.append(len(Runs(engine, Limits()).all()))
            engine.dispose()
        except Exception as error:
            found.append(error)

    for number in range(5):
        ready = threading.Barrier(AT_ONCE)
        asked = (default_url(tmp_path / str(number)), ready)
        threads = [threading.Thread(target=open_it, args=asked) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [0] * 5 * AT_ONCE


@pytest.mark.parametrize("version", [sqlite3.sqlite_version_info, (3, 40, 1)])
def test_the_queue_has_its_clock_with_an_old_sqlite_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    """From Python 3.12 on its tables default to a function that SQLite knows from 3.42 on."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    engine = connect(default_url(tmp_path))
    before = time.time()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE odd (n INTEGER, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))"
        )
        connection.exec_driver_sql("INSERT INTO odd (n) VALUES (1)")
        at = connection.exec_driver_sql("SELECT at FROM odd").scalar_one()
    engine.dispose()
    assert 1000 * before - 1 <= at <= 1000 * time.time() + 1


def test_what_the_queue_refuses_is_told_and_not_taken_for_a_run_that_was_asked_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise sa.exc.IntegrityError("insert", {}, sqlite3.IntegrityError("NOT NULL"))

    monkeypatch.setattr(place.runs, "_enqueue", refuse)
    with pytest.raises(InputError, match="Expected the database to answer") as caught:
        place.start()
    assert caught.value.code == "bad_database"
    assert place.runs.all() == []

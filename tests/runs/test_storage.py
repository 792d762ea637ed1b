"""Room: how much is used is told, what is deleted is given back, also when the disk is full."""

import os
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from nnviz.errors import InputError
from nnviz.runs.database import checkpoints, default_url
from nnviz.runs.storage import PAGES, RESERVE, RESERVED, Storage, Usage, shrink, with_reserve
from tests.runs.conftest import QUICK, Place
from tests.runs.small_disk import FILL, told_on_a_small_disk

MEGA = 1_000_000


def keep(place: Place, run_id: str, megabytes: int) -> None:
    """Checkpoints of a run, so many megabytes of them."""
    with place.engine.begin() as connection:
        for batch in range(megabytes):
            values = {"run_id": run_id, "batch": 1000 + batch, "about": "{}", "sha256": ""}
            connection.execute(sa.insert(checkpoints).values(**values, weights=os.urandom(MEGA)))


def free_pages(engine: sa.Engine) -> int:
    """The pages of the database that nothing is in."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA freelist_count").scalar_one())


def test_what_is_deleted_is_given_back_bit_by_bit(place: Place) -> None:
    run = place.start()
    storage, file = Storage(place.folder, 100), place.folder / "runs.sqlite"
    keep(place, run.id, 12)
    full = storage.usage(place.engine)
    assert full.used > 12 * MEGA
    place.runs.delete(run.id)
    assert storage.usage(place.engine).used < full.used - 10 * MEGA
    steps, free = 0, []
    while shrink(place.engine):
        steps += 1
        free.append(free_pages(place.engine))
    assert steps > 3, "others write in between"
    given = [before - after for before, after in pairwise(free)]
    assert set(given) == {PAGES}, "so many pages at a time"
    assert file.stat().st_size < 6 * MEGA


def test_a_database_of_an_older_nnviz_is_rebuilt_when_nobody_is_at_work(tmp_path: Path) -> None:
    with sa.create_engine(default_url(tmp_path)).connect() as before:
        before.exec_driver_sql("PRAGMA journal_mode=WAL")
        before.exec_driver_sql("CREATE TABLE something (n INTEGER)")
    place = Place(tmp_path)
    try:
        run = place.start()
        keep(place, run.id, 12)
        place.runs.delete(run.id)
        assert not shrink(place.engine)
        assert shrink(place.engine, whole=True)
        assert (tmp_path / "runs.sqlite").stat().st_size < 6 * MEGA
        assert place.start().state == "waiting"
    finally:
        place.close()


@pytest.mark.parametrize(
    ("used", "free", "state"),
    [(10, 500, "ok"), (92, 500, "near"), (97, 500, "full"), (10, 3, "full"), (10, 30, "near")],
)
def test_the_budget_is_told_before_it_is_reached(used: int, free: int, state: str) -> None:
    assert Usage(used * MEGA, 100 * MEGA, free * MEGA).state == state


def test_models_count_too(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "x.safetensors").write_bytes(bytes(MEGA))
    storage = Storage(tmp_path, 3)
    assert storage.usage().used == MEGA
    storage.check_room(MEGA)
    with pytest.raises(InputError, match="Expected room for 3 MB; 1 of 3 MB are used"):
        storage.check_room(3 * MEGA)


def test_on_a_full_disk_the_reserve_goes_first(tmp_path: Path) -> None:
    storage = Storage(tmp_path, 100)
    storage.set_aside()
    assert (tmp_path / RESERVE).stat().st_size == RESERVED
    tried: list[bool] = []

    def act() -> None:
        tried.append((tmp_path / RESERVE).exists())
        if tried[-1]:
            raise InputError("no_room", "Expected room.")

    with_reserve(storage, act)
    assert tried == [True, False]
    storage.set_aside()
    assert (tmp_path / RESERVE).exists()

    def broken() -> None:
        raise InputError("bad_database", "Expected a database.")

    with pytest.raises(InputError, match="a database"):
        with_reserve(storage, broken)
    assert (tmp_path / RESERVE).exists()


def test_the_database_is_the_one_of_this_folder_whatever_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "what? 100% #1"
    place = Place(odd)
    try:
        assert (odd / "runs.sqlite").exists()
        assert place.start().title == QUICK.title
    finally:
        place.close()


FULL_DISK = """
import os, sys
from pathlib import Path
sys.path.insert(0, os.getcwd())
from nnviz.errors import InputError
from nnviz.runs.runs import Runs
from nnviz.recipe.limits import Limits
from nnviz.runs.storage import Storage
from tests.runs.conftest import Place
from tests.runs.test_storage import keep
folder = Path(sys.argv[1])
place, storage = Place(folder), Storage(folder, 1000)
place.runs = Runs(place.engine, Limits(), storage)
run, other = place.start(), place.start()
keep(place, run.id, 8)
storage.set_aside()
FILL
try:
    keep(place, other.id, 12)
    raise SystemExit("there was room")
except Exception as error:
    assert "full" in str(error), error
place.runs.delete(run.id)
assert [each.id for each in place.runs.all()] == [other.id]
keep(place, other.id, 4)
print("deleted")
"""


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="a file system of its own takes Linux")
def test_deleting_makes_room_on_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """In a small file system in memory, mounted for this one process."""
    out, complaints = told_on_a_small_disk(tmp_path, "32m", FULL_DISK.replace("FILL", FILL))
    assert out == "deleted\n", complaints

"""What is done in the background goes on whatever goes wrong, and what went wrong is told."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from nnviz.errors import InputError
from nnviz.recipe.cost import Cost
from nnviz.runs.duty import LONGEST_PAUSE, Duty
from nnviz.runs.memory import EXCEEDED, taken
from nnviz.runs.service import ANEW, Training
from nnviz.runs.trainer import room
from nnviz.runs.worker_watch import RunWorkerWatch
from nnviz.settings import Settings
from tests.runs.conftest import QUICK, VISITOR, Place


def until(condition: Callable[[], bool], patience: float = 300) -> None:
    limit = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_duty_survives_its_errors_and_tells_the_last() -> None:
    outcomes: list[Exception | None] = [None, OSError("away"), KeyError("odd"), None]

    def work() -> None:
        if error := outcomes.pop(0):
            raise error

    duty = Duty("a test", work, lambda: 1.0)
    assert duty.once() == 1.0
    assert duty.once() == 2.0
    assert str(duty.trouble) == "away"
    assert duty.once() == 4.0
    assert isinstance(duty.trouble, KeyError)
    assert duty.once() == 1.0
    assert duty.trouble is None
    outcomes = [OSError("away")] * 20
    assert [duty.once() for _ in range(20)][-1] == LONGEST_PAUSE


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Training]:
    made = Training(Settings(data=tmp_path / "data", run_worker_elsewhere=True))
    yield made
    made.runs.close()


def test_a_database_that_went_away_is_told_and_the_duty_goes_on(
    training: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = training.runs
    until(lambda: training._usage is not None)
    assert training.trouble() is None

    def away() -> bool:
        raise InputError("bad_database", "Expected the database to answer.")

    with monkeypatch.context() as patch:
        patch.setattr(runs, "any_enqueued", away)
        until(lambda: training.trouble() == "database")
    until(lambda: training.trouble() is None)


def test_a_worker_that_ends_at_once_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path)
    place.start()
    watch = RunWorkerWatch(Settings(data=tmp_path, database=place.url))
    started: list[subprocess.Popen[bytes]] = []

    def broken(_settings: Settings) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
        started.append(process)
        process.wait()
        return process

    monkeypatch.setattr("nnviz.runs.worker_watch.start_run_worker", broken)
    try:
        until(lambda: watch.look(place.runs) or watch.fails)  # type: ignore[func-returns-value]
        assert len(started) == 3
        watch.look(place.runs)
        assert len(started) == 3, "it is started ever more seldom"
    finally:
        place.close()


@pytest.mark.thorough
def test_a_data_folder_that_was_deleted_is_made_anew_and_runs_are_trained_again(
    tmp_path: Path,
) -> None:
    training = Training(Settings(data=tmp_path / "data"))
    first = training.runs.start(VISITOR, QUICK)
    until(lambda: training.runs[first.id].state == "done")
    until(lambda: training.trouble() is None)
    shutil.rmtree(tmp_path / "data")
    second = training.runs.start(VISITOR, QUICK)
    assert [run.id for run in training.runs.all()] == [second.id]
    until(lambda: training.runs[second.id].state == "done")
    until(lambda: training.trouble() == "lost")
    other = Training(Settings(data=tmp_path / "data", run_worker_elsewhere=True))
    assert other.trouble() == "lost", "whichever worker process is asked"
    os.utime(tmp_path / "data" / ANEW, (1, 1))
    assert training.trouble() is None
    training._worker.let_go()
    for each in (training, other):
        each.runs.close()


def test_reading_a_run_while_the_database_is_down_is_refused_with_the_reason(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = place.start()

    def down(*_: object, **__: object) -> None:
        raise sa.exc.OperationalError("select", {}, ConnectionError("refused"))

    monkeypatch.setattr(place.runs, "engine", type("Down", (), {"connect": down, "begin": down})())
    for ask in (
        place.runs.all,
        place.runs.counts,
        lambda: place.runs[run.id],
        lambda: place.runs.points(run.id, 0),
        lambda: place.runs.checkpoints(run.id),
        lambda: place.runs.recipe(run.id),
        lambda: place.runs.ask(run.id, "stop"),
    ):
        with pytest.raises(InputError, match="Expected the database to answer") as caught:
            ask()
        assert caught.value.code == "bad_database"


SMALL = """
import sys
from nnviz.runs import trainer
from nnviz.settings import Settings
trainer.room = lambda cost: 20_000_000
trainer.main(sys.argv[1], 1, Settings.from_environment())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel refuses memory on Linux alone")
def test_a_training_that_takes_more_memory_than_it_may_fails_with_that_reason(place: Place) -> None:
    run = place.start()
    environment = {**os.environ, "NNVIZ_DATABASE": place.url, "NNVIZ_DATA": str(place.folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", SMALL, run.id], stdin=subprocess.PIPE, env=environment
    )
    assert process.wait(120) == 0
    assert process.stdin is not None
    process.stdin.close()
    failed = place.runs[run.id]
    assert (failed.state, failed.reason) == ("failed", "memory")
    assert place.runs.ask(run.id, "go").state == "waiting"


WATCHED = """
import time
import sys
from nnviz.runs import memory
sys.platform = "elsewhere"  # where the kernel does not refuse
memory.taken = iter([0, 0, 0, 10**9]).__next__
memory.limit_memory(1000)
time.sleep(60)
"""


def test_elsewhere_a_thread_ends_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED], timeout=50, check=False)
    assert done.returncode == EXCEEDED


def test_a_training_has_room_for_its_estimate_and_half_as_much_again() -> None:
    cost = Cost.of(QUICK, QUICK.network())
    assert room(cost) > 1.5 * cost.memory
    assert taken() > 1_000_000

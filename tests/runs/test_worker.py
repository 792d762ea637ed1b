"""Real processes, killed at random moments: what comes out is the same, and nothing is lost."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from msgspec.structs import replace

from nnviz.errors import InputError
from nnviz.layers import Conv2D, Dense, Flatten
from nnviz.models.model_file import architecture as words
from nnviz.recipe import Recipe, architecture
from nnviz.runs.database import LONGEST
from nnviz.settings import Settings
from nnviz.web import create_app
from tests.open_folder import postgres_server
from tests.runs.conftest import LONG, QUICK, Place, undisturbed

ROOT = Path(__file__).parents[2]


def trainers_of(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return psutil.Process(worker.pid).children()
    except psutil.NoSuchProcess:
        return []


def kill(process: psutil.Process | subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)


def train_among_kills(place: Place, recipe: Recipe, kills: int, seed: int) -> tuple[str, int]:
    """Train a run while its worker or its trainer is killed; its id, and how often one was."""
    rng = np.random.default_rng(seed)
    run = place.start(recipe)
    worker, done = place.worker(), 0
    finished: set[int] = set()
    while place.runs[run.id].state != "done":
        if done < kills:
            time.sleep(rng.uniform(0.0, 3.0))
            victims = [worker, *trainers_of(worker)]
            victim = victims[rng.integers(len(victims))]
            kill(victim)
            done += 1
            if victim is worker:
                worker.wait()
                worker = place.worker()
        kept = {each.batch for each in place.runs.checkpoints(run.id)}
        assert finished <= kept, "a finished checkpoint is lost"
        finished = kept
        assert place.runs[run.id].state in ("waiting", "running", "done")
        time.sleep(0.05)
    return run.id, done


def check_against_undisturbed(place: Place, run_id: str, recipe: Recipe = LONG) -> None:
    done = place.runs[run_id]
    np.testing.assert_array_equal(place.newest(done), undisturbed(recipe))
    batches = [point.batch for point in place.runs.points(run_id, 0)]
    assert batches == sorted(set(batches))
    assert batches[-1] == done.batches


@pytest.mark.thorough
def test_killed_at_random_moments_it_comes_to_the_same_weights(place: Place) -> None:
    run_id, killed = train_among_kills(place, LONG, kills=6, seed=int(time.time()))
    assert killed >= 2
    check_against_undisturbed(place, run_id)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_killed_many_times_it_comes_to_the_same_weights(place: Place, seed: int) -> None:
    longer = replace(LONG, training=replace(LONG.training, epochs=60))
    run_id, killed = train_among_kills(place, longer, kills=15, seed=seed)
    assert killed >= 5
    check_against_undisturbed(place, run_id, longer)


def test_when_the_server_goes_the_training_puts_itself_down(place: Place) -> None:
    """The worker's input closes when the server dies, however that comes."""
    shorter = replace(LONG, training=replace(LONG.training, epochs=4))
    run = place.start(shorter)
    worker = place.worker()
    place.wait(run, lambda now: now.batch > 0)
    (trainer,) = trainers_of(worker)
    assert worker.stdin is not None
    worker.stdin.close()
    worker.wait(20)
    assert not trainer.is_running() or trainer.status() == psutil.STATUS_ZOMBIE
    assert place.runs[run.id].state != "done", "it was not put down"
    place.worker()
    place.wait(run, lambda now: now.state == "done")
    check_against_undisturbed(place, run.id, shorter)


@pytest.mark.thorough
def test_the_server_is_killed_and_started_again(place: Place) -> None:
    """The whole application, by the README's command, as a visitor's run sees it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--no-browser", "--port", str(port)]
    command += ["--data", str(place.folder)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    run = place.start(LONG)
    place.wait(run, lambda now: now.batch > 100)
    kept = place.runs.checkpoints(run.id)
    others = psutil.Process(server.pid).children(recursive=True)
    server.kill()
    server.wait()
    psutil.wait_procs(others, timeout=20)
    assert not [other for other in others if other.is_running()]
    assert place.runs.checkpoints(run.id)[: len(kept)] == kept
    again = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        place.wait(run, lambda now: now.state == "done")
    finally:
        again.terminate()
        again.wait(20)
    check_against_undisturbed(place, run.id)


@pytest.mark.thorough
def test_one_at_a_time_the_other_waits_and_only_one_worker_works(place: Place) -> None:
    first, second = place.start(LONG), place.start()
    place.worker(NNVIZ_LIMIT_AT_ONCE="1")
    place.wait(first, lambda now: now.state == "running")
    assert place.runs[second.id].queue_position == 1
    assert place.worker().wait(30) == 0  # another of the same name finds the place taken
    place.runs.ask(first.id, "stop")
    place.wait(second, lambda now: now.state == "done")
    np.testing.assert_array_equal(place.newest(second), undisturbed(QUICK))


def worker_with(place: Place, script: str) -> subprocess.Popen[bytes]:
    """A worker that a script has changed."""
    command = [sys.executable, "-c", script, str(place.folder), place.url]
    place.workers.append(subprocess.Popen(command, stdin=subprocess.PIPE))
    return place.workers[-1]


def test_a_run_that_cannot_be_trained_says_why_and_can_be_tried_again(place: Place) -> None:
    run = place.start()
    worker = worker_with(place, FAILING)
    failed = place.wait(run, lambda now: now.state == "failed")
    assert "no such letter" in failed.reason
    kill(worker)
    worker.wait()
    assert place.runs.ask(run.id, "go").state == "waiting"
    place.worker()
    place.wait(run, lambda now: now.state == "done")
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


@pytest.mark.thorough
def test_what_ended_without_being_let_go_is_queued_again(place: Place) -> None:
    run = place.start()
    worker_with(place, STRAY)
    place.wait(run, lambda now: now.state == "done")
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


STRAY = """
import sys
from pathlib import Path
from nnviz.runs import worker
from nnviz.settings import Settings
trained, first = worker.RunWorker._trained, [True]
def once(self, run, segment):  # the first process ends as one that was taken over does
    return ("", 0) if first and first.pop() else trained(self, run, segment)
worker.RunWorker._trained = once
worker.main(Settings(data=Path(sys.argv[1]), database=sys.argv[2]))
"""

FAILING = """
import sys
from pathlib import Path
from nnviz.runs import worker
from nnviz.settings import Settings
worker.TRIES = 1
worker.RunWorker._trained = lambda self, run, segment: ("LookupError: no such letter", 1)
worker.main(Settings(data=Path(sys.argv[1]), database=sys.argv[2]))
"""


@pytest.mark.thorough
def test_a_machine_without_pages_helps(place: Place) -> None:
    environment = {**os.environ, "NNVIZ_DATABASE": place.url}
    helper = subprocess.Popen(
        [sys.executable, "-m", "nnviz", "work", "--data", str(place.folder)], env=environment
    )
    run = place.start()
    place.wait(run, lambda now: now.state == "done")
    helper.terminate()
    assert helper.wait(20) == 130
    environment.pop("NNVIZ_DATABASE")
    refused = subprocess.run(
        [sys.executable, "-m", "nnviz", "work"], env=environment, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "Expected NNVIZ_DATABASE to name" in refused.stderr


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server of its own."""
    with postgres_server() as server:
        yield server.get_uri().replace("/postgres?", "/nnviz?")


@pytest.mark.slow
def test_two_machines_share_the_work_through_postgresql(tmp_path: Path, postgres: str) -> None:
    """Two workers, one run each; one is killed for good, and the other takes over what it had."""
    place = Place(tmp_path, postgres)
    try:
        runs = [place.start(LONG, visitor=letter * 32) for letter in "ab"]
        workers = [
            place.worker(name, NNVIZ_LIMIT_AT_ONCE="1", NNVIZ_RUN_WORKER_DEAD="3")
            for name in ("one", "two")
        ]
        for run in runs:
            place.wait(run, lambda now: now.state == "running" and now.batch > 0)
        assert [len(trainers_of(worker)) for worker in workers] == [1, 1]
        kill(workers[0])
        workers[0].wait()  # it may not have given one sign of life by now
        for run in runs:
            place.wait(run, lambda now: now.state == "done")
            check_against_undisturbed(place, run.id)
        with pytest.raises(InputError):
            place.runs.ask(runs[0].id, "go")
    finally:
        place.close()


@pytest.mark.thorough
def test_postgresql_is_asked_for_nothing_that_it_cannot_hold(tmp_path: Path, postgres: str) -> None:
    app = create_app(Settings(data=tmp_path, database=postgres, run_worker_elsewhere=True))
    client = app.test_client()
    for path in ("/api/runs/%00", "/api/models/%00", "/api/models/run-0123456789ab-7%00"):
        assert client.get(path).status_code == 404
    layers = [Conv2D(10, 1, "relu") for _ in range(60)]
    many = architecture(
        (28, 28, 1), Conv2D(10, 3, "relu", strides=3), *layers, Flatten(), Dense(10, "softmax")
    )
    deep = Recipe("Deep", many, QUICK.training)
    assert len(words(deep.network())) > LONGEST
    started = client.post("/api/runs", json={"recipe": deep.to_json()})
    assert started.status_code == 201, started.json
    assert len(client.get("/api/runs").json["runs"][0]["architecture"]) <= LONGEST
    app.extensions["nnviz-training"].runs.engine.dispose()

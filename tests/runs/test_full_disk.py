"""A disk that fills while a run trains: from the training process to what the page is told."""

import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from nnviz.errors import InputError
from nnviz.runs import database, trainer
from nnviz.runs.database import connect, default_url
from nnviz.runs.service import Training
from nnviz.runs.storage import FULL, Usage
from nnviz.settings import Settings
from tests.runs.small_disk import FILL, told_on_a_small_disk

# Runs in a small file system of its own, with the real worker and the real training process.
STORY = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, os.getcwd())
from msgspec.structs import replace
from nnviz.layers import Dense
from nnviz.recipe import architecture
from nnviz.settings import Settings
from nnviz.web import create_app
from tests.runs.conftest import LONG

folder = Path(sys.argv[1])
app = create_app(Settings(data=folder))
client, training = app.test_client(), app.extensions["nnviz-training"]
long = replace(
    LONG,
    architecture=architecture((784,), Dense(64, "relu", name="h"), Dense(10, "softmax")),
    training=replace(LONG.training, epochs=1500),
)

def told():
    reply = client.get("/api/runs").json
    return reply["runs"][0], reply["trouble"]

def until(condition):
    limit = time.monotonic() + 90
    while not condition(*told()):
        assert time.monotonic() < limit, told()
        time.sleep(0.05)
    return told()

run = client.post("/api/runs", json={"recipe": long.to_json()})
assert run.status_code == 201, run.json
path = run.headers["Location"]
until(lambda run, trouble: run["batch"] > 0 and (folder / "reserve").exists())
FILL
run, trouble = until(lambda run, trouble: run["state"] != "running")
print(run["state"], run["reason"])
until(lambda run, trouble: trouble == "disk")
assert client.get(path).json["run"]["reason"] == "disk"
(folder / "filler").unlink()
until(lambda run, trouble: trouble is None)
before = told()[0]["batch"]
assert client.post(f"{path}/commands", json={"command": "go"}).status_code == 200
until(lambda run, trouble: run["state"] == "running" and run["batch"] > before)
client.post(f"{path}/commands", json={"command": "stop"})
run, trouble = until(lambda run, trouble: run["state"] == "stopped")
print(run["state"], repr(run["reason"]))
training._worker.let_go()
training._worker._process.wait()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a file system of its own takes Linux")
def test_the_run_ends_with_the_reason_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    out, complaints = told_on_a_small_disk(tmp_path, "48m", STORY.replace("FILL", FILL))
    assert out == "failed disk\nstopped ''\n", complaints


def full(*_: object) -> None:
    raise InputError("no_room", "Expected room on the disk; got: it is full.")


@pytest.mark.parametrize("what", ["connect", "Job", "_trained"])
def test_a_training_process_ends_with_that_status_whenever_it_finds_the_disk_full(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "watch_parent", threading.Event)
    for name in ("connect", "Job"):
        monkeypatch.setattr(trainer, name, lambda *_: None)
    monkeypatch.setattr(trainer, what, full)
    monkeypatch.setattr(trainer.os, "nice", lambda _: 0)
    with pytest.raises(SystemExit) as ended:
        trainer.main("run-0123456789ab", 1, Settings(data=tmp_path))
    assert ended.value.code == FULL


def test_a_database_that_cannot_be_made_on_a_full_disk_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_engine: sa.Engine) -> None:
        raise sa.exc.OperationalError("create", {}, OSError("database or disk is full"))

    monkeypatch.setattr(database, "_make_tables", refuse)
    with pytest.raises(InputError, match="room on the disk") as caught:
        connect(default_url(tmp_path))
    assert caught.value.code == "no_room"


def test_a_full_disk_is_told_rather_than_the_process_that_fails_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = Training(Settings(data=tmp_path, run_worker_elsewhere=True))
    training._worker._short = 5
    assert training.trouble() == "worker"
    monkeypatch.setattr(training.storage, "usage", lambda *_: Usage(0, 10**9, 0))
    assert training.trouble() == "disk"
    training._duty.trouble = RuntimeError("ended with status 1")
    assert training.trouble() == "disk"

"""A run that stands still after each batch: to be watched, for a while, with the same weights."""

import threading

import numpy as np
import pytest

from nnviz.errors import InputError
from nnviz.recipe.limits import Limits
from nnviz.runs import trainer as trainer_module
from nnviz.runs.checkpoints import affordable, planned, spare
from nnviz.runs.job import Job
from nnviz.runs.runs import SLOWEST
from nnviz.runs.trainer import RunTrainer
from tests.runs.conftest import QUICK, Place, undisturbed


class Clock:
    """Time that passes only while the trainer waits, and a little with every look at it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        self.now += 1e-5
        return self.now


class Waiting(threading.Event):
    """Waits on the clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.now += timeout or 0.0
        return self.is_set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(trainer_module, "time", made)
    return made


def train(place: Place, run_id: str, clock: Clock, limits: Limits | None = None) -> Job:
    job = Job(place.engine, run_id, 1)
    RunTrainer(job, limits or Limits(), Waiting(clock)).run()
    return job


def test_a_slow_run_keeps_every_batch_and_comes_to_the_same_weights(
    place: Place, clock: Clock
) -> None:
    run = place.start()
    assert place.runs.ask(run.id, "pace", 0.5).pace == 0.5
    before = clock.now
    train(place, run.id, clock)
    batches = [each.batch for each in place.runs.checkpoints(run.id)]
    most = affordable(run.parameters, Limits().megabytes)
    plan = planned(QUICK.batches, QUICK.batches // 6, most)
    assert set(batches) >= plan
    assert len(set(batches) - plan) == min(spare(most), QUICK.batches + 1 - len(plan))
    done = place.runs[run.id]
    assert clock.now - before >= 0.5 * 59
    assert done.seconds < 1, "pauses are no time spent on training"
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


@pytest.mark.parametrize("crowded", [False, True])
def test_it_holds_its_place_only_for_a_while(
    place: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch, crowded: bool
) -> None:
    monkeypatch.setattr(trainer_module, "CROWDED", 4.0)
    run = place.start()
    if crowded:
        place.start(visitor="b" * 32)
    place.runs.ask(run.id, "pace", 1.0)
    before = clock.now
    job = train(place, run.id, clock, Limits(slow=10))
    most = 4 if crowded else 10
    assert most < job.paused < most + 2
    assert clock.now - before < most + 3
    assert (place.runs[run.id].pace, place.runs[run.id].state) == (0.0, "done")


def test_full_speed_again_pause_and_stop_are_heard_within_a_pause(
    place: Place, clock: Clock, hasty: None
) -> None:
    run = place.start()
    place.runs.ask(run.id, "pace", 2.0)
    job = Job(place.engine, run.id, 1)
    waiting = Waiting(clock)
    asked = iter([("pace", 0.0), ("stop", None)])

    def wait(timeout: float | None = None) -> bool:
        clock.now += 0.01
        if command := next(asked, None):
            place.runs.ask(run.id, *command)
        return False

    waiting.wait = wait  # type: ignore[method-assign]
    before = clock.now
    RunTrainer(job, Limits(), waiting).run()
    stopped = place.runs[run.id]
    assert stopped.pace == 0.0
    assert clock.now - before < 1.0
    assert stopped.state in ("done", "stopped")


@pytest.mark.parametrize("pace", [-0.1, SLOWEST + 0.1, float("nan"), float("inf"), None])
def test_a_pace_has_to_be_one(place: Place, pace: float | None) -> None:
    run = place.start()
    with pytest.raises(InputError) as caught:
        place.runs.ask(run.id, "pace", pace)
    assert caught.value.code == "bad_pace"


def test_a_run_put_aside_is_told_its_pace_and_keeps_standing(place: Place, hasty: None) -> None:
    run = place.start()
    place.runs.ask(run.id, "pause")
    told = place.runs.ask(run.id, "pace", 0.5)
    assert (told.state, told.pace) == ("paused", 0.5)
    place.runs.ask(run.id, "batch")
    place.trainer(run, 2).run()
    after = place.runs[run.id]
    assert (after.state, after.batch, after.pace) == ("paused", 1, 0.5)


def test_a_rate_or_pace_for_one_that_rests_does_not_call_it_running(place: Place) -> None:
    run = place.start()
    trainer = place.trainer(run)
    trainer._job.save(0, [], 0.0, state_word="paused")
    trainer._job.until = 0
    place.runs.ask(run.id, "rate", 0.02)
    place.runs.ask(run.id, "pace", 1.0)
    trainer._look()
    assert (place.runs[run.id].state, place.runs[run.id].pace) == ("paused", 1.0)

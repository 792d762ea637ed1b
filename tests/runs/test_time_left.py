"""How long a run will still take is learned from what it did."""

from typing import Any

import pytest

from nnviz.runs import time_left
from nnviz.runs.job import Job
from nnviz.runs.time_left import ENDING, TimeLeft
from tests.runs.conftest import Place

PLANNED = [0, 1, 10, 100, 500, 1000]


def train(left: TimeLeft, batches: int, seconds: float) -> None:
    for _ in range(batches):
        left.count(32)
    left.trained(seconds)


def test_nothing_is_promised_before_the_first_batches() -> None:
    left = TimeLeft(1000, PLANNED)
    left.kept(0.5)
    assert left.after(0) is None
    assert left.speed == 0
    train(left, 1, 0.01)
    assert left.after(1) is None


def test_batches_and_checkpoints_are_reckoned_each_by_its_own_time() -> None:
    left = TimeLeft(1000, PLANNED)
    for _ in range(10):
        train(left, 10, 0.1)  # 10 ms a batch
        left.kept(0.2)
    assert left.after(100) == pytest.approx(900 * 0.01 + (2 + ENDING) * 0.2)
    assert left.speed == pytest.approx(320 / 0.3, rel=0.05)


def test_one_pause_is_no_new_promise_and_a_busy_machine_is_learned() -> None:
    left = TimeLeft(10_000, [])
    for _ in range(50):
        train(left, 40, 0.4)
    calm = left.after(2000)
    assert calm == pytest.approx(80)
    train(left, 1, 0.4)  # once, something else had the machine
    held_up = left.after(2000)
    assert held_up is not None
    assert held_up < 1.2 * calm
    for _ in range(25):
        train(left, 10, 0.4)  # four times as slow for ten seconds
    busy = left.after(2000)
    assert busy == pytest.approx(320, rel=0.25)


def test_a_run_tells_it_on_its_way_and_not_when_it_is_over(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float | None] = []
    save = Job.save

    def listen(job: Job, batch: int, points: Any, speed: float, left: Any, **more: Any) -> None:
        told.append(left)
        save(job, batch, points, speed, left, **more)

    monkeypatch.setattr(Job, "save", listen)
    monkeypatch.setattr(time_left, "ENOUGH", 1e-9)
    run = place.start()
    place.trainer(run).run()
    assert told[0] is None, "no batch was trained yet"
    assert all(each is not None and each > 0 for each in told[1:])
    assert told[-1] < told[1]  # type: ignore[operator]
    assert place.runs[run.id].seconds_left is None

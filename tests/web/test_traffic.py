"""What the teacher is told of the traffic: counted over all workers, by the second."""

from pathlib import Path

import pytest

from nnviz.web import traffic


def test_what_was_read_for_a_visitor_last_counts_whichever_worker_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1_000_000, 1_000_100))
    monkeypatch.setattr(traffic.time, "time", lambda: float(next(clock)))
    workers = []
    for pid in (1, 2):
        monkeypatch.setattr(traffic.os, "getpid", lambda pid=pid: pid)
        workers.append(traffic.Traffic(tmp_path))
    one, two = workers
    one.see("ada", 3)
    two.see("ada", 8)
    two.see("ben", 8)
    one.see("ben")  # a page without a drawing
    one.see("cleo")
    told = workers[0].told()
    assert told.connected == 3
    assert told.answers == [0] * 8 + [2, 0]
    one.see("ada", 1)
    assert workers[1].told().answers == [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_a_worker_that_was_replaced_leaves_no_counts_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = {1, 2, 3}
    monkeypatch.setattr(traffic.psutil, "pid_exists", lambda pid: pid in alive)
    for pid in (1, 2, 3):
        monkeypatch.setattr(traffic.os, "getpid", lambda pid=pid: pid)
        traffic.Traffic(tmp_path)
        alive.discard(1)
    assert {path.name for path in tmp_path.iterdir()} == {"2.traffic", "3.traffic"}


def test_a_second_does_not_count_what_an_earlier_one_left_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(traffic.time, "time", lambda: now[0])
    counts = traffic.Traffic(tmp_path)
    for _ in range(50):
        counts.count(0.01)
    now[0] += traffic.SLOTS  # the same place again
    counts.count(0.01)
    now[0] += 1
    assert counts.told().drawings == pytest.approx(0.1)


def test_visitors_whose_places_are_the_same_are_counted_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "PLACES", 2)
    counts = traffic.Traffic(tmp_path)
    for visitor, answer in (("ada", 3), ("cleo", 1)):  # both would stand in the second
        counts.see(visitor, answer)
    assert counts.told().connected == 2
    assert counts.told().answers == [0, 1, 0, 1, 0, 0, 0, 0, 0, 0]


def test_percentiles_are_at_most_a_fifth_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(traffic.time, "time", lambda: now[0])
    counts = traffic.Traffic(tmp_path)
    for milliseconds in range(1, 101):
        counts.count(milliseconds / 1000)
    now[0] += 1
    told = counts.told()
    assert told.drawings == 10.0
    assert told.median is not None
    assert told.p99_ms is not None
    assert 50 <= told.median <= 61
    assert 99 <= told.p99_ms <= 120

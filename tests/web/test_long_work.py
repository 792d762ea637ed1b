"""Long work: one thing at a time, short queues, bounded waits, nothing twice."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore, Event
from typing import Any

import pytest

from nnviz.errors import InputError
from nnviz.web.bounds import long_work
from nnviz.web.bounds.byte_cache import ByteCache
from nnviz.web.bounds.long_work import LongWork

PATIENT = 60.0


class Kitchen:
    """Long work whose pieces end when they are let go."""

    def __init__(self, patience: float = PATIENT, waiters: int = 8, deadline: float = 60) -> None:
        self.work = LongWork(1000, BoundedSemaphore(waiters), patience, deadline)
        self.begun: list[str] = []
        self.go, self.first = Event(), Event()
        self._pool = ThreadPoolExecutor(16)

    def ask(self, key: str) -> str:
        def cook(check: Callable[[], None]) -> str:
            self.begun.append(key)
            self.first.set()
            assert self.go.wait(PATIENT)
            check()
            return f"{key} done"

        return self.work.result(key, cook, len)

    def ask_beside(self, key: str) -> Any:
        return self._pool.submit(self.ask, key)

    def close(self) -> None:
        self.go.set()
        self._pool.shutdown()


@pytest.fixture
def kitchen() -> Iterator[Kitchen]:
    made = Kitchen()
    yield made
    made.close()


def code_of(ask: Callable[[], Any]) -> str:
    with pytest.raises(InputError) as refused:
        ask()
    return refused.value.code


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_who_asks_the_same_waits_for_the_same_work(kitchen: Kitchen) -> None:
    asked = [kitchen.ask_beside("soup") for _ in range(6)]
    kitchen.go.set()
    assert {each.result(PATIENT) for each in asked} == {"soup done"}
    assert kitchen.ask("soup") == "soup done"
    assert kitchen.begun == ["soup"]


def test_one_thing_is_done_at_a_time_and_a_long_queue_is_refused(kitchen: Kitchen) -> None:
    asked = [kitchen.ask_beside("soup")]
    kitchen.first.wait(PATIENT)
    for count, key in ((2, "bread"), (3, "fish")):
        asked.append(kitchen.ask_beside(key))
        until(lambda count=count: len(kitchen.work._jobs) == count)
    assert code_of(lambda: kitchen.ask("cake")) == "busy"
    assert kitchen.begun == ["soup"]
    kitchen.go.set()
    assert [each.result(PATIENT) for each in asked] == ["soup done", "bread done", "fish done"]


def test_what_is_not_done_soon_goes_on_and_is_there_later() -> None:
    kitchen = Kitchen(patience=0.01)
    assert code_of(lambda: kitchen.ask("soup")) == "not_ready"
    assert kitchen.first.wait(PATIENT)
    kitchen.go.set()
    until(lambda: kitchen.work._done.bytes > 0)
    assert kitchen.ask("soup") == "soup done"
    assert kitchen.begun == ["soup"]
    kitchen.close()


def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    kitchen = Kitchen(patience=0.01)
    for key in ("soup", "bread"):
        assert code_of(lambda key=key: kitchen.ask(key)) == "not_ready"
    kitchen.go.set()
    until(lambda: not kitchen.work._jobs)
    assert kitchen.begun == ["soup"]
    kitchen.close()


def test_only_so_many_requests_wait() -> None:
    kitchen = Kitchen(waiters=1)
    first = kitchen.ask_beside("soup")
    kitchen.first.wait(PATIENT)
    assert code_of(lambda: kitchen.ask("soup")) == "not_ready"
    kitchen.go.set()
    assert first.result(PATIENT) == "soup done"
    assert kitchen.ask("bread") == "bread done", "the place of who waited is free again"
    kitchen.close()


def test_work_ends_when_nobody_wants_it_any_more(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen.work._is_gone = kitchen.first.is_set
    assert code_of(lambda: kitchen.ask("soup")) == "not_ready"
    monkeypatch.setattr(long_work, "GRACE", 0.0)
    kitchen.go.set()
    until(lambda: not kitchen.work._jobs)
    assert kitchen.work._done.bytes == 0
    monkeypatch.undo()
    kitchen.work._is_gone = bool
    assert kitchen.ask("soup") == "soup done"
    assert kitchen.begun == ["soup", "soup"]


def test_work_ends_at_its_deadline_and_is_begun_again_only_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A machine that was busy is not busy for ever: "Try again" would have led to nothing."""
    kitchen = Kitchen(deadline=0.05)
    monkeypatch.setattr(long_work, "GRACE", PATIENT)
    asked = kitchen.ask_beside("soup")
    kitchen.first.wait(PATIENT)
    time.sleep(0.1)
    kitchen.go.set()
    assert code_of(lambda: asked.result(PATIENT)) == "too_slow"
    assert code_of(lambda: kitchen.ask("soup")) == "too_slow"
    assert kitchen.begun == ["soup"]
    found = kitchen.work._done.get("soup")
    found.until = time.monotonic() - 1
    kitchen.work._deadline = PATIENT
    assert kitchen.ask("soup") == "soup done"
    assert kitchen.begun == ["soup", "soup"]
    kitchen.close()


class Oven:
    """Work that is looked at: it tells each part, and goes on when it is let."""

    def __init__(self) -> None:
        self.work = LongWork(1000, BoundedSemaphore(2))
        self.begun: list[str] = []
        self.go = {part: Event() for part in (1, 2)}
        self.told = {part: Event() for part in (1, 2)}

    def look(self, key: str = "cake", patience: float = 0.0) -> tuple[str | None, Any]:
        def bake(check: Callable[[], None], tell: Callable[[Any], None]) -> str:
            self.begun.append(key)
            for part in (1, 2):
                tell(part)
                self.told[part].set()
                assert self.go[part].wait(PATIENT)
                check()
            return f"{key} done"

        return self.work.watch(key, bake, len, patience)


def test_who_looks_in_is_told_how_far_it_is_and_does_not_wait() -> None:
    oven = Oven()
    assert oven.look()[0] is None
    for part in (1, 2):
        assert oven.told[part].wait(PATIENT)
        assert oven.look() == (None, part)
        oven.go[part].set()
    assert oven.look(patience=PATIENT) == ("cake done", None)
    assert oven.look() == ("cake done", None)
    assert oven.work.kept("cake") == "cake done"
    assert oven.work.kept("bread") is None
    assert oven.begun == ["cake"]


def test_what_nobody_looks_at_any_more_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    oven = Oven()
    oven.look()
    assert oven.told[1].wait(PATIENT)
    monkeypatch.setattr(long_work, "GRACE", 0.0)
    oven.go[1].set()
    until(lambda: not oven.work._jobs)
    assert not oven.told[2].is_set()
    assert oven.work._done.bytes == 0
    monkeypatch.undo()
    oven.go[2].set()
    assert oven.look(patience=PATIENT)[0] == "cake done"


def test_what_is_wanted_elsewhere_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    oven = Oven()
    monkeypatch.setattr(oven.work, "watch", partial(oven.work.watch, wanted=lambda: True))
    oven.look()
    assert oven.told[1].wait(PATIENT)
    monkeypatch.setattr(long_work, "GRACE", 0.0)
    for part in (1, 2):
        oven.go[part].set()
    until(lambda: not oven.work._jobs)
    assert oven.work.kept("cake") == "cake done"


def test_queued_work_that_nobody_looks_at_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    oven = Oven()
    for key in ("cake", "bread", "pie"):
        assert oven.look(key) in ((None, None), (None, 1))
    assert oven.told[1].wait(PATIENT)
    assert code_of(lambda: oven.look("tart")) == "busy"
    for key in ("bread", "pie"):
        oven.work._jobs[key].left -= 2 * long_work.GRACE
    assert oven.look("tart") == (None, None)
    assert set(oven.work._jobs) == {"cake", "tart"}
    for part in (1, 2):
        oven.go[part].set()
    assert oven.look("tart", PATIENT)[0] == "tart done"


def test_a_failure_nobody_waits_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    work = LongWork(1000, BoundedSemaphore(2))

    def fail(check: Any, tell: Any) -> str:
        raise RuntimeError("no")

    assert work.watch("a", fail, len)[0] is None
    until(lambda: not work._jobs)
    assert "Long work failed" in caplog.text


def test_a_refusal_is_told_to_who_looks_in() -> None:
    work = LongWork(1000, BoundedSemaphore(2))

    def refuse(check: Any, tell: Any) -> str:
        raise InputError("not_finite", "Expected less.")

    assert code_of(lambda: work.watch("a", refuse, len, PATIENT)) == "not_finite"
    assert code_of(lambda: work.watch("a", refuse, len)) == "not_finite"
    assert work.kept("a") is None


def test_a_refusal_is_told_to_all_and_a_failure_is_no_result() -> None:
    work = LongWork(1000, BoundedSemaphore(2))
    tried = []

    def refuse(check: Any) -> str:
        raise InputError("not_finite", "Expected less.")

    def fail(check: Any) -> str:
        tried.append(threading.current_thread())
        raise RuntimeError("no")

    assert code_of(lambda: work.result("a", refuse, len)) == "not_finite"
    for _ in range(2):
        with pytest.raises(RuntimeError):
            work.result("b", fail, len)
    assert len(tried) == 2
    assert work.result("c", lambda check: "fine", len) == "fine"


def test_a_cache_keeps_to_its_bytes_and_forgets_what_was_used_longest_ago() -> None:
    cache: ByteCache[str, int] = ByteCache(100)
    for number, key in enumerate("abc"):
        cache.put(key, number, 40)
    assert [cache.get(key) for key in "abc"] == [None, 1, 2]
    cache.get("b")
    cache.put("d", 3, 40)
    assert [cache.get(key) for key in "bcd"] == [1, None, 3]
    cache.put("b", 4, 60)
    assert (cache.bytes, cache.get("b"), cache.get("d")) == (100, 4, 3)
    cache.put("e", 5, 101)
    assert (cache.bytes, cache.get("e"), cache.get("b")) == (100, None, 4)
    cache.drop("b")
    cache.drop("unknown")
    assert (cache.bytes, cache.get("b")) == (40, None)

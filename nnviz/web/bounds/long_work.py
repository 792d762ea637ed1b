"""Work that takes long is done beside the requests: one thing at a time, in a thread of its own.

Who asks waits a moment. When it is not done by then, or when too many ask, the reply is a problem
that says when to come again; what was begun is finished and kept for that. So no request holds a
thread of the server for long, and nobody's work stops the others.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDone
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

from nnviz.errors import InputError
from nnviz.web.bounds.byte_cache import ByteCache

T = TypeVar("T")
Check = Callable[[], None]
Tell = Callable[[Any], None]

PATIENCE = 3.0  # seconds that a request waits
DEADLINE = 60.0  # seconds that a piece of work may take
GRACE = 5.0  # seconds that work goes on for nobody: who was told to come again comes within these
LOOK_EVERY = 0.25  # seconds between two looks whether who waits is still there
QUEUED = 2  # pieces of work that wait for the one that is being done
REFUSAL = 500  # bytes that a kept refusal counts as

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """A piece of work; ``left`` is when the last one who waited for it went away.

    ``told`` is how far it says it is; ``watched``: who wants it looks in and does not wait;
    ``wanted`` says whether others want it whom this process does not know.
    """

    future: "Future[Any]" = field(default_factory=Future)
    waiters: int = 0
    left: float = field(default_factory=time.monotonic)
    told: Any = None
    watched: bool = False
    wanted: Callable[[], bool] = bool

    def is_abandoned(self) -> bool:
        """Whether nobody wants it any more."""
        alone = not self.waiters and time.monotonic() - self.left > GRACE
        return alone and not self.wanted()


class LongWork:
    """One thread, a short queue, and what came of it in a cache of ``most`` bytes.

    Each request that waits holds a thread of the server: ``waiters`` says how many may, in all who
    share it. ``is_gone`` tells whether the one whose request this is has left.
    """

    def __init__(
        self,
        most: int,
        waiters: BoundedSemaphore,
        patience: float | None = None,
        deadline: float = DEADLINE,
        is_gone: Callable[[], bool] = lambda: False,
    ) -> None:
        self._patience, self._deadline, self._waiters = patience, deadline, waiters
        self._is_gone = is_gone
        self._done: ByteCache[Hashable, Any] = ByteCache(most)
        self._jobs: dict[Hashable, _Job] = {}
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1, "long-work")

    def result(self, key: Hashable, work: Callable[[Check], T], size: Callable[[T], int]) -> T:
        """What ``work`` gives, which is done once for all who ask with the same ``key``.

        ``work`` is given a function that it calls between its parts; it ends the work when the
        deadline has passed or nobody wants it any more. ``size`` tells the bytes of what comes
        out. Raises `InputError`: ``busy`` when too much is asked for already, ``not_ready`` when it
        is not done soon, and what ``work`` raises.
        """
        with self._lock:
            done = self._known(key)
            if done is None:
                job = self._waited_for(key, lambda check, tell: work(check), size)
        if done is None:
            done = self._wait(key, job, PATIENCE if self._patience is None else self._patience)
        if isinstance(done, InputError):
            raise InputError(done.code, str(done))
        found: T = done
        return found

    def kept(self, key: Hashable) -> Any:
        """What came of the work with that key, if it is done and kept; nothing is begun."""
        done = self._done.get(key)
        return None if isinstance(done, InputError) else done

    def _known(self, key: Hashable) -> Any:
        """What came of it; that it was too slow only for a while: the machine was busy, perhaps."""
        done = self._done.get(key)
        is_past = isinstance(done, _TooSlowError) and time.monotonic() > done.until
        return None if is_past else done

    def keep(self, key: Hashable, done: Any, size: int) -> None:
        """Keep what came of the work with that key elsewhere."""
        self._done.put(key, done, size)

    def watch(
        self,
        key: Hashable,
        work: Callable[[Check, Tell], T],
        size: Callable[[T], int],
        patience: float = 0.0,
        wanted: Callable[[], bool] = bool,
    ) -> tuple[T | None, Any]:
        """What ``work`` gives and None; while it goes on None and what it told last, or None.

        ``work`` is given, beside what `result` gives it, a function that tells how far it is. It is
        begun or queued, and goes on as long as somebody looks in within `GRACE` seconds, or it is
        ``wanted`` elsewhere. Waits no longer than ``patience``. Raises `InputError` as `result`
        does, but never ``not_ready``.
        """
        with self._lock:
            done = self._known(key)
            if done is None:
                job = self._job(key, work, size, watched=True)
                job.wanted = wanted
                waits = patience > 0 and self._waiters.acquire(blocking=False)
                job.waiters += waits
        if done is None and waits:
            try:
                done = self._wait(key, job, patience)
            except InputError as error:
                if error.code != "not_ready":
                    raise
        if isinstance(done, InputError):
            if done.code != "not_ready":
                raise InputError(done.code, str(done))
            done = None
        return done, None if done is not None else job.told

    def _waited_for(
        self, key: Hashable, work: Callable[[Check, Tell], T], size: Callable[[T], int]
    ) -> _Job:
        """The job of that key, begun or queued, with one more who waits for it."""
        job = self._job(key, work, size)
        if not self._waiters.acquire(blocking=False):
            raise _not_ready()
        job.waiters += 1
        return job

    def _job(
        self,
        key: Hashable,
        work: Callable[[Check, Tell], T],
        size: Callable[[T], int],
        watched: bool = False,
    ) -> _Job:
        """The job of that key, begun or queued; who is wanted no more makes room."""
        job = self._jobs.get(key)
        if job is None:
            for other, queued in list(self._jobs.items()):
                if queued.is_abandoned() and queued.future.cancel():
                    del self._jobs[other]
            if len(self._jobs) > QUEUED:
                raise InputError("busy", "Expected a moment without other long work; come again.")
            job = self._jobs[key] = _Job(watched=watched)
            job.future = self._thread.submit(self._do, key, job, work, size)
        job.watched, job.left = job.watched or watched, time.monotonic()
        return job

    def _wait(self, key: Hashable, job: _Job, patience: float) -> Any:
        end = time.monotonic() + patience
        try:
            while (left := end - time.monotonic()) > 0 and not self._is_gone():
                with contextlib.suppress(NotDone):
                    return job.future.result(min(left, LOOK_EVERY))
            raise _not_ready()
        finally:
            with self._lock:
                self._waiters.release()
                job.waiters -= 1
                job.left = time.monotonic()
                # queued, and nobody waits for it or looks in
                if not (job.waiters or job.watched) and job.future.cancel():
                    self._jobs.pop(key, None)

    def _do(
        self, key: Hashable, job: _Job, work: Callable[[Check, Tell], T], size: Callable[[T], int]
    ) -> Any:
        """In the thread: do the work and keep what comes out, also a refusal."""
        end = time.monotonic() + self._deadline

        def check() -> None:
            if job.is_abandoned():
                raise _AbandonedError
            if time.monotonic() > end:
                raise _TooSlowError(self._deadline)

        def tell(how_far: Any) -> None:
            job.told = how_far

        done: Any = None
        try:
            check()
            done = work(check, tell)
        except _AbandonedError:
            return _not_ready()
        except InputError as error:
            done = error
        except Exception:
            if job.watched:  # nobody may be there to be told
                logger.exception("Long work failed")
            raise
        finally:
            with self._lock:
                if done is not None:
                    kept = REFUSAL if isinstance(done, InputError) else size(done)
                    self._done.put(key, done, kept)
                self._jobs.pop(key, None)
        return done


class _AbandonedError(Exception):
    """Nobody waits for the work any more."""


class _TooSlowError(InputError):
    """It was not done in time; all who ask ``until`` then are told so."""

    def __init__(self, deadline: float) -> None:
        super().__init__("too_slow", f"Expected work of at most {deadline:g} seconds; got more.")
        self.until = time.monotonic() + GRACE


def _not_ready() -> InputError:
    return InputError("not_ready", "Expected it to be done by now; it goes on, come again.")

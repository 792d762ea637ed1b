"""How much is drawn and how long it takes, added up over all worker processes of a class's server.

Each worker counts in a small file of its own, mapped into memory; whoever tells adds them up.
"""

import hashlib
import mmap
import os
import threading
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
from flask import Flask, Response, g, request

from nnviz.settings import Settings
from nnviz.web.guards.drawings import READING
from nnviz.web.guards.visitor import visitor_of

WINDOW = 10  # seconds that are told of
SEEN = 30.0  # seconds for which a visitor counts as connected
PLACES = 512  # visitors that a worker knows
SLOTS = 16  # seconds that are kept
BUCKETS = 64  # of times, each a fifth longer than the one before, from 0.1 ms
FIRST, STEP = 0.1, 1.2

SHAPE = np.dtype(
    [
        ("visitors", np.int64, PLACES),
        ("seen", np.float64, PLACES),
        ("answer", np.int8, PLACES),  # what was read for that visitor last
        ("answered", np.float64, PLACES),  # and when
        ("second", np.int64, SLOTS),
        ("times", np.int64, (SLOTS, BUCKETS)),
    ]
)


class Told(NamedTuple):
    """Visitors connected, drawings a second, and their median and 99th percentile in ms.

    ``answers``: for how many of the visitors each digit was read last.
    """

    connected: int | None = None
    drawings: float | None = None
    median: float | None = None
    p99_ms: float | None = None
    answers: list[int] | None = None


class Traffic:
    """One worker's counts, and everybody's sums."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        for other in folder.glob("*.traffic"):  # of workers that were replaced
            if not psutil.pid_exists(int(other.stem)):
                other.unlink(missing_ok=True)
        path = folder / f"{os.getpid()}.traffic"
        path.write_bytes(bytes(SHAPE.itemsize))
        with path.open("r+b") as file:
            self._counts = np.frombuffer(mmap.mmap(file.fileno(), 0), SHAPE)[0]

    def see(self, visitor: str, answer: int | None = None) -> None:
        """A visitor is here, for whom a drawing was read, if one was."""
        mark = int.from_bytes(hashlib.sha256(visitor.encode()).digest()[:7], "big") or 1
        own = self._counts
        with self._lock:
            place = mark % PLACES
            for _ in range(8):  # the nearest place that is free, or whose visitor is gone
                if own["visitors"][place] == mark or own["seen"][place] < time.time() - SEEN:
                    break
                place = (place + 1) % PLACES
            if own["visitors"][place] != mark:
                own["answered"][place] = 0
            own["visitors"][place], own["seen"][place] = mark, time.time()
            if answer is not None:
                own["answer"][place], own["answered"][place] = answer, time.time()

    def count(self, seconds: float) -> None:
        """A drawing was read in that time."""
        now = int(time.time())
        slot = now % SLOTS
        bucket = int(np.clip(np.log(max(seconds * 1000, FIRST) / FIRST) / np.log(STEP), 0, 63))
        with self._lock:
            if self._counts["second"][slot] != now:
                self._counts["second"][slot] = now
                self._counts["times"][slot] = 0
            self._counts["times"][slot, bucket] += 1

    def told(self) -> Told:
        """What all workers together counted."""
        now, visitors, times = time.time(), set[int](), np.zeros(BUCKETS, np.int64)
        newest: dict[int, tuple[float, int]] = {}  # of each visitor: when, and what was read
        for path in self._folder.glob("*.traffic"):
            content = path.read_bytes()
            if len(content) != SHAPE.itemsize:
                continue
            counts = np.frombuffer(content, SHAPE)[0]
            visitors |= set(counts["visitors"][counts["seen"] > now - SEEN].tolist())
            read = counts["answered"] > 0
            for mark, at, answer in zip(
                *(counts[name][read].tolist() for name in ("visitors", "answered", "answer")),
                strict=True,
            ):
                newest[mark] = max(newest.get(mark, (0.0, 0)), (at, answer))
            recent = (counts["second"] < int(now)) & (counts["second"] >= int(now) - WINDOW)
            times += counts["times"][recent].sum(axis=0)
        return Told(
            len(visitors - {0}),
            round(int(times.sum()) / WINDOW, 1),
            _percentile(times, 0.5),
            _percentile(times, 0.99),
            np.bincount(
                [newest[mark][1] for mark in visitors if mark in newest], None, 10
            ).tolist(),
        )


def _percentile(times: np.ndarray[tuple[int], np.dtype[np.int64]], share: float) -> float | None:
    """The upper end of the bucket that holds it, in ms: at most a fifth too much."""
    if not times.any():
        return None
    bucket = int(np.searchsorted(np.cumsum(times), share * times.sum()))
    return round(FIRST * STEP ** (bucket + 1), 1)


def register(app: Flask, settings: Settings) -> None:
    """Count this application's drawings, if a folder for that is set."""
    folder = settings.traffic
    app.extensions["nnviz-traffic"] = traffic = Traffic(folder) if folder else None
    if traffic is None:
        return

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if visitor := visitor_of(request):
            traffic.see(visitor, g.get("answer"))
        if request.endpoint == READING and response.status_code == 200:
            traffic.count(time.perf_counter() - g.began)
        return response

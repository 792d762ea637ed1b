"""Drawing beside clients that stall: how long a drawing takes meanwhile.

    python -m benchmarks.stalled [STROKES.jsonl]

The real server with two processes. A pen sends a drawing 30 times a second; that is timed alone,
then beside 200 bodies of which one byte came, 400 connections that ask nothing, 100 clients that
read nothing of large replies, and 8 requests that wait for a locked database.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import contextlib
import http.client
import json
import socket
import sqlite3
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from benchmarks.serving import drawings, served
from nnviz.recipe.lessons import CLASSIC

RATE = 30  # drawings a second
STALLED, IDLE, UNREAD, LOCKED = 200, 400, 100, 8
Meanwhile = Callable[[str, Path], contextlib.AbstractContextManager[None]]


def timed(address: str, bodies: list[bytes], seconds: float) -> list[float]:
    """Milliseconds of each drawing, sent at a steady rate."""
    pen = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    times, began = [], time.monotonic()
    for number in range(round(seconds * RATE)):
        time.sleep(max(began + number / RATE - time.monotonic(), 0))
        start = time.perf_counter()
        body, kind = bodies[number % len(bodies)], {"Content-Type": "application/json"}
        pen.request("POST", "/api/models/mlp-sigmoid/activations", body, kind)
        reply = pen.getresponse()
        reply.read()
        if reply.status != 200:
            raise RuntimeError(f"A drawing was answered with {reply.status}.")
        times.append(1000 * (time.perf_counter() - start))
    return times


@contextmanager
def connected(address: str, count: int, sent: bytes) -> Iterator[None]:
    """So many clients that send something and do nothing more."""
    place = urlsplit(address)
    clients = []
    for _ in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect((place.hostname, place.port))
        client.sendall(sent)
        clients.append(client)
    try:
        yield
    finally:
        for client in clients:
            client.close()


@contextmanager
def alone(address: str, data: Path) -> Iterator[None]:
    """Nobody else."""
    yield


def bodies_stalled(address: str, data: Path) -> contextlib.AbstractContextManager[None]:
    """Clients that announce a body and send one byte of it."""
    path = b"POST /api/models/mlp-sigmoid/activations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    kind = b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    return connected(address, STALLED, path + kind)


def idle(address: str, data: Path) -> contextlib.AbstractContextManager[None]:
    """Clients that ask nothing."""
    return connected(address, IDLE, b"")


def unread(address: str, data: Path) -> contextlib.AbstractContextManager[None]:
    """Clients that read nothing of 1.4 MB."""
    script = "/static/0/vendor/plotly.js-cartesian-dist-min/plotly-cartesian.min.js"
    asked = f"GET {script} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    return connected(address, UNREAD, asked.encode())


@contextmanager
def locked(address: str, data: Path) -> Iterator[None]:
    """The database locked by another, and requests that wait for it."""

    def start() -> None:
        body = json.dumps({"recipe": CLASSIC.to_json()}).encode()
        asked = urllib.request.Request(
            f"{address}/api/runs", body, {"Content-Type": "application/json"}
        )
        with contextlib.suppress(OSError):
            urllib.request.urlopen(asked, timeout=90).read()

    start()
    lock = sqlite3.connect(data / "runs.sqlite", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    waiting = [threading.Thread(target=start) for _ in range(LOCKED)]
    for thread in waiting:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        lock.execute("ROLLBACK")
        lock.close()
        for thread in waiting:
            thread.join()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=15, help="a row (%(default)s)")
    options = parser.parse_args()
    drawn = drawings(options.strokes)
    cases: dict[str, Meanwhile] = {
        "nobody": alone,
        f"{STALLED} bodies of one byte": bodies_stalled,
        f"{IDLE} idle connections": idle,
        f"{UNREAD} that read nothing of 4 MB": unread,
        f"{LOCKED} waiting for a locked database": locked,
    }
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"NNVIZ_DATA": folder, "NNVIZ_RUN_WORKER_ELSEWHERE": "1"}
        with served("nnviz.wsgi:app", 2) as address:
            timed(address, drawn, 2)
            print("| beside | median ms | 99% ms | slowest ms |\n|---|---:|---:|---:|")
            for name, meanwhile in cases.items():
                with meanwhile(address, Path(folder)):
                    times = timed(address, drawn, options.seconds)
                shown = " | ".join(f"{value:.1f}" for value in np.percentile(times, (50, 99, 100)))
                print(f"| {name} | {shown} |", flush=True)


if __name__ == "__main__":
    main()

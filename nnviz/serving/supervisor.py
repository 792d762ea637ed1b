"""Keeps the worker processes: as many as wanted, a dead one replaced, all of them stopped in peace.

The listening socket is this process's own and shared by the workers, so a worker that dies takes no
waiting connection with it.
"""

import base64
import contextlib
import json
import logging
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from nnviz.serving import announce
from nnviz.serving.limits import USUAL
from nnviz.serving.parent_watch import environment, python_module
from nnviz.serving.worker import CANNOT

SOON = 1.0  # seconds: a worker that lived less long is replaced after a moment only
STOP = "stop"
BACKLOG = 2048

logger = logging.getLogger(__name__)


def serve(
    target: str,
    host: str,
    port: int,
    workers: int,
    open_browser: bool,
    access_log: bool = False,
) -> int:
    """Serve until interrupted; the address is announced once it answers. Returns the exit status.

    ``target`` names the application as ``module:attribute``. ``access_log`` writes a line of JSON
    for every request, without addresses of visitors. Exits with a sentence when the address cannot
    be used.
    """
    with listen(host, port) as listener:
        told = {"target": target, "log": access_log}
        crew = Crew(workers, listener, told)
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        shown = f"[{shown}]" if ":" in shown else shown
        announcer = announce.start(f"http://{shown}:{listener.getsockname()[1]}", open_browser)
        try:
            return crew.keep()
        finally:
            announce.end(announcer)


def listen(host: str, port: int) -> socket.socket:
    """The socket that all workers take connections from; exits with a sentence when it cannot be
    had.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        found = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two servers have one address
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except OSError as error:
        sys.exit(f"Cannot listen on {host} port {port}: {error.strerror or error}. Try --port.")
    return found


class Crew:
    """So many workers."""

    def __init__(self, count: int, listener: socket.socket, told: dict[str, Any]) -> None:
        self._count, self._listener, self._told = count, listener, told
        self._news: queue.SimpleQueue[int | str] = queue.SimpleQueue()
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._started: dict[int, float] = {}

    def keep(self) -> int:
        """Have the workers work until a signal says stop; 1 when they cannot work at all."""
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last one is Windows's
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: self._news.put(STOP))
        _open_many_files()
        for number in range(self._count):
            self._start(number)
        status = 0
        while (news := self._next()) != STOP:
            if self._workers[int(news)].returncode == CANNOT:
                status = 1
                break
            logger.warning("A worker process ended; another one takes its place.")
            if time.monotonic() - self._started[int(news)] < SOON:
                time.sleep(SOON)
            self._start(int(news))
        self._stop()
        return status

    def _next(self) -> int | str:
        while True:
            try:
                return self._news.get(timeout=0.5)  # without one, Windows would not hear Ctrl+C
            except queue.Empty:
                continue

    def _start(self, number: int) -> None:
        inherited = () if sys.platform == "win32" else (self._listener.fileno(),)
        worker = subprocess.Popen(
            python_module("nnviz.serving.worker"),
            stdin=subprocess.PIPE,
            pass_fds=inherited,
            env=environment(),
        )
        told = {**self._told, "number": number, "socket": self._shared(worker.pid)}
        assert worker.stdin is not None
        try:
            worker.stdin.write(json.dumps(told).encode() + b"\n")
            worker.stdin.flush()
        except OSError:  # it has died already, which is told below
            pass
        self._workers[number], self._started[number] = worker, time.monotonic()
        threading.Thread(target=self._watch, args=(number, worker), daemon=True).start()

    def _shared(self, pid: int) -> int | str:
        if sys.platform == "win32":
            return base64.b64encode(self._listener.share(pid)).decode()
        return self._listener.fileno()

    def _watch(self, number: int, worker: subprocess.Popen[bytes]) -> None:
        worker.wait()
        self._news.put(number)

    def _stop(self) -> None:
        """Let the workers answer what they have; who takes too long is ended."""
        self._listener.close()
        for worker in self._workers.values():
            assert worker.stdin is not None
            with contextlib.suppress(OSError):
                worker.stdin.close()
        limit = time.monotonic() + USUAL.stop_seconds + 2
        for worker in self._workers.values():
            try:
                worker.wait(max(limit - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                worker.kill()


def _open_many_files() -> None:
    """Let this process and its children have as many connections as the system allows."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if 0 <= soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

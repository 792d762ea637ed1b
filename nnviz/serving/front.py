"""A worker's event loop: it takes connections, watches over them, and hands requests to threads."""

import asyncio
import contextlib
import json
import logging
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from nnviz.serving.connection import Connection, State
from nnviz.serving.lanes import Lane
from nnviz.serving.limits import USUAL, Limits
from nnviz.serving.replies import Reply, problem
from nnviz.serving.request import Request

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
QUICK, PATIENT = 4, 4  # threads
WAITING_QUICK, WAITING_PATIENT = 1000, 64  # requests behind those at work
LOOK_EVERY = 0.5  # seconds between two looks at all connections

logger = logging.getLogger(__name__)


class Front:
    """Serves an application from a listening socket until `stop`.

    ``is_quick`` tells from a method and a path whether the answer takes milliseconds.
    """

    def __init__(
        self,
        application: Application,
        is_quick: Callable[[str, str], bool] = lambda method, path: True,
        limits: Limits = USUAL,
        log: bool = False,
    ) -> None:
        self.limits, self.stopping = limits, False
        self._application, self._is_quick, self._log = application, is_quick, log
        self._connections: set[Connection] = set()
        self._bodies = 0  # bytes held
        self._answers: deque[tuple[Lane, Connection, Reply]] = deque()
        self._called = False

    async def serve(self, listener: socket.socket) -> None:
        """Answer who connects; returns when everything that was asked before `stop` is answered."""
        self._loop = asyncio.get_running_loop()
        self.now, self.soon = self._loop.time, self._loop.call_soon
        self._stop, self._room = asyncio.Event(), asyncio.Event()
        self._quick = Lane("quick", QUICK, WAITING_QUICK)
        self._patient = Lane("patient", PATIENT, WAITING_PATIENT)
        listener.setblocking(False)
        tasks = [asyncio.create_task(self._accept(listener)), asyncio.create_task(self._watch())]
        await self._stop.wait()
        tasks[0].cancel()
        await asyncio.wait(tasks[:1])
        listener.close()
        for connection in [*self._connections]:
            connection.stop()
        limit = self.now() + self.limits.stop_seconds
        while self._connections and self.now() < limit:
            await asyncio.sleep(0.02)
        tasks[1].cancel()

    def stop(self) -> None:
        """Take nobody in any more; may be called from any thread."""
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._begin_to_stop)

    def _begin_to_stop(self) -> None:
        self.stopping = True
        self._stop.set()

    # --- connections

    def opened(self, connection: Connection) -> None:
        """A client is here; when there are too many, the one that waited longest has to go."""
        if self.stopping:
            connection.stop()
        elif len(self._connections) >= self.limits.connections:
            self._make_room()
        self._connections.add(connection)

    def closed(self, connection: Connection) -> None:
        """A client is gone."""
        self._connections.discard(connection)
        self._room.set()

    def _make_room(self) -> None:
        waiting = [each for each in self._connections if each.state < State.WORK]
        if waiting:
            min(waiting, key=lambda each: (each.state > State.LINGER, each.since)).drop()

    async def _accept(self, listener: socket.socket) -> None:
        while True:
            while len(self._connections) > self.limits.connections:  # all of them are at work
                self._room.clear()
                await self._room.wait()
            try:
                client, _ = await self._loop.sock_accept(listener)
                await self._loop.connect_accepted_socket(lambda: Connection(self), client)
            except OSError as error:  # gone again, or no file left to open
                logger.warning("A connection could not be taken: %s", error)
                self._make_room()
                await asyncio.sleep(0.05)

    async def _watch(self) -> None:
        """Hold every client to its limits, twice a second."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = self.now()
            for connection in [*self._connections]:
                connection.check(now)

    def keep_within(self) -> None:
        """Let those go who left a reply unread the longest, when all such replies are too much."""
        unread = {each: each.unread() for each in self._connections if each.state is State.REPLY}
        while sum(unread.values()) > self.limits.unsent_bytes:
            longest = min(unread, key=lambda each: each.since)
            del unread[longest]
            longest.drop()

    # --- bodies

    def room_for(self, request: Request, more: int) -> bool:
        """Whether that many further bytes of a body may be kept; `forget` gives them back."""
        self._bodies += more
        return request.size <= self.limits.small_body or self._bodies <= self.limits.bodies_bytes

    def forget(self, request: Request) -> None:
        """A request's body is not needed any more."""
        self._bodies -= request.size
        request.size = 0
        request.body = []

    # --- the application

    def submit(self, connection: Connection, request: Request) -> bool:
        """Have a whole request answered by a thread; False when too many wait already."""
        quick = self._is_quick(request.method, request.path)
        lane = self._quick if quick else self._patient
        environment = request.environment(connection.server, connection.client)
        return lane.take(partial(self._answer, lane, connection, request, environment))

    def _answer(
        self, lane: Lane, connection: Connection, request: Request, environment: dict[str, Any]
    ) -> None:
        """In a thread: the application's reply, handed back to the event loop."""
        began = time.perf_counter()
        if request.gone and lane is self._patient:
            reply = problem(503, "busy", "Nobody waits for this.")
        else:
            reply = call(self._application, environment)
        if self._log:
            self._write_log(request, reply, time.perf_counter() - began)
        self._answers.append((lane, connection, reply))
        if not self._called:  # one call for all replies that are ready by then
            self._called = True
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._hand_back)

    def _hand_back(self) -> None:
        self._called = False  # first: what is appended from now on calls again
        while self._answers:
            lane, connection, reply = self._answers.popleft()
            lane.done()
            connection.reply(reply)

    def _write_log(self, request: Request, reply: Reply, seconds: float) -> None:
        line = {
            "time": time.strftime("[%Y-%m-%d %H:%M:%S %z]"),
            "method": request.method,
            "path": request.path.encode("latin-1").decode("utf-8", "replace"),
            "status": reply.status,
            "ms": round(seconds * 1000, 3),
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def call(application: Application, environment: dict[str, Any]) -> Reply:
    """A WSGI application's whole reply; a 500 when it raises."""
    got: list[Any] = []
    method = environment["REQUEST_METHOD"]

    def start(status: str, headers: list[tuple[str, str]], _info: Any = None) -> None:
        got[:] = [status, headers]

    try:
        pieces = application(environment, start)
        try:
            body = b"".join(pieces)
        finally:
            if close := getattr(pieces, "close", None):
                close()
        return Reply(got[0], got[1], body, method)
    except Exception:
        logger.exception("%s %s failed", method, ascii(environment["PATH_INFO"]))
        return problem(500, "internal_error", "The server failed; its log says why.", method)

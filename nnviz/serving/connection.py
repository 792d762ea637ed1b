"""HTTP/1.1 with one client, in the event loop: a request is whole before any thread hears of it.

A thread gets a request when the last byte of its body is here, and is free again when the reply is
handed back; who sends or reads slowly holds this object, some bytes, and nothing that others need.
"""

import asyncio
import enum
from collections import deque
from typing import TYPE_CHECKING, cast

import httptools

from nnviz.serving.replies import Reply, problem
from nnviz.serving.request import Address, Request

if TYPE_CHECKING:
    from nnviz.serving.front import Front


PIECE = 131_072  # bytes of a large reply that are sent at once


class State(enum.IntEnum):
    """What a connection is waiting for."""

    LINGER = 0  # refused; what still comes is thrown away
    IDLE = 1  # the next request
    HEAD = 2  # the rest of its headers
    BODY = 3  # the rest of its body
    REPLY = 4  # the client, to read the reply
    WORK = 5  # the application
    CLOSED = 6


class Connection(asyncio.Protocol):
    """One client. All methods are called in the event loop."""

    def __init__(self, front: "Front") -> None:
        self._front, self._limits = front, front.limits
        self._parser = httptools.HttpRequestParser(self)
        self.state, self.since = State.IDLE, front.now()
        self._coming: Request | None = None  # what the parser is in the middle of
        self._ready: deque[Request] = deque()  # whole, and waiting behind the one at work
        self._working: Request | None = None
        self._later = b""  # what came while the application worked
        self._head = 0  # bytes of the headers so far
        self._raw = 0  # bytes since the request began, with what is not kept of them
        self._whole_head = False
        self._unsent = 0  # bytes of the reply that were not taken at once
        self._rest = memoryview(b"")  # those of them that asyncio has not been given
        self._wrong: Reply | None = None
        self._last = False  # no further request is read
        self._is_old = False  # HTTP/1.0, whose connections end unless it is said that they do not

    # --- asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is here."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(0)  # any byte that is not taken is told of
        self.client: Address = (transport.get_extra_info("peername") or ("", 0))[:2]
        self.server: Address = (transport.get_extra_info("sockname") or ("", 0))[:2]
        self._front.opened(self)

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone, or was let go."""
        for request in (self._working, self._coming, *self._ready):
            if request is not None:
                request.gone = True
                self._front.forget(request)
        self._ready.clear()
        self._rest = memoryview(b"")
        self._enter(State.CLOSED)
        self._front.closed(self)

    def eof_received(self) -> bool:
        """The client sends no more; what it asked is still answered."""
        if self._working is not None:
            self._working.gone = self._last = True
            return True
        self._last = True
        return self.state is State.REPLY

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        if self.state is State.LINGER or self._last:
            return
        if self.state in (State.WORK, State.REPLY):
            self._later += data
            if len(self._later) > self._limits.small_body:
                self._transport.pause_reading()
            return
        self._read(data)

    def pause_writing(self) -> None:
        """The client does not take the reply as fast as it comes."""

    def resume_writing(self) -> None:
        """The client has taken all of the reply."""
        self._send_more()

    # --- the parser's side

    def on_message_begin(self) -> None:
        """A request begins."""
        self._coming, self._head, self._whole_head = Request(), 0, False
        self._raw = 0

    def on_url(self, url: bytes) -> None:
        """A part of its address."""
        if self._coming is not None:
            self._coming.url += url
            self._head += len(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers."""
        if self._coming is None or self._whole_head:
            return  # what stands behind a chunked body is nobody's to say any more
        self._head += len(name) + len(value) + 4
        if self._head <= self._limits.head_bytes:
            self._coming.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Its headers are whole: is the rest wanted?"""
        request, self._whole_head = self._coming, True
        if request is None:
            return
        if self._head > self._limits.head_bytes:
            self._head_too_large()
        request.method = self._parser.get_method().decode("latin-1")
        request.keep_alive = self._parser.should_keep_alive()
        self._is_old = self._parser.get_http_version() == "1.0"
        try:
            request.split()
        except ValueError as error:
            self._refuse(400, "bad_request", f"Expected an HTTP request; got {error}.")
            return
        if request.announced() > self._limits.body_bytes:
            self._too_large()
        elif request.waits() and self._working is None and not self._ready:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if self.state is State.HEAD:
            self._enter(State.BODY)

    def on_body(self, piece: bytes) -> None:
        """A piece of its body."""
        request = self._coming
        if request is None or self._wrong is not None:
            return
        request.body.append(piece)
        request.size += len(piece)
        if request.size > self._limits.body_bytes:
            self._too_large()
        elif not self._front.room_for(request, len(piece)):
            self._refuse(503, "busy", "The server reads many large bodies; try again in a moment.")

    def on_message_complete(self) -> None:
        """It is whole."""
        if self._coming is None or self._wrong is not None:
            return
        self._ready.append(self._coming)
        self._coming = None
        if len(self._ready) > self._limits.pipelined:
            most = self._limits.pipelined
            self._refuse(400, "bad_request", f"Expected at most {most} requests at once.")

    def _read(self, data: bytes) -> None:
        if self.state is State.IDLE:
            self._enter(State.HEAD)
        self._raw += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._last = True  # another protocol is not spoken here: this request is the last
        except httptools.HttpParserError:
            self._refuse(400, "bad_request", "Expected an HTTP request; got something else.")
        if self._coming is not None:
            if not self._whole_head and self._raw > 2 * self._limits.head_bytes:
                self._head_too_large()
            elif self._raw > 2 * (self._limits.body_bytes + self._limits.head_bytes):
                self._too_large()  # chunks of one byte, or their comments
        if self._wrong is not None and not self._ready:
            self._say_no()
        elif self._ready:
            self._work()

    # --- what becomes of a request

    def _work(self) -> None:
        self._working = self._ready.popleft()
        self._enter(State.WORK)
        if not self._front.submit(self, self._working):
            busy = "The server has much to do; try again in a moment."
            self.reply(problem(503, "busy", busy, self._working.method))

    def reply(self, reply: Reply) -> None:
        """Send what the application answered to the request that it worked on."""
        request, self._working = self._working, None
        if request is None or self.state is State.CLOSED:
            return
        self._front.forget(request)
        self._last = self._last or not request.keep_alive or self._front.stopping
        self._send(reply, close=self._last and not self._ready)
        if not self._unsent:
            self._answered()
        else:
            self._enter(State.REPLY)
            self._front.keep_within()

    def _send(self, reply: Reply, close: bool) -> None:
        old = b"Connection: keep-alive\r\n\r\n" if self._is_old else b"\r\n"  # 1.1 does anyway
        say = b"Connection: close\r\n\r\n" if close else old
        if len(reply.body) > PIECE:
            self._transport.write(reply.head + say)
            self._rest = memoryview(reply.body)
            self._send_more()
        else:
            self._transport.write(reply.head + say + reply.body)
        self._unsent = self.unread()

    def _send_more(self) -> None:
        """Send the next piece of a large reply; what nobody takes yet is not copied."""
        if self.state is State.CLOSED or self._transport.get_write_buffer_size():
            return
        if self._rest:
            piece, self._rest = self._rest[:PIECE], self._rest[PIECE:]
            self._transport.write(piece)
            self._front.soon(self._send_more)
        elif self.state is State.REPLY:
            self._answered()

    def _answered(self) -> None:
        self._unsent = 0
        if self._ready:
            self._work()
        elif self._wrong is not None:
            self._say_no()
        elif self._last:
            self._transport.close()
        else:
            self._enter(State.IDLE if self._coming is None else State.HEAD)
            if self._whole_head and self._coming is not None:
                self._enter(State.BODY)
            self._transport.resume_reading()
            later, self._later = self._later, b""
            if later:
                self._read(later)

    def _head_too_large(self) -> None:
        most = self._limits.head_bytes
        self._refuse(431, "head_too_large", f"Expected at most {most} bytes of headers.")

    def _too_large(self) -> None:
        most = self._limits.body_bytes
        self._refuse(413, "body_too_large", f"Expected at most {most} bytes in a body.")

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Remember the first thing that is wrong; it is said when what came before is answered."""
        self._wrong = self._wrong or problem(status, code, detail)

    def _say_no(self) -> None:
        """Say what is wrong, and close once the client could read that."""
        assert self._wrong is not None
        if self._coming is not None:
            self._front.forget(self._coming)
        self._send(self._wrong, close=True)
        self._enter(State.LINGER)
        self._transport.resume_reading()
        self._transport.write_eof()

    # --- the clock's side

    def check(self, now: float) -> None:
        """Let go of a client that takes longer than it may."""
        waited, limits = now - self.since, self._limits
        if self.state is State.LINGER and waited > limits.linger_seconds:
            self._transport.abort()
        elif self.state is State.IDLE and waited > limits.idle_seconds:
            self._transport.close()
        elif self.state is State.HEAD and waited > limits.head_seconds:
            self._too_slow(f"whole headers within {limits.head_seconds:g} s")
        elif self.state is State.BODY and self._coming is not None:
            if self._coming.size < self._due(waited):
                self._too_slow(f"a body at {limits.bytes_a_second:g} bytes a second or more")
        elif self.state is State.REPLY and self._unsent - self.unread() < self._due(waited):
            self._transport.abort()

    def unread(self) -> int:
        """The bytes of replies that the client has not taken yet."""
        return self._transport.get_write_buffer_size() + len(self._rest)

    def drop(self) -> None:
        """Let the client go at once, for another one's sake."""
        self._transport.abort()

    def stop(self) -> None:
        """The server stops: what is whole is still answered, nothing else is begun."""
        self._last = True
        if self.state in (State.IDLE, State.HEAD, State.BODY):
            self._transport.close()

    def _due(self, waited: float) -> float:
        """The bytes that should have gone over the wire by now."""
        return (waited - self._limits.grace_seconds) * self._limits.bytes_a_second

    def _too_slow(self, expected: str) -> None:
        self._refuse(408, "too_slow", f"Expected {expected}; the connection is closed.")
        self._say_no()

    def _enter(self, state: State) -> None:
        self.state, self.since = state, self._front.now()

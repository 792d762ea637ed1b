"""One worker's event loop on a real socket: whole requests only, and nobody held by the slow."""

import asyncio
import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import pytest

from nnviz.serving.front import Front
from nnviz.serving.limits import Limits

SHORT = Limits(
    connections=40,
    idle_seconds=60,
    head_seconds=0.5,
    grace_seconds=0.5,
    bytes_a_second=1e6,
    body_bytes=300_000,
    bodies_bytes=1_000_000,
    linger_seconds=0.5,
    stop_seconds=20,
)
PATIENCE = 30  # seconds
LARGE = b"x" * 30_000_000  # more than the kernel takes from a reply that nobody reads


class Toy:
    """An application that says what it was asked, waits when told to, and fails when told to."""

    def __init__(self) -> None:
        self.go_on, self.waiting = threading.Event(), threading.Semaphore(0)
        self.gone: Callable[[], bool] = lambda: False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/wait":
            self.gone = environ["nnviz.gone"]
            self.waiting.release()
            assert self.go_on.wait(PATIENCE)
        if path == "/fail":
            raise RuntimeError("it fails")
        body = environ["wsgi.input"].read()
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        start("200 OK", [("Content-Type", "application/json")])
        if path == "/large":
            return [LARGE]
        return [json.dumps({**told, "body": body.decode("latin-1")}).encode()]


@contextmanager
def running(toy: Toy, limits: Limits = SHORT) -> Iterator[tuple[Front, int]]:
    """A front in a thread of its own, and its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    front = Front(toy, lambda method, path: path != "/wait", limits)
    thread = threading.Thread(target=lambda: asyncio.run(front.serve(listener)))
    thread.start()
    try:
        yield front, listener.getsockname()[1]
    finally:
        toy.go_on.set()
        front.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def port(toy: Toy) -> Iterator[int]:
    with running(toy) as (_, found):
        yield found


def connect(port: int, sent: bytes = b"", small: bool = False) -> socket.socket:
    client = socket.socket()
    if small:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", port))
    client.sendall(sent)
    return client


def read_all(client: socket.socket) -> bytes:
    """Everything until the server closes."""
    found = b""
    while piece := client.recv(65536):
        found += piece
    return found


def let_go(client: socket.socket) -> bool:
    """Whether the server closes without a further byte."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def ask(port: int, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the last reply, on a connection that is closed by then."""
    with closing(connect(port, sent)) as client:
        client.shutdown(socket.SHUT_WR)
        found = read_all(client)
    head, _, body = found[found.rindex(b"HTTP/1.1 ") :].partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]), headers, body


def get(port: int, path: str = "/") -> dict[str, Any]:
    status, _, body = ask(port, f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert status == 200
    found: dict[str, Any] = json.loads(body)
    return found


STALLED = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx"


def test_bodies_that_stall_hold_nobody_and_are_told(port: int) -> None:
    stalled = [connect(port, STALLED) for _ in range(20)]
    for _ in range(10):
        assert get(port)["PATH_INFO"] == "/"
    for client in stalled:
        reply = read_all(client)
        assert reply.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert json.loads(reply.split(b"\r\n\r\n")[1])["code"] == "too_slow"
        client.close()


def test_a_body_that_drips_is_told_too(toy: Toy) -> None:
    with running(toy, SHORT._replace(bytes_a_second=100_000)) as (_, port):
        client = connect(port, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n")
        client.settimeout(0.05)
        reply = b""
        limit = time.monotonic() + PATIENCE
        while not reply and time.monotonic() < limit:
            try:
                client.sendall(b"x")
                reply = client.recv(100)
            except TimeoutError:
                continue
        assert reply.startswith(b"HTTP/1.1 408 ")
        client.close()


def test_headers_that_never_end_are_told(port: int) -> None:
    with closing(connect(port, b"GET / HTTP/1.1\r\nHost: ")) as client:
        assert read_all(client).startswith(b"HTTP/1.1 408 ")


def test_who_does_not_read_the_reply_is_let_go(toy: Toy) -> None:
    with running(toy) as (front, port):
        slow = [connect(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n", True) for _ in range(5)]
        for _ in range(10):
            get(port)
        limit = time.monotonic() + PATIENCE
        while front._connections and time.monotonic() < limit:
            time.sleep(0.05)
        assert not front._connections
        for client in slow:
            client.close()


def test_who_reads_steadily_gets_all_of_a_large_reply(port: int) -> None:
    with closing(connect(port, b"GET /large HTTP/1.0\r\n\r\n")) as client:
        assert read_all(client).endswith(LARGE[:1000])


def test_replies_that_nobody_reads_are_bounded_together(toy: Toy) -> None:
    limits = SHORT._replace(grace_seconds=60, unsent_bytes=2 * len(LARGE))
    with running(toy, limits) as (front, port):
        slow = [connect(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n", True) for _ in range(4)]
        limit = time.monotonic() + PATIENCE
        while len(front._connections) != 2 and time.monotonic() < limit:
            time.sleep(0.05)
        assert len(front._connections) == 2
        for client in slow:
            client.close()


def test_idle_connections_make_room_the_oldest_first(port: int) -> None:
    idle = [connect(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") for _ in range(3)]
    for client in idle:
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
    more = [connect(port) for _ in range(SHORT.connections - 3)]
    assert get(port)["PATH_INFO"] == "/"
    assert idle[0].recv(1) == b""
    idle[-1].sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")  # this one still has its place
    assert idle[-1].recv(65536).startswith(b"HTTP/1.1 200")
    for client in (*idle, *more):
        client.close()


def test_connections_that_stall_make_room_as_well(toy: Toy) -> None:
    with running(toy, SHORT._replace(grace_seconds=60, head_seconds=60)) as (_, port):
        stalled = [connect(port, STALLED) for _ in range(SHORT.connections * 2)]
        assert get(port)["PATH_INFO"] == "/"
        for client in stalled:
            client.close()


def test_patient_requests_leave_the_quick_ones_their_threads(toy: Toy, port: int) -> None:
    wait = b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"
    waiting = [connect(port, wait) for _ in range(12)]
    for _ in range(4):
        assert toy.waiting.acquire(timeout=PATIENCE)
    for _ in range(10):
        assert get(port)["PATH_INFO"] == "/"
    toy.go_on.set()
    for client in waiting:
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        client.close()


def test_too_many_patient_requests_are_told_to_come_again(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.serving.front.WAITING_PATIENT", 1)
    with running(toy) as (_, port):
        waiting = [connect(port, b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n") for _ in range(6)]
        for _ in range(4):
            assert toy.waiting.acquire(timeout=PATIENCE)
        limit = time.monotonic() + PATIENCE
        refused: list[bytes] = []
        while not refused and time.monotonic() < limit:
            for client in waiting:
                client.setblocking(False)
                try:
                    refused.append(client.recv(65536))
                except BlockingIOError:
                    continue
        assert refused[0].startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 1\r\n" in refused[0]
        toy.go_on.set()
        for client in waiting:
            client.close()


def test_a_client_that_left_is_known_to_be_gone(toy: Toy, port: int) -> None:
    client = connect(port, b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
    assert toy.waiting.acquire(timeout=PATIENCE)
    assert not toy.gone()
    client.close()
    limit = time.monotonic() + PATIENCE
    while not toy.gone() and time.monotonic() < limit:
        time.sleep(0.02)
    assert toy.gone()


def test_a_stop_answers_what_is_worked_on_and_no_more(toy: Toy) -> None:
    with running(toy) as (front, port):
        working = connect(port, b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
        stalled, idle = connect(port, STALLED), connect(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert idle.recv(65536).startswith(b"HTTP/1.1 200")
        assert toy.waiting.acquire(timeout=PATIENCE)
        front.stop()
        assert let_go(idle)
        assert let_go(stalled)
        with pytest.raises(ConnectionError):
            connect(port)
        toy.go_on.set()
        reply = read_all(working)
        assert reply.startswith(b"HTTP/1.1 200 OK")
        assert b"Connection: close" in reply
        for client in (idle, stalled, working):
            client.close()


def test_a_failing_application_is_a_500_and_the_connection_lives(port: int) -> None:
    sent = b"GET /fail HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    with closing(connect(port, sent)) as client:
        client.shutdown(socket.SHUT_WR)
        reply = read_all(client)
    assert reply.startswith(b"HTTP/1.1 500 ")
    assert b"it fails" not in reply


def test_the_environment_is_wsgis(port: int) -> None:
    status, headers, body = ask(
        port,
        b"POST /a%20b/%ea%b0%80?q=1&r=%20 HTTP/1.1\r\nHost: here:80\r\nContent-Type: text/plain\r\n"
        b"Cookie: a=1\r\nCookie: b=2\r\nAccept: x\r\nAccept: y\r\nX_Forwarded_For: evil\r\n"
        b"Content-Length: 5\r\n\r\nhello",
    )
    told = json.loads(body)
    assert status == 200
    assert int(headers["content-length"]) == len(body)
    assert "date" in headers
    assert told["PATH_INFO"].encode("latin-1").decode() == "/a b/가"
    assert told["QUERY_STRING"] == "q=1&r=%20"
    assert told["HTTP_HOST"] == "here:80"
    assert told["CONTENT_TYPE"] == "text/plain"
    assert told["CONTENT_LENGTH"] == "5"
    assert told["HTTP_COOKIE"] == "a=1; b=2"
    assert told["HTTP_ACCEPT"] == "x,y"
    assert told["REMOTE_ADDR"] == "127.0.0.1"
    assert told["SERVER_PORT"] == str(port)
    assert told["body"] == "hello"
    assert "HTTP_X_FORWARDED_FOR" not in told


def test_a_chunked_body_arrives_whole(port: int) -> None:
    sent = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    status, _, body = ask(port, sent + b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
    told = json.loads(body)
    assert (status, told["body"], told["CONTENT_LENGTH"]) == (200, "abcdefg", "7")


def test_who_waits_to_be_asked_for_the_body_is_asked(port: int) -> None:
    sent = b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    with closing(connect(port, sent)) as client:
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"ok")
        assert b'"body": "ok"' in client.recv(65536)


def test_requests_sent_at_once_are_answered_in_order(port: int) -> None:
    paths = [f"/{number}" for number in range(20)]
    sent = "".join(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n" for path in paths).encode()
    with closing(connect(port, sent[:301])) as client:
        client.sendall(sent[301:] + b"GET /last HTTP/1.0\r\n\r\n")
        replies = read_all(client).decode().split("HTTP/1.1 200 OK")[1:]
    found = [json.loads(reply.split("\r\n\r\n")[1])["PATH_INFO"] for reply in replies]
    assert found == [*paths, "/last"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"GET\r\n\r\n", 400),
        (b"GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 9000000000\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 300001\r\n\r\nabc", 413),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"y" * 40_000 + b" HTTP/1.1\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 100, 400),
    ],
)
def test_what_is_no_request_is_refused_with_a_reason(port: int, sent: bytes, status: int) -> None:
    found, headers, body = ask(port, sent)
    assert found == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert json.loads(body)["status"] == status


def test_a_refusal_reaches_who_is_still_sending(port: int) -> None:
    with closing(connect(port, b"POST / HTTP/1.1\r\nContent-Length: 400000\r\n\r\n")) as client:
        client.sendall(b"x" * 400_000)
        assert read_all(client).startswith(b"HTTP/1.1 413 ")


def test_large_bodies_are_bounded_together_and_small_ones_always_pass(toy: Toy) -> None:
    with running(toy, SHORT._replace(grace_seconds=60)) as (_, port):
        head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"
        large = [connect(port, head + b"x" * 290_000) for _ in range(4)]
        limit = time.monotonic() + PATIENCE
        refused = b""
        while not refused and time.monotonic() < limit:
            for client in large:
                client.setblocking(False)
                try:
                    refused = refused or client.recv(65536)
                except BlockingIOError:
                    continue
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert ask(port, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")[0] == 200
        for client in large:
            client.close()


def test_head_has_no_body(port: int) -> None:
    _, headers, body = ask(port, b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert body == b""
    assert int(headers["content-length"]) > 0


def test_another_protocol_is_answered_in_this_one(port: int) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    status, headers, _ = ask(port, b"GET / HTTP/1.1\r\nHost: a\r\n" + upgrade)
    assert (status, headers["connection"]) == (200, "close")


def test_rubbish_never_ends_the_loop(port: int) -> None:
    rng = random.Random(0)
    whole = STALLED + b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
    for _ in range(150):
        sent = bytearray(whole)
        for _ in range(rng.randrange(1, 8)):
            sent[rng.randrange(len(sent))] = rng.randrange(256)
        client = connect(port)
        with suppress(OSError):
            client.sendall(bytes(sent[: rng.randrange(len(sent))]))
        client.close()
    assert get(port)["PATH_INFO"] == "/"

"""One worker's event loop on a real socket: nobody is held by the slow, and all is bounded."""

import json
import time
from contextlib import closing

import pytest

from tests.serving.toy_front import (
    LARGE,
    PATIENCE,
    SHORT,
    STALLED,
    Toy,
    ask,
    connect,
    get,
    read_all,
    running,
)


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

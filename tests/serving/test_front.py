"""One worker's event loop on a real socket: whole requests only, each with its reply."""

import json
import random
import socket
from contextlib import closing, suppress

import pytest

from tests.serving.toy_front import (
    PATIENCE,
    STALLED,
    Toy,
    ask,
    connect,
    get,
    let_go,
    read_all,
    running,
)


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

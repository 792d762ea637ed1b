"""A front with a toy behind it on a real socket, and a client that may do everything wrong."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

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

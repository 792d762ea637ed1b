"""The real server, started as people start it: workers die, a database is locked."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.runs.conftest import QUICK

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds
SEVEN = json.dumps({"strokes": [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]}).encode()


@contextmanager
def started(
    data: Path, *options: str, cwd: str | Path = "/", **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], int, Path]]:
    """``python app.py`` from another folder; the process, its port and what it printed."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    printed = data / "printed"
    command = [sys.executable, str(ROOT / "app.py"), "--no-browser", "--port", str(port)]
    with printed.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--data", str(data), *options],
            cwd=cwd,
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONPATH": "", **environment},
        )
    try:
        yield server, port, printed
    finally:
        server.terminate()
        server.wait(PATIENCE)


def ask(port: int, path: str, body: bytes | None = None) -> Any:
    """A reply's JSON."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
        return json.loads(reply.read() or b"null")


def wait_until_it_draws(port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            assert ask(port, "/api/models/mlp-sigmoid/activations", SEVEN)["prediction"] == 7
            return
        except OSError:
            assert time.monotonic() < limit
            time.sleep(0.05)


def zombies_of(server: subprocess.Popen[bytes]) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(server.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if child.status() == psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


def workers_of(server: subprocess.Popen[bytes]) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(server.pid).children():
        with contextlib.suppress(psutil.Error):  # a dead one
            if "nnviz.serving.worker" in child.cmdline():
                found.append(child)
    return found


def test_a_killed_worker_is_replaced_and_the_others_go_on(tmp_path: Path) -> None:
    with started(tmp_path, "--workers", "2") as (server, port, _):
        wait_until_it_draws(port)
        for _ in range(2):
            before = workers_of(server)
            assert len(before) == 2
            before[0].kill()
            for _ in range(20):  # by the other one
                assert ask(port, "/healthz")["status"] == "ok"
            limit = time.monotonic() + PATIENCE
            while len({each.pid for each in workers_of(server)} - {before[0].pid}) < 2:
                assert time.monotonic() < limit
                time.sleep(0.02)
        assert server.poll() is None
        wait_until_it_draws(port)


@pytest.mark.thorough
def test_the_only_worker_is_replaced_and_who_connects_meanwhile_is_answered(tmp_path: Path) -> None:
    with started(tmp_path) as (server, port, _):
        wait_until_it_draws(port)
        workers_of(server)[0].kill()
        wait_until_it_draws(port)


@pytest.mark.thorough
def test_a_run_trains_and_the_address_is_told_when_started_from_another_folder(
    tmp_path: Path,
) -> None:
    with started(tmp_path, "--class", NNVIZ_CLASS_CODE="123456") as (server, port, printed):
        wait_until_it_draws(port)
        run = ask(port, "/api/runs", json.dumps({"recipe": QUICK.to_json()}).encode())
        limit = time.monotonic() + PATIENCE
        while ask(port, f"/api/runs/{run['id']}")["run"]["state"] not in ("finished", "done"):
            assert time.monotonic() < limit
            time.sleep(0.1)
        while zombies_of(server):
            assert time.monotonic() < limit  # the one that announced has ended, and is buried
            time.sleep(0.05)
        text = printed.read_text("utf-8")
        assert f"nnviz is at http://127.0.0.1:{port} " in text
        assert "Teacher's code: 123456" in text


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    with started(tmp_path, "--class", NNVIZ_DRAWINGS_A_SECOND="many") as (server, _, printed):
        assert server.wait(PATIENCE) == 1
        lines = printed.read_text("utf-8").splitlines()
        assert len(lines) == 1
        assert "NNVIZ_DRAWINGS_A_SECOND" in lines[0]


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started(tmp_path, "--port", str(port)) as (server, _, printed):
            assert server.wait(PATIENCE) == 1
            assert f"Cannot listen on 127.0.0.1 port {port}" in printed.read_text("utf-8")


@pytest.mark.thorough
def test_a_locked_database_stops_neither_drawing_nor_the_watch_over_it(tmp_path: Path) -> None:
    with started(tmp_path, NNVIZ_RUN_WORKER_ELSEWHERE="1") as (_, port, _):
        wait_until_it_draws(port)
        _start_another(port)
        lock = sqlite3.connect(tmp_path / "runs.sqlite", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        stuck = [threading.Thread(target=_start_another, args=(port,)) for _ in range(8)]
        for thread in stuck:
            thread.start()
        time.sleep(0.5)
        for _ in range(20):
            assert ask(port, "/healthz")["status"] == "ok"
            assert ask(port, "/api/models/mlp-sigmoid/activations", SEVEN)["prediction"] == 7
        assert any(thread.is_alive() for thread in stuck), "nothing was stuck"
        lock.execute("ROLLBACK")
        lock.close()
        for thread in stuck:
            thread.join(PATIENCE)


def _start_another(port: int) -> None:
    with contextlib.suppress(urllib.error.HTTPError):  # too many runs: it had to wait all the same
        ask(port, "/api/runs", json.dumps({"recipe": QUICK.to_json()}).encode())


@pytest.mark.parametrize(
    "how", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.thorough)]
)
@pytest.mark.thorough
def test_a_stop_finishes_a_save_and_evaluations_in_flight(
    tmp_path: Path, how: signal.Signals
) -> None:
    """Nothing is cut off; who asks for long work may be told to come again, in a whole reply."""
    with started(tmp_path, "--workers", "1") as (server, port, _):
        wait_until_it_draws(port)
        save = json.dumps({"base": "mlp-sigmoid", "title": "Kept", "edits": []}).encode()
        asked = [("/api/models", save)] + [
            (f"/api/models/{name}/evaluation", b'{"edits": []}')
            for name in ("mlp-sigmoid", "mlp-relu", "cnn")
        ]
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in asked]
        for client, (path, body) in zip(clients, asked, strict=True):
            head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        ask(port, "/healthz")  # connections are taken in order: those before are in
        ask(port, "/healthz")
        os.kill(server.pid, how)
        statuses: list[int] = []
        for client in clients:
            client.settimeout(PATIENCE)
            statuses.append(int(client.recv(65536).split()[1]))
            client.close()
        assert set(statuses) <= {200, 201, 503}
        assert server.wait(PATIENCE) == 0
    saved = list((tmp_path / "models").glob("*.safetensors"))
    assert bool(saved) == (statuses[0] == 201), "what was told is not what was done"


def test_a_killed_server_leaves_nobody_and_frees_its_address(tmp_path: Path) -> None:
    with started(tmp_path, "--workers", "2") as (server, port, _):
        wait_until_it_draws(port)
        children = psutil.Process(server.pid).children(recursive=True)
        server.kill()
        server.wait()
        _, alive = psutil.wait_procs(children, PATIENCE)
        assert not alive
        socket.create_server(("127.0.0.1", port)).close()

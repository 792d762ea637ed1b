"""What a drawing costs to serve: CPU time, requests a second, latency.

    python -m benchmarks.serving [STROKES.jsonl]

First in one process, bytes in to bytes out, through the whole WSGI application; then with the real
server and ``wrk`` (https://github.com/wg/wrk; Debian: apt install wrk) on the same machine with 16
and 300 connections. Beside it in the same run: an empty Flask route served in the same way, and a
server as they are often written (784 floats as JSON, Python's own json, gunicorn). Each request is
one of up to 500 different drawings; without a file they are generated. Needs ``pip install
gunicorn``.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask, request

from nnviz import ink, models
from nnviz.network import Network
from nnviz.web import create_app

MOST_DRAWINGS = 500
CONNECTIONS = (16, 300)

empty = Flask("empty")
peer = Flask("peer")


@empty.post("/")
def nothing() -> str:
    """What Flask itself costs."""
    return "{}"


@peer.post("/")
def predict() -> str:
    """A drawing's pixels as a list, every layer's activations as lists."""
    network = models.load("mlp-sigmoid").network if not _network else _network[0]
    _network[:] = [network]
    pixels = np.array(json.loads(request.data)["pixels"], np.float32)
    _, trace = network.forward(pixels[None])
    return json.dumps([[part.z[0].tolist(), part.a[0].tolist()] for part in trace.layers])


_network: list[Network] = []


def as_pixels(body: bytes) -> bytes:
    """The same drawing as a peer is sent it: already inked, as floats."""
    pixels = ink.from_strokes(json.loads(body)["strokes"])
    return json.dumps({"pixels": (pixels.ravel() / 255).tolist()}).encode()


def drawings(path: Path | None) -> list[bytes]:
    """Request bodies: real strokes from a file, or circles of 50 points."""
    if path is None:
        angles = np.linspace(0, 6, 50)
        sizes = np.random.default_rng(0).uniform(0.1, 0.4, (MOST_DRAWINGS, 2))
        circles = (
            np.stack([0.5 + x * np.cos(angles), 0.5 + y * np.sin(angles)], axis=1).round(4)
            for x, y in sizes
        )
        strokes = [[circle.tolist()] for circle in circles]
    else:
        lines = path.read_text("utf-8").splitlines()[:MOST_DRAWINGS]
        strokes = [json.loads(line)["strokes"] for line in lines]
    return [json.dumps({"strokes": each}, separators=(",", ":")).encode() for each in strokes]


def cpu_per_request(app: Flask, path: str, bodies: list[bytes]) -> float:
    """Microseconds of CPU for one request: the median of five rounds over all bodies."""

    def respond(body: bytes) -> None:
        environment: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        start: Callable[..., Any] = lambda status, headers, info=None: None  # noqa: E731
        b"".join(app(environment, start))

    rounds = []
    for _ in range(6):
        began = time.process_time()
        for body in bodies:
            respond(body)
        rounds.append((time.process_time() - began) / len(bodies))
    return float(np.median(rounds[1:])) * 1e6


def served_as_usual(workers: int) -> AbstractContextManager[str]:
    """The address of the peer, under gunicorn."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "benchmarks.serving:peer", "--threads", "4"]
    command += ["--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    return _running(command, port)


@contextmanager
def served(target: str, workers: int) -> Iterator[str]:
    """The address of a server for a WSGI target, as ``python app.py`` starts it."""
    port = _free_port()
    start = f"from nnviz.serving.supervisor import serve; serve({target!r}, '127.0.0.1', {port}, "
    with _running([sys.executable, "-c", f"{start}{workers}, False)"], port) as address:
        yield address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[str]:
    """The address of a server process, once it answers."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_open(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/none", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def load(url: str, bodies: list[bytes], connections: int, seconds: int) -> str:
    """Requests a second, errors, and latencies, as table cells, by wrk."""
    with tempfile.TemporaryDirectory() as folder:
        for number, body in enumerate(bodies):
            (Path(folder) / str(number)).write_bytes(body)
        script = Path(folder) / "bodies.lua"
        script.write_text(
            "local bodies, n = {}, 0\n"
            f"for i = 0, {len(bodies) - 1} do\n"
            f"  local f = io.open('{folder}/' .. i, 'rb'); bodies[i] = f:read('*a'); f:close()\n"
            "end\n"
            "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
            f"request = function() n = (n + 1) % {len(bodies)}\n"
            "  return wrk.format(nil, nil, nil, bodies[n]) end\n"
            "done = function(s, l, r)\n"
            "  local e = s.errors\n"
            "  local rate = s.requests / s.duration * 1e6\n"
            "  io.write(string.format('RESULT %.0f %d %.1f %.1f\\n', rate,\n"
            "    e.connect + e.read + e.write + e.status + e.timeout,\n"
            "    l:percentile(50) / 1000, l:percentile(99) / 1000))\nend\n"
        )
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+)", output)
    assert result is not None, output
    rate, errors, median, late = result.groups()
    return f"{int(rate):,} | {errors} | {median} | {late}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path, help="drawn digits, JSON lines")
    parser.add_argument("--seconds", type=int, default=8, help="of load a row (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="server processes (%(default)s)")
    options = parser.parse_args()
    bodies = drawings(options.strokes)
    print("### CPU for one request, bytes in to bytes out, microseconds\n")
    print("| route | CPU |\n|---|---:|")
    print(f"| an empty Flask route | {cpu_per_request(empty, '/', bodies):.0f} |")
    app = create_app()
    for name in models.DIGITS:
        microseconds = cpu_per_request(app, f"/api/models/{name}/activations", bodies)
        print(f"| `{name}` | {microseconds:.0f} |")
    if shutil.which("wrk") is None:
        sys.exit("wrk is not on this machine; install it for the second table.")
    print(f"\n### Under load, {options.workers} server processes\n")
    print("| route | connections | requests/s | errors | median ms | 99% ms |")
    print("|---|---:|---:|---:|---:|---:|")
    with served("benchmarks.serving:empty", options.workers) as address:
        for connections in CONNECTIONS:
            row = load(f"{address}/", bodies, connections, options.seconds)
            print(f"| an empty Flask route | {connections} | {row} |", flush=True)
    with served_as_usual(options.workers) as address:
        pixels = [as_pixels(body) for body in bodies]
        for connections in CONNECTIONS:
            row = load(f"{address}/", pixels, connections, options.seconds)
            print(f"| 784 floats, json, gunicorn | {connections} | {row} |", flush=True)
    with served("nnviz.wsgi:app", options.workers) as address:
        for name in models.DIGITS:
            for connections in CONNECTIONS:
                url = f"{address}/api/models/{name}/activations"
                row = load(url, bodies, connections, options.seconds)
                print(f"| `{name}` | {connections} | {row} |", flush=True)


if __name__ == "__main__":
    main()

"""What a drawing costs to serve: CPU time, requests a second, latency.

    python -m benchmarks.serving [STROKES.jsonl]

First in one process, bytes in to bytes out, through the whole WSGI application; then with the real
server and ``wrk`` (https://github.com/wg/wrk; Debian: apt install wrk) on the same machine with 16
and 300 connections. Beside it in the same run: an empty Flask route served in the same way, and a
server as they are often written (784 floats as JSON, Python's own json, gunicorn). Each request is
one of up to 500 different drawings; without a file they are generated. A drawing is asked for in
both forms: as JSON with every number, and as the Draw screen asks while the pen moves. Needs
requirements-bench.txt.
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
from typing import Any, NamedTuple

import numpy as np
from flask import Flask, request

from nnviz import ink, models
from nnviz.network import Network
from nnviz.web import create_app

MOST_DRAWINGS = 500
CONNECTIONS = (16, 300)
ROUNDS, TIMED = 10, 100  # of how many drawings one request's time is taken

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


AS_THE_PAGE = {"Accept": "application/vnd.safetensors", "Accept-Encoding": "gzip"}


def for_the_page(body: bytes, model: str) -> bytes:
    """The same drawing, and what the Draw screen wants to be told of it."""
    layers = models.load(model).network.layers
    whole = [layer.name for layer in layers if layer.kind == "dense"]
    return json.dumps({**json.loads(body), "parts": "least", "whole": whole}).encode()


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


Headers = dict[str, str]


def cpu_per_request(app: Flask, path: str, bodies: list[bytes], headers: Headers) -> float:
    """Microseconds for one request: of every body the best of ten rounds, their mean.

    The best, because others at work on the machine make a moment slower and never quicker.
    """
    asked = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}

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
            **asked,
        }
        start: Callable[..., Any] = lambda status, headers, info=None: None  # noqa: E731
        b"".join(app(environment, start))

    best = [1.0] * len(bodies)
    for _ in range(ROUNDS):
        for number, body in enumerate(bodies):
            began = time.perf_counter()
            respond(body)
            best[number] = min(best[number], time.perf_counter() - began)
    return float(np.mean(best)) * 1e6


def served_as_usual(workers: int) -> AbstractContextManager[str]:
    """The address of the peer, under gunicorn."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "benchmarks.serving:peer", "--threads", "4"]
    command += ["--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    return _running(command, port)


@contextmanager
def served(target: str, workers: int) -> Iterator[str]:
    """The address of a server for a WSGI target, as ``python app.py`` starts it."""
    port = free_port()
    start = f"from nnviz.serving.supervisor import serve; serve({target!r}, '127.0.0.1', {port}, "
    with _running([sys.executable, "-c", f"{start}{workers}, False)"], port) as address:
        yield address


def free_port() -> int:
    """A port that nobody listens at."""
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


class Load(NamedTuple):
    """What wrk saw: requests a second, failed ones, milliseconds."""

    rate: float
    errors: int
    median: float
    late: float

    def cells(self) -> str:
        """As a table has them."""
        return f"{self.rate:,.0f} | {self.errors} | {self.median} | {self.late}"


def load(
    url: str, bodies: list[bytes], connections: int, seconds: int, headers: Headers | None = None
) -> Load:
    """Requests a second, errors, and latencies, by wrk."""
    asked = {"Content-Type": "application/json", **(headers or {})}
    lines = "".join(f"wrk.headers['{name}'] = '{value}'\n" for name, value in asked.items())
    with tempfile.TemporaryDirectory() as folder:
        for number, body in enumerate(bodies):
            (Path(folder) / str(number)).write_bytes(body)
        script = Path(folder) / "bodies.lua"
        script.write_text(
            "local bodies, n = {}, 0\n"
            f"for i = 0, {len(bodies) - 1} do\n"
            f"  local f = io.open('{folder}/' .. i, 'rb'); bodies[i] = f:read('*a'); f:close()\n"
            "end\n"
            f"wrk.method = 'POST'\n{lines}"
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
    return Load(float(rate), int(errors), float(median), float(late))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path, help="drawn digits, JSON lines")
    parser.add_argument("--seconds", type=int, default=8, help="of load a row (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="server processes (%(default)s)")
    options = parser.parse_args()
    bodies = drawings(options.strokes)
    print_cpu(bodies[:TIMED])
    if shutil.which("wrk") is None:
        sys.exit("wrk is not on this machine; install it for the second table.")
    print_load(bodies, options.workers, options.seconds)


def forms(bodies: list[bytes], model: str) -> dict[str, tuple[list[bytes], Headers]]:
    """The same drawings in both forms that a reading may be asked for in."""
    return {
        "as the page asks": ([for_the_page(body, model) for body in bodies], AS_THE_PAGE),
        "all as JSON": (bodies, {}),
    }


def print_cpu(bodies: list[bytes]) -> None:
    """One process, bytes in to bytes out."""
    print("### CPU for one request, bytes in to bytes out\n")
    print("| route | times the empty route | microseconds |\n|---|---:|---:|")
    nothing = cpu_per_request(empty, "/", bodies, {})
    print(f"| an empty Flask route | 1 | {nothing:.0f} |")
    app = create_app()
    for name in models.DIGITS:
        for form, (asked, headers) in forms(bodies, name).items():
            took = cpu_per_request(app, f"/api/models/{name}/activations", asked, headers)
            print(f"| `{name}`, {form} | {took / nothing:.1f} | {took:.0f} |", flush=True)


def print_load(bodies: list[bytes], workers: int, seconds: int) -> None:
    """The real server and the usual one, with few and many connections."""
    print(f"\n### Under load, {workers} server processes\n")
    columns = "times the usual server | requests/s | errors | median ms | 99% ms"
    print(f"| route | connections | {columns} |\n|---|---:|---:|---:|---:|---:|---:|")
    usual: dict[int, float] = {}
    with served_as_usual(workers) as address:
        pixels = [as_pixels(body) for body in bodies]
        for connections in CONNECTIONS:
            found = load(f"{address}/", pixels, connections, seconds)
            usual[connections] = found.rate
            print(f"| 784 floats, json, gunicorn | {connections} | 1 | {found.cells()} |")

    def row(name: str, connections: int, found: Load) -> None:
        times = found.rate / usual[connections]
        print(f"| {name} | {connections} | {times:.2f} | {found.cells()} |", flush=True)

    with served("benchmarks.serving:empty", workers) as address:
        for connections in CONNECTIONS:
            found = load(f"{address}/", bodies, connections, seconds)
            row("an empty Flask route", connections, found)
    with served("nnviz.wsgi:app", workers) as address:
        for name in models.DIGITS:
            url = f"{address}/api/models/{name}/activations"
            for form, (asked, headers) in forms(bodies, name).items():
                for connections in CONNECTIONS:
                    found = load(url, asked, connections, seconds, headers)
                    row(f"`{name}`, {form}", connections, found)


if __name__ == "__main__":
    main()

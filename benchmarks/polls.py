"""What a class's polls cost: 300 phones that ask for the lesson every two seconds, and vote.

    python -m benchmarks.polls [--phones 300] [--seconds 20]

The real server in class mode with its two workers, on this machine; each phone is a visitor of its
own with a connection of its own, asks every 2 to 3 seconds as the page does, and votes once in each
of two rounds, all within the same three seconds. Printed are requests a second, the median and 99th
percentile of their times, what is sent, the server's CPU, and whether every vote was counted once.
"""

import argparse
import http.client
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import psutil

CODE = "123456"
EVERY = 2.0  # seconds between looks, and up to half as much more
VOTING = 3.0  # seconds within which all have voted
NEWCOMERS_A_SECOND = 40
STATUS_LINE = len("HTTP/1.1 200 OK\r\n")


class Phone(threading.Thread):
    """One student's page: looks, and votes when a poll is open."""

    def __init__(self, port: int, end: float) -> None:
        super().__init__(daemon=True)
        self.port, self.end = port, end
        self.times: list[float] = []
        self.bytes = 0  # of replies, their heads included
        self.failed = 0
        self.voted: set[str] = set()
        self.cookie = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def come(self) -> None:
        """Open the page once, which makes a visitor of it."""
        self.connection.request("GET", "/learn")
        reply = self.connection.getresponse()
        reply.read()
        given = reply.headers.get_all("Set-Cookie") or []
        found = [each.split(";")[0] for each in given if each.startswith("visitor=")]
        self.cookie = found[0] if found else ""

    def ask(self, method: str, path: str, body: dict[str, int] | None = None) -> bytes:
        """One request, timed."""
        began = time.perf_counter()
        headers = {"Cookie": self.cookie, "Content-Type": "application/json"}
        text = None if body is None else json.dumps(body)
        try:
            self.connection.request(method, path, text, headers)
            reply = self.connection.getresponse()
            content = reply.read()
            self.bytes += len(content) + len(str(reply.headers)) + STATUS_LINE
            if reply.status >= 400:
                self.failed += 1
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.failed += 1
            return b"{}"
        self.times.append(time.perf_counter() - began)
        return content

    def run(self) -> None:
        """Look until the end."""
        time.sleep(random.uniform(0, EVERY))
        while time.monotonic() < self.end:
            poll = json.loads(self.ask("GET", "/api/class/lesson") or b"{}").get("poll")
            key = f"{poll['id']} {poll['round']}" if poll else ""
            if poll and poll["round"] != "shown" and key not in self.voted:
                self.voted.add(key)
                time.sleep(random.uniform(0, VOTING))
                self.ask(
                    "POST", "/api/class/votes", {"poll": poll["id"], "choice": random.randrange(4)}
                )
            time.sleep(random.uniform(EVERY, 1.5 * EVERY))


class Teacher:
    """Presents a step and opens its polls."""

    def __init__(self, port: int) -> None:
        self.port = port
        reply = self.post("/api/class/teacher", {"code": CODE}, "")
        self.cookie = (reply or "").split(";")[0]

    def post(self, path: str, body: object, cookie: str) -> str | None:
        """A request; the cookie that it gives."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Cookie": cookie},
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            found: str | None = reply.headers.get("Set-Cookie")
            return found

    def show(self, asked: str | None) -> None:
        """The step, with a round of its poll."""
        poll = {"round": asked, "choices": 4} if asked else None
        body = {"chapter": "neuron", "step": "pixels", "poll": poll}
        self.post("/api/class/lesson", body, self.cookie)

    def counts(self) -> dict[str, list[int]]:
        """How many voted for what."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/class/lesson", headers={"Cookie": self.cookie}
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            found: dict[str, list[int]] = json.load(reply)["poll"]
            return found


def main() -> None:
    """Serve, let the phones come, ask and vote, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=20, help="of each of the two rounds")
    options = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        root = Path(__file__).parents[1]
        command = [sys.executable, "app.py", "--class", "--host", "127.0.0.1", "--no-browser"]
        environment = {**_environment(), "NNVIZ_CLASS_CODE": CODE}
        server = subprocess.Popen(
            [*command, "--port", str(port), "--data", data],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            _measure(port, server, options.phones, options.seconds)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _measure(port: int, server: subprocess.Popen[bytes], count: int, seconds: int) -> None:
    teacher = Teacher(port)
    teacher.show(None)
    phones = [Phone(port, 0) for _ in range(count)]
    for phone in phones:
        phone.come()
        while not phone.cookie:  # only so many newcomers are let in a second
            time.sleep(1 / NEWCOMERS_A_SECOND)
            phone.come()
    end = time.monotonic() + 2 * seconds + EVERY
    before, began = _cpu(server), time.monotonic()
    for phone in phones:
        phone.end = end
        phone.start()
    for asked in ("first", "second"):
        teacher.show(asked)
        time.sleep(seconds)
    counts = teacher.counts()
    for phone in phones:
        phone.join(timeout=60)
    took, cpu = time.monotonic() - began, _cpu(server) - before
    times = sorted(each * 1000 for phone in phones for each in phone.times)
    sent = sum(phone.bytes for phone in phones)
    rows = {
        "requests a second": f"{len(times) / took:.0f}",
        "median, ms": f"{statistics.median(times):.1f}",
        "99th percentile, ms": f"{times[int(0.99 * len(times))]:.1f}",
        "bytes a reply, headers included": f"{sent / len(times):.0f}",
        "kB/s for the whole class": f"{sent / took / 1000:.0f}",
        "CPU of the server, cores": f"{cpu / took:.2f}",
        "CPU a request, ms": f"{1000 * cpu / len(times):.2f}",
        "failed": f"{sum(phone.failed for phone in phones)}",
        "votes counted in each round": f"{sum(counts['first'])}, {sum(counts['second'])}",
    }
    print(f"| {count} phones for {took:.0f} s | |\n|---|---:|")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def _cpu(server: subprocess.Popen[bytes]) -> float:
    process = psutil.Process(server.pid)
    found = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in found)


def _environment() -> dict[str, str]:
    from nnviz import environment

    return dict(environment.everything())


def _wait(port: int) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/class", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within 60 seconds.")


if __name__ == "__main__":
    main()

"""How many pens a server carries: for each model, one process and two, and two servers together.

    python -m benchmarks.capacity [STROKES.jsonl]

The real server on this machine, asked by ``wrk`` as the Draw screen asks while the pen moves. A pen
that moves asks 30 times a second at most. Two servers stand behind nginx (Debian: apt install
nginx) as two machines would; they share nothing but the models that ship, so their readings have
to be the same. What a drawing costs is taken from the processor time of the servers, which says
what a core carries even where ``wrk`` and others share this machine's cores.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.serving import AS_THE_PAGE, Load, drawings, for_the_page, free_port, load, served
from nnviz import models

PEN = 30  # drawings a second of a pen that moves
CONNECTIONS = 60
NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream nnviz {{ {servers} keepalive 64; }}
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 11m;
    location / {{
      proxy_pass http://nnviz;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header Connection "";
      add_header X-Server $upstream_addr;
    }}
  }}
}}
"""


class Cost(NamedTuple):
    """What pens that ask as the page does cost."""

    load: Load
    core: float  # seconds of a core that a drawing takes, nginx included

    @property
    def pens(self) -> float:
        """How many moving pens a core carries."""
        return 1 / (self.core * PEN)


def own_processes() -> list[psutil.Process]:
    """The processes that this one started: servers, their workers, nginx."""
    return psutil.Process().children(recursive=True)


def asked(url: str, bodies: list[bytes], seconds: int) -> Cost:
    """Let pens ask, and read the servers' processor time before and after."""
    before = processor_times()
    found = load(url, bodies, CONNECTIONS, seconds, AS_THE_PAGE)
    after = processor_times()
    spent = sum(after[pid] - before[pid] for pid in before.keys() & after.keys())
    return Cost(found, spent / (found.rate * seconds))


def processor_times() -> dict[int, float]:
    """Seconds that each server process has worked so far."""
    found = {}
    for each in own_processes():
        with suppress(psutil.NoSuchProcess):
            user, system, *_ = each.cpu_times()
            found[each.pid] = user + system
    return found


def reading(url: str, body: bytes) -> tuple[str, bytes]:
    """Which server answered, and what."""
    headers = {"Content-Type": "application/json", **AS_THE_PAGE}
    request = urllib.request.Request(url, data=body, headers=headers)
    with urllib.request.urlopen(request) as reply:
        return reply.headers.get("X-Server", ""), reply.read()


def memory_of_processes() -> list[int]:
    """Megabytes of each server process, the largest first."""
    own = [each for each in own_processes() if each.name().startswith("python")]
    return sorted((round(each.memory_full_info().pss / 1e6) for each in own), reverse=True)


@contextmanager
def balanced(addresses: list[str]) -> Iterator[str]:
    """The address of an nginx before these servers."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        servers = " ".join(f"server {each.removeprefix('http://')};" for each in addresses)
        path = Path(folder) / "nginx.conf"
        path.write_text(NGINX.format(folder=folder, servers=servers, port=port))
        nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
        process = subprocess.Popen([nginx or "nginx", "-c", str(path), "-p", folder])
        try:
            _wait(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx did not start.")


def print_models(bodies: list[bytes], seconds: int) -> dict[str, Cost]:
    """Pens for each model, with one process and with two; the costs with one."""
    alone: dict[str, Cost] = {}
    sizes: dict[str, int] = {}
    with served("nnviz.wsgi:app", 1) as address:
        for name in models.DIGITS:
            url = f"{address}/api/models/{name}/activations"
            own = [for_the_page(body, name) for body in bodies]
            sizes[name] = len(reading(url, own[0])[1])
            alone[name] = asked(url, own, seconds)
        memory = memory_of_processes()
    print(
        "| model | pens a core | the same with two processes | a drawing, core microseconds | "
        "kB/s a pen | drawings/s, one and two |\n|---|---:|---:|---:|---:|---:|"
    )
    with served("nnviz.wsgi:app", 2) as address:
        for name in models.DIGITS:
            url = f"{address}/api/models/{name}/activations"
            two = asked(url, [for_the_page(body, name) for body in bodies], seconds)
            one = alone[name]
            print(
                f"| `{name}` | {one.pens:.0f} | {two.pens:.0f} | {1e6 * one.core:.0f} | "
                f"{PEN * sizes[name] / 1000:.0f} | {one.load.rate:,.0f}, {two.load.rate:,.0f} |",
                flush=True,
            )
    print(f"\nMemory of the processes of a server with one worker, MB: {memory}")
    return alone


def print_balanced(bodies: list[bytes], seconds: int, alone: dict[str, Cost]) -> None:
    """Two servers of one process each, behind nginx."""
    print("\n### Two servers behind nginx, one process each\n")
    print("| model | pens a core | one without nginx | drawings/s | errors | both answer alike |")
    print("|---|---:|---:|---:|---:|---|")
    with (
        served("nnviz.wsgi:app", 1) as first,
        served("nnviz.wsgi:app", 1) as second,
        balanced([first, second]) as address,
    ):
        for name in models.DIGITS:
            path = f"/api/models/{name}/activations"
            own = [for_the_page(body, name) for body in bodies]
            found = asked(address + path, own, seconds)
            answers = [reading(address + path, own[0]) for _ in range(8)]
            servers, told = (len(set(each)) for each in zip(*answers, strict=True))
            alike = "yes" if (servers, told) == (2, 1) else "no"
            print(
                f"| `{name}` | {found.pens:.0f} | {alone[name].pens:.0f} | "
                f"{found.load.rate:,.0f} | {found.load.errors} | {alike} |",
                flush=True,
            )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path, help="drawn digits, JSON lines")
    parser.add_argument("--seconds", type=int, default=6, help="of load a row (%(default)s)")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk.")
    bodies = drawings(options.strokes)
    alone = print_models(bodies, options.seconds)
    print_balanced(bodies, options.seconds, alone)


if __name__ == "__main__":
    main()

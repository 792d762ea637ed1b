"""Ten minutes of drawings: does the server's memory stay flat?

    python -m benchmarks.soak [STROKES.jsonl] [--minutes 10]

The real server with two processes, wrk with 300 connections on the same machine; the memory of all
server processes together (proportional set size) every half minute.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.serving import drawings, load, served


def memory(pids: list[int]) -> float:
    """Megabytes of these processes."""
    return sum(psutil.Process(pid).memory_full_info().pss for pid in pids) / 1e6


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    bodies = drawings(options.strokes)
    data = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    os.environ["NNVIZ_DATA"] = data.name
    with data, served("nnviz.wsgi:app", 2) as address:
        own = psutil.Process().children(recursive=True)
        pids = [each.pid for each in own if each.name().startswith("python")]
        url = f"{address}/api/models/mlp-sigmoid/activations"
        load(url, bodies, 300, 5)
        rows: list[str] = []
        start = time.monotonic()
        print("| minute | MB |\n|---:|---:|", flush=True)
        worker = threading.Thread(
            target=lambda: rows.append(load(url, bodies, 300, round(options.minutes * 60)).cells())
        )
        worker.start()
        while worker.is_alive():
            minute = (time.monotonic() - start) / 60
            print(f"| {minute:.1f} | {memory(pids):.1f} |", flush=True)
            worker.join(30)
    print(f"\nrequests/s, errors, median ms, 99% ms: {rows[0]}")


if __name__ == "__main__":
    if sys.platform != "linux" or not subprocess.run(["which", "wrk"], capture_output=True).stdout:
        sys.exit("This needs Linux and wrk.")
    main()

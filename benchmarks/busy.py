"""Drawing beside requests that cost much: how long it takes, and a look at the server, meanwhile.

    python -m benchmarks.busy [STROKES.jsonl]

The real server with two processes. A pen sends a drawing 30 times a second; that is timed alone,
then beside 8 visitors whose edits teach the LSTM as much as edits may, 16 who ask for the misread
digits of 16 checkpoints, and 8 who send a picture of 10,000 x 3,000 pixels. Each asks again as
soon as it is answered, with edits and pictures that nobody asked with before.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import io
import itertools
import json
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
from PIL import Image

from benchmarks.serving import drawings, served
from benchmarks.stalled import timed
from nnviz.edits import Edit, LearnEdit
from nnviz.edits.price import MOST, price
from nnviz.layers import LSTM, Dense
from nnviz.models import load
from nnviz.recipe import Recipe, architecture
from nnviz.training.config import TrainingConfig

LEARNERS, READERS, PHOTOGRAPHERS = 8, 16, 8
WIDE, HIGH = 10_000, 3_000  # pixels
PATIENCE = 90  # seconds
STEPS = 100  # of an edit
Ask = Callable[[int], urllib.request.Request]  # by the number of the request
# Many checkpoints of a network that takes long to read 10,000 digits.
MANY = Recipe(
    "Many checkpoints",
    architecture((28, 28), LSTM(64, name="hidden1"), Dense(10, "softmax", name="output")),
    TrainingConfig(epochs=1, batch_size=50),
    samples=2_000,
)


def asked(url: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    """A request, to be sent."""
    return urllib.request.Request(url, body, {"Content-Type": kind})


def learning(address: str) -> Ask:
    """Edits that cost as much as edits may, no two alike."""
    network, edits = load("lstm").network, list[Edit]()
    pixels = np.linspace(0, 255, 784).astype(int).tolist()

    def edit(rate: float) -> LearnEdit:
        return LearnEdit(pixels=pixels, label=3, learning_rate=rate, times=STEPS)

    while price(network, edits) + price(network, [edit(0.1)]) <= MOST:
        edits.append(edit(0.1))

    def ask(number: int) -> urllib.request.Request:
        own = [*edits[1:], edit(0.1 + number / 1_000_000)]
        body = {"pixels": [each / 255 for each in pixels], "edits": msgspec.to_builtins(own)}
        return asked(f"{address}/api/models/lstm/activations", json.dumps(body).encode())

    return ask


def reading(address: str) -> Ask:
    """The misread digits of checkpoints, one after another; a run is trained for that first."""
    with urllib.request.urlopen(
        asked(f"{address}/api/runs", json.dumps({"recipe": MANY.to_json()}).encode())
    ) as reply:
        run = json.loads(reply.read())["id"]
    state, limit = {}, time.monotonic() + PATIENCE
    while not state or state["run"]["state"] != "done":
        if time.monotonic() > limit:
            raise RuntimeError(f"The run for its checkpoints is {state['run']['state']}.")
        time.sleep(0.2)
        with urllib.request.urlopen(f"{address}/api/runs/{run}") as reply:
            state = json.loads(reply.read())
    kept = [each["batch"] for each in state["checkpoints"]]

    def ask(number: int) -> urllib.request.Request:
        model = f"{run}-{kept[number % len(kept)]}"
        return asked(f"{address}/api/datasets/mnist/test?mistakes_of={model}")

    return ask


def photographing(address: str) -> Ask:
    """Large pictures with a digit in them, no two alike."""
    paper, file = np.full((HIGH, WIDE), 225, np.uint8), io.BytesIO()
    paper[600:2400, 5000:5150] = 40
    Image.fromarray(paper).save(file, "PNG", compress_level=1)

    def ask(number: int) -> urllib.request.Request:
        own = file.getvalue() + str(number).encode()  # behind the picture's end: another file
        return asked(f"{address}/api/models/mlp-wide/activations", own, "image/png")

    return ask


def _answered(request: urllib.request.Request) -> tuple[int, float]:
    """A reply's status, and after how many seconds to come again."""
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            reply.read()
            return reply.status, 0.0
    except urllib.error.HTTPError as error:
        return error.code, float(error.headers.get("Retry-After") or 0)


@contextmanager
def asking(ask: Ask, visitors: int) -> Iterator[Counter[int]]:
    """So many visitors who ask again and again; the statuses that they got."""
    numbers, over, statuses = itertools.count(), threading.Event(), Counter[int]()

    def visit() -> None:
        request, status = ask(next(numbers)), 503
        while not over.is_set():
            if status != 503:  # else one comes again with the same
                request = ask(next(numbers))
            status, pause = _answered(request)
            statuses[status] += 1
            over.wait(pause)

    threads = [threading.Thread(target=visit) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def looks(address: str, over: threading.Event, times: list[float]) -> None:
    """Ask for ``/healthz`` ten times a second; milliseconds of each."""
    while not over.wait(0.1):
        start = time.perf_counter()
        urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE).read()
        times.append(1000 * (time.perf_counter() - start))


def memory(pids: list[int]) -> float:
    """Megabytes of these processes together."""
    return sum(psutil.Process(pid).memory_full_info().pss for pid in pids) / 1e6


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=15, help="a row (%(default)s)")
    options = parser.parse_args()
    drawn = drawings(options.strokes)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NNVIZ_DATA"] = folder
        with served("nnviz.wsgi:app", 2) as address:
            timed(address, drawn, 2)
            workers = [
                each.pid
                for each in psutil.Process().children(recursive=True)
                if each.status() != psutil.STATUS_ZOMBIE
                and "nnviz.serving.worker" in each.cmdline()
            ]
            print(
                "| beside | median ms | 99% ms | slowest ms | /healthz slowest ms | MB after "
                "| answered | told to come again |\n|---|---:|---:|---:|---:|---:|---:|---:|"
            )
            for name, visitors, prepare in (
                ("nobody", 0, learning),
                (f"{LEARNERS} with the dearest edits of the LSTM", LEARNERS, learning),
                (f"{READERS} for misread digits of checkpoints", READERS, reading),
                (f"{PHOTOGRAPHERS} pictures of 10,000 x 3,000", PHOTOGRAPHERS, photographing),
            ):
                over, healthy = threading.Event(), list[float]()
                watch = threading.Thread(target=looks, args=(address, over, healthy))
                with asking(prepare(address), visitors) as statuses:
                    watch.start()
                    times = timed(address, drawn, options.seconds)
                    over.set()
                    watch.join()
                cells = [*np.percentile(times, (50, 99, 100)), max(healthy), memory(workers)]
                shown = " | ".join(f"{value:.1f}" for value in cells)
                odd = set(statuses) - {200, 503}
                if odd:
                    raise RuntimeError(f"Expected statuses 200 and 503; got {odd}.")
                print(f"| {name} | {shown} | {statuses[200]} | {statuses[503]} |", flush=True)


if __name__ == "__main__":
    main()

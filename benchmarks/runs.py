"""Drawing while networks train: how long a drawing takes, how fast the trainings are.

    python -m benchmarks.runs [STROKES.jsonl]

The real application with a data folder of its own. A pen sends a drawing 30 times a second; that is
timed while nothing trains, while one run trains and while three do (a perceptron, an LSTM and a
convolutional network), turn by turn. The same three recipes are trained by the library alone, too.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import http.client
import http.cookies
import json
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from benchmarks.serving import drawings, served
from nnviz.recipe import Recipe
from nnviz.recipe.lessons import CLASSIC, CONVOLUTIONAL, RECURRENT
from nnviz.recipe.training import prepare

RATE = 30  # drawings a second
SECONDS = 12.0
ROUNDS = 2


class Visitor:
    """One browser: a connection that stays, a cookie."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._cookie = ""

    def ask(self, method: str, path: str, body: bytes = b"") -> Any:
        """The reply's JSON."""
        headers = {"Content-Type": "application/json", "Cookie": self._cookie}
        self._connection.request(method, path, body or None, headers)
        reply = self._connection.getresponse()
        content = reply.read()
        if reply.status >= 400:
            raise RuntimeError(content.decode())
        for name, morsel in http.cookies.SimpleCookie(reply.getheader("Set-Cookie", "")).items():
            self._cookie = f"{name}={morsel.value}"
        return json.loads(content) if content else None

    def start(self, recipe: Recipe) -> str:
        """Start a run and wait until it trains."""
        body = json.dumps({"recipe": recipe.to_json()}).encode()
        run: str = self.ask("POST", "/api/runs", body)["id"]
        while self.ask("GET", f"/api/runs/{run}")["run"]["batch"] == 0:
            time.sleep(0.02)
        return run

    def stop(self, run: str) -> None:
        """Stop a run and wait until it has."""
        self.ask("POST", f"/api/runs/{run}/commands", b'{"command": "stop"}')
        while self.ask("GET", f"/api/runs/{run}")["run"]["state"] != "stopped":
            time.sleep(0.02)


def long(recipe: Recipe) -> Recipe:
    """The same recipe, for longer than anybody watches."""
    most = 900_000 // (recipe.batches // recipe.training.epochs)
    return replace(recipe, training=replace(recipe.training, epochs=most))


def draw(visitor: Visitor, bodies: list[bytes]) -> list[float]:
    """Milliseconds from a drawing's bytes to its reading's, at the pen's pace."""
    times, start = [], time.perf_counter()
    for number in range(round(SECONDS * RATE)):
        time.sleep(max(0.0, start + number / RATE - time.perf_counter()))
        began = time.perf_counter()
        visitor.ask("POST", "/api/models/mlp-sigmoid/activations", bodies[number % len(bodies)])
        times.append((time.perf_counter() - began) * 1000)
    return times


def alone(recipe: Recipe, seconds: float = 6.0) -> float:
    """Samples a second of the library in this process."""
    trainer, _ = prepare(recipe)
    with threadpool_limits(1, "blas"):
        trainer.advance()
        samples, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            samples += trainer.advance().samples
        return samples / (time.perf_counter() - start)


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", nargs="?", type=Path)
    bodies = drawings(parser.parse_args().strokes)
    recipes = [long(CLASSIC), long(RECURRENT), long(CONVOLUTIONAL)]
    speeds = {recipe.title: [alone(recipe)] for recipe in recipes}
    times: dict[int, list[float]] = {0: [], 1: [], 3: []}
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    os.environ["NNVIZ_DATA"] = folder.name
    with folder, served("nnviz.wsgi:app", 1) as address:
        visitor, pen = Visitor(address), Visitor(address)
        draw(pen, bodies[:30])
        for _ in range(ROUNDS):
            for count in times:
                runs = [visitor.start(recipe) for recipe in recipes[:count]]
                times[count] += draw(pen, bodies)
                for run in runs:
                    told = visitor.ask("GET", f"/api/runs/{run}")["run"]
                    if count != 1:
                        speeds[told["title"]].append(told["speed"])
                    visitor.stop(run)
        began = time.perf_counter()
        visitor.stop(visitor.start(recipes[0]))
        first = time.perf_counter() - began
    print("### A drawing's way to the server and back, milliseconds\n")
    print("| while | median | 95% | 99% | most |")
    print("|---|---:|---:|---:|---:|")
    for count, name in ((0, "nothing trains"), (1, "one run trains"), (3, "three runs train")):
        shares = np.percentile(times[count], [50, 95, 99, 100])
        print(f"| {name} | " + " | ".join(f"{each:.1f}" for each in shares) + " |")
    print("\n### Training, samples a second\n")
    print("| recipe | the library alone | one of three runs, a pen drawing |")
    print("|---|---:|---:|")
    for title, (own, *shared) in speeds.items():
        print(f"| {title} | {own:,.0f} | {np.median(shared):,.0f} |")
    print(f"\nFrom the start of a run to its first batches and its stop: {first:.2f} s.")


if __name__ == "__main__":
    main()

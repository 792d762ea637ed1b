"""What it takes to find out what a network has learned, beside scikit-learn and PyTorch.

    python -m benchmarks.explore [--rounds N] [--pen]

First the arithmetic, one thread, the contestants by turns: medians of the CPU time, and the ratio
pair by pair. Then the requests, CPU time through the whole application in one process, the first
time (when 10,000 digits are read) and again. With ``--pen`` a pen draws 30 times a second at a
real server while t-SNE maps are made there, in place of all that. Needs requirements-bench.txt.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from flask.testing import FlaskClient
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors
from torch import nn

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explain import concepts
from nnviz.explore import map_faithfulness, tsne
from nnviz.explore.attribution import attribute
from nnviz.explore.distances import nearest
from nnviz.explore.pca import principal_components
from nnviz.explore.placing import place
from nnviz.network import Network
from nnviz.settings import Settings
from nnviz.web import create_app

SEVEN = [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]
PART = mnist.load().test
X = ink.to_input(PART.images).reshape(-1, 784)
SHADES = 128  # of PyTorch's integrated gradients: more pieces than ours takes, and a larger miss
PORT = 8766

Step = Callable[[], object]


def layer(name: str, at: int) -> np.ndarray:
    """A layer's activations for the test digits."""
    _, trace = models.load(name).network.forward(X)
    a: np.ndarray = trace.layers[at].a
    return a


def torch_perceptron(network: Network) -> nn.Module:
    """The same dense ReLU network in PyTorch."""
    parts: list[nn.Module] = []
    for each in network.layers:
        linear = nn.Linear(*each.params["W"].shape)
        linear.weight.data = torch.tensor(each.params["W"].T.copy())
        linear.bias.data = torch.tensor(each.params["b"].copy())
        parts += [linear, nn.ReLU()]
    return nn.Sequential(*parts[:-1])


def torch_integrated(module: nn.Module, image: np.ndarray) -> np.ndarray:
    """Integrated gradients by equal steps."""
    x = torch.tensor(image)[None]
    shades = ((torch.arange(SHADES) + 0.5) / SHADES)[:, None]
    faded = (shades * x).requires_grad_()
    module(faded)[:, 7].sum().backward()
    found: np.ndarray = (x * faded.grad.mean(dim=0)).detach().numpy()
    return found


def contestants() -> list[tuple[str, Step, Step | None]]:
    """What is computed, by us and by another library."""
    hidden2 = layer("mlp-wide", 1)
    wide = models.load("mlp-wide").network
    module, loops = torch_perceptron(wide), concepts.has_loop(PART.images)
    near = {784: NearestNeighbors(algorithm="brute").fit(X)}
    near[64] = NearestNeighbors(algorithm="brute").fit(hidden2)
    landmarks = np.arange(1000)
    y = layer("mlp-sigmoid", 1)[:1000, :2].copy()
    return [
        (
            "two components of 10,000 x 784",
            lambda: principal_components(X),
            lambda: PCA(2, svd_solver="covariance_eigh").fit(X),
        ),
        (
            "two components of 10,000 x 64",
            lambda: principal_components(hidden2),
            lambda: PCA(2, svd_solver="covariance_eigh").fit(hidden2),
        ),
        (
            "15 nearest of 10,000 in 784-D",
            lambda: nearest(X[:1], X, 15),
            lambda: near[784].kneighbors(X[:1], 15),
        ),
        (
            "15 nearest of 10,000 in 64-D",
            lambda: nearest(hidden2[:1], hidden2, 15),
            lambda: near[64].kneighbors(hidden2[:1], 15),
        ),
        (
            "AUC of 64 units over 10,000 digits",
            lambda: concepts.auc(hidden2, loops),
            lambda: [roc_auc_score(loops, column) for column in hidden2.T],
        ),
        (
            "integrated gradients, `mlp-wide`",
            lambda: attribute(wide, X[0], 7, "integrated_gradients"),
            lambda: torch_integrated(module, X[0]),
        ),
        ("occlusion, `mlp-wide`", lambda: attribute(wide, X[0], 7, "occlusion"), None),
        ("a point in a map of 1,000", lambda: place(X[:1], X[landmarks], y), None),
        (
            "9,000 points in a map of 1,000",
            lambda: place(X[1000:], X[landmarks], y),
            None,
        ),
    ]


def timed(step: Step) -> float:
    """Milliseconds of CPU time, which other processes do not add to."""
    start = time.process_time()
    step()
    return 1000 * (time.process_time() - start)


def arithmetic(rounds: int) -> None:
    """A table of medians."""
    print("| what | times as fast | nnviz ms | other ms |\n|---|---:|---:|---:|")
    for name, ours, theirs in contestants():
        pairs = [(timed(ours), timed(theirs) if theirs else np.nan) for _ in range(rounds + 1)]
        mine, others = np.array(pairs[1:]).T
        ratio, other = "–", "–"
        if theirs:
            ratio, other = f"{np.median(others / mine):.2f}", f"{np.median(others):,.2f}"
        print(f"| {name} | {ratio} | {np.median(mine):,.2f} | {other} |", flush=True)


def maps() -> None:
    """t-SNE of 1,000 digits, and what comes of it."""
    print("\n| map of 1,000 digits, 500 iterations | seconds | KL | trustworthiness | same digit |")
    print("|---|---:|---:|---:|---:|")
    for name, x in (("pixels", X[:1000]), ("`mlp-wide`, hidden 2", layer("mlp-wide", 1)[:1000])):
        start = principal_components(x).project(x)
        start = (start / start[:, 0].std() * 1e-4).astype(np.float32)
        for who, method in (("nnviz, exact", ""), ("scikit-learn, exact", "exact"),
                            ("scikit-learn, Barnes-Hut", "barnes_hut")):  # fmt: skip
            began = time.process_time()
            if method:
                other = TSNE(init=start, method=method, max_iter=500)
                y, kl = other.fit_transform(x), float(other.kl_divergence_)
            else:
                last = list(tsne.embed(x, start=start))[-1]
                y, kl = last.y, last.divergence
            seconds = time.process_time() - began
            kept = map_faithfulness.trustworthiness(x, y)
            same = map_faithfulness.label_agreement(y, PART.labels[:1000])
            print(f"| {name}, {who} | {seconds:.1f} | {kl:.3f} | {kept:.3f} | {same:.1%} |")


def done(ask: Callable[[], Any]) -> Any:
    """The reply, asked for until the work is done that takes longer than a request waits."""
    while (reply := ask()) is not None and reply.status_code == 503:
        time.sleep(0.02)
    return reply


def map_done(client: FlaskClient, path: str) -> None:
    """Look in until the map is done."""
    while client.get(path).json["state"] != "done":
        time.sleep(0.02)


def requests(rounds: int) -> None:
    """What views ask for, the first time and again."""
    drawing = {"strokes": SEVEN}
    print("\n| request | model | first ms | again ms | reply bytes |\n|---|---|---:|---:|---:|")
    for name, at in (("mlp-sigmoid", "hidden2"), ("mlp-wide", "hidden2"), ("cnn", "pool2"),
                     ("lstm", "lstm")):  # fmt: skip
        model = f"/api/models/{name}"
        settings = Settings(data=Path(tempfile.mkdtemp()), run_worker_elsewhere=True)
        client = create_app(settings).test_client()
        gets = [f"{model}/confusion", f"{model}/mistakes", f"{model}/predictions/test"]
        gets += [f"{model}/units/{at}/3", f"{model}/robustness?kind=turn"]
        asked = [(path, partial(done, partial(client.get, path))) for path in gets]
        asked += [
            (f"maps/{at}?method={method}", partial(map_done, client, path))
            for method in ("pca", "tsne")
            for path in [f"{model}/maps/{at}?method={method}"]
        ]
        posts: list[tuple[str, Any]] = [("places", drawing | {"layer": at, "method": "tsne"})]
        methods = ("gradient", "integrated_gradients", "occlusion")
        posts += [("attributions", drawing | {"method": method}) for method in methods]
        posts += [("attacks", drawing | {"method": method}) for method in ("fgsm", "pgd")]
        posts += [("distortions", drawing | {"kind": "turn"}), (f"units/{at}/3/ascent", {})]
        asked += [
            (
                f"{path} {body.get('method', '')}",
                partial(done, partial(client.post, f"{model}/{path}", json=body)),
            )
            for path, body in posts
        ]
        for path, ask in asked:
            first = timed(ask)
            again = np.median([timed(ask) for _ in range(rounds)])
            reply = ask()
            size = f"{len(reply.data):,}" if reply is not None else ""
            path = path.removeprefix(f"{model}/")
            print(f"| {path} | `{name}` | {first:,.0f} | {again:,.1f} | {size} |", flush=True)


def drawn(seconds: float) -> np.ndarray:
    """A pen's latencies in ms, 30 drawings a second, for so long."""
    body = json.dumps({"strokes": SEVEN}).encode()
    found, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        ask("/api/models/mlp-sigmoid/activations", body)
        found.append(1000 * (time.perf_counter() - began))
        time.sleep(max(0.0, 1 / 30 - (time.perf_counter() - began)))
    return np.array(found)


def ask(path: str, body: bytes | None = None) -> Any:
    """A request of the real server."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", body, headers)
    return json.load(urllib.request.urlopen(request, timeout=60))


def look(stop: threading.Event, made: list[float]) -> None:
    """Ask for one t-SNE after the other, as a page does."""
    layers = [("mlp-sigmoid", name) for name in ("input", "hidden1", "hidden2")]
    layers += [("mlp-relu", name) for name in ("hidden1", "hidden2")]
    layers += [("mlp-wide", name) for name in ("hidden1", "hidden2", "output")]
    for model, name in layers:
        began = time.perf_counter()
        while not stop.is_set():
            if ask(f"/api/models/{model}/maps/{name}?method=tsne")["state"] == "done":
                made.append(time.perf_counter() - began)
                break
            time.sleep(0.5)


@contextmanager
def served() -> Iterator[int]:
    """A real server with a data folder of its own, once it answers; its process."""
    command = [sys.executable, "app.py", "--no-browser", "--port", str(PORT)]
    command += ["--data", tempfile.mkdtemp()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                ask("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def pen(seconds: float) -> None:
    """Drawing alone, and while maps are made."""
    with served():
        print("\n| a pen, 30 drawings a second | median ms | 95% ms | 99% ms | slowest ms |")
        print("|---|---:|---:|---:|---:|")
        drawn(2)
        told(drawn(seconds), "alone")
        stop, made = threading.Event(), list[float]()
        beside = threading.Thread(target=look, args=(stop, made))
        beside.start()
        told(drawn(seconds), "while t-SNE maps are made")
        stop.set()
        beside.join()
        if made:
            print(f"\n{len(made)} maps, {np.median(made):.1f} s each (median)")


def told(times: np.ndarray, name: str) -> None:
    """A line of the table."""
    shares = [f"{np.percentile(times, q):.1f}" for q in (50, 95, 99, 100)]
    print(f"| {name} | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pen", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.pen:
        pen(20)
    else:
        arithmetic(options.rounds)
        maps()
        requests(options.rounds)

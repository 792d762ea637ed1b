"""t-SNE in a process of its own, with low priority: a thread would share the server's lock.

The process is given the points on its input and tells every step on its output; it ends when its
input closes. ``python -m nnviz.beside.tsne_process`` is that process.
"""

import io
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.explore import tsne
from nnviz.explore.tsne import Step
from nnviz.serving import parent_watch

Array = NDArray[Any]

LENGTH = struct.Struct("<Q")  # of what comes in, before it
HEAD = struct.Struct("<qd")  # iteration and divergence, before each map
POLITE = 5  # how much the process stands back behind those who draw


@contextmanager
def embedding(x: Array, start: Array, iterations: int, every: int) -> Iterator[Iterator[Step]]:
    """The steps of `tsne.embed`, made elsewhere; the process ends with the context.

    Raises `RuntimeError` where it fails.
    """
    process = subprocess.Popen(
        parent_watch.python_module("nnviz.beside.tsne_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=parent_watch.environment({"OPENBLAS_NUM_THREADS": "1"}),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        given = io.BytesIO()
        np.savez(given, x=x, start=start, iterations=iterations, every=every)
        process.stdin.write(LENGTH.pack(given.tell()) + given.getvalue())
        process.stdin.flush()
        yield _steps(process.stdout, len(x), iterations)
    finally:
        process.kill()
        process.communicate()


def _steps(told: IO[bytes], count: int, iterations: int) -> Iterator[Step]:
    iteration = 0
    while iteration < iterations:
        iteration, divergence = HEAD.unpack(_exactly(told, HEAD.size))
        y = np.frombuffer(_exactly(told, 8 * count), np.float32).reshape(count, 2)
        yield Step(iteration, y, divergence)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise RuntimeError("The process that makes a t-SNE ended early.")
    return content


def main() -> None:
    """Make the map that is asked for."""
    (size,) = LENGTH.unpack(_exactly(sys.stdin.buffer, LENGTH.size))
    with np.load(io.BytesIO(_exactly(sys.stdin.buffer, size)), allow_pickle=False) as given:
        x, start = given["x"], given["start"]
        iterations, every = int(given["iterations"]), int(given["every"])
    parent_watch.watch_parent(lambda: os._exit(0))
    if hasattr(os, "nice"):
        os.nice(POLITE)
    for step in tsne.embed(x, iterations=iterations, start=start, every=every):
        sys.stdout.buffer.write(HEAD.pack(step.iteration, step.divergence))
        sys.stdout.buffer.write(np.asarray(step.y, np.float32).tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

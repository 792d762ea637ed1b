"""A worker process, ``python -m nnviz.serving.worker``: one event loop and an application.

It is told what to serve in a line of JSON on its standard input, which stays open: when it closes,
the server stops or is gone, and the worker answers what it has and ends.
"""

import asyncio
import base64
import contextlib
import gc
import json
import logging
import os
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from nnviz.errors import InputError
from nnviz.serving.front import Front
from nnviz.serving.parent_watch import watch_parent

CANNOT = 3  # the exit status of a worker that no second try would help


def main() -> None:
    """Serve until the standard input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who started it
    told = json.loads(sys.stdin.readline())
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)
    listener = _listener(told["socket"])
    try:
        application, is_quick = load(told["target"])
    except InputError as error:
        if told["number"] == 0:  # all workers have the same settings: it is said once
            sys.stderr.write(f"nnviz: {error}\n")
            sys.stderr.flush()
        os._exit(CANNOT)
    gc.collect()
    gc.freeze()  # what is there now stays: it is not looked through again while requests wait
    # Windows's own loop cannot share a socket among processes; elsewhere this is the usual one.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(_serve(Front(application, is_quick, log=told["log"]), listener))
    sys.stdout.flush()
    os._exit(0)  # a thread that still waits for something does not keep the process


def load(target: str) -> tuple[Any, Any]:
    """The application that ``module:attribute`` names, and what tells its quick requests."""
    name, _, attribute = target.partition(":")
    module = import_module(name)
    return getattr(module, attribute), getattr(module, "is_quick", lambda method, path: True)


async def _serve(front: Front, listener: socket.socket) -> None:
    task = asyncio.create_task(front.serve(listener))
    await asyncio.sleep(0)  # it is there to be stopped
    watch_parent(front.stop)
    with contextlib.suppress(NotImplementedError):  # Windows has no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, front.stop)
    await task


def _listener(told: int | str) -> socket.socket:
    """The socket that the server listens on: its number, or what Windows needs to share it."""
    if isinstance(told, int):
        return socket.socket(fileno=told)
    return socket.fromshare(base64.b64decode(told))  # type: ignore[attr-defined,no-any-return,unused-ignore]


if __name__ == "__main__":
    main()

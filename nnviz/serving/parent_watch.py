"""A process that ends when the one who started it does, even by ``kill -9``: its input closes.

The one watch over a parent for workers, announcer, workers and trainers; it needs no signals, so it
is the same on every system. `python_module` starts such a process so that it finds this package.
"""

import os
import site
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from nnviz.environment import inherited

HOME = Path(__file__).parents[2]  # the folder that holds the package


def watch_parent(then: Callable[[], None] | None = None) -> threading.Event:
    """An event that is set once the one who started this process is gone; then calls ``then``."""
    gone = threading.Event()

    def watch() -> None:
        try:
            while os.read(sys.stdin.fileno(), 1024):
                pass
        except (OSError, ValueError):  # no input at all: nobody started it to watch over
            pass
        gone.set()
        if then is not None:
            then()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
    return gone


def python_module(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package, whatever folder is the current one."""
    return [sys.executable, "-P", "-m", module, *arguments]  # -P: nothing from the current folder


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment in which `python_module` finds this package, installed or not."""
    found = inherited(changes or {})
    if str(HOME) not in {*site.getsitepackages(), site.getusersitepackages()}:
        rest = [each for each in found.get("PYTHONPATH", "").split(os.pathsep) if each]
        if str(HOME) not in rest:
            found["PYTHONPATH"] = os.pathsep.join([str(HOME), *rest])
    return found

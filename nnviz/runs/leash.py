"""A process that ends when the one who started it does, even by ``kill -9``: its input closes."""

import os
import sys
import threading


def alone() -> threading.Event:
    """An event that is set once the one who started this process is gone."""
    gone = threading.Event()

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        gone.set()

    threading.Thread(target=watch, daemon=True).start()
    return gone

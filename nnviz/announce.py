"""Waits until the server answers, prints its address and opens the browser.

A process of its own, ``python -m nnviz.announce ADDRESS [--browser]``: the server forks its
workers, and a thread beside it could leave them a lock that is never released.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser

PATIENCE = 60  # seconds


def start(address: str, open_browser: bool) -> None:
    """Announce ``address`` as soon as it answers, without waiting for it here."""
    command = [sys.executable, "-m", "nnviz.announce", address]
    subprocess.Popen([*command, "--browser"] if open_browser else command)


def announce(address: str, open_browser: bool) -> None:
    """Wait for the address, as long as the server that asked for it lives; then tell it."""
    server, limit = os.getppid(), time.monotonic() + PATIENCE
    while not _answers(address):
        if os.getppid() != server or time.monotonic() > limit:
            return
        time.sleep(0.05)
    sys.stdout.write(f"nnviz is at {address} (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(address)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/models", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    try:
        announce(sys.argv[1], "--browser" in sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)

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

from nnviz.settings import Settings

PATIENCE = 60  # seconds


def start(address: str, open_browser: bool) -> None:
    """Announce ``address`` as soon as it answers, without waiting for it here.

    In class mode the class's address, its QR code and the teacher's code are told, too.
    """
    command = [sys.executable, "-m", "nnviz.announce", address]
    subprocess.Popen([*command, "--browser"] if open_browser else command)


def announce(address: str, open_browser: bool) -> None:
    """Wait for the address, as long as the server that asked for it lives; then tell it."""
    page = address
    server, limit = os.getppid(), time.monotonic() + PATIENCE
    while not _answers(address):
        if os.getppid() != server or time.monotonic() > limit:
            return
        time.sleep(0.05)
    sys.stdout.write(f"nnviz is at {address} (stop it with Ctrl+C)\n")
    settings = Settings.from_environment()
    if settings.class_code:
        tell_class(settings.class_address or address, settings.class_code)
        page = f"{address}/class#code={settings.class_code}"
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(page)


def tell_class(address: str, code: str) -> None:
    """The class's address with its QR code, and what only the teacher should read."""
    import segno

    segno.make(address, micro=False).terminal(sys.stdout, compact=True)
    sys.stdout.write(
        f"For the class: {address}\n"
        f"Teacher's page, with a large QR code: {address}/class\n"
        f"Teacher's code: {code}\n"
    )


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

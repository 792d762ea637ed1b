"""Waits until the server answers, prints its address and opens the browser.

A process of its own, ``python -m nnviz.serving.announce ADDRESS [--browser]``, so that the one that
keeps the workers has nothing else to do.
"""

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from typing import TextIO
from urllib.parse import urlsplit

from nnviz.serving.addresses import for_class, is_loopback
from nnviz.serving.parent_watch import environment, python_module, watch_parent
from nnviz.settings import Settings

PATIENCE = 60  # seconds
NO_NETWORK = (
    "This machine is in no network, so no class can reach it: join a Wi-Fi or open a hotspot, then "
    "reload the teacher's page."
)
ONLY_HERE = (
    "This server listens on this machine only (--host), so no class can reach it: start it again "
    "with --class and without --host, or set NNVIZ_CLASS_ADDRESS to where a proxy answers."
)


def start(address: str, open_browser: bool) -> subprocess.Popen[bytes]:
    """Announce ``address`` as soon as it answers, without waiting for it here.

    In class mode the class's address, its QR code and the teacher's code are told, too.
    """
    command = python_module("nnviz.serving.announce", address, *["--browser"] * open_browser)
    announcer = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment())
    threading.Thread(target=announcer.wait, daemon=True).start()  # no zombie while it serves
    return announcer


def end(announcer: subprocess.Popen[bytes]) -> None:
    """Let it end, if it still waits."""
    assert announcer.stdin is not None
    announcer.stdin.close()
    announcer.wait()


def announce(address: str, open_browser: bool, gone: threading.Event) -> None:
    """Wait for the address, as long as the server that asked for it lives; then tell it."""
    limit = time.monotonic() + PATIENCE
    while not _answers(address):
        if gone.wait(0.05) or time.monotonic() > limit:
            return
    settings = Settings.from_environment()
    page = f"{address}{settings.prefix}"
    say(sys.stdout, f"nnviz is at {page} (stop it with Ctrl+C)\n")
    if code := settings.class_code:
        found = for_class(settings, urlsplit(address).port or 80)
        none = ONLY_HERE if is_loopback(settings.listens) else NO_NETWORK
        tell_class(sys.stdout, found, page, code, none)
        page = f"{page}/class#code={code}"
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(page)


def tell_class(
    output: TextIO, found: list[str], page: str, code: str, none: str = NO_NETWORK
) -> None:
    """The class's address with its QR code, and what only the teacher should read.

    ``none`` says why there is no address.
    """
    if found:
        say(output, qr_code(found[0], output.encoding) + f"For the class: {found[0]}\n")
    else:
        say(output, f"{none}\n")
    if others := found[1:]:
        say(output, f"Other addresses of this machine: {', '.join(others)}\n")
    say(output, f"Teacher's page, with a large QR code: {page}/class\n")
    say(output, f"Teacher's code: {code}\n")


def qr_code(text: str, encoding: str | None) -> str:
    """A QR code, light on dark, of whatever characters the encoding has for it."""
    import segno

    rows = [list(row) for row in segno.make(text, micro=False).matrix_iter(border=2)]
    halves = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    if _fits("█▀▄", encoding):
        rows += [[1] * len(rows[0])] * (len(rows) % 2)
        pairs = zip(rows[::2], rows[1::2], strict=True)
        lines = ("".join(halves[pair] for pair in zip(*two, strict=True)) for two in pairs)
    else:
        light = "██" if _fits("█", encoding) else "##"
        lines = ("".join("  " if dark else light for dark in row) for row in rows)
    return "\n".join(lines) + "\n"


def say(output: TextIO, text: str) -> None:
    """Write a text, with ``?`` for what the output's encoding lacks."""
    encoding = output.encoding or "utf-8"
    output.write(text.encode(encoding, "replace").decode(encoding))


def _fits(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/models", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it refuses, so it is there
    except OSError:
        return False


if __name__ == "__main__":
    try:
        announce(sys.argv[1], "--browser" in sys.argv[2:], watch_parent())
    except KeyboardInterrupt:
        sys.exit(130)

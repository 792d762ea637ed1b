"""A Chromium for the browser tests: one that is on the machine, else one that is installed now.

Looked for in this order: ``NNVIZ_CHROMIUM``, a Chromium, Chrome or Edge on the machine, the one
that Playwright keeps. With none, Debian's package is installed when this user may, else
Playwright's build. When that fails too the tests fail and say how to get a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
HELP = (
    "The browser tests need a Chromium, found none and could not install one. Install Chromium or "
    "Google Chrome (Debian, Ubuntu: apt install chromium), or run `python -m playwright install "
    "chromium`, or name one in the environment variable NNVIZ_CHROMIUM.\n"
)


class NoBrowserError(RuntimeError):
    """There is no Chromium and none could be installed."""


def find_chromium(playwright: Playwright) -> Path:
    """The path of a Chromium, installed now if there is none; raises `NoBrowserError`."""
    named = os.environ.get("NNVIZ_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise NoBrowserError(f"NNVIZ_CHROMIUM names {named}, and there is no such file.")
        return Path(named)
    failures: list[str] = []
    for attempt in _attempts(failures):
        attempt()
        for path in _candidates(playwright):
            if path.is_file():
                return path
    raise NoBrowserError(HELP + "\n".join(failures))


def _candidates(playwright: Playwright) -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from map(Path, APPLICATIONS)
    yield Path(playwright.chromium.executable_path)


def _attempts(failures: list[str]):
    """What to try before each look: nothing, Debian's package, Playwright's build."""
    yield lambda: None
    if shutil.which("apt-get"):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        yield lambda: _run([*prefix, "apt-get", "update"], failures)
        yield lambda: _run([*prefix, "apt-get", "install", "-y", "chromium"], failures)
    yield lambda: _run([sys.executable, "-m", "playwright", "install", "chromium"], failures)


def _run(command: list[str], failures: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        failures.append(f"{' '.join(command)}: {error}")
        return
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no output"]
        failures.append(f"{' '.join(command)}: {last[0]}")

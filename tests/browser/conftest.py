"""The real application, a real Chromium and a page whose errors fail the test that made them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import NoBrowserError, find_chromium

ROOT = Path(__file__).parents[2]
COME_AGAIN = "status of 503"  # long work is one at a time: the page asks again, as it is told to
PATIENCE = 20_000  # ms: a busy machine is slow, not wrong
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--force-color-profile=srgb",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            path = find_chromium(playwright)
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server started by the README's own command."""
    with serving(tmp_path_factory.mktemp("data")) as address:
        yield address


@contextmanager
def serving(data: Path, *options: str, **environment: str) -> Iterator[str]:
    """The application with its data in a folder; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--no-browser", "--port", str(port)]
    command += ["--data", str(data), *options]
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise RuntimeError(f"The server stopped at its start with status {server.returncode}.")
        try:
            with urllib.request.urlopen(f"{address}/api/models", timeout=5):
                return
        except OSError:  # not there yet, or busy with its start
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within 60 seconds.")


class Complaints(list[str]):
    """What a page complained about: script errors, console errors, requests to other hosts."""

    def watch(self, page: Page, address: str) -> None:
        """Collect what ``page``, served from ``address``, complains about."""
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                self.append(f"console: {message.text}")
                if message.type == "error" and COME_AGAIN not in message.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else self.append(f"external request: {request.url}")
            ),
        )


@pytest.fixture
def complaints() -> Complaints:
    """Complaints of the test's page; a test that provokes some clears them."""
    return Complaints()


@pytest.fixture
def empty_page(browser: Browser, address: str, complaints: Complaints) -> Iterator[Page]:
    """A page of 1440x900 with nothing loaded; any complaint of it fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    page = context.new_page()
    complaints.watch(page, address)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def page(empty_page: Page, address: str) -> Page:
    """The Draw screen, loaded."""
    empty_page.goto(address)
    return empty_page

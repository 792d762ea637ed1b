"""The real application, a real Chromium and a page whose errors fail the test that made them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser.chromium import NoBrowserError, find_chromium
from tests.browser.soon import PATIENCE
from tests.browser.tabs import LAPTOP, LOCALE, PHONE, TABLET, Tabs

ROOT = Path(__file__).parents[2]
COME_AGAIN = "status of 503"  # long work is one at a time: the page asks again, as it is told to
FAILED = pytest.StashKey[bool]()
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

    def watch(self, page: Page, address: str) -> Callable[[], None]:
        """Collect what ``page``, served from ``address``, complains about; returns how to stop."""

        def told(message: ConsoleMessage) -> None:
            if message.type == "error" and COME_AGAIN not in message.text:
                self.append(f"console: {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                self.append(f"external request: {request.url}")

        def failed(error: Error) -> None:
            self.append(f"script error: {error}")

        page.on("pageerror", failed)
        page.on("console", told)
        page.on("request", asked)

        def stop() -> None:
            page.remove_listener("pageerror", failed)
            page.remove_listener("console", told)
            page.remove_listener("request", asked)

        return stop


@pytest.fixture
def complaints() -> Complaints:
    """Complaints of the test's page; a test that provokes some clears them."""
    return Complaints()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[Tabs]:
    """The tab that tests share, one after the other."""
    tabs = Tabs(browser, LAPTOP)
    yield tabs
    tabs.close()


@pytest.fixture(scope="session")
def phones(browser: Browser) -> Iterator[Tabs]:
    """The phone's tab that tests share, one after the other: two pixels are one of CSS there."""
    phones = Tabs(browser, PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    yield phones
    phones.close()


@contextmanager
def lent(
    tabs: Tabs, address: str, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The shared tab for one test; any complaint of it fails the test."""
    page = tabs.new(address)
    stop = complaints.watch(page, address)
    yield page
    if request.node.stash.get(FAILED, False):
        tabs.close()  # whatever went wrong in it is no business of the next test
    else:
        stop()
    assert not complaints


@pytest.fixture
def empty_page(
    tabs: Tabs, address: str, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of 1440x900 with nothing of the product loaded or kept.

    It is the tab of the test before, made as new, whose scripts need not be fetched and compiled
    again: a third of the time. Who needs a cold cache or a script of its own takes `fresh_page`.
    Who begins at another address than Draw's takes this one and not `page`, which loads that first.
    """
    with lent(tabs, address, complaints, request) as page:
        yield page


@pytest.fixture
def phone(
    phones: Tabs, address: str, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of a phone with a touch screen, with nothing of the product loaded or kept."""
    with lent(phones, address, complaints, request) as page:
        yield page


@pytest.fixture
def fresh_page(browser: Browser, address: str, complaints: Complaints) -> Iterator[Page]:
    """A page of 1440x900 as of a browser just started; any complaint of it fails the test."""
    context = browser.new_context(viewport=LAPTOP, locale=LOCALE)
    page = context.new_page()
    complaints.watch(page, address)
    yield page
    context.close()
    assert not complaints


@pytest.fixture(scope="session")
def others(browser: Browser) -> Iterator[Tabs]:
    """The other browser's tab that tests share, one after the other."""
    others = Tabs(browser, TABLET)
    yield others
    others.close()


@pytest.fixture
def other(
    others: Tabs, address: str, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Another browser, which knows nothing of what the first did."""
    with lent(others, address, complaints, request) as page:
        yield page


@pytest.fixture
def page(empty_page: Page, address: str) -> Page:
    """The Draw screen, loaded."""
    empty_page.goto(address)
    return empty_page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes at a test that it failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report

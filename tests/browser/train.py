"""The Train screen in the hands of a test: open it, set up, start, finish, scrub."""

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import Page, Request, expect
from safetensors.numpy import load

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.network import Network
from tests.browser.soon import soon

SEVEN = mnist.load().test.images[0]  # greets a visitor
RUNNING = re.compile("trains|done")
TRAINED = 120_000  # ms: so long may a small training take on a busy machine


def open_train(page: Page, address: str, epochs: int = 20) -> None:
    page.goto(f"{address}/train")
    unfold(page)
    expect(page.get_by_test_id("plan")).to_contain_text("13,002 parameters")
    page.get_by_test_id("set-samples").select_option("1000")
    page.get_by_test_id("set-epochs").fill(str(epochs))
    batches = f"{epochs * 32:,} batches"  # of 32 digits, 1,000 make 32
    expect(page.get_by_test_id("plan")).to_contain_text(batches)


def unfold(page: Page) -> None:
    """Open the set-up, which makes room for a run that is watched."""
    expect(page.locator("#train")).to_have_attribute("data-ready", "")
    box = page.locator("#setup-box")
    if box.get_attribute("open") is None:
        page.get_by_test_id("setup-open").click()
    expect(page.get_by_test_id("start")).to_be_visible()


def choose(page: Page, testid: str) -> None:
    """Choose one of several by its label, which is what one sees and hits."""
    page.locator("label", has=page.get_by_test_id(testid)).click()
    expect(page.get_by_test_id(testid)).to_be_checked()


def choose_lesson(page: Page, lesson: str) -> None:
    choose(page, f"lesson-{lesson}")


def start(page: Page, name: str = "A quick run") -> str:
    """Start what is set up; the run's id."""
    title = page.get_by_test_id("set-title")

    def named() -> None:
        title.fill(name)  # the name that is offered may follow a setting just then
        assert title.input_value() == name

    soon(page, named)
    with page.expect_response(lambda reply: is_start(reply.request)) as started:
        page.get_by_test_id("start").click()
    run = started.value.json()["id"]
    expect(page.locator(f"[data-run='{run}']")).to_be_visible()  # not an older one of this title
    expect(page.get_by_test_id("run-title")).to_have_text(name)
    expect(page.get_by_test_id("setup")).to_be_hidden()  # its room is the run's
    return run


def is_start(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/api/runs")


def finish(page: Page, name: str = "A quick run") -> str:
    run = start(page, name)
    expect(page.get_by_test_id("run-state")).to_have_text("done", timeout=TRAINED)
    return run


def ask(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}{path}") as reply:
        return json.load(reply)


def network_at(address: str, run: str, batch: int) -> Network:
    """The checkpoint's network, from its file and the run's recipe."""
    config = ask(address, f"/api/runs/{run}")["recipe"]["architecture"]
    network = Network.from_json(config, rng=None)
    with urllib.request.urlopen(f"{address}/api/models/{run}-{batch}/weights") as reply:
        network.set_parameters(load(reply.read()))
    return network


def expect_reading(page: Page, network: Network) -> None:
    expected = network(ink.to_input(SEVEN)[None])[0]
    page.wait_for_function(
        """wanted => [...document.querySelectorAll('[data-testid=probabilities] li')].every(
             (row, i) => Math.abs(Number(row.dataset.value) - wanted[i]) < 1e-5)""",
        arg=expected.tolist(),
    )


def scrub_to(page: Page, place: int) -> None:
    page.get_by_test_id("scrub").evaluate(
        "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input')); }", place
    )

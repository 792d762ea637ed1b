"""Makes the pictures of the README: starts the application, draws in a real Chromium, takes them.

    python -m scripts.screenshots [NAME …]

Writes docs/images. Needs the requirements of the tests.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import find_chromium

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ENVIRONMENT = {**os.environ, "NNVIZ_CLASS_ADDRESS": "http://192.168.1.20:8000"}
THREE = [
    [0.28, 0.22], [0.4, 0.13], [0.56, 0.12], [0.68, 0.2], [0.69, 0.32], [0.6, 0.43], [0.45, 0.48],
    [0.6, 0.5], [0.72, 0.6], [0.74, 0.74], [0.64, 0.86], [0.48, 0.9], [0.33, 0.86], [0.25, 0.76],
]  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """One picture: where, in which theme and language, with which model, pointing at what.

    ``at`` is a layer and a place on its figure, 0..1 across and down; ``row`` is where an LSTM is
    made to stop; ``inside`` is a layer whose brightest neuron is looked into.
    """

    name: str
    size: tuple[int, int] = (1440, 900)
    theme: str = "dark"
    language: str = "en"
    model: str = "mlp-sigmoid"
    at: tuple[str, float, float] | None = None
    row: int | None = None
    inside: str | None = None
    do: Callable[[Page], None] | None = None


def paint_weights(page: Page) -> None:
    """Paint a strip into a neuron's weights."""
    page.get_by_test_id("lab-toggle").click()
    page.get_by_test_id("brush-raise").check()
    weights = page.get_by_test_id("inspector-weights")
    box = weights.bounding_box()
    assert box is not None
    for row in (0.3, 0.62):
        page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + row * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + row * box["height"], steps=9)
        page.mouse.up()
        page.get_by_test_id("brush-lower").check()
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")


def compare_all(page: Page) -> None:
    """All five networks side by side."""
    page.get_by_test_id("compare-start").click()
    for name in ("mlp-relu", "mlp-wide", "lstm"):
        page.get_by_test_id(f"compare-{name}").check()
    expect(page.get_by_test_id("compare-card")).to_have_count(5)


def press(name: str) -> Callable[[Page], None]:
    """Press one button."""
    return lambda page: page.get_by_test_id(name).click()


def slide(page: Page) -> None:
    """Slide a window over the digit."""
    page.get_by_test_id("inspector-maps").hover(position={"x": 74, "y": 52})


def start_run(page: Page, epochs: int) -> None:
    """Set up the classic perceptron on the Train screen, and start it."""
    page.get_by_test_id("go-train").click()
    expect(page.locator("#train")).to_have_attribute("data-ready", "")
    if not page.get_by_test_id("start").is_visible():  # another run is watched
        page.get_by_test_id("setup-open").click()
    page.get_by_test_id("set-epochs").fill(str(epochs))
    page.get_by_test_id("start").click()
    expect(page.get_by_test_id("setup")).to_be_hidden()
    page.evaluate("window.scrollTo(0, 0)")


def train(page: Page) -> None:
    """The classic perceptron, some epochs into its training."""
    start_run(page, epochs=60)
    expect(page.get_by_test_id("run-far")).to_contain_text(
        re.compile("(epoch|에포크) 1[0-9]"), timeout=120_000
    )


def project(page: Page) -> None:
    """The teacher's page."""
    page.goto(page.url.split("/?")[0] + "/class")
    expect(page.get_by_test_id("class-numbers")).to_be_visible()


def teach(page: Page) -> None:
    """A barely trained network is taught the drawing."""
    start_run(page, epochs=1)
    expect(page.get_by_test_id("run-state")).to_have_text("done", timeout=60_000)
    page.get_by_test_id("scrub").evaluate(
        "slider => { slider.value = 6; slider.dispatchEvent(new Event('input')); }"
    )
    step = page.get_by_test_id("step")
    step.locator("summary").click()
    page.get_by_test_id("step-label-3").check(force=True)
    for _ in range(3):
        expect(page.get_by_test_id("step-loss")).to_contain_text("0.")
        page.get_by_test_id("step-take").click()
        page.wait_for_timeout(400)
    step.evaluate("panel => panel.scrollIntoView()")


def learn(page: Page) -> None:
    """A guess, and what is measured."""
    page.goto(page.url.split("/?")[0] + "/learn/hope/measure")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("truth")).not_to_have_text("–", timeout=60_000)


def present(page: Page) -> None:
    """A step for the projector."""
    page.goto(page.url.split("/?")[0] + "/present/network/parts")
    expect(page.get_by_test_id("chapter")).to_have_attribute("data-ready", "parts")


def explore(fragment: str, testid: str) -> Callable[[Page], None]:
    """A view of Explore with the drawing of Draw, once it shows its numbers."""

    def act(page: Page) -> None:
        page.goto(page.url.split("/?")[0] + f"/explore#{fragment}")
        expect(page.get_by_test_id(testid)).not_to_be_empty(timeout=120_000)
        expect(page.locator(".waiting:visible")).to_have_count(0, timeout=120_000)
        page.wait_for_load_state("networkidle")

    return act


SHOTS = (
    Shot("draw-dark"),
    Shot("draw-light", theme="light"),
    Shot("neuron", theme="light", at=("hidden1", 0.5, 5.5 / 16)),
    Shot("wide", model="mlp-wide"),
    Shot("maps", model="cnn", at=("conv2", 0.86, 0.31)),
    Shot("rows", theme="light", model="lstm", row=17, at=("lstm", 0.3, 0.42)),
    Shot("inside", model="mlp-sigmoid", inside="hidden1"),
    Shot("korean", size=(1024, 768), theme="light", language="ko"),
    Shot("phone", size=(390, 844)),
    Shot("lab", inside="hidden1", do=paint_weights),
    Shot("compare", theme="light", do=compare_all),
    Shot("trace", theme="light", do=press("trace")),
    Shot("column", do=press("input-column")),
    Shot("window", model="cnn", inside="conv1", do=slide),
    Shot("share", theme="light", do=press("share")),
    Shot("train", do=train),
    Shot("step", theme="light", do=teach),
    Shot("train-korean", size=(1024, 768), theme="light", language="ko", do=train),
    Shot("class", theme="light", do=project),
    Shot("learn", do=learn),
    Shot("present", size=(1920, 1080), do=present),
    Shot("explore", do=explore("model=mlp-wide", "preview-fooled")),
    Shot(
        "explore-confusion",
        theme="light",
        do=explore("view=confusion&cell=4-9", "conf-accuracy"),
    ),
    Shot(
        "explore-neuron",
        theme="light",
        do=explore("view=neurons&layer=hidden1&unit=15", "unit-wished"),
    ),
    Shot(
        "explore-map",
        do=explore("view=map&model=mlp-wide&layer=hidden2&method=tsne", "faith-map"),
    ),
    Shot(
        "explore-why",
        theme="light",
        do=explore("view=why&method=integrated_gradients", "blame-sum"),
    ),
    Shot("explore-fool", theme="light", do=explore("view=fool", "fool-least")),
)


@contextmanager
def application(root: Path = ROOT) -> Iterator[str]:
    """The address of the application, started as the README says; of another checkout, too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--no-browser", "--port", str(port)]
    data = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    command += ["--data", data.name]
    server = subprocess.Popen(command, env=ENVIRONMENT, cwd=root, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/api/models", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        data.cleanup()


def rounded(stroke: list[list[float]], times: int = 3) -> list[list[float]]:
    """A polygon with its corners cut off again and again (Chaikin, 1974): a hand's curve."""
    for _ in range(times):
        cut = [
            [
                [a + share * (b - a) for a, b in zip(one, other, strict=True)]
                for share in (0.25, 0.75)
            ]
            for one, other in pairwise(stroke)
        ]
        stroke = [stroke[0], *(point for pair in cut for point in pair), stroke[-1]]
    return stroke


def draw(page: Page, stroke: list[list[float]]) -> None:
    """Draw one stroke with the mouse."""
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=shot.theme
    )
    page = context.new_page()
    page.goto(f"{address}/?lang={shot.language}#model={shot.model}")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    draw(page, rounded(THREE))
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "3")
    page.wait_for_load_state("networkidle")
    if shot.row:
        page.get_by_test_id("row-scrubber").focus()
        page.keyboard.press("Home")
        for _ in range(shot.row - 1):
            page.keyboard.press("ArrowRight")
    if shot.inside:
        page.get_by_test_id("inspect").click()
        page.get_by_test_id("inspector-layer").select_option(shot.inside)
    if shot.do:
        shot.do(page)
    if shot.at:
        layer, across, down = shot.at
        box = page.locator(f"[data-testid=layer][data-layer={layer}]").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    elif shot.do is not slide:
        page.mouse.move(0, 0)
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()


def main() -> None:
    """Take those that are named, or all."""
    wanted = set(sys.argv[1:])
    IMAGES.mkdir(parents=True, exist_ok=True)
    with application() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for shot in (each for each in SHOTS if not wanted or each.name in wanted):
            take(browser, address, shot)
            print(f"docs/images/{shot.name}.png")
        browser.close()


if __name__ == "__main__":
    main()

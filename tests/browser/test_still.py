"""Nothing moves under the pointer: what one looks at stays, whatever is said beside it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.geometry import settle
from tests.browser.test_draw import FOUR, draw
from tests.browser.test_network import open_model, place_of

PARTS = {
    "pad": "[data-testid=pad]",
    "network": "[data-testid=network-canvas]",
    "first circle": ".layer[data-layer=hidden1]",
    "answer": "#result [data-testid=answer]",
    "bars": "#probabilities",
    "play": "#play",
}


@pytest.fixture
def page(empty_page: Page) -> Page:
    """The test here opens the network that it is about."""
    return empty_page


def boxes(page: Page, parts: dict[str, str] = PARTS) -> dict[str, list[float]]:
    """Where each part stands on the page: left, top, width, height."""
    settle(page)
    return page.evaluate(
        """parts => Object.fromEntries(Object.entries(parts).map(([name, selector]) => {
          const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
          return [name, [x, y, width, height].map((value) => Math.round(value * 10) / 10)];
        }))""",
        parts,
    )


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((1366, 625), "en"),
        pytest.param((1440, 900), "ko", marks=pytest.mark.thorough),
        pytest.param((1024, 768), "en", marks=pytest.mark.thorough),
    ],
)
def test_nothing_moves_while_one_points_plays_and_draws(
    page: Page, address: str, size: tuple[int, int], language: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/?lang={language}")
    open_model(page, address, "mlp-sigmoid")
    expect(page.get_by_test_id("sum")).to_be_visible()
    start = boxes(page)

    def stays(what: str) -> None:
        now = boxes(page)
        moved = {name: (start[name], now[name]) for name in PARTS if now[name] != start[name]}
        assert not moved, what

    page.mouse.move(*place_of(page, "hidden1", 3))
    stays("a circle is pointed at")
    page.mouse.move(*place_of(page, "input", 300))
    stays("a pixel is pointed at")
    page.mouse.click(*place_of(page, "hidden2", 5))
    stays("a circle is kept")
    page.keyboard.press("t")
    expect(page.get_by_test_id("said")).not_to_have_text("")
    stays("a trace")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("playing")).to_be_visible()
    stays("a pass is played")
    page.get_by_test_id("play-forward").click()
    stays("the next layer")
    page.keyboard.press("Escape")
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    stays("the pad is blank")
    draw(page, FOUR)
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "4")
    stays("strokes are drawn")
    page.keyboard.press("Control+z")
    stays("one is taken back")
    page.get_by_test_id("test-class-2").click()
    expect(page.locator("#pad-note")).to_have_text(re.compile("2$"))  # its label
    expect(page.locator(".stale")).to_have_count(0)
    stays("a test digit")


@pytest.mark.parametrize(
    ("model", "layers"), [("cnn", ["conv1", "pool1", "conv2", "pool2"]), ("lstm", ["lstm"])]
)
def test_nothing_moves_while_one_points_at_maps_and_rows(
    page: Page, address: str, model: str, layers: list[str]
) -> None:
    """What is said above contributions is longer for some units; the picture keeps its height."""
    page.emulate_media(reduced_motion="reduce")
    open_model(page, address, model)
    first = {**PARTS, "first circle": ".layer[data-output]"}
    for size in ((1366, 768), (1366, 625), (1280, 720)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.mouse.move(1, 1)
        start = boxes(page, first)
        for layer in [*layers, "input", "output"]:
            box = page.locator(f".layer[data-layer={layer}]").bounding_box()
            assert box is not None
            page.mouse.move(box["x"] + 0.26 * box["width"], box["y"] + 0.12 * box["height"])
            expect(page.locator(f"[data-neuron^='{layer}/']")).to_be_attached()
            now = boxes(page, first)
            moved = {name: (start[name], now[name]) for name in first if now[name] != start[name]}
            assert not moved, (size, layer)


@pytest.mark.parametrize(("size", "language"), [((1366, 625), "en"), ((1024, 768), "ko")])
def test_nothing_moves_from_neuron_to_neuron(
    page: Page, address: str, size: tuple[int, int], language: str
) -> None:
    """Names and sums are longer for some: the buttons stay under the pointer all the same."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/?lang={language}")
    open_model(page, address, "mlp-sigmoid")
    page.mouse.click(*place_of(page, "hidden1", 0))
    page.get_by_test_id("inspect").click()
    page.get_by_test_id("lab-toggle").click()
    off = page.get_by_test_id("lab").get_by_role("checkbox").first
    expect(off).to_be_visible()
    title = page.get_by_test_id("inspector-title")
    places = set()
    for neuron in range(1, 17):
        expect(title).to_contain_text(re.compile(rf"\b{neuron}$"))
        settle(page)
        places.add(str([page.get_by_test_id("lab-toggle").bounding_box(), off.bounding_box()]))
        page.get_by_test_id("inspector-next").click()
    assert len(places) == 1, places

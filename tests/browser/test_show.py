"""Full screen is for showing: larger type, fewer panels, and still nothing on anything else."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.geometry import faults, settle
from tests.browser.test_network import open_model


@pytest.fixture
def page(empty_page: Page) -> Page:
    """The test here opens the network that it is about."""
    return empty_page


def type_size(page: Page, testid: str) -> float:
    return page.get_by_test_id(testid).evaluate(
        "each => parseFloat(getComputedStyle(each).fontSize)"
    )


FIGURES = """() => [...document.querySelectorAll('.layer')].map((each) => each.offsetHeight)"""


@pytest.mark.parametrize("model", ["mlp-sigmoid", "cnn"])
def test_full_screen_shrinks_no_part_of_the_network(page: Page, address: str, model: str) -> None:
    sizes = [(1366, 625), (1366, 768), (1920, 1080)]
    open_model(page, address, model)

    def heights() -> list[list[int]]:
        found = []
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            found.append(page.evaluate(FIGURES))
        return found

    before = heights()
    page.get_by_test_id("fullscreen-toggle").click()
    expect(page.locator("html.showing")).to_be_visible()
    for size, was, now in zip(sizes, before, heights(), strict=True):
        assert all(larger >= each for each, larger in zip(was, now, strict=True)), size
        assert now[-1] > was[-1], size  # the outputs: a line that has all of the height
    page.get_by_test_id("fullscreen-toggle").click()
    expect(page.locator("html.showing")).to_have_count(0)


def test_full_screen_enlarges_the_type_and_shows_less(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.emulate_media(reduced_motion="reduce")
    open_model(page, address, "mlp-sigmoid")
    before = type_size(page, "sure")
    page.get_by_test_id("fullscreen-toggle").click()
    expect(page.locator("html.showing")).to_be_visible()
    assert type_size(page, "sure") > 1.3 * before
    for hidden in ("strongest", "seen-fold", "language"):
        expect(page.get_by_test_id(hidden)).to_be_hidden()
    sizes = [(1920, 1080), (1366, 768), (1280, 720)]
    found = faults(page, sizes, "shown")
    page.get_by_test_id("play").click()
    page.get_by_test_id("play-forward").click()
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert type_size(page, "said") > 28  # a fortieth of the height: read from the last row
    found += faults(page, sizes, "a pass that is played")
    page.keyboard.press("p")
    page.get_by_test_id("play-end").click()
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector-a")).to_be_visible()
    found += faults(page, sizes, "one neuron")
    page.get_by_test_id("inspector-close").click()
    page.get_by_test_id("compare-start").click()
    expect(page.get_by_test_id("compare-agreed")).to_have_text("Both read 7")
    found += faults(page, sizes, "a comparison")
    page.get_by_test_id("compare-close").click()
    page.get_by_test_id("teach-open").click()
    expect(page.get_by_test_id("step-loss")).to_be_visible()
    found += faults(page, sizes, "a step that teaches")
    assert not found, "\n".join(found)
    page.get_by_test_id("fullscreen-toggle").click()
    expect(page.locator("html.showing")).to_have_count(0)

"""What a step asks for, and what it says to whoever has not done it yet, or not so."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_learn import arrive, open_chapter

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def low_laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 625})


def test_a_guess_is_no_mistake_before_it_is_known_what_is_so(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "layers/pixel")
    frame = arrive(page, "pixel")
    none, send = page.get_by_test_id("guess-none"), page.get_by_test_id("guess-send")
    send.click()
    expect(none).to_have_text("Choose one first.")
    page.get_by_test_id("guess-1").check()
    expect(none).to_be_empty()
    send.click()
    expect(page.get_by_test_id("wait")).to_be_visible()
    label = page.locator(".guess-choices label")
    color = "each => getComputedStyle(each).color"
    assert label.nth(1).evaluate(color) == label.nth(0).evaluate(color)
    box = frame.locator("#pad canvas").first.bounding_box()
    assert box
    side = box["width"] / 28
    page.mouse.click(box["x"] + 4.5 * side, box["y"] + 20.5 * side)  # the pad itself
    expect(page.get_by_test_id("task")).to_have_class("task done")
    pixels = frame.evaluate("() => window.nnviz.drawing().pixels")
    assert pixels[20 * 28 + 4] == 255
    assert sum(1 for each in pixels if each) == 117  # the 7 is still there
    assert label.nth(1).evaluate(color) != label.nth(0).evaluate(color)
    frame.locator("#pad canvas").first.press("Space")  # where the pointer was
    frame.wait_for_function("() => window.nnviz.drawing().pixels[20 * 28 + 4] === 0")


def test_a_slider_that_nobody_set_is_no_guess(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "squash/sigmoid")
    arrive(page, "sigmoid")
    number = page.locator(".guess-range output")
    expect(number).to_have_text("–")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("guess-none")).to_have_text("Set the slider first.")
    expect(page.get_by_test_id("outcome")).to_be_hidden()
    slider = page.get_by_test_id("guess-range")
    box = slider.bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)  # where it stands
    expect(number).to_have_text("0.00")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("guess")).to_have_text("0.00")

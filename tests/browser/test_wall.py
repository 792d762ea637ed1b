"""A low wall: what a shown solution brings is whole."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.soon import soon
from tests.browser.test_learn import arrive
from tests.browser.test_present import present


@pytest.mark.thorough
def test_a_shown_solution_is_whole_on_a_low_wall(empty_page: Page, address: str) -> None:
    page = present(empty_page, address, "edges/paint")
    page.set_viewport_size({"width": 1366, "height": 625})
    frame = arrive(page, "paint")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("solved")).to_be_visible()
    about = frame.locator(".edited-title")
    expect(about).to_contain_text("784")

    def is_apart() -> None:
        readings = [each.bounding_box() for each in page.locator(".tries figcaption").all()]
        pictures = [each.bounding_box() for each in page.locator(".tries canvas").all()][1:]
        assert len(readings) == 3
        for reading, picture in zip(readings, pictures, strict=False):
            assert reading is not None
            assert picture is not None
            assert reading["x"] + reading["width"] <= picture["x"]

    soon(page, is_apart)
    soon(page, lambda: one_line(about))
    page.goto(f"{address}/present/hope/edges")
    frame = arrive(page, "edges")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("solved")).to_be_visible()
    expect(frame.locator(".unit-digits > :first-child")).to_be_in_viewport(ratio=0.99)


def one_line(words: Locator) -> None:
    assert words.evaluate("e => e.offsetHeight < 2 * parseFloat(getComputedStyle(e).fontSize)")

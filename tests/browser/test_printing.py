"""The Draw screen on paper: readable in any theme, with its bars, no words over one another."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_network import open_model

A4 = ((794, 1123), (1123, 794))  # CSS pixels, upright and lying
DARK_PIXELS = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) dark += Number(data[i + 3] > 200 && data[i] < 90);
  return dark;
}"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.network-labels *')]
    .filter((element) => element.childElementCount === 0 && element.textContent.trim())
    .map((element) => [element.textContent, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height);
  const found = [];
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 1) found.push(`${one} over ${other}`);
  }));
  return found;
}"""


def test_a_dark_drawing_is_ink_on_paper_and_the_theme_comes_back(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="dark")
    open_model(page, address, "mlp-sigmoid")
    page.mouse.move(5, 5)  # what comes late comes now
    expect(page.locator("link[href*=print]")).to_have_count(1)
    pad = page.locator("#pad canvas").last
    dark = sum(each.evaluate(DARK_PIXELS) for each in page.locator("#pad canvas").all())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    ink = sum(each.evaluate(DARK_PIXELS) for each in page.locator("#pad canvas").all())
    assert ink > dark
    expect(pad).to_be_visible()
    for width, height in A4:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"({OVERLAPS})().length === 0")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    exact = page.locator(".bar-fill").first.evaluate(
        "bar => getComputedStyle(bar).printColorAdjust"
    )
    assert exact == "exact"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.thorough
def test_a_house_on_paper_stands_beside_its_price(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/#model=houses-mlp")
    page.mouse.move(5, 5)
    expect(page.locator("link[href*=print]")).to_have_count(1)
    expect(page.get_by_test_id("price")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4[0][0], "height": A4[0][1]})
    page.wait_for_function(
        """() => {
          const [left, right] = ['.left', '.result'].map((name) =>
            document.querySelector(name).getBoundingClientRect());
          const isBeside = Math.abs(left.top - right.top) < 2 && right.left >= left.right;
          return isBeside && right.width > 300;
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The Draw screen on paper: one sheet in any theme, with its bars, no words over one another."""

import re

import pytest
from playwright.sync_api import Page, expect

from nnviz.chapters import library
from tests.browser.test_network import open_model

PAPERS = (("A4", False), ("Letter", True), ("A4", True), ("Letter", False))  # and whether it lies
INKS = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) dark += Number(data[i + 3] > 200 && data[i] < 90);
  return dark;
}"""
# Texts that lie over one another (a number's halo is the same text), or reach beyond the sheet.
FAULTS = """() => {
  const sheet = document.querySelector('.on-paper');
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim() || node.parentElement.closest('math, title')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width) words.push([node.textContent, box]);
  }
  const edge = sheet.getBoundingClientRect();
  const found = words
    .filter(([, box]) => box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < 0)
    .map(([text]) => `${text} is cut`);
  words.forEach(([one, a], i) => words.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 4 && one !== other) found.push(`${one} over ${other}`);
  }));
  return found;
}"""


def pages_of(page: Page, paper: str, is_lying: bool) -> int:
    """How many pages a browser prints that leaves grounds away, as it does unless told."""
    pdf = page.pdf(format=paper, landscape=is_lying, print_background=False)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def lay(page: Page, width: int, height: int) -> None:
    """The sheet as it is printed, on the screen to be looked at."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})


def ready(page: Page) -> None:
    page.mouse.move(5, 5)  # what comes late comes now
    expect(page.locator("link[href*=print]")).to_have_count(1)


def test_a_dark_screen_is_one_light_sheet_with_its_bars_and_the_theme_comes_back(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="dark")
    open_model(page, address, "mlp-sigmoid")
    ready(page)
    for paper, is_lying in PAPERS[:2]:
        assert pages_of(page, paper, is_lying) == 1
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_test_id("on-paper")).to_have_count(0)

    answer = page.get_by_test_id("answer").get_attribute("data-value")
    lay(page, 703, 1032)  # A4 within its margins
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    sheet = page.get_by_test_id("on-paper")
    assert sheet.locator("canvas.paper-drawing").evaluate(INKS) > 1000
    expect(sheet.locator(".paper-bars .first")).to_contain_text(str(answer))
    track, fill = (
        sheet.locator(f".paper-bars .first .{each}").bounding_box() for each in ("track", "fill")
    )
    assert track
    assert fill
    assert fill["width"] > 0.9 * track["width"]
    expect(
        sheet.locator(".paper-network.upright svg circle, .upright svg path").first
    ).to_be_visible()
    expect(sheet.locator(".paper-network.lying")).to_be_hidden()
    expect(sheet).to_contain_text("reads 97")  # how good it is
    expect(sheet).to_contain_text("#model=mlp-sigmoid")  # where to find it
    expect(sheet.locator("button, input, select")).to_have_count(0)
    expect(page.locator("main")).to_be_hidden()
    assert page.evaluate(FAULTS) == []

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(sheet).to_have_count(0)
    expect(page.locator("main")).to_be_visible()


def show_why(page: Page) -> None:
    page.get_by_test_id("why-open").first.click()
    expect(page.get_by_test_id("why")).to_be_visible()


def look_inside(page: Page) -> None:
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector")).to_be_visible()


def compare(page: Page) -> None:
    page.get_by_test_id("compare-start").click()
    expect(
        page.get_by_test_id("compare-card").nth(1).locator(".digit, .price").first
    ).to_have_attribute("data-value", re.compile(r"\d"))


STATES = {"why": show_why, "inside": look_inside, "compared": compare}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("model", "language", "state"),
    [
        ("mlp-sigmoid", "ko", "why"),
        ("mlp-wide", "en", "inside"),
        ("cnn", "en", "compared"),
        ("lstm", "ko", "inside"),
        ("mlp-two-heads", "en", "compared"),
        ("houses-mlp", "en", "inside"),
        ("pen-lstm", "en", None),
    ],
)
def test_every_network_is_printed_on_one_sheet_whatever_is_open(
    empty_page: Page, address: str, model: str, language: str, state: str | None
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/?lang={language}#model={model}")
    told = page.get_by_test_id("price" if model.startswith("houses") else "answer")
    expect(told).to_have_attribute("data-value", re.compile(r"\d"))
    ready(page)
    if state:
        STATES[state](page)
    for paper, is_lying in PAPERS:
        assert pages_of(page, paper, is_lying) == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for width, height in ((703, 1032), (1032, 703), (965, 725), (725, 965)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(FAULTS) == [], (width, height)
        expect(page.locator(".paper-network svg:visible")).to_have_count(1)


CHAPTERS = [each.id for each in library.load().all("en")]


@pytest.mark.parametrize(
    "chapter",
    [
        pytest.param(each, marks=() if each == CHAPTERS[-1] else pytest.mark.thorough)
        for each in CHAPTERS  # the last asks most
    ],
)
def test_a_chapter_is_one_sheet_and_its_teachers_page_another(
    empty_page: Page, address: str, chapter: str
) -> None:
    page = empty_page
    for language in library.LANGUAGES:
        for whose in ("class", "teacher"):
            page.goto(f"{address}/sheets/{chapter}/{whose}?lang={language}")
            for paper in ("A4", "Letter"):
                assert pages_of(page, paper, False) == 1, (language, whose, paper)


@pytest.mark.thorough
@pytest.mark.parametrize("screen", ["train", "explore"])
def test_other_screens_are_light_on_paper_and_have_no_controls(
    empty_page: Page, address: str, screen: str
) -> None:
    page = empty_page
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/{screen}")
    ready(page)
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", re.compile(r"\d"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("main :is(input, select):visible")).to_have_count(0)
    expect(page.get_by_test_id("clear")).to_be_hidden()
    expect(
        page.get_by_test_id("model-picker" if screen == "explore" else "network")
    ).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_who_prints_before_all_has_come_prints_the_sheet_too(
    fresh_page: Page, address: str
) -> None:
    page = fresh_page
    page.add_init_script(
        """window.print = () => {
          dispatchEvent(new Event('beforeprint'));
          window.laid = document.querySelectorAll('.on-paper').length;
        };"""
    )
    page.goto(f"{address}/")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.laid === 1")

"""A link reopens exactly what was shown, in another browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.soon import soon
from tests.browser.test_draw import FOUR, SEVEN, draw, wait_for_reading
from tests.browser.test_network import open_model

PROBABILITIES = "rows => rows.map(row => row.dataset.value)"


def share(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("sharing")).to_be_visible()
    page.get_by_test_id("share-copy").click()
    expect(page.get_by_test_id("share-said")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(link, str)
    assert link == page.url
    page.keyboard.press("Escape")
    # the step back that closes it is the history's own, and would end a reload that meets it
    page.wait_for_function("() => !history.state?.layers?.includes('sharing')")
    return link


def bars(page: Page) -> list[str]:
    values = page.get_by_test_id("probabilities").locator("li").evaluate_all(PROBABILITIES)
    assert len(values) == 10
    return list(values)


def expect_bars(page: Page, wanted: list[str]) -> None:
    def check() -> None:
        assert bars(page) == wanted

    soon(page, check)


def test_a_drawing_its_model_and_its_neuron_reopen(
    empty_page: Page, other: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "lstm")
    draw(page, FOUR)
    page.get_by_test_id("center-toggle").uncheck()
    page.get_by_test_id("row-scrubber").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("row")).to_have_text("23 of 28 rows")
    page.get_by_test_id("inspect").click()
    head = page.get_by_test_id("inspector-title")
    before = head.inner_text()
    page.get_by_test_id("inspector-next").click()
    expect(head).not_to_have_text(before)
    title = head.inner_text()
    expect(page.locator(".stale")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    shown = bars(page)
    other.goto(share(page))
    expect(other.get_by_test_id("model-picker")).to_have_attribute("data-model", "lstm")
    expect(other.get_by_test_id("inspector-title")).to_have_text(title)
    expect(other.get_by_test_id("early")).to_have_text("After 23 of 28 rows:")
    expect(other.get_by_test_id("center-toggle")).not_to_be_checked()
    expect_bars(other, shown)


def test_a_test_digit_reopens_with_its_label(page: Page, other: Page) -> None:
    wait_for_reading(page, 7)
    page.get_by_test_id("test-class-5").click()
    expect(page.get_by_text(re.compile("labelled 5"))).to_be_visible()
    name = page.get_by_text(re.compile("labelled 5")).inner_text()
    expect(page.locator(".stale")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    shown = bars(page)
    other.goto(share(page))
    expect(other.get_by_text(name)).to_be_visible()
    expect(other.get_by_test_id("answer")).not_to_have_attribute("data-value", "")
    expect_bars(other, shown)


def test_drawing_on_takes_the_drawing_out_of_the_address(page: Page) -> None:
    draw(page, SEVEN)
    wait_for_reading(page, 7)
    share(page)
    expect(page).to_have_url(re.compile("drawing="))
    page.get_by_test_id("undo").click()
    expect(page).not_to_have_url(re.compile("drawing="))


def test_an_address_that_makes_no_sense_opens_the_page(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/#model=nobody&drawing=s___&neuron=hidden1.99999&row=0&edges=x&inside=2")
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-sigmoid")


def test_a_damaged_link_shows_what_could_be_read_and_says_so(page: Page, other: Page) -> None:
    draw(page, SEVEN)
    wait_for_reading(page, 7)
    link = share(page)
    other.goto(link[:-1])
    said = other.get_by_test_id("shared")
    expect(said).to_contain_text("This link is damaged")
    expect(other.get_by_test_id("answer")).not_to_have_attribute("data-value", "")
    other.get_by_test_id("clear").click()  # what came of the link is gone, and so is what was said
    expect(said).to_be_empty()


def test_the_lines_are_copied_over_plain_http(page: Page) -> None:
    """There the browser has no clipboard to offer."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = String(getSelection()) })"
    )
    wait_for_reading(page, 7)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-python")).to_contain_text("import")
    page.get_by_test_id("share-copy-python").click()
    expect(page.get_by_test_id("share-said-python")).to_have_text("Lines copied")
    copied = page.evaluate("window.copied")
    assert copied.strip() == page.get_by_test_id("share-python").inner_text().strip()

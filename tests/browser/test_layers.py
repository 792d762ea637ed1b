"""Escape and the browser's Back close what is open, in a real Chromium; nothing drawn is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.entries import expect_entries
from tests.browser.test_draw import FOUR, draw, wait_for_reading
from tests.browser.test_network import open_model, place_of


def expect_answer(page: Page, digit: str) -> None:
    """The drawing's own answer, whatever a comparison says beside it."""
    answer = page.get_by_role("region", name="The answer").get_by_test_id("answer")
    expect(answer).to_have_attribute("data-value", digit)


def expect_open(page: Page, *names: str) -> None:
    """Of the views and dialogs of the Draw screen just these are open."""
    for name in ("inspector", "lab", "compare", "sharing"):
        element = page.get_by_test_id(name)
        if name in names:
            expect(element).to_be_visible()
        else:
            expect(element).to_be_hidden()


def test_escape_closes_the_innermost_thing_and_then_does_nothing(page: Page) -> None:
    wait_for_reading(page, 7)
    draw(page, FOUR)
    wait_for_reading(page, 4)
    page.mouse.click(*place_of(page, "hidden2", 5))
    page.mouse.move(0, 0)
    page.get_by_test_id("change").click()
    expect_open(page, "inspector", "lab")
    page.get_by_test_id("lab-bias-number").fill("0,5")
    page.keyboard.press("Escape")  # leaves the field
    expect(page.get_by_test_id("edited")).to_be_visible()
    expect_open(page, "inspector", "lab")
    page.keyboard.press("Escape")
    expect_open(page, "inspector")
    page.get_by_test_id("model-picker").click()
    page.keyboard.press("Escape")
    expect(page.locator(".models")).to_be_hidden()
    expect_open(page, "inspector")
    page.keyboard.press("Escape")
    expect_open(page)
    expect(page.get_by_test_id("chip-a")).to_be_visible()  # the neuron is still kept
    page.keyboard.press("t")
    expect(page.get_by_test_id("trace")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("trace")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("chip-a")).to_be_hidden()
    page.get_by_test_id("compare-start").click()
    expect_open(page, "compare")
    page.keyboard.press("Escape")
    expect_open(page)
    for key in ("Escape", "Backspace"):
        page.keyboard.press(key)
        expect_answer(page, "4")
    page.keyboard.press("Delete")
    expect_answer(page, "")
    expect_entries(page, 0)
    page.reload()
    page.get_by_test_id("undo").click()
    wait_for_reading(page, 4)


def test_back_closes_what_is_open_and_forward_opens_it_again(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    before = page.url
    open_model(page, address, "cnn")
    page.mouse.click(*place_of(page, "output", 3))
    page.get_by_test_id("change").click()
    expect_open(page, "inspector", "lab")
    page.get_by_test_id("model-picker").click()
    page.get_by_test_id("model-mlp-relu").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")
    expect_entries(page, 2)
    page.go_back()  # both were opened in one step
    expect_open(page)
    expect(page.get_by_test_id("network")).to_be_visible()
    expect(page).to_have_url(f"{address}/#model=mlp-relu")  # the address says what is shown
    expect_entries(page, 1)
    page.go_forward()
    expect_open(page, "inspector", "lab")
    expect_entries(page, 2)
    page.reload()
    expect_open(page, "inspector", "lab")
    for _ in range(2):
        page.get_by_test_id("lab-toggle").click()
    expect_open(page, "inspector", "lab")
    expect_entries(page, 3)
    page.go_back()
    expect_open(page, "inspector")
    expect_entries(page, 2)
    page.go_forward()
    expect_open(page, "inspector", "lab")
    page.get_by_test_id("inspector-close").click()
    page.get_by_test_id("compare-start").click()
    expect_open(page, "compare")
    page.get_by_test_id("share").click()
    expect_open(page, "compare", "sharing")
    expect_entries(page, 3)
    page.go_back()
    expect_open(page, "compare")
    expect_entries(page, 2)
    page.go_back()
    expect_open(page)
    expect(page.get_by_test_id("chip-a")).to_be_visible()
    expect_entries(page, 1)
    page.go_back()  # lets go the neuron that was kept
    expect(page.get_by_test_id("chip-a")).to_be_hidden()
    expect_entries(page, 0)
    page.go_back()  # all is closed: now the page may be left
    expect(page).to_have_url(before)


def test_back_lets_go_a_kept_neuron_and_ends_a_trace(empty_page: Page, address: str) -> None:
    page = empty_page
    before = page.url
    open_model(page, address, "mlp-sigmoid")
    trace, chip = page.get_by_test_id("trace"), page.get_by_test_id("chip-a")
    page.mouse.click(*place_of(page, "hidden2", 5))
    page.mouse.move(0, 0)
    expect(chip).to_be_visible()
    page.get_by_test_id("inspect").click()
    expect_open(page, "inspector")
    expect_entries(page, 2)
    page.go_back()
    expect_open(page)
    expect(chip).to_be_visible()
    expect_entries(page, 1)
    page.go_back()
    expect(chip).to_be_hidden()
    expect_entries(page, 0)
    page.go_forward()
    expect(chip).to_be_visible()
    expect_entries(page, 1)
    page.go_back()
    expect(chip).to_be_hidden()
    trace.click()
    expect(trace).to_have_attribute("aria-pressed", "true")
    expect_entries(page, 1)
    page.go_back()
    expect(trace).to_have_attribute("aria-pressed", "false")
    expect_entries(page, 0)
    page.go_back()
    expect(page).to_have_url(before)


@pytest.mark.thorough
def test_back_closes_what_lies_over_a_phones_picture_and_stays(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("about:blank")
    page.goto(address)
    expect_answer(page, "7")
    for opens, shows in (
        ("why-open", "why"),
        ("tour", "tour-card"),
        ("play", "playing"),
        ("mistake", "why"),  # asks by itself
    ):
        page.get_by_test_id(opens).click()
        expect(page.get_by_test_id(shows)).to_be_visible()
        expect_entries(page, 1)
        page.go_back()
        expect(page.get_by_test_id(shows)).to_be_hidden()
        expect_entries(page, 0)
        page.go_forward()
        expect(page.get_by_test_id(shows)).to_be_visible()
        expect_entries(page, 1)
        page.go_back()
        expect(page.get_by_test_id(shows)).to_be_hidden()
    expect_entries(page, 0)
    page.go_back()
    expect(page).to_have_url("about:blank")


@pytest.mark.parametrize(("name", "entries"), [("inspector", 2), ("compare", 1)])
def test_a_shared_address_opens_what_back_closes(
    empty_page: Page, address: str, name: str, entries: int
) -> None:
    page = empty_page
    option = {"inspector": "inside=1&neuron=output.7", "compare": "compare=yes"}[name]
    page.goto(f"{address}/#model=mlp-sigmoid&drawing=t0&{option}")
    expect_open(page, name)
    expect_entries(page, entries)
    page.go_back()
    expect_open(page)
    expect_answer(page, "7")

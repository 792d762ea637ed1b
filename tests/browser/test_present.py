"""Presenting: a projector's window and the speaker's, driven by either."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_learn import arrive


def present(page: Page, address: str, path: str) -> Page:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{address}/present/{path}")
    return page


def test_both_windows_show_the_same_and_either_drives(empty_page: Page, address: str) -> None:
    page = present(empty_page, address, "neuron/pixels")
    arrive(page, "pixels")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    expect(speaker.get_by_test_id("this-title")).to_have_text("784 of them")
    expect(speaker.get_by_test_id("then-title")).to_have_text("The grey ones")
    expect(speaker.get_by_test_id("notes")).to_contain_text("guess aloud")
    expect(speaker.get_by_test_id("place")).to_have_text("A neuron holds a number: step 1 of 7")
    expect(speaker.get_by_test_id("elapsed")).to_contain_text(":")
    assert_accessible(speaker, "the speaker's window")
    page.bring_to_front()
    page.keyboard.press("PageDown")
    arrive(page, "grey")
    expect(speaker.get_by_test_id("this-title")).to_have_text("The grey ones")
    speaker.bring_to_front()
    speaker.keyboard.press("ArrowRight")
    expect(speaker.get_by_test_id("this-title")).to_have_text("As a column")
    page.bring_to_front()
    arrive(page, "column")
    speaker.get_by_test_id("black").click()
    expect(page.get_by_test_id("black")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("step-title")).to_have_text("As a column")
    speaker.reload()
    expect(speaker.get_by_test_id("this-title")).to_have_text("As a column")
    page.keyboard.press("PageUp")
    arrive(page, "grey")
    expect(page.get_by_test_id("black")).to_be_hidden()
    expect(speaker.get_by_test_id("this-title")).to_have_text("The grey ones")


def test_the_words_are_large_and_only_what_they_name_is_in_full_light(
    empty_page: Page, address: str
) -> None:
    page = present(empty_page, address, "network/parts")
    frame = arrive(page, "parts")
    size = page.locator(".step-body > p:not(.chapter-name)").first.evaluate(
        "element => parseFloat(getComputedStyle(element).fontSize)"
    )
    assert size >= 28
    expect(frame.locator(".light:not([hidden])")).to_have_count(4)
    expect(frame.locator(".spotlight")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_test_id("black")).to_be_visible()
    page.keyboard.press(".")
    expect(page.get_by_test_id("black")).to_be_hidden()
    frame.locator("#pad").click()  # the clicker goes on working from within the network
    page.keyboard.press("PageDown")
    arrive(page, "corners")
    assert_accessible(page, "presenting")


def test_without_a_chapter_one_is_chosen(empty_page: Page, address: str) -> None:
    page = present(empty_page, address, "")
    page.get_by_test_id("chapter-layers").click()
    arrive(page, "pass")
    expect(page).to_have_url(re.compile("/present/layers/pass$"))
    assert page.request.get(f"{address}/present/layers/nothing").status == 404

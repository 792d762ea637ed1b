"""The tour: four stops, each with the pass played up to it; Escape ends it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_draw import wait_for_reading


@pytest.mark.parametrize(
    ("width", "height"), [pytest.param(1366, 625, marks=pytest.mark.thorough), (390, 844)]
)
def test_the_tour_has_four_stops(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    wait_for_reading(page, 7)
    page.get_by_test_id("tour").click()
    about, next_stop = page.get_by_test_id("tour-about"), page.get_by_test_id("tour-next")
    card = page.get_by_test_id("tour-card")
    expect(about).to_contain_text("784 numbers")
    expect(page.get_by_test_id("playing")).to_be_visible()  # it is the pass that is played
    expect(page.get_by_test_id("tour-back")).to_be_disabled()
    for at, words in enumerate(("Each neuron multiplies", "Ten neurons", "most probable"), start=2):
        expect(next_stop).to_be_focused()
        page.keyboard.press("Enter")
        expect(about).to_contain_text(words)
        expect(page.get_by_test_id("tour-at")).to_have_text(f"{at} of 4")
        box = card.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        if width > 900:  # the picture and what plays it are free
            for each in ("#network", "#network-bar", "#pad"):
                seen = page.locator(each).bounding_box()
                assert seen
                assert seen["y"] + seen["height"] <= box["y"] + 1, each
        if width < 900:  # what the card is about is seen above it
            ring = page.locator(".tour-ring").bounding_box()
            assert ring
            assert ring["y"] >= -6
            assert ring["height"] > 24
            assert ring["y"] + ring["height"] <= box["y"]
    share = page.get_by_test_id("probability-7").inner_text().split()[-1]
    expect(about).to_contain_text(f"7, with {share}")
    expect(page.get_by_test_id("playing")).to_be_hidden()  # all is shown
    assert page.get_by_test_id("tour-learn").get_attribute("href") == "/learn/network"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.get_by_test_id("tour")).to_be_focused()


def test_escape_ends_the_tour_and_the_pass_with_it(page: Page) -> None:
    wait_for_reading(page, 7)
    page.get_by_test_id("tour").click()
    expect(page.get_by_test_id("tour-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("tour-card")).to_be_hidden()
    expect(page.get_by_test_id("playing")).to_be_hidden()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")


def test_the_first_chapter_is_offered_once_and_not_to_who_draws(page: Page, address: str) -> None:
    offer = page.get_by_test_id("offer")
    expect(offer).to_contain_text("New to this?")  # after the first picture
    assert page.get_by_test_id("offer-open").get_attribute("href") == "/learn/network"
    page.get_by_test_id("probability-3").click()  # looks around
    expect(offer).to_be_visible()
    page.get_by_test_id("model-picker").click()
    expect(page.locator(".models .model").first).to_be_visible()
    covered = """() => {
        const menu = document.querySelector('.models').getBoundingClientRect();
        const steps = [...Array(20).keys()].map((i) => (i + 0.5) / 20);
        return steps
          .flatMap((x) => steps.map((y) => [menu.x + x * menu.width, menu.y + y * menu.height]))
          .filter(([x, y]) => !document.elementFromPoint(x, y).closest('.models'));
    }"""
    assert page.evaluate(covered) == []  # no line of the page lies over the open menu
    page.keyboard.press("Escape")
    page.get_by_test_id("clear").click()  # whoever works with it is left alone
    expect(offer).to_have_count(0)
    other = page.context.new_page()
    other.goto(address)
    wait_for_reading(other, 7)
    other.mouse.move(5, 5)  # brings what comes late
    other.wait_for_load_state("networkidle")
    expect(other.get_by_test_id("offer")).to_have_count(0)

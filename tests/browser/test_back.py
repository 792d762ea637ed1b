"""The browser's Back closes what has opened over a screen, and the page stays: on every screen."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.entries import expect_entries
from tests.browser.explore_views import open_view
from tests.browser.test_learn import arrive, open_chapter
from tests.browser.test_network import open_model

TERM = ".explained[role=button]:visible"


def expect_back_closes(page: Page, opens: Locator, shows: Locator) -> None:
    """Twice, for the second one lies on an entry that the first has left."""
    address = page.url
    for _ in range(2):
        opens.tap()
        expect(shows).to_be_visible()
        expect_entries(page, 1)
        page.go_back()
        expect(shows).to_be_hidden()
        expect(page).to_have_url(address)


def expect_terms_close(page: Page) -> None:
    """A word that was tapped: by Back, and by a tap elsewhere, which leaves no entry behind."""
    expect_entries(page, 0)
    tip, term = page.get_by_test_id("tip"), page.locator(TERM).first
    expect(term).to_be_visible()
    expect_back_closes(page, term, tip)
    term.tap()
    expect(tip).to_be_visible()
    expect_entries(page, 1)
    page.touchscreen.tap(2, 2)
    expect(tip).to_be_hidden()
    expect_entries(page, 0)


def draw_screen(page: Page, address: str) -> None:
    open_model(page, address, "mlp-sigmoid")


def explore(page: Page, address: str) -> None:
    open_view(page, address, "view=dataset")


def train(page: Page, address: str) -> None:
    page.goto(f"{address}/train")
    expect(page.locator("#train")).to_have_attribute("data-ready", "")


def learn(page: Page, address: str) -> None:
    open_chapter(page, address, "hope/one")
    arrive(page, "one")


SCREENS = {"draw": draw_screen, "explore": explore, "train": train, "learn": learn}


@pytest.mark.parametrize("name", SCREENS)
def test_back_closes_a_word_that_was_tapped_and_the_list_of_networks(
    phone: Page, address: str, name: str
) -> None:
    phone.goto(f"{address}/class")
    before = phone.url
    SCREENS[name](phone, address)
    expect_terms_close(phone)
    if name in ("draw", "explore"):
        picker = phone.get_by_test_id("model-picker")
        expect_back_closes(phone, picker, phone.locator(".models"))
        picker.tap()
        phone.get_by_test_id("model-mlp-relu").locator("strong").tap()  # it closes by itself
        expect(phone.locator(".models")).to_be_hidden()
        expect(picker).to_have_attribute("data-model", "mlp-relu")
        expect(phone).to_have_url(re.compile("mlp-relu"))
        expect_entries(phone, 0)
        expect_back_closes(phone, picker, phone.locator(".models"))
        expect(picker).to_have_attribute("data-model", "mlp-relu")
    phone.go_back()
    expect(phone).to_have_url(before)

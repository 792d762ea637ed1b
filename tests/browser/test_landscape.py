"""A phone on its side: the network is seen at once, and nothing lies over what it explains."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, ViewportSize, expect

from tests.browser.soon import soon
from tests.browser.test_learn import arrive, open_chapter
from tests.browser.test_network import open_model, place_of

LYING: ViewportSize = {"width": 844, "height": 390}


def box_of(page: Page, testid: str) -> FloatRect:
    box = page.get_by_test_id(testid).bounding_box()
    assert box is not None, testid
    return box


def is_beside(page: Page, sheet: str) -> None:
    """The whole network is in the window, and the sheet right of it."""
    network, over = box_of(page, "network-canvas"), box_of(page, sheet)
    assert network["y"] >= 0
    assert network["y"] + network["height"] <= LYING["height"]
    assert network["width"] > 400
    assert network["x"] + network["width"] <= over["x"] + 1
    assert over["height"] > 250


def test_the_network_is_seen_at_once_and_a_sheet_lies_beside_it(phone: Page, address: str) -> None:
    phone.set_viewport_size(LYING)
    open_model(phone, address, "mlp-sigmoid")
    for testid in ("pad", "network-canvas", "answer", "probabilities"):
        expect(phone.get_by_test_id(testid)).to_be_in_viewport(ratio=0.95)
    phone.touchscreen.tap(*place_of(phone, "hidden2", 11))
    expect(phone.get_by_test_id("sum")).to_have_attribute("data-neuron", "hidden2/11")
    soon(phone, lambda: is_beside(phone, "readout"))
    assert phone.evaluate("scrollY") == 0
    phone.get_by_test_id("change").tap()
    expect(phone.get_by_test_id("lab-bias")).to_be_visible()
    soon(phone, lambda: is_beside(phone, "inspector"))
    phone.get_by_test_id("sheet-close").tap()
    expect(phone.get_by_test_id("pad")).to_be_in_viewport(ratio=1)
    phone.get_by_test_id("why-open").tap()
    expect(phone.get_by_test_id("why-sum")).to_have_text(re.compile(r"\d"))
    soon(phone, lambda: is_beside(phone, "why"))


@pytest.mark.thorough
def test_a_chapters_words_stand_beside_what_they_speak_of(phone: Page, address: str) -> None:
    phone.set_viewport_size(LYING)
    open_chapter(phone, address, "layers/pixel")
    arrive(phone, "pixel")
    chapter, stage = (
        phone.locator(each).bounding_box() for each in ("#chapter .step-body", "#stage")
    )
    assert chapter is not None
    assert stage is not None
    assert chapter["height"] > 200
    assert stage["height"] > 300
    assert chapter["x"] + chapter["width"] <= stage["x"] + 2

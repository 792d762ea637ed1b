"""What takes a finger is large enough for one, on every screen of a phone and in every panel."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.entries import expect_entries
from tests.browser.explore_views import VIEWS, open_view
from tests.browser.soon import soon
from tests.browser.test_learn import arrive, open_chapter
from tests.browser.test_network import open_model, place_of
from tests.browser.train import unfold

TOO_SMALL = Path(__file__).with_name("fingers.js").read_text("utf-8")


def assert_large(page: Page, what: str) -> None:
    """What makes room for a finger comes late, at the first touch."""

    def check() -> None:
        for frame in page.frames:
            faults = frame.evaluate(TOO_SMALL)
            assert not faults, f"{what}: {faults}"

    soon(page, check)


def touch(page: Page) -> None:
    page.touchscreen.tap(2, 2)


def test_draw_and_its_panels(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    touch(phone)
    assert_large(phone, "Draw")
    phone.get_by_test_id("model-picker").tap()
    expect(phone.get_by_test_id("model-cnn")).to_be_visible()
    assert_large(phone, "the list of networks")
    phone.get_by_test_id("model-picker").tap()
    phone.touchscreen.tap(*place_of(phone, "hidden2", 4))
    expect(phone.get_by_test_id("sheet-head")).to_be_visible()
    assert_large(phone, "a neuron's sheet")
    phone.get_by_test_id("change").tap()
    phone.get_by_test_id("inspector-layer").select_option("hidden1")
    expect(phone.get_by_test_id("lab")).to_be_visible()
    phone.get_by_test_id("lab-bias").fill("1")
    expect(phone.get_by_test_id("edited")).to_be_visible()
    assert_large(phone, "the lab")
    for back in ("inspector", "sheet-head"):
        expect_entries(phone, 1)  # two things opened with one press
        phone.go_back()
        expect(phone.get_by_test_id(back)).to_be_hidden()
    phone.get_by_test_id("teach-open").tap()
    expect(phone.get_by_test_id("step")).to_be_visible()
    assert_large(phone, "a step that teaches")
    phone.get_by_test_id("share").tap()
    expect(phone.get_by_test_id("sharing")).to_be_visible()
    assert_large(phone, "sharing")


@pytest.mark.thorough
@pytest.mark.parametrize("model", ["cnn", "lstm", "houses-mlp", "pen-lstm"])
def test_draw_with_another_network(phone: Page, address: str, model: str) -> None:
    phone.goto(f"{address}/#model={model}")
    expect(phone.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
    touch(phone)
    assert_large(phone, model)
    if phone.get_by_test_id("compare-start").is_visible():
        phone.get_by_test_id("compare-start").tap()
        expect(phone.get_by_test_id("compare")).to_be_visible()
        assert_large(phone, f"{model} among others")


@pytest.mark.thorough
@pytest.mark.parametrize("view", [*VIEWS, "neurons&layer=hidden1&unit=6", "confusion&cell=4-9"])
def test_explore(phone: Page, address: str, view: str) -> None:
    open_view(phone, address, f"view={view}")
    touch(phone)
    phone.wait_for_load_state("networkidle")
    assert_large(phone, view)


def test_train_learn_and_the_class_page(phone: Page, address: str) -> None:
    phone.goto(f"{address}/train")
    unfold(phone)
    phone.get_by_test_id("more").locator("summary").first.tap()
    assert_large(phone, "Train")
    phone.goto(f"{address}/learn")
    touch(phone)
    expect(phone.get_by_test_id("learn-on")).to_be_visible()
    assert_large(phone, "Learn")
    for chapter, step in (("network", "answers"), ("hope", "one")):
        open_chapter(phone, address, f"{chapter}/{step}")
        arrive(phone, step)
        touch(phone)
        assert_large(phone, chapter)
    phone.goto(f"{address}/class")
    touch(phone)
    assert_large(phone, "the class page")

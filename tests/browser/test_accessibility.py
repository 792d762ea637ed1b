"""axe-core finds nothing on any screen, in either theme, at any width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_network import SIZES, open_model

NETWORKS = [("mlp-sigmoid", "hidden1"), ("cnn", "pool2"), ("lstm", "lstm")]


def assert_accessible(page: Page, what: str) -> None:
    expect(page.locator(".stale:visible")).to_have_count(0)  # dimmed until its number comes
    result = Axe().run(page).response
    assert len(result["passes"]) > 10  # it did look
    found = result["violations"]
    told = [
        f"{what}: {each['id']} ({each['impact']}): {each['nodes'][0]['html'][:200]}"
        for each in found
    ]
    assert not told, "\n".join(told)


def test_axe_finds_nothing_in_a_network_its_arithmetic_and_the_lab(
    empty_page: Page, address: str
) -> None:
    empty_page.emulate_media(color_scheme="dark")
    walk(empty_page, address, *NETWORKS[0])


def walk(page: Page, address: str, model: str, layer: str) -> None:
    """A network, one of its neurons, and the lab with something changed."""
    open_model(page, address, model)
    assert_accessible(page, model)
    page.get_by_test_id("inspect").click()
    page.get_by_test_id("inspector-layer").select_option(layer)
    expect(page.get_by_test_id("inspector-a")).to_be_visible()
    assert_accessible(page, f"{model}, one neuron")
    page.get_by_test_id("lab-toggle").click()
    page.get_by_test_id("lab-prune-number").fill("5")
    page.get_by_test_id("lab-prune-number").press("Enter")
    expect(page.get_by_test_id("edited")).to_be_visible()
    assert_accessible(page, f"{model}, the lab")


@pytest.mark.parametrize(
    ("size", "theme", "networks"),
    [
        pytest.param(SIZES[0], "dark", NETWORKS, marks=pytest.mark.thorough),
        pytest.param(SIZES[1], "light", NETWORKS, marks=pytest.mark.slow),
        pytest.param(SIZES[2], "dark", NETWORKS, marks=pytest.mark.thorough),
    ],
)
def test_axe_finds_nothing(
    empty_page: Page, address: str, size: tuple, theme: str, networks: list
) -> None:
    page = empty_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    for model, layer in networks:
        walk(page, address, model, layer)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-python")).to_contain_text("print")
    assert_accessible(page, "sharing")
    page.keyboard.press("Escape")
    page.get_by_test_id("model-picker").click()
    assert_accessible(page, "the picker")
    page.get_by_test_id("model-picker").click()
    close = page.get_by_test_id("inspector-close")
    (close if close.is_visible() else page.get_by_test_id("sheet-close")).click()
    trace = page.get_by_test_id("trace")
    trace.evaluate("button => button.scrollIntoView()")  # above a sheet from below
    trace.click()
    assert_accessible(page, "a trace")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("playing")).to_be_visible()
    assert_accessible(page, "a pass that is played")
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    assert_accessible(page, "a blank pad")

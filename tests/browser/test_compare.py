"""Several networks on one drawing, in a real Chromium: each answers as the package's own does."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from nnviz.network import Network
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_lab import open_lab, set_dial
from tests.browser.test_network import open_model
from tests.browser.test_share import share

TEST = mnist.load().test


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def expect_card(page: Page, key: str, network: Network, image: np.ndarray) -> None:
    """The card shows what this network makes of the image."""
    wanted = network(ink.to_input(image)[None])[0]
    page.wait_for_function(
        """([key, wanted]) => {
          const rows = [...document.querySelectorAll(`[data-rival="${key}"] .bar-row`)];
          const isNear = ({ dataset: { value } }, i) =>
            value && Math.abs(Number(value) - wanted[i]) < 1e-5;
          return rows.length === 10 && rows.every(isNear);
        }""",
        arg=[key, wanted.tolist()],
    )


@pytest.mark.parametrize(
    "size",
    [
        (1440, 900),
        pytest.param((1024, 768), marks=pytest.mark.thorough),
        pytest.param((390, 844), marks=pytest.mark.thorough),
    ],
)
def test_all_five_read_the_same_drawing(
    empty_page: Page, address: str, size: tuple[int, int]
) -> None:
    page = empty_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("compare-start").click()
    cards = page.get_by_test_id("compare-card")
    expect(cards).to_have_count(2)
    expect(page.get_by_test_id("compare-mlp-sigmoid")).to_be_disabled()  # two at least
    for name in ("mlp-relu", "mlp-wide", "lstm"):
        page.get_by_test_id(f"compare-{name}").check()
    expect(cards).to_have_count(5)
    expect(page.get_by_test_id("compare-agreed")).to_have_text("All 5 read 7")
    page.get_by_test_id("test-class-2").click()
    note = page.locator("#pad-note")
    expect(note).to_contain_text("labelled 2")
    index = int(re.findall(r"\d+", note.inner_text().replace(",", ""))[0])
    for name in models.DIGITS:
        expect_card(page, name, models.load(name).network, TEST.images[index])
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size[0] > 900:
        assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    page.get_by_test_id("compare-cnn").uncheck()
    expect(cards).to_have_count(4)
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("compare-agreed")).to_have_text("")
    page.get_by_test_id("compare-close").click()
    expect(page.get_by_test_id("network")).to_be_visible()
    expect(page.get_by_test_id("compare-start")).to_be_focused()


@pytest.mark.thorough
def test_an_edited_network_stands_beside_the_learned_one(
    empty_page: Page, other: Page, address: str
) -> None:
    page = empty_page
    open_lab(page, address, "mlp-relu", "hidden2")
    set_dial(page, "prune", "60")
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")
    page.get_by_test_id("inspector-close").click()
    page.get_by_test_id("compare-start").click()
    learned = models.load("mlp-relu").network
    pruned = edits.apply(learned, [edits.PruneEdit(share=0.6)])
    other.goto(share(page))
    for where in (page, other):
        expect_card(where, "mlp-relu", learned, TEST.images[0])
        expect_card(where, "mlp-relu*", pruned, TEST.images[0])
    page.get_by_test_id("compare-card").first.get_by_test_id("compare-open").click()
    expect(page.get_by_test_id("network")).to_be_visible()


def test_a_card_tells_what_a_network_is_and_its_values_where_one_points(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-relu")
    page.get_by_test_id("compare-start").click()
    card = page.locator('[data-rival="mlp-relu"]')
    expect(card).to_contain_text("13,002 parameters")
    accuracy = models.load("mlp-relu").accuracy
    for of in ("mnist_test", "drawn"):
        expect(card).to_contain_text(f"{accuracy[of]:.1%}")
    _, trace = models.load("mlp-relu").network.forward(ink.to_input(TEST.images[0])[None])
    values = trace.layers[0].a[0]
    cells = card.locator('[data-layer="hidden1"] canvas')
    box = cells.bounding_box()
    assert box is not None
    best = int(values.argmax())
    x, y = (best % 4 + 0.5) / 4, (best // 4 + 0.5) / 4
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    said = re.compile(rf"^hidden 1, neuron {best + 1}: .*{values[best]:.3f}$")
    expect(card.get_by_test_id("strip-said")).to_have_text(said)
    card.get_by_test_id("probability-3").hover()  # the same digit of every network
    other = page.locator('[data-rival="cnn"]').get_by_test_id("probability-3")
    expect(other).to_have_class(re.compile("pointed"))


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_axe_finds_nothing_in_a_comparison(empty_page: Page, address: str, theme: str) -> None:
    page = empty_page
    page.emulate_media(color_scheme=theme)
    open_model(page, address, "lstm")
    page.get_by_test_id("compare-start").click()
    expect(page.get_by_test_id("compare-agreed")).to_have_text("Both read 7")
    assert_accessible(page, "a comparison")

"""What a neuron is for: one sentence first, the numbers behind it below, the rest folded."""

import json

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.edits import apply
from nnviz.edits import read as read_edits
from tests.browser.explore_views import open_view
from tests.browser.soon import soon

TEST = mnist.load().test


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


@pytest.mark.parametrize(("layer", "unit"), [("hidden1", 6), ("hidden2", 3)])
def test_a_neuron_says_first_what_it_is_for_and_then_by_what_that_is_known(
    empty_page: Page, address: str, layer: str, unit: int
) -> None:
    """The digit of the first sentence is the one that is read worse without it by most."""
    page = empty_page
    network = models.load("mlp-sigmoid").network
    off = apply(network, read_edits(json.dumps([{"kind": "off", "layer": layer, "unit": unit}])))
    right = [
        each.forward(ink.to_input(TEST.images))[0].argmax(axis=1) == TEST.labels
        for each in (network, off)
    ]
    digits = [TEST.labels == digit for digit in range(10)]
    shares = np.array([[each[of].mean() for of in digits] for each in right])
    most = int((shares[1] - shares[0]).argmin())
    open_view(page, address, f"view=neurons&layer={layer}&unit={unit}")
    verdict = page.get_by_test_id("unit-answer")
    expect(verdict).to_contain_text(f"The network needs it most to read {most}.", timeout=60_000)
    said = page.get_by_test_id("unit-off")
    expect(said).to_contain_text(f"{percent(right[0].mean())} with it, {percent(right[1].mean())}")
    expect(said).to_contain_text(f"for {most}: {percent(shares[0][most])} read right with it")
    expect(said).to_contain_text(f"{percent(shares[1][most])} without it")
    expect(page.get_by_test_id("unit-where")).to_be_visible(visible=layer == "hidden1")
    folded = page.get_by_test_id("unit-how")
    expect(folded).not_to_have_attribute("open", "")
    folded.locator("summary").click()
    expect(folded).to_contain_text("By label the 24 test digits that excite it most are")
    first = verdict.text_content()
    if layer == "hidden1":
        page.get_by_test_id("view-questions").click()  # the same sentence stands on the card
        expect(page.get_by_test_id("preview-neuron")).to_contain_text(first or "-")


def test_where_a_feature_sounds_like_another_place_the_line_says_why(
    empty_page: Page, address: str
) -> None:
    """It looks at the lower third, and is active for digits with more ink above."""
    open_view(empty_page, address, "view=neurons&layer=hidden1&unit=15")
    expect(empty_page.get_by_test_id("unit-answer")).to_contain_text("ink in the lower third")
    feature = empty_page.get_by_test_id("unit-feature")
    expect(feature).to_contain_text("more ink in its upper half")
    expect(feature).to_contain_text("(AUC). Each digit is centred on its ink")


def test_a_bar_says_how_active_a_map_is_beside_the_most_it_ever_is(
    empty_page: Page, address: str
) -> None:
    """A map's mean is far below its brightest place: held against that, bars were all but empty."""
    page = empty_page
    network = models.load("cnn").network
    open_view(page, address, "view=neurons&model=cnn&layer=conv1&digit=0")
    about = page.get_by_test_id("unit-3").locator(".gallery-lit")
    expect(about).not_to_have_css("width", "0px", timeout=60_000)  # the layer has been read
    told = page.request.get(f"{address}/api/models/cnn/units/conv1").json()
    _, trace = network.forward(ink.to_input(TEST.images[:1]))
    means = trace.layers[0].a[0].mean(axis=(0, 1))
    shares = means / told["strongest"]
    assert shares.min() > 0.2

    def bars_are_right() -> None:
        found = page.locator(".gallery-lit").evaluate_all(
            "all => all.map(each => parseFloat(each.style.width))"
        )
        assert found == pytest.approx(100 * shares, abs=1.5)

    soon(page, bars_are_right)

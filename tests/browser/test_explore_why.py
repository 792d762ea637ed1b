"""Why it said so: sentences, picture and curve speak of the same pixels, each number recomputed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explore.attribution import attribute
from tests.browser.explore_views import open_view

SEVEN = ink.to_input(mnist.load().test.images[:1]).ravel()
PLACES = ["top left", "top", "top right", "left", "middle", "right"]
PLACES += ["bottom left", "bottom", "bottom right"]


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the view that it is about."""
    return empty_page


def test_the_plain_sentence_is_what_the_network_says_without_those_pixels(
    page: Page, address: str
) -> None:
    """The bluest pixels go one by one until the answer is another: the number that is said."""
    network = models.load("mlp-sigmoid").network
    values = attribute(network, SEVEN, 7, "integrated_gradients").values.ravel()
    inked = np.flatnonzero(SEVEN)
    blue = sorted((i for i in inked if values[i] > 0), key=lambda i: -values[i])
    left = np.repeat(SEVEN[None], len(blue) + 1, axis=0)
    for count, one in enumerate(left):
        one[blue[:count]] = 0
    said = network(left)
    gone = int(np.flatnonzero(said.argmax(axis=1) != 7)[0])
    grid = np.zeros((28, 28))
    grid.flat[blue] = values[blue]
    rows, columns = np.divmod(inked, 28)
    sums = np.zeros((3, 3))
    high, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    ninth = (3 * (rows - rows.min()) // high, 3 * (columns - columns.min()) // wide)
    np.add.at(sums, ninth, grid[rows, columns])
    place = PLACES[int(sums.argmax())]
    open_view(page, address, "view=why&digit=0")
    answer = page.get_by_test_id("why-answer")
    expect(answer).to_have_text(
        re.compile(
            rf"^Because of the ink marked blue, most of all (at|in|on) the {place}: without the"
            rf" {gone} bluest of {len(inked)} inked pixels it says {said[gone].argmax()}, not 7\.$"
        )
    )
    rng = np.random.default_rng(0)
    others = np.repeat(SEVEN[None], 20, axis=0)
    for one in others:
        one[rng.permutation(inked)[:gone]] = 0
    random = network(others)[:, 7].mean()  # of as many pixels, beside what the first sentence says
    expect(page.get_by_test_id("why-trust")).to_contain_text(
        f"with {gone} random inked pixels gone instead, 7 still has {percent(random)},"
        f" with the {gone} bluest {percent(said[gone, 7])}"
    )
    expect(page.get_by_test_id("removal-said")).to_contain_text(
        f"Without {gone} pixels it reads {said[gone].argmax()}; the probability of 7 is"
        f" {percent(said[gone, 7])}"
    )
    expect(page.get_by_test_id("removal-area")).to_contain_text(f"While the {len(blue)} blue ones")
    kept = page.get_by_test_id("blame-kept").locator("xpath=..")
    expect(kept).to_contain_text(f"without the {gone} bluest inked pixels it says")
    page.get_by_test_id("view-questions").click()  # the same sentence stands on the card
    expect(page.get_by_test_id("preview-blamed")).to_contain_text(f"without the {gone} bluest")


def test_where_there_is_nothing_to_lose_nothing_is_to_be_believed(page: Page, address: str) -> None:
    open_view(page, address, "view=why&digit=0&output=2")
    probability = models.load("mlp-sigmoid").network(SEVEN[None])[0, 2]
    assert probability < 0.01
    answer, trust = page.get_by_test_id("why-answer"), page.get_by_test_id("why-trust")
    expect(answer).to_contain_text(f"It says 7; 2 has only {percent(probability)}.")
    expect(trust).to_contain_text("cannot be checked")
    expect(trust).not_to_contain_text("believe")


def test_a_picture_that_proves_nothing_says_no_because(page: Page, address: str) -> None:
    """Most of this picture is a random network's, too."""
    open_view(page, address, "view=why&model=lstm&method=occlusion&digit=0")
    expect(page.get_by_test_id("why-answer")).to_contain_text(re.compile("Because|does not tell"))
    answer = page.get_by_test_id("why-answer").inner_text()
    trust = page.get_by_test_id("why-trust").inner_text()
    assert answer.startswith("Because") == trust.startswith("You can")

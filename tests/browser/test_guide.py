"""Play, trace back and the input as a column, in a real Chromium: what is said is recomputed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from tests.browser.test_network import layer, open_model
from tests.browser.test_share import share

SEVEN = mnist.load().test.images[0]


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def painted(page: Page, name: str) -> float:
    """How bright the canvas is, on average, where a layer stands: 0..255."""
    brightness: float = page.evaluate(
        """name => {
          const canvas = document.querySelector('[data-testid=network-canvas]');
          const [box, all] = [document.querySelector(`.layer[data-layer=${name}]`), canvas].map(
            (element) => element.getBoundingClientRect());
          const ratio = canvas.width / all.width;
          const { data } = canvas.getContext('2d').getImageData((box.x - all.x) * ratio,
            (box.y - all.y) * ratio, box.width * ratio, box.height * ratio);
          let sum = 0;
          for (let i = 0; i < data.length; i += 4) sum += data[i + 1] * data[i + 3] / 255;
          return sum / (data.length / 4);
        }""",
        name,
    )
    return brightness


def test_play_shows_layer_after_layer_in_words_and_numbers(empty_page: Page, address: str) -> None:
    page = empty_page
    page.emulate_media(reduced_motion="reduce", color_scheme="dark")
    open_model(page, address, "mlp-sigmoid")
    whole = {name: painted(page, name) for name in ("hidden1", "hidden2", "output")}
    said = page.get_by_test_id("said")
    page.keyboard.press("p")
    expect(said).to_contain_text(f"{np.count_nonzero(SEVEN)} of them hold ink")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_text("Go on")
    assert painted(page, "hidden1") < whole["hidden1"] / 2
    network = models.load("mlp-sigmoid").network
    _, trace = network.forward(ink.to_input(SEVEN)[None])
    for number, name in enumerate(("hidden 1", "hidden 2")):
        page.get_by_test_id("play-forward").click()
        a = trace.layers[number].a[0]
        best = int(a.argmax())
        expect(said).to_contain_text(f"Largest: {name}, neuron {best + 1}, {a[best]:.3f}")
    assert painted(page, "hidden1") == pytest.approx(whole["hidden1"], rel=0.05)
    assert painted(page, "output") < 0.8 * whole["output"]
    page.get_by_test_id("play-back").click()
    expect(said).to_contain_text("hidden 1, neuron")
    page.keyboard.press("Escape")
    expect(said).to_have_text("")
    expect(page.get_by_test_id("playing")).to_be_hidden()
    assert painted(page, "output") == pytest.approx(whole["output"], rel=0.05)
    page.get_by_test_id("play").click()
    page.get_by_test_id("test-class-1").click()  # another drawing: the show is over
    expect(page.locator("#pad-note")).to_contain_text("labelled 1")
    expect(page.locator(".stale")).to_have_count(0)
    expect(page.get_by_test_id("playing")).to_be_hidden()


def test_an_lstm_is_played_row_by_row(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "lstm")
    page.get_by_test_id("play").click()
    page.get_by_test_id("play-speed").select_option("fast")
    page.get_by_test_id("play-forward").click()
    expect(page.get_by_test_id("said")).to_contain_text("reads row 28 of 28")
    expect(page.get_by_test_id("row")).to_have_text("28 of 28 rows")


def test_a_neuron_is_traced_back_to_the_pixels(empty_page: Page, other: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.keyboard.press("t")
    said = page.get_by_test_id("said")
    expect(said).to_contain_text("output, digit 7 rests most on hidden 2, neuron ")
    network = models.load("mlp-sigmoid").network
    weights = network.named_parameters()
    a = [ink.to_input(SEVEN)[None].reshape(1, -1)]
    a += [each.a for each in network.forward(ink.to_input(SEVEN)[None])[1].layers]
    carrying, expected = {7: 1.0}, []
    for number in (2, 1):
        kernel = weights[f"{network.layers[number].name}/W"]
        before: dict[int, float] = {}
        for target, carried in carrying.items():
            sizes = np.abs(kernel[:, target] * a[number][0])
            for source in np.argsort(-sizes)[:3].tolist():
                part = carried * sizes[source] / sizes.sum()
                before[source] = before.get(source, 0.0) + part
        carrying = before
        whole, most = sum(before.values()), max(before, key=before.__getitem__)
        expected.append(f"{whole:.1%} on {len(before)} of 16 neurons of hidden {number}")
        expected.append(f"neuron {most + 1} ({before[most]:.1%})")
    for text in expected:
        expect(said).to_contain_text(text)
    other.goto(share(page))
    expect(other.get_by_test_id("said")).to_contain_text(expected[1])
    page.get_by_test_id("trace").click()
    expect(said).to_have_text("")
    open_model(page, address, "lstm")
    page.get_by_test_id("trace").click()
    expect(said).to_contain_text("ends at the LSTM's state")


@pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.thorough)])
def test_the_input_stands_as_a_column(empty_page: Page, address: str, width: int) -> None:
    page = empty_page
    page.set_viewport_size({"width": width, "height": 900})
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("input-column").click()
    expect(layer(page, "input")).to_have_attribute("data-kind", "column")
    place = layer(page, "input")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    sideways = width > 900
    lit = 398 + int(np.argmax(SEVEN.ravel()[398:414]))
    along = (lit - 398 + 1.5) / 18
    x, y = (0.5, along) if sideways else (along, 0.5)
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    expect(page.get_by_test_id("chip-a")).to_have_text(f"{SEVEN.ravel()[lit] / 255:.3f}")
    row, column = divmod(lit, 28)
    expect(page.get_by_test_id("readout")).to_contain_text(f"row {row + 1}, column {column + 1}")
    page.get_by_test_id("network-canvas").press("Home")
    expect(page.get_by_test_id("readout")).to_contain_text("pixel, row 1, column 1")
    expect(page.get_by_test_id("input-column")).to_have_attribute("aria-pressed", "true")
    assert re.search("input=column", share(page))

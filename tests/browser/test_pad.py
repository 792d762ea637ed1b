"""The pad and what stands around it, in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from nnviz import models
from nnviz.datasets import mnist
from nnviz.ink import to_input
from tests.browser.soon import result, soon
from tests.browser.test_draw import FOUR, SEVEN, draw, wait_for_reading

SPOKEN = re.compile(r"pen down, row \d+, column \d+")


def press(page: Page, *keys: tuple[str, int]) -> None:
    for key, times in keys:
        for _ in range(times):
            page.keyboard.press(key)


def test_a_digit_is_drawn_by_keyboard_alone(page: Page) -> None:
    wait_for_reading(page, 7)
    page.keyboard.press("Delete")
    page.get_by_test_id("pad").focus()
    how = page.get_by_text("Arrow keys move")
    expect(how).to_be_visible()
    press(page, ("ArrowLeft", 6))
    expect(how).to_be_hidden()  # it lies on the pad, which is drawn on now
    press(page, ("Space", 1), ("ArrowRight", 10))
    expect(page.get_by_test_id("spoken-pad")).to_have_text(SPOKEN)
    press(page, ("ArrowDown", 4), ("End", 6), ("ArrowDown", 4), ("Space", 1))
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("undo")).to_be_enabled()
    press(page, ("Delete", 1))
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")


def test_a_drawing_survives_a_reload_and_a_change_of_language(page: Page) -> None:
    wait_for_reading(page, 7)
    draw(page, FOUR)
    wait_for_reading(page, 4)
    page.reload()
    wait_for_reading(page, 4)
    page.get_by_test_id("language").get_by_text("한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    wait_for_reading(page, 4)
    page.keyboard.press("Delete")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    page.reload()
    page.get_by_test_id("undo").click()  # what one key took away
    wait_for_reading(page, 4)


def test_the_model_in_the_address_survives_a_change_of_language(page: Page) -> None:
    page.get_by_test_id("model-picker").click()
    page.get_by_test_id("model-mlp-relu").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")
    page.get_by_test_id("language").get_by_text("한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")


def test_drawing_on_a_test_digit_begins_anew_and_undo_brings_the_digit_back(page: Page) -> None:
    wait_for_reading(page, 7)
    expect(page.locator("#pad-note")).to_contain_text("labelled 7")
    draw(page, FOUR)
    wait_for_reading(page, 4)
    expect(page.locator("#pad-note")).not_to_contain_text("labelled")
    press(page, ("Control+z", 2))
    expect(page.locator("#pad-note")).to_contain_text("labelled 7")
    wait_for_reading(page, 7)


def test_a_misread_test_digit_is_called_wrong(page: Page) -> None:
    wait_for_reading(page, 7)
    network = models.load("mlp-sigmoid").network
    test = mnist.load().test
    read = network(to_input(test.images)).argmax(1)
    index = int((read != test.labels).nonzero()[0][0])
    page.route(
        "**/api/datasets/mnist/test?*",
        lambda route: route.continue_(
            url=re.sub(r"offset=\d+", f"offset={index}", route.request.url)
        ),
    )
    page.get_by_test_id("test-digit").click()
    wait_for_reading(page, int(read[index]))
    expect(page.get_by_test_id("wrong")).to_have_text(
        f"Wrong: the label says {test.labels[index]}."
    )
    draw(page, SEVEN)
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("wrong")).to_have_text("")


def test_the_bars_stay_in_their_place_on_a_phone(page: Page) -> None:
    """On larger screens tests/browser/test_still.py holds them and all else."""
    page.set_viewport_size({"width": 390, "height": 844})

    def places() -> list[float]:
        boxes = [page.get_by_test_id(f"probability-{digit}").bounding_box() for digit in (0, 9)]
        return [box["y"] for box in boxes if box is not None]

    wait_for_reading(page, 7)
    first = places()
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    assert places() == first
    draw(page, FOUR)
    wait_for_reading(page, 4)
    assert places() == first


def test_a_pixel_pointed_at_is_told_with_what_it_gives(page: Page) -> None:
    wait_for_reading(page, 7)
    pixels = mnist.load().test.images[0]
    row, column = (int(place[len(place) // 2]) for place in pixels.nonzero())
    box = page.get_by_test_id("seen").bounding_box()
    assert box is not None
    x, y = ((place + 0.5) / 28 for place in (column, row))
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    grey = pixels[row, column]
    expect(page.get_by_test_id("pixel")).to_have_text(
        f"row {row + 1}, column {column + 1}: {grey} of 255"
    )
    expect(page.get_by_test_id("neuron-a")).to_have_text(f"{grey / 255:.3f}")
    weights = models.load("mlp-sigmoid").network.layers[0].params["W"][row * 28 + column]
    given = weights * (grey / 255)
    largest = int(abs(given).argmax())
    item = page.get_by_test_id("strongest").locator("li").first
    expect(item).to_contain_text(f"neuron {largest + 1}")

    def is_given() -> None:
        told = result(item.inner_text())
        assert told == pytest.approx(given[largest], abs=0.0051)

    soon(page, is_given)


def test_a_bar_points_at_its_output_and_a_click_keeps_it(page: Page) -> None:
    wait_for_reading(page, 7)
    page.get_by_test_id("probability-3").click()
    page.mouse.move(5, 5)
    readout = page.get_by_test_id("readout")
    expect(readout.locator("[data-neuron='output/3']")).to_be_visible()
    page.keyboard.press("Escape")
    expect(readout.locator("[data-neuron='output/7']")).to_be_visible()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")

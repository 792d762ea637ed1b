"""Feature maps and an LSTM's states in a real Chromium, recomputed from the weights."""

import re
from collections.abc import Iterable
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from safetensors.numpy import load

from nnviz import models
from nnviz.datasets import mnist
from tests import recompute
from tests.browser.soon import expect_number, soon
from tests.browser.test_network import SIZES, layer, open_model

COLOR = """([test, points]) => {
  const canvas = document.querySelector('[data-testid=network-canvas]');
  const box = canvas.getBoundingClientRect();
  const context = canvas.getContext('2d');
  return points.map(([x, y]) => {
    const scale = canvas.width / box.width;
    const at = [(x - box.left) * scale, (y - box.top) * scale].map(Math.floor);
    return [...context.getImageData(...at, 1, 1).data.slice(0, 3)];
  });
}"""
TOKEN = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"


def expected(model: str) -> dict[str, dict[str, np.ndarray]]:
    """What the page must show of the first test digit, by layer."""
    return recompute.shipped(model, mnist.load().test.images[0])


def units_at(page: Page, name: str, units: Iterable[tuple[int, int, int]]) -> list[list[float]]:
    """The middles of maps' values, or of steps' units (column 0), on the screen."""
    element = layer(page, name)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    cell, step, across = (
        float(element.get_attribute(f"data-{of}") or 0) for of in ("cell", "step", "across")
    )
    if not across:
        high = box["height"] / 28
        return [
            [box["x"] + (part + 0.5) * cell, box["y"] + (row + 0.5) * high]
            for row, _, part in units
        ]
    return [
        [
            box["x"] + part % across * step + (column + 0.5) * cell,
            box["y"] + part // across * step + (row + 0.5) * cell,
        ]
        for row, column, part in units
    ]


def unit_at(page: Page, name: str, row: int, column: int, part: int) -> list[float]:
    return units_at(page, name, [(row, column, part)])[0]


def rgb(token: str) -> np.ndarray:
    return np.array([int(token[i : i + 2], 16) for i in (1, 3, 5)], float)


def value(locator: Locator) -> float:
    """A number, once it is there: a convolution's sums come when someone looks."""
    expect(locator).to_have_attribute("data-value", re.compile("."))
    return float(locator.get_attribute("data-value") or "nan")


@pytest.mark.parametrize(
    "size", [SIZES[0], *(pytest.param(each, marks=pytest.mark.thorough) for each in SIZES[1:])]
)
def test_every_map_shows_its_activations(empty_page: Page, address: str, size: tuple) -> None:
    page = empty_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_model(page, address, "cnn")
    shown, rng = expected("cnn"), np.random.default_rng(0)
    dark, bright = (rgb(page.evaluate(TOKEN, f"activation-{end}")) for end in (0, 1))
    exposures = dict(
        zip(
            (x.name for x in models.load("cnn").network.layers),
            models.load("cnn").exposure,
            strict=True,
        )
    )
    for name in ("conv1", "pool1", "conv2", "pool2"):
        a = shown[name]["a"]
        rows, columns, maps = (rng.integers(1, size - 1, 40) for size in a.shape)
        lit = np.argsort(a, axis=None)[-20:]  # and the brightest, which are few
        rows, columns, maps = (
            np.concatenate([one, more])
            for one, more in zip((rows, columns, maps), np.unravel_index(lit, a.shape), strict=True)
        )
        units = list(zip(rows.tolist(), columns.tolist(), maps.tolist(), strict=True))
        share = np.clip(a[rows, columns, maps] / exposures[name], 0, 1)[:, np.newaxis]
        soon(page, partial(assert_painted, page, name, units, dark + (bright - dark) * share))


def assert_painted(page: Page, name: str, units: list, wanted: np.ndarray) -> None:
    painted = np.array(page.evaluate(COLOR, [None, units_at(page, name, units)]), float)
    wrong = (np.abs(painted - wanted) > 3).any(axis=1).sum()
    assert wrong <= 6, f"{name}: {wrong} of {len(units)}"  # edges run over some of pool2


def test_a_units_window_and_field_are_named_and_framed(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "cnn")
    shown = expected("cnn")
    a = shown["conv2"]["a"]
    row, column, part = np.unravel_index(np.argmax(a), a.shape)
    page.mouse.move(*unit_at(page, "conv2", row, column, part))
    readout = page.get_by_test_id("readout")
    name = f"convolution 2, map {part + 1}, row {row + 1}, column {column + 1}"
    expect(readout.get_by_role("heading")).to_have_text(name)
    # conv2 sees 5x5 of pool1, whose units see 6x6 pixels, 2 apart and from 2 before the image.
    top, left = max(0, 2 * (row - 2) - 2), max(0, 2 * (column - 2) - 2)
    bottom, right = min(28, 2 * (row + 2) - 2 + 6), min(28, 2 * (column + 2) - 2 + 6)
    field = f"Sees rows {top + 1} to {bottom}, columns {left + 1} to {right} of the image"
    expect(page.get_by_test_id("field")).to_have_text(field)
    expect(page.get_by_test_id("spoken-neuron")).to_have_text("")  # only the keyboard is spoken to
    for term in ("z", "a"):
        wanted = float(shown["conv2"][term][row, column, part])
        expect_number(page.get_by_test_id(f"neuron-{term}"), wanted, "data-value", abs=1e-3)
    parts = [value(page.get_by_test_id(f"neuron-{term}")) for term in ("sum", "b", "z")]
    assert parts[0] + parts[1] == pytest.approx(parts[2], abs=1e-3)
    frame = page.get_by_test_id("seen-frame").bounding_box()
    grid = page.get_by_test_id("seen").bounding_box()
    assert frame is not None
    assert grid is not None
    assert (frame["x"] - grid["x"]) / grid["width"] * 28 == pytest.approx(left, abs=0.3)
    assert frame["height"] / grid["height"] * 28 == pytest.approx(bottom - top, abs=0.3)


def test_a_pooling_unit_shows_its_window(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "cnn")
    a = expected("cnn")["pool2"]["a"]
    row, column, part = np.unravel_index(np.argmax(a), a.shape)
    page.mouse.move(*unit_at(page, "pool2", row, column, part))
    items = page.get_by_test_id("strongest").locator("li:visible")
    expect(items).to_have_count(4)
    expect(page.get_by_test_id("neuron-a")).to_have_text(f"{a.max():.3f}")
    expect(page.get_by_test_id("strongest").locator("li.raises:visible")).to_contain_text(
        f"{a.max():.3f}"
    )


def test_the_scrubber_reads_the_image_up_to_a_row(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "lstm")
    h = expected("lstm")["lstm"]["a"]
    weights = load((models.FOLDER / "lstm.safetensors").read_bytes())
    scrubber = page.get_by_test_id("row-scrubber")
    expect(page.get_by_test_id("row")).to_have_text("28 of 28 rows")
    scrubber.focus()
    page.keyboard.press("Home")
    for row in (1, 2, 3):
        expect(page.get_by_test_id("row")).to_have_text(f"{row} of 28 rows")
        check_answer(page, h[row - 1], weights)
        expect(page.get_by_test_id("early")).to_have_text(f"After {row} of 28 rows:")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(page.get_by_test_id("early")).to_have_text("")
    check_answer(page, h[-1], weights)
    box = scrubber.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_test_id("early")).to_have_text(re.compile(r"After 1[3-6] of 28 rows:"))
    page.get_by_test_id("clear").click()
    expect(scrubber).to_be_disabled()  # there is nothing to stop at


def check_answer(page: Page, h: np.ndarray, weights: dict[str, np.ndarray]) -> None:
    """The bars are the softmax of what this state gives."""
    expected = recompute.softmax(h @ weights["output/W"].astype(float) + weights["output/b"])
    best = int(expected.argmax())
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", str(best))
    for digit, share in enumerate(expected):
        bar = page.get_by_test_id(f"probability-{digit}")
        expect_number(bar, share, "data-value", abs=1e-4)


def test_a_recurrent_unit_shows_its_gates(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "lstm")
    shown = expected("lstm")["lstm"]
    page.mouse.move(*unit_at(page, "lstm", 16, 0, 20))
    expect(page.get_by_test_id("field")).to_have_text("Sees rows 1 to 17 of the image")
    strongest = page.get_by_test_id("strongest")
    for gate in "igfo":
        text = f"{gate} = {shown['gates'][gate][16, 20]:.3f}"
        expect(strongest).to_contain_text(text.replace("-", "−"))
    cell = f"{shown['z'][16, 20]:.3f}".replace("-", "−")
    expect(strongest).to_contain_text(re.compile(f"[=≈] {cell}"))
    expect_number(page.get_by_test_id("neuron-a"), shown["a"][16, 20], "data-value", abs=1e-3)


@pytest.mark.parametrize(("model", "name"), [("cnn", "conv1"), ("lstm", "lstm")])
def test_maps_and_states_follow_the_pen(
    empty_page: Page, address: str, model: str, name: str
) -> None:
    page = empty_page
    open_model(page, address, model)
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    pad, figure = page.get_by_test_id("pad").bounding_box(), layer(page, name).bounding_box()
    assert pad is not None
    assert figure is not None
    before = page.screenshot(clip=figure)
    page.mouse.move(pad["x"] + pad["width"] * 0.5, pad["y"] + pad["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(pad["x"] + pad["width"] * 0.5, pad["y"] + pad["height"] * 0.8, steps=8)
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "1")
    assert page.screenshot(clip=figure) != before  # while the pen is still down
    page.mouse.up()


def test_the_picker_offers_all_five_with_how_well_they_read(page: Page, address: str) -> None:
    page.get_by_test_id("model-picker").click()
    for name in models.DIGITS:
        row = page.locator(f"label.model:has(input[value={name}])")
        accuracy = models.load(name).accuracy
        for share in (accuracy["mnist_test"], accuracy["drawn"]):
            expect(row).to_contain_text(f"{share:.1%}")

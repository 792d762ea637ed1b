"""One neuron's arithmetic in a real Chromium: every number of it recomputed from the weights."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load

from nnviz import models
from nnviz.datasets import mnist
from tests import recompute
from tests.browser.soon import expect_number, number, soon
from tests.browser.test_network import open_model


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"


def look_inside(page: Page, address: str, model: str, layer: str) -> dict[str, np.ndarray]:
    """Open the brightest neuron of a layer; what its layer must hold."""
    open_model(page, address, model)
    page.get_by_test_id("inspect").click()
    page.get_by_test_id("inspector-layer").select_option(layer)
    expect(page.get_by_test_id("inspector")).to_be_visible()
    expect(page.get_by_test_id("network")).to_be_hidden()
    numbers = recompute.shipped(model, mnist.load().test.images[0])[layer]
    brightest = f"{layer}/{int(numbers['a'].argmax())}"
    expect(page.get_by_test_id("sum")).to_have_attribute("data-neuron", brightest)
    return numbers


@pytest.mark.parametrize(
    ("model", "layer"),
    [
        ("mlp-sigmoid", "hidden1"),
        pytest.param("mlp-relu", "hidden2", marks=pytest.mark.thorough),
        pytest.param("mlp-wide", "hidden1", marks=pytest.mark.thorough),
        pytest.param("cnn", "conv1", marks=pytest.mark.thorough),
        ("cnn", "conv2"),
        pytest.param("cnn", "output", marks=pytest.mark.thorough),
        ("lstm", "output"),
    ],
)
def test_all_contributions_are_listed_and_add_up(
    page: Page, address: str, model: str, layer: str
) -> None:
    shown = look_inside(page, address, model, layer)
    index = int(np.argmax(shown["a"]))
    z, a = (float(shown[part].ravel()[index]) for part in ("z", "a"))
    for part, value in (("z", z), ("a", a)):
        expect_number(page.get_by_test_id(f"inspector-{part}"), value, abs=0.0006 + 1e-4)
    page.get_by_test_id("terms-filter").select_option("all")
    rows = page.locator(".terms tbody tr")
    weights = load((models.FOLDER / f"{model}.safetensors").read_bytes())
    kernel, bias = weights[f"{layer}/W"], weights[f"{layer}/b"]
    if kernel.ndim == 2:
        expect(rows).to_have_count(len(kernel))
    own = bias[index % len(bias)]

    def all_add_up() -> None:
        cells = rows.evaluate_all(CELLS)
        terms = np.array([[number(text) for text in row[1:]] for row in cells])
        assert len(terms)
        np.testing.assert_allclose(terms[:, 0] * terms[:, 1], terms[:, 2], atol=0.01)
        assert (np.diff(np.abs(terms[:, 2])) <= 1e-9).all()  # the largest first
        assert terms[:, 2].sum() + own == pytest.approx(z, abs=0.0006 * len(terms) ** 0.5 + 1e-3)

    soon(page, all_add_up)


def test_the_pictures_name_the_term_that_is_pointed_at(page: Page, address: str) -> None:
    shown = look_inside(page, address, "mlp-sigmoid", "hidden1")
    index = int(np.argmax(shown["a"]))
    box = page.get_by_test_id("inspector-products").bounding_box()
    assert box is not None
    row, column = 8, 12
    page.mouse.move(
        box["x"] + (column + 0.5) * box["width"] / 28, box["y"] + (row + 0.5) * box["height"] / 28
    )
    kernel = load((models.FOLDER / "mlp-sigmoid.safetensors").read_bytes())["hidden1/W"]
    source = mnist.load().test.images[0][row, column] / 255
    weight = kernel[row * 28 + column, index]
    wanted = [weight, source, source * weight]

    def is_named() -> None:
        text = page.get_by_test_id("inspector-pointed").inner_text().replace("−", "-")
        assert text.startswith(f"row {row + 1}, column {column + 1}: ")
        parts = re.split("[×=≈]", text.partition(": ")[2])
        assert [float(part.strip(" ()")) for part in parts] == pytest.approx(wanted, abs=0.0006)

    soon(page, is_named)


def test_the_point_on_the_curve_is_the_neurons(page: Page, address: str) -> None:
    shown = look_inside(page, address, "mlp-sigmoid", "hidden2")
    curve = page.get_by_test_id("curve")
    z = float(shown["z"].ravel()[np.argmax(shown["a"])])
    expect_number(curve, z, "data-z", abs=1e-4)
    expect_number(curve, shown["a"].max(), "data-a", abs=1e-4)
    expect_number(page.get_by_test_id("curve-dot"), (z + 6) / 12 * 240, "cx", abs=0.1)


def test_the_softmax_is_shown_term_by_term(page: Page, address: str) -> None:
    shown = look_inside(page, address, "mlp-sigmoid", "output")
    rows = page.get_by_test_id("softmax").locator("tbody tr")
    expect(rows).to_have_count(10)

    def all_are_shown() -> list[list[str]]:
        cells: list[list[str]] = rows.evaluate_all(CELLS)
        np.testing.assert_allclose([number(row[1]) for row in cells], shown["z"], atol=0.0006)
        np.testing.assert_allclose([number(row[3]) for row in cells], shown["a"], atol=0.0006)
        return cells

    cells = soon(page, all_are_shown)
    digits, _, exponent = cells[7][2].partition(" × 10")
    tens = int(exponent.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)
    assert float(digits) * 10**tens == pytest.approx(np.exp(shown["z"][7]), rel=0.01)


def test_the_gates_of_a_unit_are_drawn_over_the_rows(page: Page, address: str) -> None:
    shown = look_inside(page, address, "lstm", "lstm")
    step, unit = np.unravel_index(np.argmax(shown["a"]), shown["a"].shape)
    values = {**shown["gates"], "c": shown["z"], "h": shown["a"]}
    for name, all_ in values.items():
        value = page.locator(f".gate:has([data-testid=gate-{name}]) .number")
        expect_number(value, all_[step, unit], abs=0.0006)  # gates come behind the rest
    box = page.get_by_test_id("gate-c").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 9.5 / 28, box["y"] + box["height"] / 2)
    expect(page.get_by_test_id("inspector-title")).to_have_text(f"LSTM, row 10, unit {unit + 1}")
    expect_number(page.get_by_test_id("inspector-a"), shown["a"][9, unit], abs=0.0006)


def test_it_follows_the_pen_and_steps_from_neuron_to_neuron(page: Page, address: str) -> None:
    look_inside(page, address, "mlp-sigmoid", "hidden1")
    title = page.get_by_test_id("inspector-title")
    before = title.inner_text()
    page.get_by_test_id("inspector-next").click()
    expect(title).not_to_have_text(before)
    page.get_by_test_id("inspector-previous").click()
    expect(title).to_have_text(before)
    z = page.get_by_test_id("inspector-z")
    expect(z).to_have_attribute("data-value", re.compile(r"\d"))
    value = z.get_attribute("data-value")
    pad = page.get_by_test_id("pad").bounding_box()
    assert pad is not None
    page.get_by_test_id("clear").click()
    expect(title).to_have_text("Draw a digit to see a neuron at work")
    page.mouse.move(pad["x"] + pad["width"] * 0.5, pad["y"] + pad["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(pad["x"] + pad["width"] * 0.45, pad["y"] + pad["height"] * 0.8, steps=8)
    expect(title).to_have_text(before)
    expect(z).not_to_have_attribute("data-value", value or "")
    page.mouse.up()
    page.get_by_test_id("inspector-close").click()
    expect(page.get_by_test_id("network")).to_be_visible()
    expect(page.get_by_test_id("inspect")).to_be_focused()


def test_the_window_slides_with_the_pointer_and_the_arrow_keys(page: Page, address: str) -> None:
    numbers = look_inside(page, address, "cnn", "conv1")
    title = page.get_by_test_id("inspector-title")
    unit = re.search(r"map (\d+)", title.inner_text())
    assert unit is not None
    number_of = int(unit[1]) - 1
    box = page.get_by_test_id("inspector-maps").bounding_box()
    assert box is not None
    for row, column in ((9, 14), (20, 12)):
        x, y = (column + 0.5) * box["width"] / 28, (row + 0.5) * box["height"] / 28
        page.mouse.move(box["x"] + x, box["y"] + y)
        expect(title).to_contain_text(f"row {row + 1}, column {column + 1}")
        z = float(numbers["z"].reshape(28, 28, -1)[row, column, number_of])
        expect_number(page.get_by_test_id("inspector-z"), z, abs=6e-4)
    page.get_by_test_id("inspector-map").press("ArrowRight")
    expect(title).to_contain_text("row 21, column 14")
    page.get_by_test_id("inspector-layer").select_option("pool1")
    expect(title).to_contain_text("pooling 1")
    page.get_by_test_id("inspector-map").press("ArrowDown")
    expect(page.get_by_test_id("inspector-weights")).to_be_hidden()
    expect(page.get_by_test_id("inspector-result")).to_contain_text("max(")


def test_the_curves_words_are_beside_its_dashed_line(page: Page, address: str) -> None:
    look_inside(page, address, "mlp-sigmoid", "hidden1")
    gap = """svg => {
      const [, , top] = svg.querySelectorAll('.curve-text');
      const guide = svg.querySelector('.curve-guide').getBoundingClientRect();
      return guide.left - top.getBoundingClientRect().right;
    }"""

    def is_beside() -> None:
        assert page.get_by_test_id("curve").evaluate(gap) >= 2

    soon(page, is_beside)


def test_beside_a_chapter_the_head_is_one_line_for_every_neuron(page: Page, address: str) -> None:
    """At 1024 px the screen by itself has what it has beside a chapter at 1366."""
    page.set_viewport_size({"width": 1024, "height": 768})
    look_inside(page, address, "mlp-sigmoid", "hidden1")
    page.get_by_test_id("inspector-previous").click()

    def in_line() -> None:
        boxes = [each.bounding_box() for each in page.locator(".inspector-head > *").all()]
        middles = [box["y"] + box["height"] / 2 for box in boxes if box]
        assert len(middles) == 6
        assert max(middles) - min(middles) < 1, middles
        title = page.get_by_test_id("inspector-title")
        lines = title.evaluate("e => e.offsetHeight / parseFloat(getComputedStyle(e).fontSize)")
        assert lines < 1.5

    soon(page, in_line)
    expect(page.get_by_test_id("inspector-close")).to_have_accessible_name("← The whole network")

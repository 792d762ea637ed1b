"""Share and keep in a real Chromium: QR code, picture, numbers, and Python lines that are run."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from tests.browser.conftest import ROOT
from tests.browser.soon import expect_number
from tests.browser.test_lab import open_lab, set_dial
from tests.browser.test_network import layer, open_model

SEVEN = mnist.load().test.images[0]


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def open_panel(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('mine')")
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("sharing")).to_be_visible()
    expect(page.get_by_test_id("share-python")).to_contain_text("print")


def saved(page: Page, kind: str) -> Path:
    with page.expect_download() as download:
        page.get_by_test_id(f"share-{kind}").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return Path(download.value.path())


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_link_that_leads_others_somewhere_comes_with_its_qr_code(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.evaluate("document.documentElement.dataset.network = 'http://192.168.7.7:5000'")
    open_panel(page)
    link = page.get_by_test_id("share-link").input_value()
    assert link.startswith("http://192.168.7.7:5000/#")
    expect(page.get_by_test_id("share-reach")).to_be_hidden()
    shot = Image.open(io.BytesIO(page.get_by_test_id("share-qr").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(shot)] == [link]


def test_a_link_for_this_computer_only_says_so_and_has_no_qr_code(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    open_panel(page)
    link = page.get_by_test_id("share-link").input_value()
    assert link == page.url
    assert page.evaluate("navigator.clipboard.readText()") == "mine"  # nothing is copied unasked
    expect(page.get_by_test_id("share-reach")).to_contain_text("on this computer only")
    page.get_by_test_id("share-copy").click()
    expect(page.get_by_test_id("share-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == link
    expect(page.get_by_test_id("share-qr")).to_be_hidden()  # a phone would come to itself
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("sharing")).to_be_hidden()
    expect(page.get_by_test_id("share")).to_be_focused()


@pytest.mark.parametrize(
    "model",
    ["mlp-sigmoid", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("cnn", "lstm"))],
)
def test_the_picture_and_the_numbers_are_saved(empty_page: Page, address: str, model: str) -> None:
    page = empty_page
    open_model(page, address, model)
    open_panel(page)
    picture = saved(page, "svg").read_text()
    assert picture.count("<rect") > 50
    assert "<image" not in picture
    assert picture.count(">hidden 1</text>") == (1 if model == "mlp-sigmoid" else 0)
    for digit in range(10):
        assert f">{digit}</text>" in picture
    stage = page.get_by_test_id("network-canvas").bounding_box()
    assert stage is not None
    png = Image.open(saved(page, "png")).convert("RGB")
    assert png.width == pytest.approx(2 * stage["width"], abs=2)
    told = json.loads(saved(page, "json").read_text())
    assert told["address"] == page.url
    _, trace = models.load(model).network.forward(ink.to_input(SEVEN)[None])
    rows = list(csv.DictReader(saved(page, "csv").open(newline="")))
    network = models.load(model).network
    for each, values in zip(network.layers, trace.layers, strict=True):
        a = np.asarray(each.shown(values)["a"]).ravel()
        own = [float(row["a"]) for row in rows if row["layer"] == each.name]
        if own:
            np.testing.assert_allclose(own, a, atol=1e-5)
    assert sum(row["layer"] == "input" for row in rows) == 784
    page.get_by_test_id("share-close").click()
    box = layer(page, "input").bounding_box()
    assert box is not None
    middle = (
        2 * (box["x"] - stage["x"]) + box["width"],
        2 * (box["y"] - stage["y"]) + box["width"],
    )
    seen = page.evaluate(
        """([x, y]) => [...document.querySelector('[data-testid=network-canvas]')
             .getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)""",
        [middle[0] / 2, middle[1] / 2],
    )
    assert png.getpixel((int(middle[0]), int(middle[1]))) == pytest.approx(tuple(seen), abs=12)


def test_the_python_lines_give_the_numbers_on_the_page(empty_page: Page, address: str) -> None:
    page = empty_page
    unit = open_lab(page, address, "mlp-sigmoid", "hidden1")
    set_dial(page, "bias", "1.5")
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")
    open_panel(page)
    printed = run(page.get_by_test_id("share-python").inner_text()).split()
    network = edits.apply(
        models.load("mlp-sigmoid").network, [edits.BiasEdit("hidden1", unit, shift=1.5)]
    )
    probabilities, trace = network.forward(ink.to_input(SEVEN)[None])
    numbers = [float(each.strip("[]")) for each in printed if each.strip("[]")]
    np.testing.assert_allclose(numbers[:10], probabilities[0], rtol=1e-4)
    expect_number(page.get_by_test_id("inspector-z"), numbers[10], "data-value", rel=1e-5)
    assert numbers[10] == pytest.approx(float(trace.layers[0].z[0, unit]), rel=1e-5)


def test_the_python_lines_of_an_lstm_that_stopped_early(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "lstm")
    page.get_by_test_id("row-scrubber").focus()
    for _ in range(9):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("row")).to_have_text("19 of 28 rows")
    open_panel(page)
    printed = run(saved(page, "py").read_text()).split()
    numbers = [float(each.strip("[]")) for each in printed if each.strip("[]")]
    for digit, share in enumerate(numbers[:10]):
        bar = page.get_by_test_id(f"probability-{digit}")
        expect_number(bar, share, "data-value", abs=1e-6)

"""Why this answer and not another: every number is recomputed, and names lead to their units."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explain.lead import trace_lead
from tests.browser.soon import expect_number, result, soon
from tests.browser.test_network import open_model, place_of

SEVEN = mnist.load().test.images[0]


def ninths_of(parts: np.ndarray) -> np.ndarray:
    """What each ninth of the ink's box adds to the lead."""
    rows, columns = np.nonzero(parts)
    top, left = rows.min(), columns.min()
    high, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    sums = np.zeros((3, 3))
    np.add.at(sums, (3 * (rows - top) // high, 3 * (columns - left) // wide), parts[rows, columns])
    return sums


@pytest.mark.parametrize(
    "name", ["mlp-sigmoid", "cnn", pytest.param("lstm", marks=pytest.mark.thorough)]
)
def test_the_lead_is_told_source_by_source_and_pixel_by_pixel(
    empty_page: Page, address: str, name: str
) -> None:
    page = empty_page
    open_model(page, address, name)
    with page.expect_response(re.compile("/lead$")) as told:
        page.get_by_test_id("why-not").select_option("1")
    network = models.load(name).network
    weights, trace = network.named_parameters(), network.forward(ink.to_input(SEVEN)[None])[1]
    parts = (weights["output/W"][:, 7] - weights["output/W"][:, 1]) * trace.layers[-1].x[0]
    z = trace.output.z[0]
    why = page.get_by_test_id("why")
    expect(why).to_contain_text("Why 7, and not 1?")
    bias = weights["output/b"][7] - weights["output/b"][1]
    for term, wanted, rel, near in (
        ("sum", parts.sum(), 1e-3, 1e-3),
        ("bias", bias, 1e-4, None),
        ("total", z[7] - z[1], 1e-4, None),
        ("times", np.exp(z[7] - z[1]), 1e-2, None),
    ):
        element = page.get_by_test_id(f"why-{term}")
        expect_number(element, float(wanted), "data-value", rel=rel, abs=near)
    lines = page.get_by_test_id("why-parts").locator("li:visible")
    order = np.argsort(-np.abs(parts))[:5]

    def parts_are_told() -> None:
        found = [result(line) for line in lines.all_inner_texts()]
        assert found[:5] == pytest.approx(parts[order].tolist(), abs=0.0051)
        assert sum(found) == pytest.approx(parts.sum(), abs=0.04)

    soon(page, parts_are_told)
    for which, best in (("most", parts.argmax()), ("least", parts.argmin())):
        said = page.get_by_test_id(f"why-{which}")
        part = f"({parts[best]:.2f})".replace("-", "−")  # as in the list below
        expect(said).to_contain_text(
            f"hidden 2, neuron {best + 1} {part}" if name == "mlp-sigmoid" else part
        )
    expect(page.locator("[data-layer='input'] .layer-about")).to_have_text("blue: for the answer")
    expected = trace_lead(network, ink.to_input(SEVEN), 7, 1).pixels.ravel()
    np.testing.assert_allclose(told.value.json()["parts"], expected, atol=0.01)
    ninths = ninths_of(np.asarray(told.value.json()["parts"]).reshape(28, 28))
    lead, blank = told.value.json()["lead"], told.value.json()["blank"]
    for seen in (page.locator("#said"), page.get_by_test_id("why-seen")):  # the second on a phone
        expect(seen).to_contain_text(f"(+{ninths.max():.2f})")
        if ninths.min() < 0:
            expect(seen).to_contain_text(f"(+{-ninths.min():.2f})")
        expect(seen).to_contain_text(f"All the ink together speaks for 7 (+{lead - blank:.2f})")
        expect(seen).to_contain_text(f"7 leads by {lead:.2f}")
    page.get_by_test_id("why-close").click()
    expect(why).to_be_hidden()
    expect(page.get_by_test_id("readout")).to_be_visible()


def test_it_opens_by_itself_at_a_mistake_and_closes_with_it(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("mistake").click()
    expect(page.get_by_test_id("wrong")).not_to_be_empty()
    label = page.get_by_test_id("wrong").inner_text()[-2]
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", re.compile(r"\d"))
    answer = page.get_by_test_id("answer").get_attribute("data-value")
    expect(page.get_by_test_id("why")).to_contain_text(f"Why {answer}, and not {label}?")
    page.get_by_test_id("clear").click()  # a chance digit may be misread, too
    expect(page.get_by_test_id("why")).to_be_hidden()
    page.get_by_test_id("mistake").click()
    expect(page.get_by_test_id("why")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("why")).to_be_hidden()


def test_a_kept_neuron_is_let_go_for_the_question(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.mouse.click(*place_of(page, "hidden1", 3))
    expect(page.get_by_test_id("sum")).to_have_attribute("data-neuron", "hidden1/3")
    page.mouse.move(5, 5)  # what is pointed at is shown whatever is asked
    page.get_by_test_id("why-not").select_option("1")
    expect(page.get_by_test_id("why")).to_be_visible()
    expect(page.locator("[data-layer='input'] .layer-about")).to_have_text("blue: for the answer")
    page.mouse.click(*place_of(page, "hidden1", 3))
    expect(page.get_by_test_id("why")).to_be_hidden()
    expect(page.get_by_test_id("sum")).to_have_attribute("data-neuron", "hidden1/3")


def test_a_named_unit_is_ringed_and_a_click_goes_there(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    readout = page.get_by_test_id("readout")
    first = page.get_by_test_id("strongest").locator(".unit:visible").first
    expect(first).to_have_attribute("data-unit", re.compile(r"/\d"))
    layer, index = (first.get_attribute("data-unit") or "").split("/")
    expect(page.get_by_test_id("chip")).to_be_hidden()
    first.hover()
    expect(page.get_by_test_id("chip")).to_be_visible()
    expect(readout.get_by_role("heading")).to_have_text("output, digit 7")  # it stays
    first.click()
    expect(readout.locator(f"[data-neuron='{layer}/{index}']")).to_be_visible()
    most = page.get_by_test_id("most").locator(".unit")
    expect(page.get_by_test_id("most")).to_contain_text(
        re.compile("matters most to this z: (raises|lowers) it, ")
    )
    most.focus()
    page.keyboard.press("Enter")
    expect(readout.locator("[data-neuron^='hidden1/']")).to_be_visible()


def test_a_played_pass_does_not_tell_the_answer_before_it_is_there(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    answer = page.get_by_test_id("answer")
    page.get_by_test_id("play").click()
    expect(answer).to_have_attribute("data-value", "")
    expect(page.get_by_test_id("probability-7")).to_have_attribute("data-value", "")
    expect(page.get_by_test_id("readout")).not_to_contain_text("digit 7")
    for _ in range(3):
        page.get_by_test_id("play-forward").click()
    expect(answer).to_have_attribute("data-value", "7")

"""The network with two outputs: both answers, their neurons and why, all recomputed."""

import re

from playwright.sync_api import Locator, Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explain.lead import trace_lead
from tests import recompute
from tests.browser.soon import expect_number, soon
from tests.browser.test_network import open_model

MODEL = "mlp-two-heads"
SEVEN = mnist.load().test.images[0]  # the digit that a first visit shows


def test_both_outputs_are_shown_and_asked_why(empty_page: Page, address: str) -> None:
    page = empty_page
    expected = recompute.shipped(MODEL, SEVEN)
    open_model(page, address, MODEL, output="digit")
    shares = expected["loops"]["a"]
    loops = int(shares.argmax())
    said = ["no loop", "one loop", "two loops"][loops]
    expect(page.get_by_test_id("also")).to_have_text(f"{said}, {100 * shares[loops]:.1f}% sure")
    for name, testid in (("digit", "probability"), ("loops", "loops")):
        for i, share in enumerate(expected[name]["a"]):
            bar = page.get_by_test_id(f"{testid}-{i}")
            expect_number(bar, share, "data-value", abs=1e-5)
            mark = page.locator(f'.layer[data-layer="{name}"] [data-neuron="{i}"]')
            expect_number(mark, share, "data-value", abs=1e-5)
    expect(page.locator(".neuron.winner")).to_have_count(2)

    further = page.get_by_test_id("further")
    with page.expect_response(re.compile("/lead$")):
        further.get_by_test_id("why-open").click()
    second = int(further.get_by_test_id("why-not").input_value())
    found = trace_lead(models.load(MODEL).network, ink.to_input(SEVEN), loops, second, head=1)
    expect_number(page.get_by_test_id("why-total"), found.lead, "data-value", rel=1e-3)
    further.get_by_test_id("why-open").click()

    page.get_by_test_id("loops-1").click()
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector-title")).to_have_text("output, one loop")
    rows = page.get_by_test_id("softmax").locator("tbody tr")
    expect(rows).to_have_count(3)
    for row, share in zip(rows.all(), shares, strict=True):
        expect_number(row.locator("td").last, share, abs=6e-4)


def test_on_a_phone_the_second_question_is_two_lines_and_no_name_is_covered(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 390, "height": 844})
    open_model(page, address, MODEL, output="digit")
    question = page.get_by_test_id("further").locator(".why-question")
    expect(question).to_be_visible()

    def is_short() -> None:
        rows = {round(each["y"] + each["height"] / 2) // 12 for each in boxes(question)}
        assert len(rows) <= 2, rows

    soon(page, is_short)
    name = page.locator('.layer[data-layer="digit"]')

    def is_apart() -> None:
        [about] = boxes(name, ".layer-about")
        [cover] = boxes(name, ".layer-cover")
        assert about["x"] + about["width"] <= cover["x"]

    soon(page, is_apart)


def boxes(of: Locator, inside: str = "select, button, span:not(:empty):not(:has(*))") -> list:
    """Where the elements inside stand."""
    return [box for each in of.locator(inside).all() if (box := each.bounding_box())]

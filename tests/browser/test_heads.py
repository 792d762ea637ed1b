"""The network with two outputs: both answers, their neurons and why, all recomputed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.lead import trace_lead
from tests import recompute
from tests.browser.test_network import open_model

MODEL = "mlp-two-heads"
SEVEN = mnist.load().test.images[0]  # the digit that a first visit shows


def test_both_outputs_are_shown_and_asked_why(page: Page, address: str) -> None:
    expected = recompute.shipped(MODEL, SEVEN)
    open_model(page, address, MODEL, output="digit")
    shares = expected["loops"]["a"]
    loops = int(shares.argmax())
    said = ["no loop", "one loop", "two loops"][loops]
    expect(page.get_by_test_id("also")).to_have_text(f"{said}, {100 * shares[loops]:.1f}% sure")
    for name, testid in (("digit", "probability"), ("loops", "loops")):
        for i, share in enumerate(expected[name]["a"]):
            bar = page.get_by_test_id(f"{testid}-{i}")
            value = float(bar.get_attribute("data-value") or "nan")
            assert value == pytest.approx(share, abs=1e-5)
            mark = page.locator(f'.layer[data-layer="{name}"] [data-neuron="{i}"]')
            expect(mark).to_have_attribute("data-value", re.compile(r"\d"))
            shown = float(mark.get_attribute("data-value") or "nan")
            assert shown == pytest.approx(share, abs=1e-5)
    assert page.locator(".neuron.winner").count() == 2

    further = page.get_by_test_id("further")
    with page.expect_response(re.compile("/lead$")):
        further.get_by_test_id("why-open").click()
    second = int(further.get_by_test_id("why-not").input_value())
    found = trace_lead(models.load(MODEL).network, ink.to_input(SEVEN), loops, second, head=1)
    expect(page.get_by_test_id("why-total")).to_have_attribute("data-value", re.compile(r"\d"))
    total = float(page.get_by_test_id("why-total").get_attribute("data-value") or "nan")
    assert total == pytest.approx(found.lead, rel=1e-3)
    further.get_by_test_id("why-open").click()

    page.get_by_test_id("loops-1").click()
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector-title")).to_have_text("output, one loop")
    rows = page.get_by_test_id("softmax").locator("tbody tr")
    expect(rows).to_have_count(3)
    told = [float(row.locator("td").last.inner_text()) for row in rows.all()]
    np.testing.assert_allclose(told, shares, atol=6e-4)

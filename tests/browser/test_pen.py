"""Pen movements on the Draw screen, drawn with a real pointer: every number recomputed."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load

from nnviz import models, problems
from nnviz.ink import movement
from nnviz.problems.digits import DIGIT
from tests import recompute
from tests.browser.soon import expect_number, soon
from tests.browser.soon import number as number_in
from tests.browser.test_inspector import CELLS
from tests.browser.train import choose_lesson, unfold

ONE = [(0.5, 0.15), (0.5, 0.4), (0.5, 0.65), (0.5, 0.85)]


def test_the_way_of_the_pen_is_read_step_by_step_and_so_far(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/#model=pen-lstm")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "pen-lstm")
    examples = problems.get("pen").examples("test", (DIGIT,))
    expect(page.get_by_test_id("answer")).to_have_attribute(
        "data-value", str(examples.targets["digit"][5])
    )
    expect(page.get_by_test_id("pen-source").get_by_text("CC BY 4.0")).to_be_visible()
    expect(page.locator(".way circle")).to_have_count(48)
    expect_number(page.get_by_test_id("pen-x"), examples.inputs[5, 47, 0], "data-value", abs=0.01)

    slider = page.get_by_test_id("row-scrubber")
    slider.fill("12")
    expect(page.get_by_test_id("pen-at")).to_contain_text("Step 12 of 48")
    expect(page.get_by_test_id("row")).to_have_text("12 of 48 steps")
    expect(page.get_by_test_id("early")).to_have_text("After 12 of 48 steps:")
    expect(page.locator(".way circle.lit")).to_have_count(12)
    for at, name in enumerate(("x", "y", "dx", "dy", "lifted")):
        expected = examples.inputs[5, 11, at]
        expect_number(page.get_by_test_id(f"pen-{name}"), expected, "data-value", abs=0.02)
    expect(page.get_by_test_id("field")).to_have_text(
        "Has read steps 1 to 12 of the pen’s way"  # the answer of then
    )

    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    for i, (x, y) in enumerate(ONE):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if i == 0:
            page.mouse.down()
    expect(page.get_by_test_id("early")).to_have_text("So far, while the pen is down:")
    page.mouse.up()
    expect(page.get_by_test_id("early")).to_have_text("")  # a new movement is read to its end
    expect(page.get_by_test_id("field")).to_have_text("Has read all 48 steps")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "1")
    network = models.load("pen-lstm").network
    read = movement.from_strokes([[list(point) for point in ONE]])
    expected = float(network(read[None])[0, 1])
    expect_number(page.get_by_test_id("probability-1"), expected, "data-value", abs=0.02)
    expect(page.get_by_test_id("compare-start")).to_be_hidden()

    page.get_by_test_id("probability-1").click()
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector-title")).to_have_text("output, digit 1")
    page.get_by_test_id("inspector-layer").select_option("lstm")
    expect(page.get_by_test_id("inspector-title")).to_contain_text("LSTM, step")


@pytest.mark.slow
def test_a_network_that_learns_pens_is_watched_with_the_way_on_the_pad(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.goto(f"{address}/train")
    expect(page.locator("#train")).to_have_attribute("data-ready", "")
    unfold(page)
    choose_lesson(page, "pen")
    page.get_by_test_id("set-epochs").fill("2")
    expect(page.get_by_test_id("set-samples")).to_be_hidden()
    page.get_by_test_id("start").click()
    state = page.get_by_test_id("run-state")
    expect(state).to_have_attribute("data-state", "done", timeout=120_000)
    about = page.get_by_test_id("mine-about")
    expect(about).to_have_attribute("data-model", re.compile("-52$"))  # 2 epochs of 26 batches
    expect(page.locator(".way circle.lit")).to_have_count(48)
    expect(page.get_by_test_id("pen-source").get_by_text("CC BY 4.0")).to_be_visible()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", re.compile(r"\d"))
    place = f"{address}/api/datasets/unipen/test?limit=1&offset=5"
    strokes = page.request.get(place).json()["drawings"][0]["strokes"]
    model = about.get_attribute("data-model")
    read = page.request.post(
        f"{address}/api/models/{model}/activations", data={"strokes": strokes}
    ).json()
    for digit, share in enumerate(read["probabilities"]):
        expect_number(page.get_by_test_id(f"probability-{digit}"), share, "data-value", abs=1e-6)
    expect(page.get_by_test_id("test-digit")).to_be_visible()
    page.get_by_test_id("open-draw").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", str(model))
    expect(page.locator(".way circle")).to_have_count(48)


def test_the_inspector_s_sums_add_up_and_its_gates_are_those_of_the_step(
    page: Page, address: str
) -> None:
    route = f"{address}/api/models/pen-lstm"
    place = f"{address}/api/datasets/unipen/test?limit=1&offset=5"
    strokes = page.request.get(place).json()["drawings"][0]["strokes"]
    reading = page.request.post(f"{route}/activations", data={"strokes": strokes}).json()
    weights = load((models.FOLDER / "pen-lstm.safetensors").read_bytes())
    lstm, *_, output = recompute.layers(reading, page.request.get(route).json(), weights)
    page.goto("about:blank")
    page.goto(f"{address}/#model=pen-lstm&neuron=output.6&inside=1")
    expect(page.get_by_test_id("inspector-title")).to_have_text("output, digit 6")
    for part in ("z", "a"):
        expect_number(page.get_by_test_id(f"inspector-{part}"), output[part].ravel()[6], abs=7e-4)
    page.get_by_test_id("terms-filter").select_option("all")
    rows = page.locator(".terms tbody tr")
    expect(rows).to_have_count(32)
    state, kernel = lstm["a"][-1], weights["output/W"][:, 6]

    def all_add_up() -> None:
        cells = rows.evaluate_all(CELLS)
        terms = np.array([[number_in(text) for text in row[1:]] for row in cells])
        np.testing.assert_allclose(terms[:, 0] * terms[:, 1], terms[:, 2], atol=0.005)
        np.testing.assert_allclose(np.sort(terms[:, 2]), np.sort(state * kernel), atol=1e-3)
        total = terms[:, 2].sum() + weights["output/b"][6]
        assert total == pytest.approx(output["z"].ravel()[6], abs=0.02)

    soon(page, all_add_up)

    page.get_by_test_id("inspector-layer").select_option("lstm")
    step, unit = np.unravel_index(np.argmax(lstm["a"]), lstm["a"].shape)
    expect(page.get_by_test_id("inspector-title")).to_have_text(
        f"LSTM, step {step + 1}, unit {unit + 1}"
    )
    for name, values in {**lstm["gates"], "c": lstm["z"], "h": lstm["a"]}.items():
        shown = page.locator(f".gate:has([data-testid=gate-{name}]) .number")
        expect_number(shown, values[step, unit], abs=7e-4)
    before = lstm["z"][step - 1, unit] if step else 0.0
    i, f, g = (lstm["gates"][gate][step, unit] for gate in "ifg")
    assert lstm["z"][step, unit] == pytest.approx(f * before + i * g, abs=1e-5)


def test_an_open_inspector_speaks_of_the_network_that_reads(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/#model=lstm")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    page.get_by_test_id("inspect").click()
    expect(page.get_by_test_id("inspector")).to_contain_text("Uses all 784 pixels")
    for model, said in (("pen-lstm", "Has read all 48 steps"), ("cnn", "Uses all 784 pixels")):
        page.get_by_test_id("model-picker").click()
        page.get_by_test_id(f"model-{model}").click()
        expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
        expect(page.get_by_test_id("inspector")).to_contain_text(said)

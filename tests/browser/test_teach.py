"""One step of training on one's own drawing, reached from the answer on the Draw screen."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, problems
from nnviz.datasets import mnist
from nnviz.edits import one_step
from nnviz.features import NumberOutput
from nnviz.models import load as load_model
from tests.browser.geometry import settle
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_draw import wait_for_reading
from tests.browser.train import choose


@pytest.fixture
def teaching(page: Page) -> Page:
    page.get_by_role("button", name="Teach it this").click()
    expect(page.get_by_test_id("step-loss")).to_contain_text("Loss =")
    return page


def test_what_is_right_already_says_pick_another_and_a_step_is_named(teaching: Page) -> None:
    page = teaching
    expect(page.get_by_test_id("step-so-far")).to_contain_text("pick another")
    for term in ("gradient", "Backpropagation", "loss"):
        expect(page.locator("#teach [data-term]", has_text=term).first).to_be_visible()
    expect(page.get_by_test_id("network")).to_be_hidden()
    assert_accessible(page, "a step that teaches")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("network")).to_be_visible()
    expect(page.get_by_test_id("teach-open")).to_be_focused()
    page.go_forward()
    expect(page.get_by_test_id("teach")).to_be_visible()


def test_a_step_moves_the_answer_as_the_library_says_and_is_undone(teaching: Page) -> None:
    page = teaching
    choose(page, "step-label-3")
    expect(page.get_by_test_id("step-so-far")).not_to_contain_text("pick another")
    network = load_model("mlp-sigmoid").network.copy()  # it is everybody's
    image = ink.to_input(mnist.load().test.images[0])  # the digit that greets
    one_step.take(network, image, 3, 0.1, times=10)
    settle(page)
    parts = [page.get_by_test_id(part) for part in ("pad", "step-ten", "step-undo")]
    places = [part.bounding_box() for part in parts]
    page.get_by_test_id("step-ten").click()
    want = network(image[None])[0]
    page.wait_for_function(
        """want => [...document.querySelectorAll('[data-testid=probabilities] li')].every(
             (row, i) => Math.abs(Number(row.dataset.value) - want[i]) < 1e-4)""",
        arg=want.tolist(),
    )
    expect(page.get_by_test_id("edited")).to_be_visible()
    settle(page)
    assert [part.bounding_box() for part in parts] == places  # nothing moves under the pointer
    page.get_by_test_id("step-undo").click()
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("edited")).to_contain_text("As learned")
    page.get_by_test_id("teach-close").click()
    expect(page.get_by_test_id("network")).to_be_visible()


def test_a_mistake_is_something_to_teach_and_does_not_close_it(teaching: Page) -> None:
    page = teaching
    page.get_by_test_id("mistake").click()
    expect(page.get_by_test_id("wrong")).not_to_be_empty()
    expect(page.get_by_test_id("teach")).to_be_visible()
    expect(page.get_by_test_id("step-so-far")).to_have_text("")
    page.get_by_test_id("step-ten").click()
    expect(page.get_by_test_id("wrong")).to_be_empty()
    page.get_by_test_id("compare-start").dispatch_event("click")
    expect(page.get_by_test_id("teach")).to_be_hidden()


def test_a_house_is_taught_its_price_as_the_library_does(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/#model=houses-mlp")
    expect(page.get_by_test_id("price-true")).to_have_attribute("data-value", re.compile(r"\d"))
    page.get_by_test_id("teach-open").click()
    model, house = load_model("houses-mlp"), problems.get("houses")
    (price,) = model.outputs
    assert isinstance(price, NumberOutput)
    examples = house.examples("test", (price,))
    x, sold = examples.inputs[240], float(examples.targets[price.name][240, 0])
    expect(page.get_by_test_id("step-target")).to_have_value(f"{price.value(np.array(sold)):.0f}")
    explained = one_step.explain(model.network, x, sold)
    expect(page.get_by_test_id("step-loss")).to_contain_text(f"= {explained.loss:.3f}")

    wanted = (250_000 - price.mean) / price.sd
    page.get_by_test_id("step-target").fill("250000")
    explained = one_step.explain(model.network, x, wanted)
    expect(page.get_by_test_id("step-loss")).to_contain_text(f"= {explained.loss:.3f}")
    asked = page.get_by_test_id("nudge-own")
    expect(asked).to_have_attribute("data-value", re.compile(r"\d"))
    error = float(asked.get_attribute("data-value") or "nan")
    assert error == pytest.approx(2 * (wanted - float(explained.outputs[0].output[0])), rel=1e-4)

    page.get_by_test_id("step-ten").click()
    network = model.network.copy()
    one_step.take(network, x, wanted, 0.01, 10)
    told = float(price.value(network(x[None]))[0, 0])
    page.wait_for_function(
        """want => Math.abs(Number(
             document.querySelector('[data-testid=price]').dataset.value) - want) < 1""",
        arg=told,
    )
    expect(page.get_by_test_id("step-so-far")).to_contain_text(f"It says ${told:,.0f} now.")
    page.get_by_test_id("step-undo").click()
    expect(page.get_by_test_id("edited")).to_contain_text("As learned")

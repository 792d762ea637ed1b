"""Eraser, noise, known mistakes and the way to the middle, with real events."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from tests.browser.soon import soon
from tests.browser.test_network import open_model
from tests.browser.test_share import share

TEST = mnist.load().test


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def draw_cross(page: Page) -> dict[str, float]:
    page.get_by_test_id("clear").click()
    pad = page.get_by_test_id("pad")
    box = pad.bounding_box()
    assert box is not None
    for start, end in (((0.2, 0.3), (0.6, 0.3)), ((0.4, 0.1), (0.4, 0.7))):
        page.mouse.move(box["x"] + start[0] * box["width"], box["y"] + start[1] * box["height"])
        page.mouse.down()
        page.mouse.move(
            box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=5
        )
        page.mouse.up()
    return {key: float(value) for key, value in box.items()}


def ink_seen(page: Page) -> int:
    """How many of the network's pixels hold ink."""
    page.wait_for_function("() => !document.querySelector('#result[aria-busy=true]')")
    count: int = page.evaluate(
        """() => {
          const canvas = document.querySelector('[data-testid=seen]');
          const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) count += data[i] !== data[0];
          return count;
        }"""
    )
    return count


def test_the_eraser_takes_a_stroke_away_and_undo_brings_it_back(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    expect(page.get_by_test_id("erase")).to_be_disabled()  # a test digit has no strokes
    box = draw_cross(page)
    page.keyboard.press("e")
    expect(page.get_by_test_id("erase")).to_have_attribute("aria-pressed", "true")
    both = ink_seen(page)
    page.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.3 * box["height"])
    expect(page.get_by_test_id("erase")).to_be_enabled()

    def ink_is(wanted: Callable[[int], bool]) -> None:
        assert wanted(ink_seen(page))

    soon(page, lambda: ink_is(lambda count: 0 < count < both))
    page.get_by_test_id("undo").click()
    soon(page, lambda: ink_is(lambda count: count == both))
    page.get_by_test_id("redo").click()
    pad = page.get_by_test_id("pad")
    pad.focus()
    for _ in range(3):
        pad.press("ArrowLeft")  # from the middle to the upright stroke
    pad.press(" ")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    expect(page.get_by_test_id("clear")).to_be_disabled()


def test_noise_is_read_shared_and_undone(empty_page: Page, other: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("noise").click()
    expect(page.locator("#pad-note")).to_have_text("With 20 % noise")
    page.get_by_test_id("noise").click()
    expect(page.locator("#pad-note")).to_have_text("With 40 % noise")
    page.wait_for_function("() => !document.querySelector('#result[aria-busy=true]')")
    other.goto(share(page))
    bars = "rows => rows.map(row => row.dataset.value)"
    expect(other.get_by_test_id("answer")).not_to_have_attribute("data-value", "")
    expect(other.get_by_test_id("probability-9")).not_to_have_attribute("data-value", "")

    def both_show_the_same() -> None:
        here, there = (
            each.get_by_test_id("probabilities").locator("li").evaluate_all(bars)
            for each in (page, other)
        )
        assert here == there

    soon(page, both_show_the_same)
    for _ in range(2):
        page.get_by_test_id("undo").click()
    expect(page.locator("#pad-note")).to_contain_text("labelled 7")


@pytest.mark.parametrize("model", ["mlp-sigmoid", pytest.param("lstm", marks=pytest.mark.thorough)])
def test_a_mistake_is_one(empty_page: Page, address: str, model: str) -> None:
    page = empty_page
    open_model(page, address, model)
    page.get_by_test_id("mistake").click()
    expect(page.get_by_test_id("wrong")).to_contain_text("the label says")
    expect(page.locator("#pad-note")).to_contain_text("No. ")
    note = page.locator("#pad-note").inner_text().replace(",", "")
    index = int(note.split("No. ")[1].split()[0])
    answer = int(models.load(model).network(ink.to_input(TEST.images[index])[None])[0].argmax())
    assert answer != TEST.labels[index]
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", str(answer))


def test_the_way_to_the_middle_is_shown_and_ends_with_the_real_pixels(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    draw_cross(page)
    page.wait_for_function("() => !document.querySelector('#result[aria-busy=true]')")
    way = page.get_by_test_id("seen-way")
    expect(way).to_be_hidden()
    page.get_by_test_id("center-toggle").uncheck()
    expect(way).to_be_visible()
    expect(way).to_be_hidden()
    page.emulate_media(reduced_motion="reduce")
    shown: bool = page.evaluate(
        """async () => {
          const way = document.querySelector('[data-testid=seen-way]');
          let seen = false;
          const watcher = new MutationObserver(() => (seen ||= !way.hidden));
          watcher.observe(way, { attributes: true });
          document.querySelector('[data-testid=center-toggle]').click();
          await new Promise((resolve) => setTimeout(resolve, 400));
          return seen;
        }"""
    )
    assert not shown
    expect(page.get_by_test_id("center-toggle")).to_be_checked()


def test_an_answer_beside_another_digit_is_dimmed_until_that_is_read(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    page.route("**/activations", hold)
    page.get_by_test_id("mistake").click()
    expect(page.locator("#pad-note")).not_to_have_text("No. 0, labelled 7")
    for dimmed in ("#answer", "#probabilities"):
        expect(page.locator(dimmed)).to_have_class(re.compile(r"\bother\b"))
        expect(page.locator(dimmed)).to_have_css("opacity", "0.45")
    soon(page, lambda: held[0])
    held[0].continue_()
    expect(page.get_by_test_id("wrong")).to_contain_text("Wrong: the label says")
    expect(page.locator("#answer.other, #probabilities.other")).to_have_count(0)

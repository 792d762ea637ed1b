"""What steps of a chapter hold: pictures to try a neuron on, values kept, links, guesses."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from tests.browser.soon import expect_number
from tests.browser.test_learn import arrive, guess, open_chapter, solve

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_detector_is_tried_on_three_pictures_that_are_shown(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "edges/paint")
    frame = arrive(page, "paint")
    expect(page.locator(".tries canvas")).to_have_count(3)
    inked = """canvas => canvas.getContext('2d').getImageData(0, 0, 28, 28).data
      .filter((value, i) => i % 4 === 0 && value < 128).length"""
    counts = [page.locator(".tries canvas").nth(i).evaluate(inked) for i in range(3)]
    assert counts == [2 * 14, 10 * 14, 14 * 2]  # bar, block, post
    sums = "[data-testid=inspector-sum]"
    frame.get_by_test_id("brush-raise").wait_for()
    above = frame.locator(".brushes").bounding_box()
    frame.get_by_test_id("lab-zero").click()
    expect(frame.locator(sums)).to_contain_text("(784 more: 0.000)")
    expect_number(page.get_by_test_id("tried-bar"), 0.11, abs=0.02)  # its bias alone
    assert frame.locator(".brushes").bounding_box() == above  # it stands where it stood
    solve(page, 0)
    expect_number(page.get_by_test_id("tried-bar"), 1, abs=0.1)
    expect_number(page.get_by_test_id("tried-block"), 0, abs=0.5)


def test_what_neurons_held_for_a_1_and_a_0_is_kept(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "layers/one-zero")
    arrive(page, "one-zero")
    expect(page.get_by_test_id("recalled-1")).to_have_text("–")
    solve(page, 0)
    expect(page.locator(".recalled-dots i")).to_have_count(32)
    expect(page.locator(".recalled-dots i.at")).to_have_count(2)
    for digit in "10":
        expect(page.get_by_test_id(f"recalled-{digit}")).not_to_have_text("–")
    high, low = (float(page.get_by_test_id(f"recalled-{digit}").inner_text()) for digit in "10")
    assert high - low > 0.49


def test_a_link_out_of_a_chapter_leaves_the_step_where_it_is(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "relu/dead")
    arrive(page, "dead")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Train one").click()
    opened.value.wait_for_url("**/train")
    opened.value.close()
    expect(page).to_have_url(f"{address}/learn/relu/dead?lang=en")


def test_a_guess_starts_at_an_end_and_stands_there_on_return(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "squash/sigmoid")
    frame = arrive(page, "sigmoid")
    field = page.get_by_test_id("guess-range")
    expect(field).to_have_value("0")  # the answer is in the middle
    field.fill("0.9")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("truth")).to_have_text("0.50")
    page.reload()
    arrive(page, "sigmoid")
    expect(field).to_have_value("0.9")
    expect(page.locator(".guess-range output")).to_have_text("0.90")
    frame = arrive(page, "sigmoid")
    frame.wait_for_function("() => window.nnviz.state().welcome === false")  # greets nobody here


def test_three_digits_are_counted_in_sight_and_what_is_left_open_is_named(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "network/answers")
    frame = arrive(page, "answers")
    button = frame.get_by_test_id("mistake")
    assert button.evaluate("each => each.scrollWidth <= each.clientWidth")  # its words lie in it
    guess(page)
    for digit in (0, 9):
        expect(page.get_by_test_id(f"meant-{digit}")).to_be_in_viewport()
    boxes = [page.get_by_test_id(f"meant-{digit}").bounding_box() for digit in (0, 9)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    expect(page.get_by_test_id("come")).to_have_text("0 of 3 named")
    dot = page.locator(".dot").first
    expect(dot).to_have_attribute("title", "Step 1: It answers · tasks done: 0 of 1")
    solve(page, 0)
    expect(page.get_by_test_id("come")).to_have_text("3 of 3 named")
    expect(dot).to_have_attribute("title", "Step 1: It answers · tasks done: 1 of 1")
    page.locator(".dot").last.click()
    left = page.get_by_test_id("left-open").get_by_role("link")
    expect(left).to_have_text(
        ["It can be wrong", "The parts", "Even what does not matter", "The loop"]
    )
    left.nth(2).click()
    expect(page).to_have_url(f"{address}/learn/network/corners")
    arrive(page, "corners")
    average = page.get_by_test_id("averages")
    expect(average).to_have_text("Point at a square.")
    solve(page, 0)
    expect(average).to_have_text("row 1, column 1: 0.000 × 0.099 = 0.000")
    page.locator(".dot").nth(2).click()  # it points at the answer
    frame = arrive(page, "examples")
    light = frame.locator(".light[data-part=answer]")
    expect(light).to_be_visible()
    digit = frame.locator("#answer").bounding_box()
    around = light.bounding_box()
    bars = frame.get_by_test_id("probabilities").bounding_box()
    assert digit
    assert around
    assert bars
    assert around["x"] < digit["x"] - 2  # its words do not touch it
    assert around["y"] + around["height"] < bars["y"]  # nor do the bars


def test_averages_and_empty_paper_are_told_in_numbers_and_another_network_is_led_back(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    network = models.load("mlp-sigmoid").network
    open_chapter(page, address, "network/corners")
    frame = arrive(page, "corners")
    box = page.get_by_test_id("average-moves").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 18.5 / 28, box["y"] + box["height"] * 10.5 / 28)
    pixel = 10 * 28 + 18
    size = float(np.abs(network.layers[0].params["W"][pixel]).mean())
    inked = ink.to_input(mnist.load().test.images).reshape(-1, 784)[:, pixel]
    mean = round(float(inked.mean(dtype=np.float64)), 3)  # as it is kept
    said = f"row 11, column 19: {mean:.3f} × {size:.3f} ≈ {mean * size:.3f}"
    expect(page.get_by_test_id("averages")).to_have_text(said)
    frame.wait_for_function("() => window.nnviz.state().hovered?.index === 298")

    open_chapter(page, address, "neuron/empty")
    frame = arrive(page, "empty")
    guess(page)
    empty = network(np.zeros((1, 784), np.float32))[0]
    for digit, share in enumerate(empty):
        expect(page.get_by_test_id(f"empty-{digit}")).to_have_text(f"{share * 100:.1f}%")
    expect(page.get_by_test_id("empty-sum")).to_have_text("1.000")
    expect(page.get_by_test_id("away")).to_be_hidden()
    frame.get_by_test_id("model-picker").click()
    frame.get_by_test_id("model-mlp-relu").click()
    expect(page.get_by_test_id("away")).to_be_visible()
    page.get_by_test_id("away").get_by_role("button").click()
    arrive(page, "empty")
    expect(frame.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-sigmoid")
    expect(page.get_by_test_id("away")).to_be_hidden()

    open_chapter(page, address, "neuron/pixels")
    frame = arrive(page, "pixels")
    guess(page)
    expect(page.get_by_test_id("truth")).to_have_text("116")
    frame.get_by_test_id("test-class-1").click()
    frame.wait_for_function("() => window.nnviz.drawing().label === 1")
    expect(frame.get_by_test_id("answer")).to_have_attribute("data-value", "1")
    expect(page.get_by_test_id("truth")).to_have_text("116")  # it was asked of the 7
    expect(page.get_by_test_id("after")).to_contain_text("116 of 784")


def test_a_task_that_follows_another_waits_for_it_and_hints_open_in_sight(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "squash/slope")  # its drawing takes the neuron above 0.5
    arrive(page, "slope")
    page.locator(".dot").nth(4).click()
    arrive(page, "over")
    first, second = (page.get_by_test_id("task").nth(i) for i in (0, 1))
    expect(page.locator(".task.done")).to_have_count(0)
    second.get_by_test_id("ask-hint").click()
    expect(second.get_by_test_id("show")).to_be_in_viewport(ratio=0.9)
    solve(page, 0)
    expect(first).to_have_class("task done")
    solve(page, 1)
    expect(second).to_have_class("task done")


def test_a_digit_is_not_no_digit_and_a_picture_that_is_read_stays(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "neuron/ten")
    frame = arrive(page, "ten")
    task, pad = page.get_by_test_id("task"), frame.locator("#pad canvas").first
    box = pad.bounding_box()
    assert box

    def draw(*points: tuple[float, float]) -> None:
        for i, (x, y) in enumerate(points):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
            if i == 0:
                page.mouse.down()
        page.mouse.up()

    draw((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))  # a plain 7
    frame.wait_for_function("() => window.nnviz.state().reading?.probabilities[7] > 0.9")
    frame.wait_for_function("() => window.nnviz.isSettled()")
    page.get_by_test_id("meant--1").check(force=True)
    expect(task).not_to_have_class("task done")
    page.get_by_test_id("meant-10").check(force=True)
    expect(task).to_have_class("task done")

    open_chapter(page, address, "neuron/grey")
    frame = arrive(page, "grey")
    values = frame.evaluate("() => window.nnviz.state().reading.input.pixels")
    index = next(i for i, value in enumerate(values) if 0.4 <= value / 255 <= 0.6)
    at = {
        "x": (index % 28 + 0.5) / 28 * box["width"],
        "y": (index // 28 + 0.5) / 28 * box["height"],
    }
    frame.locator("#pad canvas").first.click(position=at)
    expect(page.get_by_test_id("task-now")).to_have_text(f"This pixel: {values[index] / 255:.3f}")
    expect(page.get_by_test_id("task")).to_have_class("task done")
    assert frame.evaluate("() => window.nnviz.drawing().kind") == "pixels"  # nothing was drawn


def test_each_step_begins_with_plain_tools(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "sum/against")
    frame = arrive(page, "against")
    frame.get_by_test_id("terms-filter").select_option("lowers")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "below")
    expect(frame.get_by_test_id("terms-filter")).to_have_value("counts")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "region")
    frame.get_by_test_id("brush-erase").check(force=True)
    expect(
        frame.get_by_test_id("lab-edge")
    ).to_be_hidden()  # another detector than chapter 5 asks for
    expect(frame.locator(".lab-whole")).to_be_hidden()
    page.get_by_test_id("step-back").click()
    arrive(page, "below")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "region")
    expect(frame.get_by_test_id("brush-look")).to_be_checked()


def test_what_one_pixel_changes_is_seen_neuron_by_neuron(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "layers/pixel")
    frame = arrive(page, "pixel")
    network, test = models.load("mlp-sigmoid").network, mnist.load().test
    expect(page.get_by_test_id("changes")).to_be_hidden()
    solve(page, 0)
    dots = page.locator(".changes-row i")
    expect(dots).to_have_count(16 + 16 + 10)
    expect(frame.locator("#pad-title")).to_have_text("Changed digit")  # no picture that was brought
    turned = frame.evaluate("() => window.nnviz.state().reading.input.pixels")
    before, after = (
        network.forward(ink.to_input(image).reshape(1, -1))[1]
        for image in (test.images[:1], np.array(turned, np.uint8).reshape(1, 28, 28))
    )
    moved = after.layers[0].a[0] - before.layers[0].a[0]
    for i, change in enumerate(moved):
        drawn = dots.nth(i).evaluate("each => parseInt(each.style.getPropertyValue('--by'))")
        assert drawn == pytest.approx(100 * min(1, abs(change) / 0.05), abs=1.5)
        assert ("less" in (dots.nth(i).get_attribute("class") or "")) == (change < 0)


def test_a_step_has_the_dials_for_the_whole_network_that_it_works_with(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    for chapter, name, shown in (
        ("dials", "one-neuron", []),
        ("dials", "prune", ["prune"]),
        ("hope", "off", []),
    ):
        open_chapter(page, address, f"{chapter}/{name}")
        frame = arrive(page, name)
        expect(frame.get_by_test_id("lab-off")).to_be_visible()
        for dial in ("prune", "noise", "temperature"):
            there = frame.get_by_test_id(f"lab-{dial}")
            expect(there).to_be_visible(visible=dial in shown)


def test_ones_own_misread_digit_goes_round_the_loop(empty_page: Page, address: str) -> None:
    page = empty_page
    page.emulate_media(reduced_motion="reduce")
    do, task = page.locator(".task > .mark + p"), page.get_by_test_id("task")
    open_chapter(page, address, "network/loop")
    arrive(page, "loop")
    expect(do).to_have_text(re.compile("^Here is a 4 that it misreads"))
    open_chapter(page, address, "network/wrong")
    frame = arrive(page, "wrong")
    box = frame.locator("#pad").bounding_box()
    assert box is not None
    for stroke in (
        ((0.25, 0.45), (0.5, 0.2)),
        ((0.5, 0.2), (0.5, 0.8)),
    ):  # a 1 with a long upstroke
        for i, (x, y) in enumerate(stroke):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=8)
            (page.mouse.up if i else page.mouse.down)()
    frame.wait_for_function("() => window.nnviz.state().drawing.strokes?.length === 2")
    frame.wait_for_function("() => window.nnviz.isSettled()")
    page.locator("label", has=page.get_by_test_id("meant-1")).click()
    expect(task).to_have_class("task done")
    open_chapter(page, address, "network/loop")
    frame = arrive(page, "loop")
    expect(do).to_have_text(re.compile("^Here is a digit of yours that it misread"))
    expect(page.locator(".loop-target strong")).to_have_text("1")
    assert frame.evaluate("() => window.nnviz.drawing().strokes.length") == 2
    page.get_by_test_id("loop-round").click()
    expect(task).to_have_class("task done")
    frame.locator("#clear").click()  # of another drawing nobody has said what it is
    expect(page.get_by_test_id("loop-round")).to_be_disabled()


def test_what_is_drawn_against_the_weights_is_read_where_it_lies(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    weights = models.load("mlp-sigmoid").network.layers[0].params["W"][:, 4].reshape(28, 28)
    assert weights[2:12, 24:26].sum() < -10  # a bar at the edge: centred, it would lie on blue
    open_chapter(page, address, "sum/below")
    frame = arrive(page, "below")
    frame.get_by_test_id("clear").click()
    box = frame.get_by_test_id("pad").bounding_box()
    assert box is not None
    x, top, bottom = (
        box["x"] + 25 / 28 * box["width"],
        *(box["y"] + r / 28 * box["height"] for r in (2, 12)),
    )
    page.mouse.move(x, top)
    page.mouse.down()
    page.mouse.move(x, bottom, steps=4)
    page.mouse.up()
    expect(page.get_by_test_id("task")).to_have_class("task done")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "region")
    expect(frame.locator("#center")).to_be_checked()

"""What of the Train and Explore screens stands beside a chapter: that of which its step speaks."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.soon import soon
from tests.browser.test_learn import arrive, guess, open_chapter, solve

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("step", "there"),
    [
        ("learning/rate", {"set-learning_rate", "start"}),
        ("relu/train", {"layers", "start"}),
        ("kinds/dense", {"layers", "start"}),
        ("challenges/small", {"set-learning_rate", "layers", "lesson-about", "more", "start"}),
    ],
)
def test_a_training_stands_there_with_what_its_step_speaks_of(
    empty_page: Page, address: str, step: str, there: set[str]
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_chapter(page, address, step)
    frame = arrive(page, step.partition("/")[2])
    expect(frame.get_by_test_id("start")).to_be_visible()
    parts = ("set-learning_rate", "layers", "lesson-about", "more", "takes", "start")
    seen = {name for name in parts if frame.get_by_test_id(name).is_visible()}
    assert seen - {"takes"} == there
    is_free = step.startswith("challenges")
    expect(frame.locator(".lesson-cards")).to_be_visible(visible=is_free)
    expect(frame.locator(".mine")).to_be_visible(visible=is_free)


def test_a_neurons_page_of_explore_stands_beside_the_chapter(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_chapter(
        page, address, "hope/one"
    )  # Draw stands there first, with the 9 that the step shows
    arrive(page, "one")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "edges")
    assert "/explore" in frame.url
    expect(frame.get_by_test_id("gallery").get_by_role("listitem")).to_have_count(16)
    expect(frame.locator("#views")).to_be_hidden()  # the other views are not spoken of
    frame.get_by_test_id("unit-4").click()
    expect(frame.get_by_test_id("unit-name")).to_have_text("hidden 1, neuron 5")
    expect(page.get_by_test_id("task-now")).to_have_text("Neuron that is open: 5")
    expect(frame.locator(".light[data-part=means]")).to_be_visible()
    expect(frame.locator(".light[data-part=most-active]")).to_be_attached()
    for said in ("unit-sentence", "unit-where", "unit-off"):
        expect(frame.get_by_test_id(said)).to_be_hidden()
    expect(frame.get_by_test_id("unit-answer")).to_be_hidden()  # which is to be found in the bars
    expect(page.get_by_test_id("task")).not_to_have_class("task done")
    page.go_back()
    arrive(page, "one")  # within the screen nothing was added to what Back goes through
    page.go_forward()
    frame = arrive(page, "edges")
    expect(frame.get_by_test_id("gallery")).to_be_visible()
    solve(page, 0)
    expect(frame.get_by_test_id("unit-name")).to_have_text("hidden 1, neuron 1")
    page.goto(f"{address}/explore")
    expect(page.get_by_test_id("view-questions")).to_have_attribute("aria-current", "page")
    expect(page.get_by_test_id("answer")).to_have_text(
        "7"
    )  # the first visit's, not the chapter's 9


def test_two_losses_and_their_mean_are_read_off_a_training(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_chapter(page, address, "learning/two")
    frame = arrive(page, "two")
    now = page.get_by_test_id("task-now")
    expect(now).to_have_text("Digit – · loops – · their mean –")
    guess(page)
    solve(page, 0)
    losses = frame.evaluate("() => window.nnviz.training().outputLosses")
    assert set(losses) == {"digit", "loops"}
    expect(page.get_by_test_id("truth")).to_have_text("that of the loops")  # which began lower
    frame.get_by_test_id("run-stop").click()
    expect(frame.get_by_test_id("run-state")).to_have_text("stopped")


def test_words_that_go_on_below_say_so_by_a_shadow(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "hope/questions")
    arrive(page, "questions")
    body = page.locator(".step-body")
    box = body.bounding_box()
    assert box
    strip = {"x": box["x"] + 2, "y": box["y"] + box["height"] - 3, "width": 6, "height": 2}
    assert body.evaluate("each => each.scrollHeight > each.clientHeight")
    shaded = page.screenshot(clip=strip)  # where no words are
    body.evaluate("each => { each.scrollTop = each.scrollHeight; }")
    assert page.screenshot(clip=strip) != shaded


@pytest.mark.parametrize("language", ["en", "ko"])
def test_layers_are_set_up_beside_the_chapter_by_hand(
    empty_page: Page, address: str, language: str
) -> None:
    page = empty_page
    open_chapter(page, address, "kinds/dense", language)
    frame = arrive(page, "dense")
    task = page.get_by_test_id("task")
    expect(task).to_contain_text("784-16-16-10")
    expect(task).to_contain_text("13,002")  # as in chapter 8
    frame.get_by_test_id("layer-1-remove").click()
    expect(task).to_contain_text("784-16-10")
    expect(task).not_to_have_class("task done")
    frame.get_by_test_id("layer-0-size").fill("32")
    expect(task).to_have_class("task done")
    expect(task).to_contain_text(f"{784 * 32 + 32 + 32 * 10 + 10:,}")
    expect(frame.get_by_test_id("layers")).to_contain_text(str(32 * 10 + 10))
    page.reload()
    arrive(page, "dense")
    expect(task).to_contain_text("784-16-16-10")  # it begins as it did
    expect(task).to_have_class("task done")


def test_the_sentence_of_the_ten_digits_is_wide_enough_to_read(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_chapter(page, address, "challenges/upright")
    ten = arrive(page, "upright").get_by_test_id("ten")

    def is_short() -> None:
        assert ten.evaluate("e => e.offsetHeight < 3 * parseFloat(getComputedStyle(e).fontSize)")

    expect(ten).to_be_visible()
    soon(page, is_short)


def test_the_head_of_a_place_of_a_map_and_its_sum_are_in_a_low_window(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "kinds/slide")
    stage = page.frame_locator("[data-testid=stage-frame]")
    expect(stage.locator(".inspector-pictures.windowed")).to_be_visible()
    expect(stage.locator(".inspector-head h3")).to_be_in_viewport(ratio=1)
    expect(stage.get_by_test_id("inspector-result")).to_be_in_viewport(ratio=1)

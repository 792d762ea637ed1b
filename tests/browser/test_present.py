"""Presenting: a projector's window and the speaker's, driven by either."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect
from playwright.sync_api import TimeoutError as Late

from nnviz.chapters import library
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_learn import IDS, arrive

LIBRARY = library.load()
SPOTLIGHT = Path(__file__).with_name("spotlight.js").read_text()
SIZES = [(1366, 625), (1280, 720), (1366, 768), (1920, 1080)]
# What is worked with, by a word of the task's own solution.
USED = {
    "drawing": "#pad",
    "meant": "#pad",
    "edits": "[data-testid=lab]",
    "row": ".scrubber",
    "features": "#given",
    "start": "[data-testid=start]",
}
LEAST = 16  # px of letters as the screen is laid out, before it is drawn larger or smaller
SMALL = """least => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim()) continue;
    if (element.closest('sup, sub, msup, msub, .unseen')) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < least) found.push(element.outerHTML);
  }
  return found;
}"""
FITS = """() => {
  const body = document.querySelector('.step-body');
  return body.scrollHeight <= body.clientHeight + 1;
}"""


def assert_lit(page: Page, frame: Frame, step: dict[str, Any]) -> None:
    """In every size what it points at can be seen, and what its tasks need is in full light.

    Its words are all in sight; letters are large enough.
    """
    words = {word for task in step["tasks"] for action in task["show"] for word in action}
    asked = {
        "points": step["points"],
        "used": sorted({USED[word] for word in words if word in USED}),
    }
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        try:
            frame.wait_for_function(f"asked => ({SPOTLIGHT})(asked).length === 0", arg=asked)
        except Late:
            faults = frame.evaluate(f"asked => ({SPOTLIGHT})(asked)", asked)
            pytest.fail(f"{step['name']} at {width}x{height}: {faults}")
        assert step["screen"] == "train" or frame.evaluate(SMALL, LEAST) == []
        if not step["widget"] or height / width > 0.56:  # the whole of a usual screen
            page.wait_for_function(FITS)


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_in_every_step_what_is_spoken_of_is_in_full_light(
    page: Page, address: str, id: str
) -> None:
    chapter = LIBRARY.find("en", id)
    assert chapter is not None
    present(page, address, id)
    for at, step in enumerate(chapter.steps):
        if at:
            page.locator(".dot").nth(at).click()
        assert_lit(page, arrive(page, step["name"]), step)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("neuron", "grey"),
        ("hope", "asked"),
        pytest.param("sum", "region", marks=pytest.mark.thorough),
    ],
)
def test_what_is_spoken_of_is_in_full_light(page: Page, address: str, id: str, name: str) -> None:
    chapter = LIBRARY.find("en", id)
    assert chapter is not None
    present(page, address, f"{id}/{name}")
    step = next(each for each in chapter.steps if each["name"] == name)
    assert_lit(page, arrive(page, name), step)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    for width, height in ((1366, 768), (1920, 1080)):  # with its answer and its solution
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(FITS)


def present(page: Page, address: str, path: str) -> Page:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{address}/present/{path}")
    return page


def test_both_windows_show_the_same_and_either_drives(empty_page: Page, address: str) -> None:
    page = present(empty_page, address, "neuron/pixels")
    arrive(page, "pixels")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    expect(speaker.get_by_test_id("this-title")).to_have_text("784 numbers")
    expect(speaker.get_by_test_id("this")).to_contain_text("116 of 784")  # the wall hides it still
    expect(speaker.get_by_test_id("then-title")).to_have_text("The grey ones")
    expect(speaker.get_by_test_id("notes")).to_contain_text("guess aloud")
    expect(speaker.get_by_test_id("place")).to_have_text("A neuron holds a number: step 1 of 7")
    expect(speaker.get_by_test_id("elapsed")).to_contain_text(":")
    assert_accessible(speaker, "the speaker's window")
    expect(speaker.get_by_test_id("press")).to_have_text(
        "The next press shows the answer to the guess."
    )
    expect(speaker.get_by_test_id("press-then")).to_have_text(
        "After that: it goes on to “The grey ones”."
    )
    page.bring_to_front()
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("truth")).to_have_text("116")
    expect(page.get_by_test_id("guess")).to_be_hidden()  # nobody guessed
    expect(page.get_by_test_id("guess-range")).to_be_hidden()
    expect(speaker.get_by_test_id("press")).to_have_text(
        "The next press goes on to “The grey ones”."
    )
    page.keyboard.press("PageUp")
    expect(page.get_by_test_id("outcome")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("outcome")).to_be_visible()
    page.keyboard.press("PageDown")
    arrive(page, "grey")
    expect(speaker.get_by_test_id("this-title")).to_have_text("The grey ones")
    expect(speaker.locator("#this .result")).to_have_text("For example: pixel, row 8, column 10")
    expect(page.get_by_test_id("step-next")).to_have_text("A solution")
    expect(speaker.get_by_test_id("press")).to_have_text(
        "The next press shows a solution of the task."
    )
    speaker.bring_to_front()
    speaker.keyboard.press("ArrowRight")
    task = page.get_by_test_id("task")
    expect(task).to_have_class("task done")  # on the wall, by the network itself
    expect(task.get_by_test_id("solved")).to_contain_text("Shown: one solution.")
    page.reload()
    expect(task).to_have_class("task done")
    speaker.keyboard.press("ArrowLeft")
    expect(task).to_have_class("task")
    expect(page.get_by_test_id("step-next")).to_have_text("A solution")
    page.get_by_test_id("step-next").click()
    expect(task).to_have_class("task done")
    expect(page.get_by_test_id("step-next")).to_have_text("Next")
    speaker.keyboard.press("ArrowRight")
    expect(speaker.get_by_test_id("this-title")).to_have_text("As a column")
    page.bring_to_front()
    arrive(page, "column")
    page.keyboard.press("PageUp")
    arrive(page, "grey")
    expect(task).to_have_class("task done")  # as it was left
    page.keyboard.press("PageDown")
    arrive(page, "column")
    page.goto(f"{address}/present/neuron/outputs")
    arrive(page, "outputs")
    wall = page.locator(".step-body .live").first
    expect(wall).to_have_text("7")  # the network's own numbers, in both windows
    figures = [live.inner_text() for live in page.locator(".step-body > p .live").all()]
    assert len(figures) == 3
    for at, figure in enumerate(figures):
        expect(speaker.locator("#this > p .live").nth(at)).to_have_text(figure)
    speaker.reload()  # it asks for them
    expect(speaker.locator("#this > p .live").first).to_have_text("7")
    page.goto(f"{address}/present/neuron/column")
    arrive(page, "column")
    speaker.get_by_test_id("black").click()
    expect(page.get_by_test_id("black")).to_be_visible()
    expect(speaker.get_by_test_id("dark")).to_have_text("The screen is black")
    expect(speaker.get_by_test_id("press")).to_have_text("The next press lights the screen again.")
    page.reload()
    expect(page.get_by_test_id("step-title")).to_have_text("As a column")
    speaker.reload()
    expect(speaker.get_by_test_id("this-title")).to_have_text("As a column")
    page.keyboard.press("PageUp")  # only lights the screen
    expect(page.get_by_test_id("black")).to_be_hidden()
    expect(page.get_by_test_id("step-title")).to_have_text("As a column")
    page.keyboard.press("PageUp")
    arrive(page, "grey")
    expect(speaker.get_by_test_id("this-title")).to_have_text("The grey ones")


def test_the_words_are_large_and_only_what_they_name_is_in_full_light(
    empty_page: Page, address: str
) -> None:
    page = present(empty_page, address, "network/parts")
    frame = arrive(page, "parts")
    size = page.locator(".step-body > p:not(.chapter-name)").first.evaluate(
        "element => parseFloat(getComputedStyle(element).fontSize)"
    )
    assert size >= 28
    expect(frame.locator(".light:not([hidden])")).to_have_count(4)
    expect(frame.locator(".spotlight")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_test_id("black")).to_be_visible()
    page.keyboard.press(".")
    expect(page.get_by_test_id("black")).to_be_hidden()
    frame.locator("#network canvas").last.click(position={"x": 5, "y": 5})  # the clicker goes on
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("solved")).to_be_visible()
    page.keyboard.press("PageDown")
    arrive(page, "corners")
    assert_accessible(page, "presenting")


@pytest.mark.thorough
def test_all_sixteen_terms_are_in_sight_but_the_product_that_is_asked_for(
    page: Page, address: str
) -> None:
    present(page, address, "sum/sixteen")
    page.set_viewport_size({"width": 1366, "height": 625})
    frame = arrive(page, "sixteen")
    rows = frame.locator(".terms tbody tr")
    expect(rows).to_have_count(16)
    expect(rows.last).to_be_in_viewport(ratio=1)
    asked = frame.locator('.terms tr[data-index="7"] td').last
    expect(asked).to_be_hidden()
    page.get_by_test_id("typed").fill("-0.162")
    expect(asked).to_be_visible()


@pytest.mark.thorough
def test_a_shown_solution_tells_its_numbers_though_nobody_has_guessed(
    empty_page: Page, address: str
) -> None:
    page = present(empty_page, address, "dials/other")
    arrive(page, "other")
    now = page.get_by_test_id("task-now")
    expect(now).to_contain_text("make your guess first")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("truth")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(now).to_have_text("Hidden neurons: 16 · dials in all: 12,730 · 17 would have 13,525")


@pytest.mark.thorough
def test_a_clicker_alone_goes_from_the_chapters_through_questions_to_the_next_chapter(
    empty_page: Page, address: str
) -> None:
    page = present(empty_page, address, "")
    expect(page.get_by_test_id("go-on")).to_have_text("Begin: 1 · What is a neural network?")
    page.keyboard.press("v")
    expect(page.get_by_test_id("alone")).to_contain_text("python app.py --class")
    page.keyboard.press("2")  # chooses, as the arrows do and Page Up of a clicker
    expect(page.get_by_test_id("go-on")).to_have_text("Begin: 2 · A neuron holds a number")
    page.keyboard.press("PageUp")
    expect(page.get_by_test_id("go-on")).to_have_text("Begin: 3 · Layers")
    page.keyboard.press("PageDown")
    arrive(page, "pass")
    page.keyboard.press("b")
    expect(page.get_by_test_id("alone")).to_be_hidden()
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile("/present/layers/pass$"))
    page.goto(f"{address}/present/layers/questions")
    arrive(page, "questions")
    questions = page.get_by_test_id("question")
    for number in range(3):
        expect(questions.nth(number).locator(".answer-choice.right")).to_have_count(0)
        page.keyboard.press("PageDown")
        expect(questions.nth(number).locator(".answer-choice.right")).to_have_count(1)
        expect(questions.nth(number).get_by_test_id("reason")).to_be_in_viewport()
        expect(questions.nth(number).get_by_test_id("reason")).not_to_contain_text("Right.")
    for width, height in SIZES:  # questions and reasons, side by side without the network
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(FITS)
    expect(page.locator("#stage")).to_be_hidden()
    expect(page.get_by_test_id("step-next")).to_have_text("Next: chapter 4")
    page.keyboard.press("PageDown")
    arrive(page, "three")
    page.keyboard.press("PageUp")
    arrive(page, "questions")
    expect(page.locator(".answer-choice.right")).to_have_count(3)  # back to its end
    page.goto(f"{address}/present")  # opened anew
    expect(page.get_by_test_id("go-on")).to_have_text("Go on: 3 · Layers")
    page.keyboard.press("PageDown")
    arrive(page, "questions")
    assert page.request.get(f"{address}/present/layers/nothing").status == 404

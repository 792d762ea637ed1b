"""The Learn screen, walked in a real Chromium: every step of every chapter."""

import re
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from nnviz.chapters import library
from tests.browser.test_accessibility import assert_accessible

LIBRARY = library.load()
IDS = [each.id for each in LIBRARY.all("en")]
SIZES = [(1024, 768), (390, 844)]


def open_chapter(page: Page, address: str, id: str, language: str = "en") -> None:
    page.goto(f"{address}/learn/{id}?lang={language}")


def arrive(page: Page, name: str) -> Frame:
    """The screen beside the chapter, once it is what the step asks for."""
    expect(page.get_by_test_id("chapter")).to_have_attribute("data-ready", name)
    frames = [frame for frame in page.frames if "embed" in frame.url]
    return next(frame for frame in frames if frame.frame_element().bounding_box())


def solve(page: Page, number: int) -> None:
    task = page.get_by_test_id("task").nth(number)
    expect(task).not_to_have_class("task done")  # what is solved at first is no task
    if not task.get_by_test_id("show").is_visible():
        task.get_by_test_id("ask-hint").click()
    expect(task.get_by_test_id("hint")).to_be_visible()
    task.get_by_test_id("show").click()
    expect(task).to_have_class("task done", timeout=60_000)


def guess(page: Page) -> None:
    expect(page.get_by_test_id("guess-send")).to_be_attached()
    first = page.get_by_test_id("guess-0")
    if first.count():
        first.focus()
        first.press("Space")
    else:
        page.get_by_test_id("guess-range").press("ArrowRight")
    page.get_by_test_id("guess-send").press("Enter")
    expect(page.get_by_test_id("outcome")).to_be_visible()


def go_on(page: Page) -> None:
    page.get_by_test_id("step-next").click()


def check(page: Page, step: dict[str, Any], sizes: list[tuple[int, int]]) -> None:
    """What it points at is there and to be seen, in other sizes too."""
    frame = arrive(page, step["name"])
    expect(page.get_by_test_id("step-title")).to_have_text(step["title"])
    for size in [(1440, 900), *sizes]:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for name in step["points"]:
            frame.wait_for_function("name => window.nnviz.has(name)", arg=name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


# The others are walked by the longer checks: what they share is walked with these.
MARKS = {"network": (), "edges": pytest.mark.thorough, "hope": pytest.mark.thorough}


@pytest.mark.parametrize("id", [pytest.param(i, marks=MARKS.get(i, pytest.mark.slow)) for i in IDS])
def test_every_task_is_open_at_first_and_solved_by_what_is_shown(
    page: Page, address: str, id: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    chapter = LIBRARY.find("en", id)
    assert chapter is not None
    open_chapter(page, address, id)
    for at, step in enumerate(chapter.steps):
        if at:
            go_on(page)
        check(page, step, SIZES)
        for number in range(len(step["tasks"])):
            solve(page, number)
        if step["prediction"] is not None:
            guess(page)
            if not step["tasks"] and step["measure"] is None:
                expect(page.get_by_test_id("truth")).not_to_have_text("–")
        for number, question in enumerate(step["questions"]):
            asked = page.get_by_test_id("question").nth(number)
            for answer, each in enumerate(question["answers"]):
                asked.get_by_test_id(f"answer-{answer}").click()
                expected = "right" if each["right"] else "not"
                expect(asked.locator(f".answer-choice.{expected}")).to_have_count(1)
        for live in page.locator(".step-body > p .live, .step-body > ul .live").all():
            expect(live).not_to_have_text("–")


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_every_step_stands_in_korean_too(page: Page, address: str, id: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    chapter = LIBRARY.find("ko", id)
    assert chapter is not None
    open_chapter(page, address, id, "ko")
    for at, step in enumerate(chapter.steps):
        if at:
            go_on(page)
        check(page, step, SIZES)


def test_steps_have_addresses_and_nothing_is_lost_on_reload(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "neuron")
    arrive(page, "pixels")
    expect(page.locator("#chapter .explained").first).to_be_attached()  # terms explain themselves
    assert page.locator("#chapter :is(label, button, .part) .explained").count() == 0
    page.get_by_test_id("guess-range").fill("200")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("guess")).to_have_text("200")
    expect(page.get_by_test_id("truth")).to_have_text("116")
    go_on(page)
    arrive(page, "grey")
    expect(page).to_have_url(re.compile("/learn/neuron/grey$"))
    solve(page, 0)
    page.reload()
    arrive(page, "grey")
    expect(page.get_by_test_id("task")).to_have_class("task done")
    page.go_back()
    arrive(page, "pixels")
    expect(page.get_by_test_id("guess")).to_have_text("200")
    page.get_by_test_id("all-chapters").click()
    expect(page.get_by_test_id("chapter-neuron")).to_contain_text("1 of 4 done")
    page.get_by_test_id("learn-on").click()
    arrive(page, "pixels")  # where one was
    page.get_by_test_id("all-chapters").click()
    page.get_by_test_id("learn-clear").click()
    expect(page.get_by_test_id("learn-clear")).to_have_text("Sure? Forget all of it")
    expect(page.get_by_test_id("chapter-neuron")).to_contain_text("1 of 4 done")
    page.get_by_test_id("learn-clear").click()
    expect(page.get_by_test_id("learn-on")).to_have_text("Start: 1 · What is a neural network?")
    expect(page.get_by_test_id("chapter-neuron")).not_to_contain_text("done")


def test_words_and_parts_light_up_together(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1440, "height": 900})
    open_chapter(page, address, "network/parts")
    frame = arrive(page, "parts")
    word = page.locator(".part[data-part=hidden2]").first
    word.hover()
    expect(frame.locator(".light[data-part=hidden2]")).to_have_class("light strong")
    page.mouse.move(5, 5)
    expect(frame.locator(".light[data-part=hidden2]")).to_have_class("light")
    box = frame.locator(".light[data-part=hidden2]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(word).to_have_class("part lit")


def test_ones_own_drawing_comes_back_and_the_draw_screen_keeps_its_own(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1440, "height": 900})
    open_chapter(page, address, "network")
    frame = arrive(page, "answers")
    pad = frame.locator("#pad canvas").first
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 160, steps=5)
    page.mouse.up()
    frame.wait_for_function("() => window.nnviz.drawing().strokes?.length === 1")
    page.get_by_role("button", name="Step 3").click()
    arrive(page, "examples")  # shows a test digit
    frame.wait_for_function("() => window.nnviz.drawing().kind === 'pixels'")
    page.goto(f"{address}/")
    expect(page.get_by_test_id("answer")).to_have_text("7")  # the first visit's, not the stroke


def test_the_arrows_turn_pages_and_axe_finds_nothing(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/learn")
    expect(page.get_by_test_id("contents").get_by_role("listitem")).to_have_count(len(IDS))
    assert_accessible(page, "the chapters")
    page.get_by_test_id("chapter-network").click()
    arrive(page, "answers")
    page.get_by_test_id("step-title").click()
    page.keyboard.press("ArrowRight")
    arrive(page, "wrong")
    page.keyboard.press("PageDown")
    arrive(page, "examples")
    assert_accessible(page, "a step")
    page.keyboard.press("ArrowLeft")
    arrive(page, "wrong")


def test_questions_before_and_after_are_set_side_by_side(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{address}/learn?lang=en")
    page.get_by_test_id("chapter-before").click()
    for number in range(8):
        answer = page.get_by_test_id(f"quiz-{number}-{0 if number < 3 else 1}")
        answer.focus()
        answer.press("Space")
    assert_accessible(page, "the questions before")
    page.reload()  # what was answered is still there
    expect(page.get_by_test_id("quiz-2-0")).to_be_checked()
    page.get_by_test_id("quiz-send").press("Enter")
    expect(page.get_by_test_id("quiz-noted")).to_be_visible()
    expect(page.get_by_test_id("contents")).not_to_contain_text("right:")
    page.get_by_test_id("all-chapters").click()
    expect(page.get_by_test_id("chapter-before")).to_contain_text("done")
    page.get_by_test_id("chapter-after").click()
    for number in range(7):
        page.get_by_test_id(f"quiz-{number}-0").check()
    page.get_by_test_id("quiz-send").click()
    said = page.get_by_test_id("quiz-said")
    expect(said).to_have_text("Before the chapters you had 3 of 8 right, now 7.")
    expect(page.get_by_test_id("quiz-row-7")).to_contain_text("not yet")
    expect(page.get_by_test_id("quiz-row-7")).to_contain_text("I do not know")
    expect(page.get_by_test_id("quiz-row-3")).to_contain_text("Nearly −1")  # what one chose oneself
    assert_accessible(page, "how both times went")


def test_a_challenge_is_scored_kept_and_sent_by_link(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/learn/challenges/fool?lang=en")
    arrive(page, "fool")
    expect(page.get_by_test_id("challenge-score")).to_have_text("0")
    expect(page.get_by_test_id("challenge-copy")).to_be_disabled()
    expect(page.get_by_test_id("challenge-par")).to_have_text(re.compile(r"^\d+$"))
    fewest = int(page.get_by_test_id("challenge-par").inner_text())
    assert 1 <= fewest <= 30
    board = page.get_by_test_id("pixels")
    board.focus()
    board.press("ArrowLeft")  # turns no page
    board.press("Space")
    expect(page.get_by_test_id("challenge-score")).to_have_text("1")
    board.press("Space")
    expect(page.get_by_test_id("challenge-score")).to_have_text("0")
    page.get_by_test_id("challenge-hint").click()
    page.get_by_test_id("challenge-show").click()
    expect(page.get_by_test_id("challenge-score")).to_have_text(str(fewest))
    expect(page.get_by_test_id("challenge-best")).to_have_text("–")  # shown is not done
    page.get_by_test_id("challenge-copy").click()
    expect(page.get_by_test_id("challenge-link")).to_have_value(
        re.compile("/learn/challenges/fool#")
    )
    link = page.get_by_test_id("challenge-link").input_value()
    page.goto("about:blank")
    page.goto(link)
    arrive(page, "fool")
    expect(page.get_by_test_id("challenge-sent")).to_be_visible()
    expect(page.get_by_test_id("challenge-score")).to_have_text(str(fewest))
    page.get_by_test_id("challenge-again").click()
    expect(page.get_by_test_id("challenge-score")).to_have_text("0")
    expect(page).not_to_have_url(re.compile("#"))


@pytest.mark.thorough
def test_ones_own_best_can_be_taken_up_and_bettered(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/learn/challenges/break?lang=en")
    frame = arrive(page, "break")
    field = frame.get_by_test_id("lab-bias-number")
    best, state = page.get_by_test_id("challenge-best"), page.get_by_test_id("challenge-state")
    for shift, shown in (("9", "9.00"), ("8", "8.00")):
        field.fill(shift)
        field.press("Enter")
        expect(best).to_have_text(shown)
    page.get_by_test_id("challenge-again").click()
    arrive(page, "break")
    expect(page.get_by_test_id("challenge-score")).to_have_text("0.00")
    page.get_by_test_id("challenge-back").click()
    expect(page.get_by_test_id("challenge-score")).to_have_text("8.00")
    expect(state).to_have_text("This counts.")
    expect(page.get_by_test_id("challenge-sent")).to_have_count(0)
    field.fill("7.75")
    field.press("Enter")
    expect(best).to_have_text("7.75")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["upright", "break", "five"])
def test_what_is_shown_solves_a_challenge(empty_page: Page, address: str, name: str) -> None:
    page = empty_page
    page.goto(f"{address}/learn/challenges/{name}?lang=ko")
    frame = arrive(page, name)
    if name == "five":  # five names have their width, none is broken within a word
        expect(frame.locator(".compare-card")).to_have_count(5)
        expect(frame.get_by_test_id("compare-open").first).to_be_hidden()
    expect(page.get_by_test_id("challenge-copy")).to_be_disabled()
    page.get_by_test_id("challenge-hint").click()
    page.get_by_test_id("challenge-show").click()
    expect(page.get_by_test_id("challenge-copy")).to_be_enabled(timeout=60_000)
    if name == "upright":  # nothing that was learned meets its condition, as its words say
        expect(page.locator(".step-body > p .live").first).to_have_text("−0.019")
        expect(page.get_by_test_id("challenge-par")).to_have_count(0)
    else:
        expect(page.get_by_test_id("challenge-par")).not_to_have_text("–", timeout=60_000)


@pytest.mark.slow
def test_a_small_network_is_trained_beside_its_challenge(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/learn/challenges/small?lang=en")
    frame = arrive(page, "small")
    expect(frame.get_by_test_id("start")).to_be_visible()
    expect(page.get_by_test_id("challenge-score")).to_have_text("0.0%")


def test_an_unknown_chapter_or_step_is_no_page(page: Page, address: str) -> None:
    for path in ("/learn/nothing", "/learn/network/nothing", "/present/before"):
        reply = page.request.get(address + path)
        assert reply.status == 404

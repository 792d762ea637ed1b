"""What a step asks for, and what it says to whoever has not done it yet, or not so."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.soon import soon
from tests.browser.test_learn import IDS, LIBRARY, arrive, guess, open_chapter

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def low_laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 625})


def test_a_guess_is_no_mistake_before_it_is_known_what_is_so(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "layers/pixel")
    frame = arrive(page, "pixel")
    none, send = page.get_by_test_id("guess-none"), page.get_by_test_id("guess-send")
    send.click()
    expect(none).to_have_text("Choose one first.")
    page.get_by_test_id("guess-1").check()
    expect(none).to_be_empty()
    send.click()
    expect(page.get_by_test_id("wait")).to_be_visible()
    label = page.locator(".guess-choices label")
    color = "each => getComputedStyle(each).color"
    assert label.nth(1).evaluate(color) == label.nth(0).evaluate(color)
    box = frame.locator("#pad canvas").first.bounding_box()
    assert box
    side = box["width"] / 28
    page.mouse.click(box["x"] + 4.5 * side, box["y"] + 20.5 * side)  # the pad itself
    expect(page.get_by_test_id("task")).to_have_class("task done")
    pixels = frame.evaluate("() => window.nnviz.drawing().pixels")
    assert pixels[20 * 28 + 4] == 255
    assert sum(1 for each in pixels if each) == 117  # the 7 is still there
    assert label.nth(1).evaluate(color) != label.nth(0).evaluate(color)
    frame.locator("#pad canvas").first.press("Space")  # where the pointer was
    frame.wait_for_function("() => window.nnviz.drawing().pixels[20 * 28 + 4] === 0")


def test_a_slider_that_nobody_set_is_no_guess(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "squash/sigmoid")
    arrive(page, "sigmoid")
    number = page.locator(".guess-range output")
    expect(number).to_have_text("–")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("guess-none")).to_have_text("Set the slider first.")
    expect(page.get_by_test_id("outcome")).to_be_hidden()
    slider = page.get_by_test_id("guess-range")
    box = slider.bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)  # where it stands
    expect(number).to_have_text("0.00")
    page.get_by_test_id("guess-send").click()
    expect(page.get_by_test_id("guess")).to_have_text("0.00")


def test_a_slider_counts_where_it_rests_not_where_it_passes(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "dials/other")
    arrive(page, "other")
    now, task = page.get_by_test_id("task-now"), page.get_by_test_id("task")
    expect(now).to_have_text("Hidden neurons: make your guess first · dials in all: –")
    guess(page)
    slider = page.get_by_test_id("sizes-hidden")
    slider.evaluate(
        """each => { for (let size = 29; size >= 8; size -= 1) {
          each.value = size; each.dispatchEvent(new Event('input', {bubbles: true})); } }"""
    )
    expect(now).to_have_text("Hidden neurons: 8 · dials in all: 6,370")
    page.get_by_test_id("sizes-total").wait_for()
    for _ in range(8):
        slider.press("ArrowRight")
    expect(task).to_have_class("task done")
    expect(now).to_have_text("Hidden neurons: 16 · dials in all: 12,730 · 17 would have 13,525")


def test_before_a_training_starts_no_other_network_stands_in_its_place(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "learning/rate")
    frame = arrive(page, "rate")
    for part in ("#network", "#filters-box", "#step"):
        expect(frame.locator(part)).to_be_hidden()
    expect(frame.locator(".pad-hint")).to_be_hidden()
    frame.get_by_test_id("start").click()
    curves = frame.locator('.light[data-part="curves"]')
    expect(curves).to_have_count(1, timeout=60_000)  # once it has learned from a batch
    expect(frame.locator("#network")).to_be_hidden()  # the curves are asked about
    for part in ("#run-head", "#curves"):
        expect(frame.locator(part)).to_be_in_viewport(ratio=0.95)
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(frame.locator("#network")).to_be_visible()
    expect(frame.locator("#network")).to_contain_text("ReLU", timeout=60_000)


def test_the_list_of_terms_begins_at_its_beginning_for_another_digit_and_in_another_step(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "sum/all")
    frame = arrive(page, "all")
    terms, top = frame.locator(".terms-list"), "each => each.scrollTop"

    def scrolled() -> None:
        terms.evaluate("each => { each.scrollTop = 60; }")
        assert terms.evaluate(top) == 60

    scrolled()
    frame.get_by_test_id("test-class-0").click()
    frame.wait_for_function("() => document.querySelector('.terms-list').scrollTop === 0")
    scrolled()
    page.get_by_test_id("step-next").click()
    arrive(page, "colours")
    page.get_by_test_id("step-next").click()
    frame = arrive(page, "against")
    frame.wait_for_function("() => document.querySelector('.terms-list').scrollTop === 0")


def test_the_list_goes_on_with_what_is_still_open(empty_page: Page, address: str) -> None:
    page = empty_page
    chapters = LIBRARY.all("en")
    done = {
        "visited": {f"{c.id}/{step['name']}": True for c in chapters for step in c.steps},
        "tasks": {
            f"{c.id}/{step['name']}/{i}": True
            for c in chapters
            for step in c.steps
            for i in range(len(step["tasks"]))
            if (c.id, step["name"]) != ("hope", "cnn")
        },
        "last": {c.id: c.steps[-1]["name"] for c in chapters},
        "recent": {"chapter": chapters[-1].id},
    }
    page.goto(f"{address}/learn?lang=en")
    keep = "done => localStorage.setItem('learn', JSON.stringify(done))"
    go = page.get_by_test_id("learn-on")
    page.evaluate(keep, done)
    page.reload()
    expect(go).to_have_text("Go on: 10 · Do hidden neurons really find edges and loops?")
    page.evaluate(keep, {**done, "tasks": {**done["tasks"], "hope/cnn/0": True}})
    page.reload()
    expect(go).to_have_text("Next: Eight questions after the last chapter")


ASKED = """() => {
  const edge = document.querySelector('.step-body').getBoundingClientRect().bottom;
  const open = document.querySelector('.prediction:not(.guessed) .guess-send')
    ?? document.querySelector('.task:not(.done) > p');
  const below = document.querySelector('.below');
  const isSeen = !open || open.getBoundingClientRect().bottom <= edge + 2;
  return isSeen || (!below.hidden && below.getBoundingClientRect().bottom <= edge + 1);
}"""


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "id",
    ["network", *(pytest.param(each, marks=pytest.mark.slow) for each in IDS if each != "network")],
)
def test_what_a_step_asks_and_speaks_of_is_in_sight_or_its_edge_leads_there(
    empty_page: Page, address: str, id: str, language: str
) -> None:
    page = empty_page
    chapter = LIBRARY.find(language, id)
    assert chapter is not None
    open_chapter(page, address, id, language)
    for at, step in enumerate(chapter.steps):
        if at:
            page.get_by_test_id("step-next").click()
        frame = arrive(page, step["name"])
        page.wait_for_function(ASKED)
        for light in frame.locator(".light").all():
            box = light.bounding_box()  # on the page
            assert box is not None
            assert box["y"] >= 0, (step["name"], box)
            assert box["y"] + box["height"] <= 625 + 4, (step["name"], box)


ROOMY = [  # a picture and a guess in one step: the guess stood below the edge
    "network/loop",
    "neuron/column",
    "edges/strip",
    "edges/plus-only",
    "squash/sigmoid",
    "bias/threshold",
    "bias/accuracy",
]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_on_a_low_laptop_what_is_asked_stands_above_the_edge(
    empty_page: Page, address: str, language: str
) -> None:
    page = empty_page
    for step in ROOMY:
        open_chapter(page, address, step, language)
        arrive(page, step.split("/")[1])
        for asked in (".guess-send", ".task > .mark + p"):
            if page.locator(asked).count():
                expect(page.locator(asked).first).to_be_in_viewport(ratio=0.9)
        expect(page.get_by_test_id("below")).to_be_hidden()


def test_the_edge_of_the_words_leads_to_what_is_asked_below_it(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 420})
    open_chapter(page, address, "hope/measure")
    arrive(page, "measure")
    below, send = page.get_by_test_id("below"), page.get_by_test_id("guess-send")
    expect(below).to_have_text("Below: guess first ↓")
    expect(send).not_to_be_in_viewport()
    below.click()
    expect(send).to_be_in_viewport(ratio=0.9)
    expect(below).to_be_hidden()
    next_step = page.get_by_test_id("step-next").bounding_box()
    page.goto(f"{address}/learn/dials/other?lang=en")  # it has the room of the screen
    arrive(page, "other")
    assert page.get_by_test_id("step-next").bounding_box() == next_step


IN_SIGHT = """() => {
  const edge = document.querySelector('.step-body').getBoundingClientRect().bottom;
  const asked = document.querySelector('.prediction .guess-send, .task > p');
  return asked.getBoundingClientRect().bottom <= edge;
}"""


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("id", "names"),
    [
        ("matrix", ["product", "lines", "why"]),
        ("hope", ["hope", "together", "off", "asked"]),
        ("relu", ["function"]),
        ("learning", ["loss", "rate"]),
        ("kinds", ["dense", "conv"]),
    ],
)
def test_in_a_low_window_a_step_begins_with_what_it_asks_in_sight(
    empty_page: Page, address: str, id: str, names: list[str], language: str
) -> None:
    page = empty_page
    for name in names:
        page.goto(f"{address}/learn/{id}/{name}?lang={language}")
        arrive(page, name)
        page.wait_for_function(IN_SIGHT)


def test_tools_come_where_they_are_explained_and_the_way_back_is_in_sight(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "sum/three")
    frame = arrive(page, "three")
    for tool in ("#trace", "#compare-open", ".why-question", ".layer-cover"):
        expect(frame.locator(tool).first).to_be_hidden()
    open_chapter(page, address, "edges/paint")
    frame = arrive(page, "paint")
    picture = frame.locator(".inspector-pictures canvas:visible").first
    picture.hover(position={"x": 61, "y": 61})
    told = frame.get_by_test_id("inspector-pointed")  # of the square that is pointed at
    expect(told).to_have_text(re.compile("^row 15, column 15: "))
    for tells in (told, frame.get_by_test_id("lab-weight")):
        expect(tells).to_be_in_viewport(ratio=1)
    for other in ("lab-bias", "lab-scale", "lab-off", "lab-mirror"):
        expect(frame.get_by_test_id(other)).to_be_hidden()
    open_chapter(page, address, "bias/set")
    frame = arrive(page, "set")
    expect(frame.get_by_test_id("lab-bias")).to_be_visible()
    for other in ("lab-scale", "lab-off", "lab-weight", "brush-raise"):
        expect(frame.get_by_test_id(other)).to_be_hidden()
    expect(frame.locator(".teach-open, .why-question").first).to_be_hidden()
    open_chapter(page, address, "edges/cost")
    frame = arrive(page, "cost")
    reset = frame.locator(".edited").get_by_role("button", name="Reset")
    expect(reset).to_be_visible()

    def in_sight() -> None:
        box = reset.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 625 + 1

    soon(page, in_sight)  # the numbers beside it come a moment later

"""A chapter on a phone: what it speaks of is seen above the sheet, and words have their room."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.soon import soon
from tests.browser.test_learn import arrive, open_chapter

pytestmark = pytest.mark.thorough

# A light, and whatever lies over the screen from below.
COVERED = """() => {
  const [light, sheet] = ['.light:not([hidden])', '.sheet-head']
    .map((each) => document.querySelector(each).getBoundingClientRect());
  return { light: light.bottom - light.top, over: light.bottom - sheet.top, room: sheet.top };
}"""

FRAMES = """() => new Promise((done) => {
  let left = 60;
  const next = () => (--left ? requestAnimationFrame(next) : done());
  next();
})"""


def test_a_sheet_makes_room_for_the_pad_once_one_is_to_draw(phone: Page, address: str) -> None:
    open_chapter(phone, address, "hope/one")
    frame = arrive(phone, "one")
    expect(frame.locator(".light[data-part=pictures]")).to_be_visible()
    room = frame.evaluate(COVERED)["room"]
    phone.get_by_test_id("guess-1").check(force=True)
    phone.get_by_test_id("guess-send").tap()
    expect(frame.locator(".light[data-part=pad]")).to_be_visible()
    expect(phone.get_by_test_id("after")).to_be_in_viewport()

    def check() -> None:
        now = frame.evaluate(COVERED)
        assert now["room"] > room + 80
        assert now["over"] <= 0 < now["light"]
        assert now["light"] > 200  # of the pad, all that a digit needs

    soon(phone, check)


def test_the_pad_stays_in_sight_where_one_draws_though_a_neuron_is_kept(
    phone: Page, address: str
) -> None:
    open_chapter(phone, address, "sum/below")
    frame = arrive(phone, "below")
    expect(frame.locator(".neuron-chip")).to_have_text("1.000")  # what was kept is told by now

    def check() -> None:
        now = frame.evaluate(COVERED)
        assert now["over"] <= 0
        assert now["light"] > 200

    soon(phone, check)
    frame.evaluate(FRAMES)  # nothing takes it away again
    check()
    head = phone.locator("header").first.bounding_box()
    assert head is not None
    assert head["height"] < 60  # one line


def test_what_stands_far_down_is_scrolled_to_when_it_comes(phone: Page, address: str) -> None:
    open_chapter(phone, address, "hope/cnn")
    frame = arrive(phone, "cnn")
    expect(frame.locator(".light[data-part=conv1]")).to_be_in_viewport(ratio=0.9)


def test_a_mistake_is_not_told_over_the_drawing_that_is_taught(phone: Page, address: str) -> None:
    open_chapter(phone, address, "learning/step")
    frame = arrive(phone, "step")
    expect(frame.get_by_test_id("answer")).to_have_text("0")
    frame.wait_for_function("() => window.nnviz.state().readOf?.label === 6")
    assert frame.evaluate("window.nnviz.state().against") is None
    expect(frame.locator("#why")).to_be_hidden()
    expect(frame.get_by_test_id("probabilities")).to_be_in_viewport()


def test_a_step_that_points_at_nothing_is_all_words(phone: Page, address: str) -> None:
    open_chapter(phone, address, "kinds/questions")
    arrive(phone, "questions")
    expect(phone.get_by_test_id("answer-2").first).to_be_in_viewport()
    expect(phone.get_by_test_id("step-next")).to_be_in_viewport(ratio=1)
    assert phone.evaluate("innerWidth") == 390  # nothing is wider than the phone


def test_what_a_task_is_done_with_is_in_sight_before_and_after_a_tap(
    phone: Page, address: str
) -> None:
    open_chapter(phone, address, "network/parts")
    frame = arrive(phone, "parts")
    expect(frame.locator(".light[data-part=hidden1]")).to_be_in_viewport(ratio=1)
    circles = "document.querySelector('.light[data-part=hidden1]').offsetHeight"
    soon(phone, lambda: check_above(frame.evaluate(circles), 14))  # whole circles, not their tops
    open_chapter(phone, address, "network/corners")
    frame = arrive(phone, "corners")
    pixels = frame.locator(".layer[data-layer=input]")
    expect(frame.locator(".light[data-part=input]")).to_be_in_viewport(ratio=1)
    box = pixels.bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + 4, box["y"] + 4)
    expect(frame.locator(".sheet-head")).to_be_hidden()  # a pixel tells its value where it is
    seen = "document.querySelector('.light[data-part=input]').offsetHeight"
    soon(phone, lambda: check_above(frame.evaluate(seen), box["height"] - 4))
    frame.evaluate(FRAMES)  # nothing covers the pixels again
    check_above(frame.evaluate(seen), box["height"] - 4)


def check_above(value: float, least: float) -> None:
    assert value > least

"""What a finger meets: it takes what it touches, and no picture is larger than its place."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explore_views import VIEWS, open_view, wait_for
from tests.browser.soon import soon
from tests.browser.test_learn import arrive, open_chapter

# The box of each canvas in sight, and what it becomes with twice as many pixels in it: a screen
# that has two or three for one of CSS must not make the picture larger.
GROWN = """() => [...document.querySelectorAll('canvas')].flatMap((canvas) => {
  const size = () => (({ width, height }) => [width, height])(canvas.getBoundingClientRect());
  const [before, own] = [size(), [canvas.width, canvas.height]];
  if (!before[0]) return [];
  [canvas.width, canvas.height] = own.map((each) => 2 * each);
  const after = size();
  [canvas.width, canvas.height] = own;
  if (after.every((each, i) => Math.abs(each - before[i]) < 1)) return [];
  return [`${canvas.dataset.testid ?? canvas.parentElement.className} ${before} → ${after}`];
})"""
WIDGETS = ("edges/strip", "layers/pixel", "layers/one-zero", "learning/by-hand", "relu/depth")


def test_a_tap_takes_the_digit_under_the_finger(phone: Page, address: str) -> None:
    open_view(phone, address, "view=confusion&cell=4-9")
    cell = phone.get_by_test_id("cell")
    scroller, said = cell.locator(".grid-scroll"), cell.get_by_test_id("digit-said")
    expect(scroller).to_have_attribute("data-count", "28")
    canvas = scroller.locator("canvas")

    def placed() -> None:
        inner = scroller.evaluate("(box) => [box.clientWidth, box.clientHeight, box.scrollHeight]")
        painted = canvas.bounding_box()
        assert painted is not None
        assert [painted["width"], painted["height"]] == pytest.approx(inner[:2], abs=1)
        assert inner[1] < 200, "four rows, and nothing below them"
        assert inner[2] <= inner[1], "they are seen at once: the page takes the swipe"

    soon(phone, placed)
    scroller.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    side = box["width"] / int(box["width"] // 42)  # as they are painted
    seen = set()
    for i in range(3):
        phone.touchscreen.tap(box["x"] + (i + 0.5) * side, box["y"] + side / 2)
        expect(cell.get_by_role("option")).to_have_attribute("aria-posinset", str(i + 1))
        seen.add(said.inner_text())
    assert len(seen) == 3, seen


def test_a_finger_scrolls_past_the_map_and_two_make_it_larger(phone: Page, address: str) -> None:
    open_view(phone, address, "view=map&layer=hidden1&digit=0")
    scatter = phone.locator(".room-map .scatter")
    expect(scatter).to_have_attribute("data-points", "10000", timeout=60_000)
    scatter.scroll_into_view_if_needed()
    box = scatter.bounding_box()
    assert box is not None
    session = phone.context.new_cdp_session(phone)
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def fingers(*ways: tuple[float, float]) -> None:
        """Each finger's way, in px down from the middle of the map."""
        for kind, share in [("touchStart", 0.0), *(("touchMove", i / 10) for i in range(1, 11))]:
            points = [
                {"x": across, "y": down + start + share * (end - start), "id": i}
                for i, (start, end) in enumerate(ways)
            ]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    before = phone.evaluate("scrollY")
    fingers((60, -60))
    soon(phone, lambda: _assert_scrolled(phone, before))
    field = phone.get_by_test_id("map-canvas")
    expect(field).to_have_css("touch-action", "pan-y")
    down -= phone.evaluate("scrollY") - before
    fingers((-30, -90), (30, 90))
    expect(field).to_have_css("touch-action", "none")


def _assert_scrolled(page: Page, before: float) -> None:
    assert page.evaluate("scrollY") > before + 40


@pytest.mark.thorough
@pytest.mark.parametrize("view", [*VIEWS, "neurons&layer=hidden1&unit=6"])
def test_no_picture_of_explore_grows_with_the_screens_pixels(
    phone: Page, address: str, view: str
) -> None:
    open_view(phone, address, f"view={view}")
    if "&" not in view:
        wait_for(phone, view)
    assert phone.evaluate(GROWN) == []


@pytest.mark.thorough
@pytest.mark.parametrize("screen", ["", "#model=cnn", "#model=lstm", "train", "class"])
def test_no_picture_of_a_screen_grows_with_the_screens_pixels(
    phone: Page, address: str, screen: str
) -> None:
    phone.goto(f"{address}/{screen}")
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate(GROWN) == []


@pytest.mark.thorough
@pytest.mark.parametrize("step", WIDGETS)
def test_no_picture_of_a_chapter_grows_with_the_screens_pixels(
    phone: Page, address: str, step: str
) -> None:
    open_chapter(phone, address, step)
    beside = arrive(phone, step.split("/")[1])
    assert phone.evaluate(GROWN) == []
    assert beside.evaluate(GROWN) == []

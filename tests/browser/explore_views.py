"""The views of Explore: how they are opened, and what in each shows that its numbers are there."""

import re

from playwright.sync_api import Page, expect

ANSWERS = {
    "questions": "preview-neuron",
    "dataset": "data-count",
    "confusion": "conf-accuracy",
    "mistakes": "miss-count",
    "neurons": "gallery",
    "map": "faith-map",
    "why": "blame-sum",
    "fool": "fool-least",
}
VIEWS = tuple(ANSWERS)
LOOKS = re.compile("(Looks|Quiet) for|찾|반응")  # what a neuron looks for, in either language


def open_view(page: Page, address: str, fragment: str, language: str = "en") -> None:
    """Open a view with the first test digit on the pad, and wait until it is read."""
    page.goto(f"{address}/explore?lang={language}#{fragment}")
    expect(page.get_by_test_id("answer")).not_to_have_attribute("data-value", "")


def wait_for(page: Page, view: str) -> None:
    """Until a view shows its numbers."""
    room = page.locator(f"[data-room={view}]")
    expect(room.get_by_test_id(ANSWERS[view])).not_to_be_empty(timeout=60_000)
    if view == "questions":
        expect(room.get_by_test_id(ANSWERS[view])).to_contain_text(LOOKS, timeout=60_000)
    expect(room.locator(".waiting:visible")).to_have_count(0, timeout=60_000)
    page.wait_for_load_state("networkidle")


PLOTS_FIT = """() => [...document.querySelectorAll('.plot')].every((plot) => !plot.offsetParent
  || [...plot.querySelectorAll('.main-svg')].every((svg) => svg.clientWidth <= plot.clientWidth))"""


def draw_stroke(page: Page, points: list[tuple[float, float]], lift: bool = True) -> None:
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    if lift:
        page.mouse.up()


def pick(page: Page, model: str) -> None:
    page.get_by_test_id("model-picker").click()
    page.get_by_test_id(f"model-{model}").click()

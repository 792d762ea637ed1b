"""What of the Train and Explore screens stands beside a chapter: that of which its step speaks."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_learn import arrive, open_chapter

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("step", "there"),
    [
        ("learning/rate", {"set-learning_rate", "start"}),
        ("relu/train", {"layers", "start"}),
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

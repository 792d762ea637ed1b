"""Behind a proxy under a path: the page draws, and every other one opens from it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Complaints, serving
from tests.browser.test_draw import FOUR, draw, wait_for_reading


@pytest.mark.thorough
def test_under_a_path_it_draws_and_every_screen_opens(
    browser: Browser, tmp_path: Path, complaints: Complaints
) -> None:
    """Everything that is asked for lies below the path, or the page complains."""
    with serving(tmp_path, NNVIZ_PREFIX="/a/nnviz", NNVIZ_RUN_WORKER_ELSEWHERE="1") as server:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-US")
        complaints.watch(page, f"{server}/a/nnviz/")
        page.goto(f"{server}/a/nnviz/")
        wait_for_reading(page, 7)
        draw(page, FOUR)
        wait_for_reading(page, 4)
        for screen in ("train", "learn", "draw"):
            page.get_by_test_id(f"go-{screen}").click()
            path = "" if screen == "draw" else screen
            expect(page).to_have_url(re.compile(rf"^{server}/a/nnviz/{path}(?![a-z])"))
            page.wait_for_load_state("networkidle")
        page.close()
    assert not complaints

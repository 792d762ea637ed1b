"""Class mode in a real Chromium: the address for the projector, the code, the numbers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints, serving
from tests.browser.test_accessibility import assert_accessible

CODE = "424242"


def test_the_teachers_page_from_code_to_numbers(
    browser: Browser, empty_page: Page, complaints: Complaints, tmp_path: Path
) -> None:
    with serving(tmp_path, "--class", NNVIZ_CLASS_CODE=CODE) as address:
        student = browser.new_context(viewport={"width": 390, "height": 844})
        pupil = student.new_page()
        pupil.goto(address)
        expect(pupil.get_by_test_id("answer")).to_have_attribute("data-value", "7")

        page = empty_page
        page.goto(f"{address}/class")
        shown = page.get_by_test_id("class-address")
        expect(shown).to_contain_text(address.rsplit(":", 1)[1])
        expect(page.get_by_test_id("class-qr").locator("svg")).to_be_visible()
        expect(page.get_by_test_id("class-numbers")).to_be_hidden()
        page.get_by_test_id("code").fill("1")
        page.get_by_test_id("code-send").click()
        expect(page.get_by_test_id("code-refused")).to_contain_text("Expected the code")
        expect(page.get_by_test_id("code")).to_have_attribute("type", "password")
        expect(page.get_by_test_id("go-class")).to_have_count(0)
        page.get_by_test_id("code").fill(CODE)
        page.get_by_test_id("code-send").click()
        expect(page.get_by_test_id("number-connected")).to_have_text("2")
        expect(page.get_by_test_id("number-running")).to_have_text("0")
        expect(page.get_by_test_id("number-running")).to_be_hidden()  # in a fold
        expect(page.get_by_test_id("class-answer-7")).to_contain_text("1 here")
        expect(page.get_by_test_id("class-answer-3")).to_contain_text("0 here")
        page.get_by_test_id("go-train").click()
        page.get_by_test_id("go-class").click()
        expect(page.get_by_test_id("is-teacher")).to_be_visible()

        page.goto(f"{address}/class#code={CODE}")
        page.reload()
        expect(page.get_by_test_id("is-teacher")).to_be_visible()
        expect(page).not_to_have_url(re.compile(CODE))  # nobody reads it from the projector
        student.close()
        page.goto(f"{address}/class?lang=ko")
        page.context.clear_cookies()
        page.goto(f"{address}/class?lang=ko")
        page.get_by_test_id("code").fill("1")
        page.get_by_test_id("code-send").click()
        expect(page.get_by_test_id("code-refused")).to_contain_text("코드가 맞지 않습니다")
    complaints.clear()  # the wrong code, and the server's end


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (390, "light")])
def test_axe_finds_nothing(empty_page: Page, address: str, width: int, theme: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{address}/class")
    expect(page.get_by_test_id("class-numbers")).to_be_visible()
    assert_accessible(page, "the teacher's page")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


ADDRESSES = [
    "http://192.168.178.123:18000",
    pytest.param("http://10.0.0.1:8000", marks=pytest.mark.thorough),
    pytest.param("https://school.example/nnviz", marks=pytest.mark.thorough),
]


@pytest.mark.parametrize("shown", ADDRESSES)
def test_the_address_is_one_line_as_large_as_the_wall_allows(
    empty_page: Page, complaints: Complaints, tmp_path: Path, shown: str
) -> None:
    page, settings = empty_page, {"NNVIZ_CLASS_CODE": CODE, "NNVIZ_CLASS_ADDRESS": shown}
    with serving(tmp_path, "--class", "--workers", "1", **settings) as address:
        for width, height in ((1366, 625), (1920, 1080), (1024, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{address}/class")
            expect(page.get_by_test_id("class-address")).to_have_text(shown)
            room, taken, lines = page.evaluate(
                """() => {
                  const line = document.getElementById('class-address');
                  const range = document.createRange();
                  range.selectNodeContents(line);
                  const boxes = [...range.getClientRects()];
                  return [line.clientWidth, range.getBoundingClientRect().width, boxes.length];
                }"""
            )
            assert lines == 1
            assert 0.9 * room <= taken <= room or taken > 900
    complaints.clear()  # the servers, which are not the usual one

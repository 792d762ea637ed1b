"""A class together: phones follow the presenter, and vote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.browser.test_learn import arrive


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A class's server whose code is 123456."""
    data: Path = tmp_path_factory.mktemp("class")
    with serving(data, "--class", "--host", "127.0.0.1", NNVIZ_CLASS_CODE="123456") as address:
        yield address


def teach(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.goto(f"{address}/class?lang=en")
    page.get_by_test_id("code").fill("123456")
    page.get_by_test_id("code-send").click()
    expect(page.get_by_test_id("is-teacher")).to_be_visible()
    page.goto(f"{address}/present/neuron/pixels")
    arrive(page, "pixels")
    return page


@pytest.mark.slow
def test_a_phone_follows_votes_and_goes_free(browser: Browser, school: str) -> None:
    teacher = teach(browser, school)
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"{school}/learn?lang=en")
    arrive(phone, "pixels")  # where the teacher is
    teacher.keyboard.press("v")
    expect(phone.get_by_test_id("ballot")).to_be_visible()
    for page in (teacher, phone):  # one question, not twice
        expect(page.get_by_test_id("ballot")).to_be_visible()
        expect(page.get_by_test_id("prediction")).to_be_hidden()
    phone.get_by_test_id("ballot-1").click()
    expect(phone.get_by_test_id("ballot-said")).to_contain_text("Counted")
    expect(teacher.get_by_test_id("ballot-said")).to_have_text("1 have voted")
    expect(teacher.get_by_test_id("ballot-1")).not_to_contain_text("✓")  # hidden as yet
    teacher.keyboard.press("r")
    for page in (teacher, phone):
        expect(page.get_by_test_id("ballot-1")).to_contain_text("1 ✓")
        expect(page.get_by_test_id("ballot-said")).to_contain_text("1 voted")
    teacher.keyboard.press("PageDown")
    arrive(phone, "grey")
    expect(phone.get_by_test_id("ballot")).to_have_count(0)
    phone.get_by_test_id("room-follow").click()
    teacher.keyboard.press("PageDown")
    expect(teacher.get_by_test_id("solved")).to_be_visible()  # on the wall alone
    teacher.keyboard.press("PageDown")
    expect(phone.get_by_test_id("room-place")).to_contain_text("As a column")
    expect(phone.get_by_test_id("step-title")).to_have_text("The grey ones")
    for page in (teacher, phone):
        page.context.close()


@pytest.mark.slow
def test_who_presents_without_the_code_is_told_once(browser: Browser, school: str) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 625}).new_page()
    page.goto(f"{school}/present/neuron/pixels?lang=en")
    arrive(page, "pixels")
    expect(page.get_by_test_id("room-code")).to_contain_text("not the teacher's")
    page.get_by_test_id("room-silence").click()
    expect(page.get_by_test_id("room-lead")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    arrive(page, "grey")
    expect(page.get_by_test_id("room-lead")).to_be_hidden()
    page.context.close()

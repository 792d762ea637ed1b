"""The Train screen in a real Chromium: set up, start, watch, compare, be told what is wrong."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.entries import expect_entries
from tests.browser.test_accessibility import assert_accessible
from tests.browser.train import (
    RUNNING,
    TRAINED,
    ask,
    choose_lesson,
    finish,
    open_train,
    start,
    unfold,
)


@pytest.fixture
def page(empty_page: Page, address: str) -> Page:
    """The Train screen, loaded, a small quick training set up."""
    open_train(empty_page, address)
    return empty_page


def test_a_run_is_watched_paused_changed_and_goes_on(page: Page, address: str) -> None:
    page.get_by_test_id("set-epochs").fill("5000")
    expect(page.get_by_test_id("plan")).to_contain_text("160,000 batches")
    run = start(page)
    expect(page.get_by_test_id("run-state")).to_have_text("trains")
    expect(page.get_by_test_id("run-far")).to_contain_text("samples a second")
    expect(page.get_by_test_id("run-far")).to_contain_text("left")
    page.get_by_test_id("run-pause").click()
    expect(page.get_by_test_id("run-state")).to_have_text("paused")
    paused = ask(address, f"/api/runs/{run}")["run"]["batch"]
    page.get_by_test_id("run-batch").click()
    expect(page.get_by_test_id("run-far")).to_contain_text(f"batch {paused + 1:,} of")
    page.get_by_test_id("rate").fill("0.03")
    page.get_by_test_id("rate-set").click()
    page.get_by_test_id("run-epoch").click()
    next_epoch = ((paused + 1) // 32 + 1) * 32
    expect(page.get_by_test_id("run-far")).to_contain_text(f"batch {next_epoch:,} of")
    assert ask(address, f"/api/runs/{run}")["recipe"]["changes"] == [[paused + 2, 0.03]]
    page.get_by_test_id("run-go").click()
    expect(page.get_by_test_id("run-state")).to_have_text("trains")
    page.reload()
    expect(page.get_by_test_id("run-stop")).to_be_visible()
    page.get_by_test_id("run-stop").click()
    expect(page.get_by_test_id("run-state")).to_have_text("stopped")
    expect(page.get_by_test_id("run-go")).to_be_hidden()


def test_two_runs_are_compared_renamed_and_deleted(page: Page) -> None:
    choose_lesson(page, "sigmoid_relu")
    expect(page.get_by_test_id("start")).to_have_text("Train both and compare")
    page.get_by_test_id("set-samples").select_option("500")
    expect(page.get_by_test_id("plan")).to_contain_text("differ only in the activation")
    page.get_by_test_id("start").click()
    expect(page.get_by_test_id("run-title")).to_have_text("Sigmoid, 500 digits")
    expect(page.locator(".runs tr", has_text="ReLU, 500 digits").first).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('[data-testid=plot]').data?.length === 12", timeout=TRAINED
    )
    other = page.locator(".runs tr", has_text="ReLU").first
    expect(other.get_by_test_id("beside")).to_have_attribute("aria-pressed", "true")
    name, act = (other.locator(each).bounding_box() for each in ("th", ".runs-act"))
    assert name
    assert act
    assert name["x"] + name["width"] > act["x"], "a name has more room than the buttons leave"
    other.get_by_test_id("beside").click()
    page.wait_for_function("() => document.querySelector('[data-testid=plot]').data.length === 6")
    other.get_by_test_id("rename").click()
    other.get_by_test_id("rename-name").fill("Rectified")
    other.get_by_test_id("rename-name").press("Enter")
    renamed = page.locator(".runs tr", has_text="Rectified").first
    expect(renamed).to_be_visible()
    renamed.get_by_test_id("watch-run").click()
    expect(page.get_by_test_id("run-title")).to_have_text("Rectified")
    renamed.get_by_test_id("delete-run").click()
    expect(renamed.get_by_test_id("delete-run")).to_have_text("Really delete?")
    renamed.get_by_test_id("delete-run").click()
    expect(page.locator(".runs tr", has_text="Rectified")).to_have_count(0)
    expect(page.get_by_test_id("run-title")).to_be_hidden()


def test_layers_are_edited_and_what_cannot_be_is_told(page: Page, complaints: Complaints) -> None:
    plan = page.get_by_test_id("plan")
    row = page.locator(".start-row")
    expect(row).to_have_class(re.compile(r"\bover\b"))  # settings go on below it
    page.locator(".history").evaluate("list => { list.style.minHeight = '9000px'; }")  # many runs
    further = page.get_by_test_id("further-settings")
    further.click()
    assert page.evaluate("scrollY") > 100
    further.evaluate(
        """async button => {
          for (let i = 0; i < 8; i++) button.click();
          for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
        }"""
    )
    expect(row).not_to_have_class(re.compile(r"\bover\b"))
    page.evaluate("scrollTo(0, 0)")
    page.get_by_test_id("layer-1-remove").click()
    expect(plan).to_contain_text(f"{785 * 16 + 17 * 10:,} parameters")
    page.get_by_test_id("layer-0-size").fill("32")
    expect(plan).to_contain_text(f"{785 * 32 + 33 * 10:,} parameters")
    page.get_by_test_id("add-conv2d").click()
    page.get_by_test_id("add-max_pooling2d").click()
    maps = 13 * 13 * 8
    expect(plan).to_contain_text(f"{8 * 10 + (maps + 1) * 32 + 33 * 10:,} parameters")
    expect(page.get_by_test_id("layers")).to_contain_text("→ 13×13×8")
    page.get_by_test_id("layer-0-size").fill("60")
    page.get_by_test_id("layer-2-size").fill("90")
    expect(plan).to_contain_text("Expected at most 500,000 parameters")
    expect(page.get_by_test_id("start")).to_be_disabled()
    page.get_by_test_id("layer-0-size").fill("")
    expect(plan).to_contain_text("Expected")
    choose_lesson(page, "recurrent")
    expect(page.get_by_test_id("layers")).to_contain_text("28 rows of 28 pixels")
    expect(page.get_by_test_id("start")).to_be_enabled()
    complaints.clear()  # the browser tells of every refused request


def test_what_goes_wrong_is_said_with_what_to_try(page: Page) -> None:
    choose_lesson(page, "zeros")
    page.get_by_test_id("set-samples").select_option("1000")
    page.get_by_test_id("set-epochs").fill("2")
    finish(page, "From zero")
    expect(page.get_by_test_id("problem")).to_contain_text("All neurons of a layer are alike")


def test_on_ones_own_machine_any_browser_may_stop_a_run(page: Page, address: str) -> None:
    page.get_by_test_id("set-epochs").fill("5000")
    run = start(page)
    page.goto("about:blank")
    page.context.clear_cookies()  # another browser: nobody knows who this is
    page.goto(f"{address}/train#run={run}")
    expect(page.get_by_test_id("run-state")).to_have_text(RUNNING)
    expect(page.get_by_test_id("run-pause")).to_be_visible()
    expect(page.get_by_test_id("progress")).to_be_visible()
    page.get_by_test_id("run-stop").click()
    expect(page.get_by_test_id("run-state")).to_have_text("stopped")


def test_axe_finds_nothing_before_the_first_run(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/train?lang=ko")
    unfold(page)
    expect(page.get_by_test_id("start")).to_be_enabled()
    assert_accessible(page, "before the first run")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("width", "height", "theme", "language"),
    [(390, 844, "dark", "ko"), (1440, 900, "dark", "en"), (1024, 768, "light", "ko")],
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    empty_page: Page, address: str, width: int, height: int, theme: str, language: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{address}/train?lang={language}")
    unfold(page)
    expect(page.get_by_test_id("start")).to_be_enabled()
    assert_accessible(page, "before the first run")
    page.get_by_test_id("set-samples").select_option("500")
    page.get_by_test_id("set-epochs").fill("5")
    page.get_by_test_id("more").locator("summary").click()
    page.get_by_test_id("start").click()
    state = page.get_by_test_id("run-state")
    expect(state).to_have_attribute("data-state", "done", timeout=TRAINED)
    page.get_by_test_id("step").locator("summary").click()
    expect(page.get_by_test_id("step-loss")).not_to_be_empty()
    assert_accessible(page, "a run")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.thorough  # what is asked of the server: tests/js; what it then does: tests/runs
def test_started_slowly_every_batch_can_be_watched_and_full_speed_comes_back(
    page: Page, address: str
) -> None:
    page.get_by_text("Slowly: pause after every batch").click()
    run = start(page)
    expect(page.get_by_test_id("run-slow")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("run-far")).to_contain_text("slow: 0.5 s of pause")
    expect(page.get_by_test_id("scrub")).to_be_visible()  # its own, not the run's before
    expect(page.get_by_test_id("scrub")).to_have_attribute("max", re.compile(r"^([3-9]|\d\d+)$"))
    page.get_by_test_id("run-slow").click()
    expect(page.get_by_test_id("run-slow")).to_have_attribute("aria-pressed", "false")
    before = page.get_by_test_id("scrub").bounding_box()
    expect(page.get_by_test_id("run-state")).to_have_text("done", timeout=TRAINED)
    expect(page.get_by_test_id("run-pause")).to_be_hidden()
    after = page.get_by_test_id("scrub").bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=2), "it stays under the pointer"
    told = ask(address, f"/api/runs/{run}")
    assert {0, 1, 2, 3} <= set(told["kept"])
    assert told["run"]["pace"] == 0


def test_the_address_says_which_run_is_shown_and_a_run_that_is_gone_is_told(
    page: Page, address: str, complaints: Complaints
) -> None:
    title = page.get_by_test_id("run-title")
    page.goto(f"{address}/class")
    page.goto(f"{address}/train#run=run-000000000000")
    expect(page.get_by_test_id("trouble")).to_contain_text("no longer there")
    expect(page).to_have_url(f"{address}/train")
    expect(page.get_by_test_id("setup")).to_be_visible()
    complaints.clear()  # the browser tells of every refused request
    run = start(page, "Shown by its address")
    expect(page.get_by_test_id("trouble")).to_be_hidden()
    expect(page).to_have_url(f"{address}/train#run={run}")
    expect_entries(page, 0)
    page.go_back()
    expect(page).to_have_url(f"{address}/train")
    expect(title).to_be_hidden()
    expect(page.get_by_test_id("setup")).to_be_visible()
    page.go_forward()
    expect(title).to_have_text("Shown by its address")
    page.goto(f"{address}/class")
    page.goto(f"{address}/train")  # whoever comes again finds it, by its address
    expect(title).to_have_text("Shown by its address")
    expect(page).to_have_url(f"{address}/train#run={run}")
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/api/runs/{run}", method="DELETE")
    ).close()
    expect(page.get_by_test_id("trouble")).to_contain_text(
        "“Shown by its address” is no longer there", timeout=TRAINED
    )
    expect(page).to_have_url(f"{address}/train")
    complaints.clear()

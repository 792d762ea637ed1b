"""What has it learned? Views by address, numbers recomputed, one drawing in all of them."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.edits import apply
from nnviz.edits import read as read_edits
from tests.browser.explore_views import (
    PLOTS_FIT,
    VIEWS,
    draw_stroke,
    open_view,
    pick,
    wait_for,
)
from tests.browser.geometry import faults, settle
from tests.browser.soon import expect_number, soon
from tests.browser.test_accessibility import assert_accessible

TEST = mnist.load().test


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the view that it is about."""
    return empty_page


def test_the_dot_and_its_nearest_digits_move_with_the_pen(empty_page: Page, address: str) -> None:
    page = empty_page
    open_view(page, address, "view=map&layer=hidden1&digit=0")
    scatter = page.locator(".room-map .scatter")
    expect(scatter).to_have_attribute("data-points", "10000", timeout=60_000)
    nearest = page.get_by_test_id("nearest")
    network = models.load("mlp-sigmoid").network
    _, trace = network.forward(ink.to_input(TEST.images))
    a = trace.layers[0].a.astype(np.float64)
    distances = np.sqrt(((a - a[0]) ** 2).sum(axis=1))
    expected = np.argsort(distances, kind="stable")[1:11]  # none is the digit itself
    expect(nearest).to_have_attribute("data-near", " ".join(map(str, expected)))
    expect_number(nearest.locator("li").nth(3), distances[expected[3]], abs=0.0051)
    labels = np.bincount(TEST.labels[expected])
    most = f"{labels.max()} are labelled {labels.argmax()}"
    expect(page.get_by_test_id("map-answer")).to_contain_text(most)
    expect(scatter).to_have_attribute("data-own", re.compile(r"\d"))
    own, near = scatter.get_attribute("data-own"), nearest.get_attribute("data-near")
    draw_stroke(page, [(0.5, 0.2), (0.5, 0.5), (0.52, 0.8)], lift=False)
    expect(scatter).not_to_have_attribute("data-own", own or "")
    expect(nearest).not_to_have_attribute("data-near", near or "")
    page.mouse.up()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "1")


SHOWN = {
    "view=confusion": ("confusion", "conf-accuracy conf-worst calibration-said"),
    "view=neurons&layer=hidden1&unit=3": ("units confusion", "unit-sentence unit-change unit-wish"),
    "view=map&layer=input": ("places", "map-answer"),
    "view=map": ("maps places", "faith-map map-answer"),
    "view=why": ("attributions", "why-answer blame blame-sum"),
    "view=fool": ("attacks robustness", "fool-least fool-after robust-said"),
}
"""Of views what they ask of a network, and what they show of it."""


@pytest.mark.thorough
@pytest.mark.parametrize("place", SHOWN)
def test_of_a_network_that_was_left_no_number_stays(
    empty_page: Page, address: str, place: str
) -> None:
    """What the next one has to say never comes here: nothing of the former one stands there."""
    page = empty_page
    open_view(page, address, f"{place}&model=mlp-sigmoid&digit=0")
    asked, names = (each.split() for each in SHOWN[place])
    for name in names:
        expect(page.get_by_test_id(name)).to_be_visible(timeout=60_000)
    page.route(re.compile(rf"/models/mlp-wide/({'|'.join(asked)})"), lambda route: None)
    pick(page, "mlp-wide")
    expect(page.get_by_test_id("model-picker")).to_contain_text("784-128-64-10")
    for name in names:
        expect(page.get_by_test_id(name)).to_be_hidden()


def test_all_five_questions_are_in_a_laptops_window(page: Page, address: str) -> None:
    for width, height in ((1366, 768), (1366, 625)):
        page.set_viewport_size({"width": width, "height": height})
        for language in ("en", "ko"):
            open_view(page, address, "digit=0", language)
            wait_for(page, "questions")
            expect(page.get_by_test_id("preview-fooled")).to_contain_text(re.compile(r"\d%"))
            cards = page.locator(".question").all()
            assert len(cards) == 5
            for card in cards:
                expect(card).to_be_in_viewport(ratio=0.99)
    open_view(page, address, "digit=0&model=mlp-relu")  # whose neuron has the longest words
    expect(page.get_by_test_id("preview-neuron")).to_contain_text("needs it most", timeout=60_000)
    expect(page.get_by_test_id("preview-neuron")).to_contain_text("Looks for nothing")
    expect(page.get_by_test_id("question-neuron")).to_be_in_viewport(ratio=0.99)


@pytest.mark.thorough
def test_of_an_empty_pad_nothing_is_said_and_a_unit_that_is_not_there_is_told(
    page: Page, address: str
) -> None:
    open_view(page, address, "view=questions&digit=0")
    names = ("preview-among", "preview-blamed", "preview-fooled")
    for name in names:
        expect(page.get_by_test_id(name)).to_contain_text(re.compile(r"\d"))
    page.locator("#clear").click()
    for name in names:
        expect(page.get_by_test_id(name)).to_have_text("Draw a digit, or take a test digit.")
    for picture in page.locator(".preview-pair").all():
        expect(picture).to_be_hidden()
    page.evaluate("location.hash = 'view=neurons&unit=99'")
    expect(page.get_by_test_id("unit-none")).to_contain_text("no number 100")
    page.get_by_test_id("unit-3").click()
    expect(page.get_by_test_id("unit-none")).to_be_hidden()


def test_every_count_of_the_matrix_is_what_the_network_says(empty_page: Page, address: str) -> None:
    page = empty_page
    open_view(page, address, "view=confusion")
    wait_for(page, "confusion")
    page.locator(".room-confusion > .as-table > summary").click()
    network = models.load("mlp-sigmoid").network
    read = network.forward(ink.to_input(TEST.images))[0].argmax(axis=1)
    expected = np.zeros((10, 10), int)
    np.add.at(expected, (TEST.labels, read), 1)

    def counts_are_right() -> None:
        cells = page.locator(".room-confusion .cell-button").all_inner_texts()
        found = np.array([int(text.replace(",", "")) for text in cells]).reshape(10, 10)
        np.testing.assert_array_equal(found, expected)

    soon(page, counts_are_right)
    wrong = expected - np.diag(expected.diagonal())
    label, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    worst = page.get_by_test_id("conf-worst")
    expect(worst).to_have_text(f"Most often wrong: {label} read as {answer}, {wrong.max():,} times")
    worst.click()
    expect(page).to_have_url(re.compile(f"cell={label}-{answer}"))
    expect(page.get_by_test_id("cell-title")).to_be_in_viewport()
    expect(page.get_by_test_id("cell-title")).to_contain_text(str(wrong.max()))
    page.get_by_test_id("cell-4-9").click()
    scroll = page.locator(".room-confusion .grid-scroll")
    expect(scroll).to_have_attribute("data-count", str(expected[4, 9]))
    expect(page).to_have_url(re.compile("cell=4-9"))
    page.get_by_test_id("matrix-keys").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("matrix-said")).to_have_text(f"5 read as 9: {expected[5, 9]}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("cell=5-9"))
    expect(scroll).to_have_attribute("data-count", str(expected[5, 9]))


@pytest.mark.slow
def test_an_edited_network_is_held_against_what_it_was(fresh_page: Page, address: str) -> None:
    page = fresh_page
    edits = [{"kind": "off", "layer": "hidden1", "unit": 15}]
    page.add_init_script(
        "sessionStorage.setItem('work', JSON.stringify("
        f"{{model: 'mlp-sigmoid', edits: {{'mlp-sigmoid': {json.dumps(edits)}}}}}))"
    )
    open_view(page, address, "view=confusion")
    wait_for(page, "confusion")
    expect(page.get_by_test_id("edited")).to_contain_text("1")
    network = models.load("mlp-sigmoid").network
    changed = apply(network, read_edits(json.dumps(edits)))
    before, after = [
        int((each.forward(ink.to_input(TEST.images))[0].argmax(axis=1) == TEST.labels).sum())
        for each in (network, changed)
    ]
    expect(page.get_by_test_id("conf-interval")).to_contain_text(f"{after:,} of 10,000")
    assert after < before
    expect(page.get_by_test_id("conf-compared")).to_contain_text(f"(−{before - after:,} digits)")


@pytest.mark.slow
def test_five_questions_are_answered_a_click_from_the_opening(
    empty_page: Page, address: str
) -> None:
    """As someone new: from the home page to Explore, and from each question to its answer."""
    page = empty_page
    page.goto(address)
    expect(page.get_by_test_id("answer")).not_to_have_attribute("data-value", "")
    page.locator("header").get_by_role("link", name="Explore").click()
    expect(page.get_by_test_id("preview-fooled")).to_contain_text("It says 3, not 7")
    digit = re.compile(r"\d")
    answers = {
        "wrong": lambda: (
            page.get_by_test_id("guess-2").click(),
            expect(page.get_by_test_id("guess-told")).to_contain_text("2, 99.4% sure"),
        ),
        "neuron": lambda: (
            expect(page.get_by_test_id("unit-answer")).to_contain_text("ink in the lower third"),
            expect(page.get_by_test_id("unit-sentence")).to_contain_text("AUC"),
        ),
        "where": lambda: expect(page.get_by_test_id("nearest")).to_have_attribute(
            "data-near", digit
        ),
        "why": lambda: (
            expect(page.get_by_test_id("removal-said")).to_contain_text("it reads 8"),
            expect(page.get_by_test_id("why-answer")).to_contain_text("without the 36 bluest"),
        ),
        "fool": lambda: (
            expect(page.get_by_test_id("fool-least")).to_contain_text("7.8% of full ink"),
            # the dial stands where it has just flipped
            expect(page.get_by_test_id("fool-after")).to_have_attribute("data-prediction", "3"),
        ),
    }
    for name, answer in answers.items():
        page.get_by_test_id(f"question-{name}").locator(".question-title").click()
        answer()
        page.go_back()
        expect(page.get_by_test_id("view-questions")).to_have_attribute("aria-current", "page")


@pytest.mark.slow
def test_a_training_is_walked_through_in_the_map(page: Page, address: str) -> None:
    """From Train with one click, then from random weights to the newest checkpoint."""
    recipe = page.request.get(f"{address}/api/recipes").json()["lessons"][0]["recipes"][0]
    recipe["training"]["epochs"], recipe["samples"] = 1, 500
    body = {"recipe": recipe, "key": "walked-through"}
    run = page.request.post(f"{address}/api/runs", data=body).json()["id"]
    page.goto(f"{address}/train#run={run}")
    expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "done", timeout=90_000)
    newest = page.request.get(f"{address}/api/runs/{run}").json()["kept"][-1]
    page.get_by_test_id("open-explore").click()
    page.get_by_test_id("view-map").click()
    expect(page.locator(".room-map .scatter")).to_have_attribute("data-points", "10000")
    page.evaluate(
        """() => {
        window.passed = [];
        const step = history.replaceState;
        history.replaceState = function (...all) {
          window.passed.push(Number(/-(\\d+)$/.exec(all[2])?.[1]));
          return step.apply(this, all);
        };
      }"""
    )
    page.get_by_test_id("map-training").click()
    expect(page.get_by_test_id("map-training")).to_have_attribute(
        "aria-pressed", "false", timeout=180_000
    )
    passed = page.evaluate("window.passed")
    assert (passed[0], passed[-1]) == (0, newest)
    assert passed == sorted(passed)
    assert len(passed) > 4


def test_two_outputs_have_their_names(empty_page: Page, address: str) -> None:
    page = empty_page
    open_view(page, address, "view=neurons&model=mlp-two-heads&layer=loops&unit=1")
    expect(page.get_by_test_id("unit-name")).to_have_text("loops, one loop")
    expect(page.get_by_test_id("unit-sentence")).to_contain_text("AUC", timeout=60_000)
    expect(page.get_by_test_id("unit-answer")).to_have_text(re.compile(r"Looks for: .*a loop"))
    expect(page.get_by_test_id("unit-number").locator("option")).to_have_text(
        ["all", "no loop", "one loop", "two loops"]
    )


def test_own_digits_stand_on_a_neurons_page(page: Page, address: str) -> None:
    at, layer, unit, count = 0, "hidden1", 5, 6
    images, labels = TEST.images[1 : count + 1], TEST.labels[1 : count + 1]
    rows = [
        [int(label), *image.ravel().tolist()] for image, label in zip(images, labels, strict=True)
    ]
    table = "\n".join(",".join(map(str, row)) for row in rows).encode()
    open_view(page, address, f"view=neurons&layer={layer}&unit={unit}&model=mlp-sigmoid")
    page.get_by_test_id("own").locator("summary").click()
    page.get_by_test_id("own-add").click()
    files = [
        {"name": "some.csv", "mimeType": "text/csv", "buffer": table},
        {"name": "none.csv", "mimeType": "text/csv", "buffer": b"1,2"},
    ]
    page.get_by_test_id("own-files").set_input_files(files)  # type: ignore[arg-type]
    grid = page.get_by_test_id("own").locator(".grid-scroll")
    expect(grid).to_have_attribute("data-count", str(count + 1))
    expect(page.get_by_test_id("own-said")).to_contain_text("none.csv: Line 1 has not 784 pixels")
    every = np.concatenate([TEST.images[:1], images])  # the first test digit is on the pad
    _, trace = models.load("mlp-sigmoid").network.forward(ink.to_input(every))
    a = trace.layers[at].a[:, unit]
    for value in (a.min(), a.max(), a.mean()):
        expect(page.get_by_test_id("own-said")).to_contain_text(f"{value:.3f}")
    page.get_by_test_id("own").get_by_role("listbox").focus()
    for key, at in (("End", int(a.argmin())), ("Home", int(a.argmax()))):
        page.keyboard.press(key)
        option = page.get_by_test_id("own").get_by_role("option")
        expect(option).to_contain_text(f"No. {at + 1} ")
        expect(option).to_contain_text(f"activation {a[at]:.3f}")
    page.reload()
    expect(grid).to_have_attribute("data-count", str(count + 1))
    page.get_by_test_id("own-clear").click()
    expect(grid).to_be_hidden()


def test_a_phone_has_the_pads_tools_in_one_row_and_a_neurons_head_first(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, address, "view=mistakes")
    tops = page.locator(".mine .tools > :is(button, a)").evaluate_all(
        "(all) => all.map((each) => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(tops) == 5
    assert len(set(tops)) == 1, tops
    page.set_viewport_size({"width": 683, "height": 384})  # 1366x768 at a zoom of 200%
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".room-mistakes .room-question")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, address, "view=neurons&layer=hidden1")
    last = page.locator('a[href*="unit=15"]').first
    last.scroll_into_view_if_needed()
    last.click()
    expect(page.get_by_test_id("unit-name")).to_be_in_viewport(ratio=1)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_view_has_its_room(page: Page, address: str, language: str) -> None:
    found: list[str] = []
    page.emulate_media(reduced_motion="reduce")
    for fragment in [*VIEWS, "neurons&layer=hidden1&unit=6", "fool&way=turn"]:
        view = fragment.split("&")[0]
        page.set_viewport_size({"width": 1440, "height": 900})
        open_view(page, address, f"view={fragment}", language)
        if "&" not in fragment:
            wait_for(page, view)
        page.wait_for_load_state("networkidle")
        for size in ((1366, 625), (390, 844)):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_function(PLOTS_FIT)
            settle(page)
            found += faults(page, [size], f"{fragment}, {language}", scrolls=True)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(empty_page: Page, address: str, theme: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    page.emulate_media(color_scheme=theme)
    for view in VIEWS:
        open_view(page, address, f"view={view}")
        wait_for(page, view)
        for summary in page.locator(f"[data-room={view}] .as-table > summary:visible").all():
            summary.click()
        assert_accessible(page, f"{view}, {theme}")
    open_view(page, address, "view=neurons&layer=hidden1&unit=6")
    expect(page.get_by_test_id("unit-sentence")).not_to_be_empty(timeout=60_000)
    assert_accessible(page, f"a neuron, {theme}")

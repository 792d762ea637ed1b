"""A run that has ended, in a real Chromium: its curves, its past, its weights, one step of it."""

import json
import re
import time
import urllib.request
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, expect
from safetensors.numpy import load

import nnviz
from nnviz import ink
from nnviz.edits import LearnEdit, apply, one_step
from nnviz.network import Network
from tests.browser.entries import expect_entries
from tests.browser.soon import soon
from tests.browser.train import (
    SEVEN,
    TRAINED,
    ask,
    choose,
    expect_reading,
    network_at,
    scrub_to,
)


@pytest.fixture(scope="module")
def quick(address: str) -> str:
    """A quick run that has come to its end, for all tests that look at one; its id."""
    recipe = {
        "title": "A quick run",
        "architecture": {
            "input_shape": [784],
            "layers": [
                {"kind": "dense", "name": name, "units": units, "activation": activation}
                for name, units, activation in (
                    ("hidden1", 16, "sigmoid"),
                    ("hidden2", 16, "sigmoid"),
                    ("output", 10, "softmax"),
                )
            ],
        },
        "samples": 1000,
        "training": {"epochs": 20, "batch_size": 32},
    }
    body = json.dumps({"recipe": recipe}).encode()
    asked = urllib.request.Request(
        f"{address}/api/runs", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked) as reply:
        run: str = json.load(reply)["id"]
    limit = time.monotonic() + TRAINED / 1000
    while ask(address, f"/api/runs/{run}")["run"]["state"] != "done":
        assert time.monotonic() < limit
        time.sleep(0.1)
    return run


def network_height(page: Page) -> float:
    height: float = page.get_by_test_id("network").evaluate("part => part.offsetHeight")
    return height


def expect_height(page: Page, least: float) -> None:
    assert network_height(page) >= least


@pytest.fixture
def done(empty_page: Page, address: str, quick: str) -> Page:
    """The Train screen with the run that has come to its end."""
    empty_page.goto(f"{address}/train#run={quick}")
    expect(empty_page.get_by_test_id("run-title")).to_have_text("A quick run")
    expect(empty_page.get_by_test_id("run-state")).to_have_text("done")
    return empty_page


def test_the_curves_hold_the_servers_numbers_and_hover_stays(
    done: Page, address: str, quick: str
) -> None:
    page, run = done, quick
    told = ask(address, f"/api/runs/{run}")
    plot = page.get_by_test_id("plot")
    page.wait_for_function(
        "count => document.querySelector('[data-testid=plot]').data?.[0].x.length === count",
        arg=len(told["curve"]["batch"]),
    )
    shown = plot.evaluate("plot => plot.data.map(({ x, y }) => ({ x: [...x], y: [...y] }))")
    checkpoints = told["checkpoints"]
    assert shown[0]["y"] == told["curve"]["loss"]
    assert shown[2]["y"] == [each["validation_loss"] for each in checkpoints]
    assert shown[4]["y"] == [each["accuracy"] for each in checkpoints]
    np.testing.assert_allclose(shown[2]["x"], [each["batch"] / 32 for each in checkpoints])
    box = plot.bounding_box()
    assert box is not None
    middle = plot.evaluate("({ _fullLayout: { xaxis } }) => xaxis._offset + xaxis._length / 2")
    page.mouse.move(box["x"] + middle, box["y"] + box["height"] / 4)
    expect(page.locator(".hoverlayer .legend")).to_contain_text("epoch")
    page.mouse.click(box["x"] + middle, box["y"] + box["height"] / 4)
    expect(page.get_by_test_id("scrub-where")).to_contain_text(re.compile(r"epoch (8|9|10|11)"))


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_it_has_the_whole_width_and_leads_on(
    empty_page: Page, address: str, quick: str, width: int
) -> None:
    page = empty_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/train#run={quick}")
    leads = page.get_by_test_id("next-draw")
    expect(leads).to_be_in_viewport()
    expect(leads).to_have_attribute("href", re.compile(f"#model={quick}-640$"))
    tops = page.locator(".run-came .button").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert len(set(tops)) == 1, "both ways on take no more room than the controls had"
    expect(page.get_by_test_id("run-outcome")).to_contain_text("Test accuracy")
    expect(page.get_by_test_id("run-far")).to_contain_text("20 epochs · 640 batches")
    for part in (".watch", ".mine", ".history"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["x"] == pytest.approx(width - box["x"] - box["width"], abs=1), part


def test_picture_curves_and_answer_are_seen_together(done: Page) -> None:
    page = done
    page.set_viewport_size({"width": 1366, "height": 625})
    expect(page.locator("#curves-beside .plot .xtitle")).to_be_visible()
    bars = page.get_by_test_id("probabilities").locator("li")
    for part in (page.get_by_test_id("network"), page.get_by_test_id("plot"), bars.last):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 625, part
    expect(page.get_by_test_id("open-draw")).to_be_in_viewport(ratio=1)
    soon(page, lambda: expect_height(page, 300))  # its circles are seen from the back of a room
    page.set_viewport_size({"width": 1024, "height": 768})  # no room beside it: below the picture
    expect(page.locator("#watch .network ~ .curves .plot .xtitle")).to_be_attached()
    page.set_viewport_size({"width": 1366, "height": 625})
    expect(page.locator("#curves-beside .plot .xtitle")).to_be_visible()


@pytest.mark.parametrize("size", [(1366, 625), (1366, 768), (1920, 1080)])
def test_full_screen_gives_the_network_that_learns_the_room(
    done: Page, size: tuple[int, int]
) -> None:
    page = done
    page.set_viewport_size({"width": size[0], "height": size[1]})
    expect(page.get_by_test_id("open-draw")).to_be_visible()
    before = network_height(page)
    page.get_by_test_id("fullscreen-toggle").click()
    expect(page.get_by_test_id("history")).to_be_hidden()
    expect(page.get_by_test_id("open-draw")).to_be_hidden()
    soon(page, lambda: expect_height(page, 1.1 * before))
    for part in ("network", "plot", "scrub"):
        expect(page.get_by_test_id(part)).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("probabilities").locator("li").last).to_be_in_viewport(ratio=1)
    page.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.thorough
def test_scrubbing_back_shows_the_networks_of_the_time(
    done: Page, address: str, quick: str
) -> None:
    page, run = done, quick
    checkpoints = ask(address, f"/api/runs/{run}")["checkpoints"]
    for place in (0, len(checkpoints) // 2, len(checkpoints) - 1):
        scrub_to(page, place)
        batch = checkpoints[place]["batch"]
        expect(page.get_by_test_id("mine-about")).to_have_attribute("data-model", f"{run}-{batch}")
        network = network_at(address, run, batch)
        expect_reading(page, network)
        expect(page.locator("#network .winner")).to_have_count(1)  # the live picture reads it, too
        rms = float(np.sqrt(np.mean(np.square(network.layers[0].params["W"], dtype=np.float64))))
        row = page.get_by_test_id("health").locator("tbody tr").first
        expect(row).to_contain_text(f"{rms:.2g}".rstrip("0"))
    share = checkpoints[-1]["validation_accuracy"]
    expect(page.get_by_test_id("scrub-where")).to_contain_text(f"validation {share:.1%}")
    scrub_to(page, 0)
    expect(page.get_by_test_id("scrub-where")).to_contain_text("Before the first batch")
    page.get_by_test_id("film").click()
    newest = page.get_by_test_id("newest")
    expect(newest).to_be_disabled(timeout=TRAINED)  # it has come to the end, picture by picture
    expect(page.get_by_test_id("film")).to_have_text("Play the learning")


def test_the_weights_are_painted_as_they_are(done: Page, address: str, quick: str) -> None:
    page, run = done, quick
    batch = ask(address, f"/api/runs/{run}")["run"]["batch"]
    expect(page.get_by_test_id("mine-about")).to_have_attribute("data-model", f"{run}-{batch}")
    kernel = network_at(address, run, batch).layers[0].params["W"]
    canvas = page.get_by_test_id("filters")
    page.wait_for_function("() => document.querySelector('.filters').width === 8 * 29 - 1")
    painted = canvas.evaluate(
        """canvas => [...canvas.getContext('2d')
             .getImageData(0, 0, canvas.width, canvas.height).data]"""
    )
    image = np.array(painted, np.float64).reshape(2 * 29 - 1, 8 * 29 - 1, 4)
    for neuron in (0, 9, 15):
        top, left = neuron // 8 * 29, neuron % 8 * 29
        tile = image[top : top + 28, left : left + 28]
        blueness = (tile[..., 2] - tile[..., 0]).ravel()
        weights = kernel[:, neuron]
        strong = np.abs(weights) > np.quantile(np.abs(weights), 0.8)
        assert np.corrcoef(blueness[strong], weights[strong])[0, 1] > 0.9

    def expect_scale(kernel: np.ndarray) -> None:
        full = 3 * float(np.sqrt(np.mean(np.square(kernel, dtype=np.float64))))
        expect(canvas).to_have_attribute("data-full", f"{full:.2g}")

    expect_scale(kernel)
    scrub_to(page, 0)
    expect_scale(network_at(address, run, 0).layers[0].params["W"])
    page.get_by_test_id("newest").click()
    expect_scale(kernel)  # the same weights, the same colours, whatever was looked at before


def test_a_run_without_weights_shows_none_of_another_network(
    empty_page: Page, address: str, quick: str
) -> None:
    page = empty_page

    def before_its_first_weights(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "checkpoints": []})

    page.route(f"**/api/runs/{quick}*", before_its_first_weights)
    page.goto(f"{address}/train#run={quick}")
    expect(page.get_by_test_id("mine-about")).to_contain_text("until the run has its first weights")
    expect(page.locator("#network .winner")).to_have_count(1)  # another network, greyed
    expect(page.get_by_test_id("filters")).to_be_hidden()
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    expect(page.get_by_test_id("filters")).to_be_visible()


def test_a_checkpoint_opens_in_draw_with_the_same_digit(
    done: Page, address: str, quick: str
) -> None:
    page, run = done, quick
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 40, steps=6)
    page.mouse.move(box["x"] + 90, box["y"] + 200, steps=6)
    page.mouse.up()
    scrub_to(page, 12)
    batch = ask(address, f"/api/runs/{run}")["checkpoints"][12]["batch"]
    expect(page.get_by_test_id("mine-about")).to_have_attribute("data-model", f"{run}-{batch}")
    expect(page.get_by_test_id("answer")).not_to_have_attribute("data-value", "")
    expect(page.locator(".stale")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    shares = [
        page.get_by_test_id(f"probability-{digit}").get_attribute("data-value")
        for digit in range(10)
    ]
    page.get_by_test_id("open-draw").click()
    expect(page.get_by_test_id("model-picker")).to_contain_text(f"after batch {batch}")
    for digit, share in enumerate(shares):
        expect(page.get_by_test_id(f"probability-{digit}")).to_have_attribute(
            "data-value", share or ""
        )
    page.get_by_test_id("go-train").click()
    expect(page.get_by_test_id("run-title")).to_have_text("A quick run")


def test_what_has_opened_closes_by_escape_by_back_and_by_its_mark(done: Page, quick: str) -> None:
    page = done
    row = page.get_by_test_id(f"row-{quick}")
    asks = row.get_by_test_id("delete-run")
    shown: list[tuple[Locator, Locator, Locator]] = [  # what opens it, what is seen, its mark
        (
            page.get_by_test_id("setup-open"),
            page.get_by_test_id("setup"),
            page.get_by_test_id("setup-close"),
        ),
        (
            page.get_by_test_id("keep"),
            page.get_by_test_id("keep-name"),
            page.locator("#scrub .naming .plain"),
        ),
        (
            row.get_by_test_id("rename"),
            row.get_by_test_id("rename-name"),
            row.locator(".naming .plain"),
        ),
        (asks, row.get_by_test_id("delete-not"), row.get_by_test_id("delete-not")),
    ]
    address = page.url
    for opens, seen, mark in shown:
        for close in (lambda: page.keyboard.press("Escape"), page.go_back, mark.click):
            opens.click()
            expect(seen).to_be_visible()
            expect_entries(page, 1)
            close()
            expect(seen).to_be_hidden()
            expect_entries(page, 0)
    expect(asks).to_have_text("Delete")
    page.get_by_test_id("setup-open").click()  # the innermost first
    row.get_by_test_id("rename").click()
    expect_entries(page, 2)
    page.go_back()
    expect(row.get_by_test_id("rename-name")).to_be_hidden()
    expect(page.get_by_test_id("setup")).to_be_visible()
    expect(page).to_have_url(address)


def test_a_checkpoint_is_kept_as_a_model_and_downloaded(
    done: Page, address: str, quick: str
) -> None:
    page, run = done, quick
    with page.expect_download() as download:
        page.get_by_test_id("download").click()
    assert download.value.suggested_filename.startswith(run)
    with page.expect_download() as recipe:
        page.get_by_test_id("recipe").click()
    by_library = nnviz.train(Path(recipe.value.path())).network.named_parameters()
    for name, weights in load(Path(download.value.path()).read_bytes()).items():
        np.testing.assert_array_equal(weights, by_library[name])
    page.get_by_test_id("keep").click()
    page.get_by_test_id("keep-name").fill("My own network")
    page.get_by_test_id("keep-send").click()
    expect(page.get_by_test_id("kept")).to_contain_text("My own network")
    page.get_by_test_id("go-draw").click()
    page.get_by_test_id("model-picker").click()
    row = page.locator(".model", has_text="My own network")
    tested = ask(address, f"/api/runs/{run}")["run"]["tested"]
    expect(row).to_contain_text(f"{tested:.1%}")
    row.click()
    expect(page.get_by_test_id("model-picker")).to_contain_text("My own network")


def test_one_step_is_explained_taken_and_undone(done: Page, address: str, quick: str) -> None:
    page, run = done, quick
    scrub_to(page, 3)
    batch = ask(address, f"/api/runs/{run}")["checkpoints"][3]["batch"]
    expect(page.get_by_test_id("mine-about")).to_have_attribute("data-model", f"{run}-{batch}")
    page.get_by_test_id("step").locator("summary").click()
    expect(page.get_by_test_id("step-label-7")).to_be_checked()  # the test digit's own label
    choose(page, "step-label-3")
    network, image = network_at(address, run, batch), ink.to_input(SEVEN).ravel()

    def expect_step(now: Network) -> None:
        explained = one_step.explain(now, image, 3)
        expect(page.get_by_test_id("step-loss")).to_contain_text(
            re.compile(rf"[=≈] {explained.loss:.3f}")
        )
        nudges = explained.nudges["output"]
        for digit in range(10):
            text = f"{nudges[digit]:.3f}".replace("-", "−")
            expect(page.get_by_test_id(f"nudge-{digit}")).to_contain_text(text)

    expect_step(network)
    page.get_by_test_id("step-take").click()
    pixels = SEVEN.ravel().tolist()
    once = apply(network, [LearnEdit(pixels, 3, 0.1, 1)])
    expect_step(once)
    expect_reading(page, once)
    page.get_by_test_id("step-ten").click()
    many = apply(network, [LearnEdit(pixels, 3, 0.1, 11)])
    expect_step(many)
    expect_reading(page, many)
    expect(page.get_by_test_id("step-so-far")).to_contain_text("→")
    page.get_by_test_id("step-undo").click()
    expect_step(once)
    page.get_by_test_id("step-reset").click()
    expect_step(network)
    expect(page.get_by_test_id("step-reset")).to_be_disabled()

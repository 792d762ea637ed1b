"""The Train screen in a real Chromium: set up, watch, scrub, teach one step, compare, keep."""

import json
import re
import time
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Request, expect
from safetensors.numpy import load

import nnviz
from nnviz import ink, one_step
from nnviz.datasets import mnist
from nnviz.edits import LearnEdit, apply
from nnviz.network import Network
from tests.browser.conftest import Complaints
from tests.browser.test_accessibility import assert_accessible

SEVEN = mnist.load().test.images[0]  # greets a visitor
RUNNING = re.compile("trains|done")
TRAINED = 120_000  # ms: so long may a small training take on a busy machine


@pytest.fixture
def page(empty_page: Page, address: str) -> Page:
    """The Train screen, loaded, a small quick training set up."""
    open_train(empty_page, address)
    return empty_page


def open_train(page: Page, address: str, epochs: int = 20) -> None:
    page.goto(f"{address}/train")
    unfold(page)
    expect(page.get_by_test_id("plan")).to_contain_text("13,002 parameters")
    page.get_by_test_id("set-samples").select_option("1000")
    page.get_by_test_id("set-epochs").fill(str(epochs))
    batches = f"{epochs * 32:,} batches"  # of 32 digits, 1,000 make 32
    expect(page.get_by_test_id("plan")).to_contain_text(batches)


def unfold(page: Page) -> None:
    """Open the set-up, which makes room for a run that is watched."""
    expect(page.locator("#train")).to_have_attribute("data-ready", "")
    box = page.locator("#setup-box")
    if box.get_attribute("open") is None:
        page.get_by_test_id("setup-open").click()
    expect(page.get_by_test_id("start")).to_be_visible()


def choose(page: Page, testid: str) -> None:
    """Choose one of several by its label, which is what one sees and hits."""
    page.locator("label", has=page.get_by_test_id(testid)).click()
    expect(page.get_by_test_id(testid)).to_be_checked()


def choose_lesson(page: Page, lesson: str) -> None:
    choose(page, f"lesson-{lesson}")


def start(page: Page, name: str = "A quick run") -> str:
    """Start what is set up; the run's id."""
    page.get_by_test_id("set-title").fill(name)
    with page.expect_response(lambda reply: is_start(reply.request)) as started:
        page.get_by_test_id("start").click()
    run = started.value.json()["id"]
    expect(page.locator(f"[data-run='{run}']")).to_be_visible()  # not an older one of this title
    expect(page.get_by_test_id("run-title")).to_have_text(name)
    expect(page.get_by_test_id("setup")).to_be_hidden()  # its room is the run's
    return run


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


@pytest.fixture
def done(empty_page: Page, address: str, quick: str) -> Page:
    """The Train screen with the run that has come to its end."""
    empty_page.goto(f"{address}/train#run={quick}")
    expect(empty_page.get_by_test_id("run-title")).to_have_text("A quick run")
    expect(empty_page.get_by_test_id("run-state")).to_have_text("done")
    return empty_page


def is_start(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/api/runs")


def finish(page: Page, name: str = "A quick run") -> str:
    run = start(page, name)
    expect(page.get_by_test_id("run-state")).to_have_text("done", timeout=TRAINED)
    return run


def ask(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}{path}") as reply:
        return json.load(reply)


def network_at(address: str, run: str, batch: int) -> Network:
    """The checkpoint's network, from its file and the run's recipe."""
    config = ask(address, f"/api/runs/{run}")["recipe"]["architecture"]
    network = Network.from_json(config, rng=None)
    with urllib.request.urlopen(f"{address}/api/models/{run}-{batch}/weights") as reply:
        network.set_parameters(load(reply.read()))
    return network


def expect_reading(page: Page, network: Network) -> None:
    expected = network(ink.to_input(SEVEN)[None])[0]
    page.wait_for_function(
        """wanted => [...document.querySelectorAll('[data-testid=probabilities] li')].every(
             (row, i) => Math.abs(Number(row.dataset.value) - wanted[i]) < 1e-5)""",
        arg=expected.tolist(),
    )


def scrub_to(page: Page, place: int) -> None:
    page.get_by_test_id("scrub").evaluate(
        "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input')); }", place
    )


def test_a_run_is_watched_paused_changed_and_goes_on(page: Page, address: str) -> None:
    page.get_by_test_id("set-epochs").fill("5000")
    expect(page.get_by_test_id("plan")).to_contain_text("160,000 batches")
    run = start(page)
    expect(page.get_by_test_id("run-state")).to_have_text("trains")
    expect(page.get_by_test_id("run-far")).to_contain_text("samples/s")
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
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(page.locator(".hoverlayer .legend")).to_contain_text("epoch")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(page.get_by_test_id("scrub-where")).to_contain_text(re.compile(r"epoch (8|9|10|11)"))


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


def test_two_runs_are_compared_renamed_and_deleted(page: Page) -> None:
    choose_lesson(page, "sigmoid_relu")
    expect(page.get_by_test_id("start")).to_have_text("Train both and compare")
    page.get_by_test_id("set-samples").select_option("500")
    page.get_by_test_id("start").click()
    expect(page.get_by_test_id("run-title")).to_have_text("Sigmoid")
    page.wait_for_function(
        "() => document.querySelector('[data-testid=plot]').data?.length === 12", timeout=TRAINED
    )
    other = page.locator(".runs tr", has_text="ReLU").first
    expect(other.get_by_test_id("beside")).to_have_attribute("aria-pressed", "true")
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
        expect(page.get_by_test_id("step-loss")).to_contain_text(f"= {explained.loss:.3f}")
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


def test_layers_are_edited_and_what_cannot_be_is_told(page: Page, complaints: Complaints) -> None:
    plan = page.get_by_test_id("plan")
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
    page.get_by_test_id("set-samples").select_option("10000")
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


@pytest.mark.parametrize(
    ("width", "height", "theme", "language"),
    [
        (390, 844, "dark", "ko"),
        pytest.param(1440, 900, "dark", "en", marks=pytest.mark.thorough),
        pytest.param(1024, 768, "light", "ko", marks=pytest.mark.thorough),
    ],
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


def test_started_slowly_every_batch_can_be_watched_and_full_speed_comes_back(
    page: Page, address: str
) -> None:
    page.get_by_text("Slowly: pause after every batch").click()
    run = start(page)
    expect(page.get_by_test_id("run-slow")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("run-far")).to_contain_text("slow: 0.5 s of pause")
    expect(page.get_by_test_id("scrub")).to_have_attribute("max", re.compile(r"^([3-9]|\d\d+)$"))
    page.get_by_test_id("run-slow").click()
    expect(page.get_by_test_id("run-slow")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("run-state")).to_have_text("done", timeout=TRAINED)
    told = ask(address, f"/api/runs/{run}")
    assert {0, 1, 2, 3} <= set(told["kept"])
    assert told["run"]["pace"] == 0

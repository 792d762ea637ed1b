"""The Draw screen in a real Chromium: drawn with real pointer events, every number recomputed."""

import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from nnviz import models
from nnviz.datasets import mnist
from nnviz.ink import from_strokes, to_input
from tests import recompute
from tests.browser.conftest import Complaints
from tests.browser.geometry import settle

SEVEN = [[[0.3, 0.2], [0.5, 0.2], [0.7, 0.2], [0.6, 0.45], [0.5, 0.65], [0.45, 0.85]]]
FOUR = [
    [[0.35, 0.12], [0.3, 0.32], [0.25, 0.52], [0.5, 0.52], [0.8, 0.5]],
    [[0.65, 0.12], [0.62, 0.5], [0.6, 0.9]],
]
STEPS = 2  # pointer events between two points of a stroke: each is read and painted
HAND = 6  # as many as a hand makes


def draw(page: Page, strokes: list, steps: int = STEPS) -> None:
    """Draw with the mouse: press, move in small steps, let go."""
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=steps)
        page.mouse.up()


def wait_for_reading(page: Page, digit: int) -> None:
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", str(digit))
    expect(page.locator(".stale")).to_have_count(0)


def wait_for_rest(page: Page) -> None:
    """Until every request is answered and what it brought is painted."""
    page.wait_for_function("() => window.unanswered === 0 && performance.now() > window.rests")


def seen_pixels(page: Page) -> np.ndarray:
    """The 784 numbers of the newest reply, as the page got them."""
    return np.array(page.evaluate("window.newestReading?.input.pixels"), np.uint8).reshape(28, 28)


@pytest.fixture
def watched(page: Page) -> Page:
    """The page, keeping the newest reply to compare with."""
    wait_for_reading(page, 7)
    page.evaluate(
        """() => {
        const send = window.fetch;
        window.unanswered = 0;
        window.rests = 0;
        window.fetch = async (...request) => {
          window.unanswered += 1;
          try {
            const response = await send(...request);
            if (String(request[0]).endsWith('/activations')) {
              const { parseReading } = await import('/static/any/js/server/reading.js');
              window.newestReading = parseReading(await response.clone().arrayBuffer());
            }
            return response;
          } finally {
            window.unanswered -= 1;
            window.rests = performance.now() + 200;
          }
        };
        }"""
    )
    return page


def shown(value: float) -> str:
    """A number as the page writes it: three decimals, a real minus sign."""
    text = f"{value:.3f}".replace("-", "−")
    return "0.000" if text == "−0.000" else text


def percent(share: float) -> str:
    return ">99.9%" if share >= 0.9995 else f"{share:.1%}"


def assert_shows(element: Locator, value: float) -> None:
    """The text shows the value to its last digit, give or take float32's rounding."""
    text = element.inner_text().replace("−", "-").strip("()")  # what follows a sign has brackets
    decimals = len(text.partition(".")[2])
    assert abs(float(text) - value) <= 0.5 * 10**-decimals + 1e-4, (text, value)


def test_the_first_visit_shows_a_real_digit_being_read(page: Page) -> None:
    wait_for_reading(page, 7)
    expect(page.get_by_text("Draw here")).to_be_visible()
    digit = mnist.load().test.images[0]
    probabilities = recompute.shipped("mlp-sigmoid", digit)["output"]["a"]
    expect(page.get_by_test_id("probability-7")).to_contain_text(percent(probabilities[7]))


def test_the_answer_follows_the_pen_before_it_is_lifted(watched: Page) -> None:
    watched.get_by_test_id("clear").click()
    expect(watched.get_by_test_id("answer")).to_have_attribute("data-value", "")
    box = watched.get_by_test_id("pad").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN[0]]
    watched.mouse.move(*places[0])
    watched.mouse.down()
    for place in places[1:]:
        watched.mouse.move(*place, steps=STEPS)
    wait_for_reading(watched, 7)  # the button is still down
    expect(watched.get_by_text("Draw here")).to_be_hidden()
    watched.mouse.up()


BARS = """rows => rows.map((row) => [Number(row.dataset.value || NaN),
  row.querySelector('.bar-number').textContent.trim()])"""


def test_every_shown_probability_is_recomputed(watched: Page) -> None:
    draw(watched, FOUR)
    wait_for_reading(watched, 4)
    wait_for_rest(watched)
    pixels = seen_pixels(watched)
    for model in models.DIGITS:
        watched.get_by_test_id("model-picker").click()
        watched.get_by_test_id(f"model-{model}").click()
        expect(watched.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
        wait_for_reading(watched, 4)
        wait_for_rest(watched)
        np.testing.assert_array_equal(seen_pixels(watched), pixels)
        probabilities = recompute.shipped(model, pixels)["output"]["a"]
        bars = watched.get_by_test_id("probabilities").locator("li").evaluate_all(BARS)
        for share, (value, number) in zip(probabilities, bars, strict=True):
            assert value == pytest.approx(share, abs=1e-5), model
            assert number in {percent(share - 1e-5), percent(share), percent(share + 1e-5)}
        assert watched.get_by_test_id("answer").inner_text() == str(probabilities.argmax())


def test_a_stroke_ends_where_the_pad_ends(watched: Page) -> None:
    sent: list[dict] = []

    def keep(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data_json)

    watched.on("request", keep)
    draw(watched, [[(0.5, 0.3), (0.5, 1.4), (1.3, 1.4), (1.3, 0.8), (0.7, 0.8)]])
    wait_for_rest(watched)
    watched.remove_listener("request", keep)
    down, back = (np.array(stroke) for stroke in sent[-1]["strokes"])
    for points in (down, back):
        assert (points >= 0).all()
        assert (points <= 1).all()
    assert down[-1] == pytest.approx([0.5, 1], abs=0.002)  # the edge, and nothing along it
    assert back[[0, -1]] == pytest.approx(np.array([[1, 0.8], [0.7, 0.8]]), abs=0.002)


def test_the_network_is_given_what_ink_makes_of_the_strokes(watched: Page) -> None:
    sent: list[dict] = []

    def keep(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data_json)

    watched.on("request", keep)
    draw(watched, FOUR, HAND)
    wait_for_reading(watched, 4)
    wait_for_rest(watched)
    watched.remove_listener("request", keep)
    strokes = sent[-1]["strokes"]
    assert len(strokes) == 2
    assert len(strokes[0]) > HAND * 3
    np.testing.assert_array_equal(seen_pixels(watched), from_strokes(strokes))
    painted = watched.get_by_test_id("seen").evaluate(
        "canvas => Array.from(canvas.getContext('2d').getImageData(0, 0, 28, 28).data)"
    )
    luminance = np.array(painted).reshape(784, 4)[:, :3].sum(axis=1)
    order = np.argsort(seen_pixels(watched).ravel(), kind="stable")
    steps = np.diff(luminance[order])
    assert (steps >= 0).all() or (steps <= 0).all()  # brighter or darker with the value, never both


def test_the_arithmetic_of_a_hovered_neuron_is_recomputed(watched: Page) -> None:
    draw(watched, FOUR)
    wait_for_reading(watched, 4)
    wait_for_rest(watched)
    readout = watched.get_by_test_id("readout")
    recomputed = recompute.shipped("mlp-sigmoid", seen_pixels(watched))
    parameters = models.load("mlp-sigmoid").network.named_parameters()
    for layer, index in (("hidden1", 7), ("hidden2", 3), ("output", 4)):
        box = watched.locator(f"[data-testid=layer][data-layer={layer}]").bounding_box()
        assert box is not None
        count = 10 if layer == "output" else 16
        watched.mouse.move(
            box["x"] + box["width"] / 2, box["y"] + box["height"] * (index + 0.5) / count
        )
        expect(readout.locator(f"[data-neuron='{layer}/{index}']")).to_be_visible()
        z, a = recomputed[layer]["z"][index], recomputed[layer]["a"][index]
        bias = parameters[f"{layer}/b"][index]
        for name, value in {"sum": z - bias, "b": bias, "z": z, "a": a}.items():
            assert_shows(readout.get_by_test_id(f"neuron-{name}"), value)


def test_clear_leaves_a_blank_network_and_no_answer(watched: Page) -> None:
    draw(watched, SEVEN)
    wait_for_reading(watched, 7)
    watched.keyboard.press("Delete")
    expect(watched.get_by_test_id("answer")).to_have_attribute("data-value", "")
    expect(watched.get_by_text("Draw a digit", exact=True)).to_be_visible()
    for digit in range(10):
        expect(watched.get_by_test_id(f"probability-{digit}")).to_have_attribute("data-value", "")
    expect(watched.get_by_test_id("clear")).to_be_disabled()


def test_undo_and_redo_walk_through_the_drawing(watched: Page) -> None:
    draw(watched, FOUR)
    wait_for_reading(watched, 4)
    wait_for_rest(watched)
    whole = seen_pixels(watched)
    watched.keyboard.press("Control+z")
    expect(watched.get_by_test_id("redo")).to_be_enabled()
    watched.wait_for_function(
        "count => window.newestReading?.input.pixels.filter(Boolean).length < count",
        arg=int((whole > 0).sum()),
    )
    watched.keyboard.press("Control+y")
    watched.wait_for_function(
        "whole => window.newestReading?.input.pixels.every((value, i) => value === whole[i])",
        arg=whole.ravel().tolist(),
    )
    wait_for_reading(watched, 4)
    watched.get_by_test_id("undo").click()
    watched.get_by_test_id("undo").click()
    wait_for_reading(watched, 7)  # the digit that greeted the visitor is back


def test_a_digit_in_a_corner_is_read_when_centred_and_seen_as_it_is_when_not(watched: Page) -> None:
    corner = [[[0.02 + x * 0.22, 0.02 + y * 0.22] for x, y in stroke] for stroke in FOUR]
    draw(watched, corner)
    wait_for_reading(watched, 4)
    wait_for_rest(watched)
    watched.get_by_test_id("center-toggle").uncheck()
    watched.wait_for_function(
        "() => window.newestReading?.input.pixels.slice(28 * 14).every((v) => v === 0)"
    )
    pixels = seen_pixels(watched)
    assert pixels[:8, :8].any()
    assert not pixels[9:].any()


def test_a_test_digit_of_a_chosen_class_is_shown_as_it_is(watched: Page) -> None:
    watched.get_by_test_id("test-class-3").click()
    expect(watched.locator("#pad-note")).to_contain_text("labelled 3")
    index = int(re.sub(r"\D", "", watched.locator("#pad-note").inner_text().split("labelled")[0]))
    digit = mnist.load().test.images[index]
    watched.wait_for_function(
        "pixels => window.newestReading?.input.pixels.every((v, i) => v === pixels[i])",
        arg=digit.ravel().tolist(),
    )
    probabilities = models.load("mlp-sigmoid").network(to_input(digit)[None])[0]
    wait_for_reading(watched, int(probabilities.argmax()))


def test_touch_draws_and_does_not_scroll(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    wait_for_reading(page, 7)
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    session = context.new_cdp_session(page)

    def touch(kind: str, points: list) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for stroke in FOUR:
        places = [
            {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke
        ]
        touch("touchStart", places[:1])
        for start, end in itertools.pairwise(places):
            for step in range(1, STEPS + 1):
                share = step / STEPS
                touch(
                    "touchMove",
                    [{axis: start[axis] + share * (end[axis] - start[axis]) for axis in "xy"}],
                )
        touch("touchEnd", [])
    wait_for_reading(page, 4)
    assert page.evaluate("window.scrollY") == 0
    context.close()


def test_a_failing_server_is_told_and_recovered_from(watched: Page, complaints: Complaints) -> None:
    watched.route("**/activations", lambda route: route.abort())
    draw(watched, FOUR)
    expect(watched.get_by_test_id("status")).to_contain_text("does not answer")
    expect(watched.locator("#answer.stale")).to_be_visible()
    watched.unroute("**/activations")
    wait_for_reading(watched, 4)
    expect(watched.get_by_test_id("status")).to_be_hidden()
    assert all("ERR_FAILED" in complaint for complaint in complaints)
    complaints.clear()


def test_replies_that_come_late_are_not_shown_after_a_clear(watched: Page) -> None:
    watched.route(
        "**/activations", lambda route: (watched.wait_for_timeout(400), route.continue_())
    )
    draw(watched, SEVEN)
    watched.get_by_test_id("clear").click()
    watched.wait_for_timeout(1500)
    expect(watched.get_by_test_id("answer")).to_have_attribute("data-value", "")


def test_the_keyboard_reaches_every_control_and_walks_the_network(watched: Page) -> None:
    reached = set()
    for _ in range(40):
        watched.keyboard.press("Tab")
        reached.add(
            watched.evaluate(
                "(document.activeElement.dataset.testid || document.activeElement.id || "
                "document.activeElement.dataset.language)"
            )
        )
    wanted = {"model-picker", "pad", "test-digit", "seen", "network-canvas", "edge-count"}
    assert wanted <= reached
    watched.get_by_test_id("network-canvas").focus()
    settle(watched)  # the picture knows that the bar reached last is let go
    for index in range(3):
        watched.keyboard.press("ArrowDown")
        expect(watched.locator(f"[data-neuron='hidden1/{index}']").first).to_be_visible()
    watched.keyboard.press("ArrowRight")
    expect(watched.locator("[data-neuron^='hidden2/']").first).to_be_visible()
    watched.keyboard.press("Escape")
    expect(watched.locator("[data-neuron^='output/']").first).to_be_visible()


def test_the_result_is_said_once_the_drawing_rests(watched: Page) -> None:
    draw(watched, FOUR)
    expect(watched.get_by_test_id("spoken")).to_have_text(
        re.compile(r"The network reads 4, .*% sure\. Next is \d, .*%\.")
    )

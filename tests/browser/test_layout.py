"""Nothing lies on anything else, nothing is cut: every panel, every kind of unit, every size.

The marker ``slow`` walks through all of it in both languages; what runs by default are the panels
that hold most, on a laptop, a tablet and a phone; ``thorough`` adds other networks'.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nnviz.web import i18n
from tests.browser.geometry import SIZES, faults, settle
from tests.browser.test_network import place_of

Step = Callable[[Page], None]


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def click(testid: str) -> Step:
    return lambda page: page.get_by_test_id(testid).click()


def hover(layer: str, index: int) -> Step:
    return lambda page: page.mouse.move(*place_of(page, layer, index))


def hover_map(layer: str) -> Step:
    """In the middle of a stroke of the first map, where contributions are largest."""

    def act(page: Page) -> None:
        box = page.locator(f".layer[data-layer={layer}]").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 0.26 * box["width"], box["y"] + 0.12 * box["height"])
        expect(page.locator(f"[data-neuron^='{layer}/']")).to_be_attached()

    return act


def keep(layer: str, index: int) -> Step:
    def act(page: Page) -> None:
        page.mouse.click(*place_of(page, layer, index))
        page.mouse.move(0, 0)

    return act


def inspect(layer: str) -> Step:
    """Open a layer's largest unit from the whole network, or go on to it."""

    def act(page: Page) -> None:
        if page.get_by_test_id("inspect").is_visible():
            page.get_by_test_id("inspect").click()
        page.get_by_test_id("inspector-layer").select_option(layer)
        expect(page.get_by_test_id("inspector-layer")).to_have_value(layer)

    return act


def set_prune(page: Page) -> None:
    page.get_by_test_id("lab-prune-number").fill("40")
    page.get_by_test_id("lab-prune-number").press("Enter")
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")


def as_column(page: Page) -> None:
    """What lays a column out is loaded when it is asked for."""
    page.get_by_test_id("input-column").click()
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(({name}) => name.includes('/kit.js'))"
    )


def compare_all(page: Page) -> None:
    page.get_by_test_id("compare-start").click()
    for model in ("mlp-relu", "mlp-wide", "lstm"):  # beside the edited one and the learned
        page.get_by_test_id(f"compare-{model}").check()
    expect(page.get_by_test_id("compare-card")).to_have_count(5)


def escape(page: Page) -> None:
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")


def teach(page: Page) -> None:
    page.get_by_test_id("teach-open").click()
    expect(page.get_by_test_id("teach")).to_be_visible()


def open_sharing(page: Page) -> None:
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-python")).to_contain_text("print")


def play(stage: int) -> Step:
    def act(page: Page) -> None:
        page.get_by_test_id("play").click()
        for _ in range(stage):
            page.get_by_test_id("play-forward").click()
        page.get_by_test_id("play").click()

    return act


WALKS: dict[str, list[tuple[str, Step]]] = {
    "mlp-sigmoid": [
        ("the whole network", lambda page: None),
        ("a circle is pointed at", hover("hidden1", 3)),
        ("a circle is kept", keep("hidden1", 3)),
        ("a trace", click("trace")),
        ("an output's arithmetic", inspect("output")),
        ("the lab of an output", click("lab-toggle")),
        ("the lab of a dense unit", inspect("hidden1")),
        ("an edited network", set_prune),
        ("its name", click("edited-save")),
        ("a dense unit's arithmetic", click("lab-toggle")),
        ("another dense unit's arithmetic", inspect("hidden2")),
        ("the menu of networks", click("model-picker")),
        ("the menu closed", escape),
        ("an edited network, whole", click("inspector-close")),
        ("a pixel is kept", keep("input", 210)),
        ("a pass that is played", play(2)),
        ("sharing", open_sharing),
        ("sharing closed", escape),
        ("five networks", compare_all),
        ("the whole network again", escape),
        ("a step that teaches", teach),
        ("the step closed", escape),
        ("the input as a column", as_column),
        ("a blank pad", click("clear")),
    ],
    "mlp-wide": [
        ("the whole network", lambda page: None),
        ("a wide layer's values", lambda page: page.locator(".layer-label").nth(1).hover()),
        ("a wide layer's unit", inspect("hidden1")),
        ("its lab", click("lab-toggle")),
        ("an output's lab", inspect("output")),
    ],
    "cnn": [
        ("the whole network", lambda page: None),
        ("a place of the first maps is pointed at", hover_map("conv1")),
        ("a map's place is kept", keep("conv2", 300)),
        ("a trace", click("trace")),
        ("a convolution's unit", inspect("conv1")),
        ("its lab", click("lab-toggle")),
        ("the lab of a pooling", inspect("pool1")),
        ("a pooling's unit", click("lab-toggle")),
        ("the second convolution's unit", inspect("conv2")),
        ("its lab, with all its maps", click("lab-toggle")),
        ("an output's lab", inspect("output")),
        ("an output's arithmetic", click("lab-toggle")),
        ("the whole network again", click("inspector-close")),
        ("a pass that is played", play(3)),
        ("a step that teaches", teach),
    ],
    "lstm": [
        ("the whole network", lambda page: None),
        ("a unit at a row is kept", keep("lstm", 700)),
        ("a trace", click("trace")),
        ("a unit over the rows", inspect("lstm")),
        ("its lab", click("lab-toggle")),
        ("an output's lab", inspect("output")),
        ("an output's arithmetic", click("lab-toggle")),
        ("the whole network again", click("inspector-close")),
        ("a pass that is played", play(1)),
        ("a step that teaches", teach),
    ],
    "mlp-two-heads": [
        ("the whole network", lambda page: None),
        ("a loop's output is kept", keep("loops", 1)),
        ("a trace", click("trace")),
        ("a loop's output", inspect("loops")),
        ("its lab", click("lab-toggle")),
        ("the whole network again", click("inspector-close")),
        ("a step that teaches", teach),
    ],
    "pen-lstm": [
        ("the whole network", lambda page: None),
        ("a unit at a step is kept", keep("lstm", 700)),
        ("a trace", click("trace")),
        ("a unit over the steps", inspect("lstm")),
        ("its lab", click("lab-toggle")),
        ("the whole network again", click("inspector-close")),
        ("a pass that is played", play(1)),
    ],
    "houses-mlp": [
        ("the whole network", lambda page: None),
        ("a feature is kept", keep("input", 1)),
        ("a trace", click("trace")),
        ("a neuron's arithmetic", inspect("hidden1")),
        ("its lab", click("lab-toggle")),
        ("the price's arithmetic", inspect("output")),
        ("the whole network again", click("inspector-close")),
        ("a pass that is played", play(2)),
        ("both networks", click("compare-start")),
    ],
}


def walk(page: Page, address: str, model: str, language: str, sizes: list, names: set) -> None:
    """Go through a network's panels, as far as those named, and gather what is wrong with each."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/?lang={language}#model={model}")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
    told = page.get_by_test_id("price" if model.startswith("houses") else "answer")
    expect(told).to_have_attribute("data-value", re.compile(r"\d"))
    found: list[str] = []
    steps = WALKS[model]
    last = max(at for at, (name, _) in enumerate(steps) if name in names)
    for name, step in steps[: last + 1]:
        page.set_viewport_size({"width": 1440, "height": 900})
        settle(page)
        step(page)
        if name in names:
            found += faults(page, sizes, f"{model}, {language}, {name}")
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("model", WALKS)
def test_every_panel_has_its_own_room(page: Page, address: str, model: str, language: str) -> None:
    walk(page, address, model, language, SIZES, {name for name, _ in WALKS[model]})


FEW = [(1366, 625), (1024, 768), (390, 844)]
FIRST = {"the whole network", "the lab of an output"}
MOST = {
    "mlp-sigmoid": {
        "an edited network",
        "a pass that is played",
        "a step that teaches",
    },
    "cnn": {"a convolution's unit", "its lab, with all its maps"},
    "lstm": {"a unit over the rows", "its lab"},
    "mlp-two-heads": {"the whole network"},
    "houses-mlp": {"the whole network"},
}


@pytest.mark.parametrize(
    ("model", "language", "names"),
    [
        ("mlp-sigmoid", "en", FIRST),
        ("houses-mlp", "ko", MOST["houses-mlp"]),
        pytest.param("mlp-sigmoid", "en", MOST["mlp-sigmoid"], marks=pytest.mark.thorough),
        pytest.param("cnn", "ko", MOST["cnn"], marks=pytest.mark.thorough),
        pytest.param("lstm", "en", MOST["lstm"], marks=pytest.mark.thorough),
        pytest.param("mlp-two-heads", "en", MOST["mlp-two-heads"], marks=pytest.mark.thorough),
    ],
)
def test_the_panels_that_hold_most_have_their_room(
    page: Page, address: str, model: str, language: str, names: set
) -> None:
    walk(page, address, model, language, FEW, names)

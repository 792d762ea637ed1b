"""The network's picture in a real Chromium: all it shows is recomputed from the weights."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import ArrayLike
from playwright.sync_api import Browser, Locator, Page, expect
from safetensors.numpy import load

from nnviz import models
from nnviz.datasets import mnist
from tests import recompute
from tests.browser.soon import expect_number, number, soon

SIZES = [(1440, 900), (1024, 768), (390, 844)]


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def open_model(page: Page, address: str, model: str, output: str = "output") -> None:
    """Let a model read the digit that greets a visitor: the first of the test set."""
    if page.url.partition("#")[0] == f"{address}/":
        page.goto("about:blank")  # another fragment alone would not load the page anew
    page.goto(f"{address}/#model={model}")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    expect(cover(page, output)).to_have_text(re.compile("%"))
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page has found its layout: nothing moves for a while."""
    page.evaluate(
        """async () => {
          const places = () => JSON.stringify([...document.querySelectorAll('.layer')].map(
            (element) => element.getBoundingClientRect()));
          const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
          for (let before = '', now = places(); before !== now; now = places()) {
            before = now;
            await pause();
          }
        }"""
    )


def layer(page: Page, name: str) -> Locator:
    return page.locator(f"[data-testid=layer][data-layer={name}]")


def cover(page: Page, name: str) -> Locator:
    return page.locator(f"[data-testid=cover][data-layer={name}]")


def place_of(page: Page, name: str, index: int) -> tuple[float, float]:
    """The middle of a neuron on the screen."""
    element = layer(page, name)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    columns, rows = (int(element.get_attribute(f"data-{of}") or 0) for of in ("columns", "rows"))
    assert box is not None
    return (
        box["x"] + (index % columns + 0.5) * box["width"] / columns,
        box["y"] + (index // columns + 0.5) * box["height"] / rows,
    )


def hover(page: Page, name: str, index: int) -> None:
    page.mouse.move(*place_of(page, name, index))


def trace(model: str) -> dict[str, np.ndarray]:
    """The activations of every layer with plain NumPy, in float64, from the shipped file."""
    digit = mnist.load().test.images[0]
    layers = recompute.shipped(model, digit)
    return {"input": digit.ravel() / 255, **{name: each["a"] for name, each in layers.items()}}


def contributions(model: str, name: str) -> np.ndarray:
    """|w·a| of every edge into a layer."""
    x = recompute.shipped(model, mnist.load().test.images[0])[name]["x"]
    kernel = load((models.FOLDER / f"{model}.safetensors").read_bytes())[f"{name}/W"]
    return np.abs(kernel * x.ravel()[:, None])


def quick(*names: str) -> list:
    """All networks that read digits; those named are in the quick run."""
    return [
        pytest.param(each, marks=[] if each in names else [pytest.mark.thorough])
        for each in models.DIGITS
    ]


def share_of_strongest(sizes: np.ndarray, count: int) -> float:
    return float(np.sort(sizes, axis=None)[::-1][:count].sum() / sizes.sum())


def share_of_even(sizes: np.ndarray, count: int, answer: int) -> float:
    """Every output has its strongest, the answer what is left over."""
    each = np.full(sizes.shape[1], count // sizes.shape[1])
    each[answer] += count % sizes.shape[1]
    ordered = np.sort(sizes, axis=0)[::-1]
    carried = sum(ordered[:most, unit].sum() for unit, most in enumerate(each))
    return float(carried / sizes.sum())


@pytest.mark.parametrize("model", quick("mlp-sigmoid", "cnn"))
def test_the_share_that_the_drawn_edges_cover_is_recomputed(
    empty_page: Page, address: str, model: str
) -> None:
    page = empty_page
    open_model(page, address, model)
    count = int(page.get_by_test_id("edge-count").input_value())
    dense = [each.name for each in models.load(model).network.layers if each.kind == "dense"]
    for name in dense:
        sizes = contributions(model, name)
        said = cover(page, name)
        expect(said).to_contain_text(re.compile(rf"{count}( of |/){sizes.size:,}"))
        share = share_of_strongest(sizes, count)
        if name == "output":
            share = share_of_even(sizes, count, 7)
        expect_number(said, share, "data-value", abs=1e-4)

        def is_told(said: Locator = said, share: float = share) -> None:
            percent = re.search(r"([\d.]+)%", said.inner_text())
            assert percent is not None
            assert float(percent[1]) == pytest.approx(100 * share, abs=0.06)

        soon(page, is_told)


def test_the_visitor_sets_how_many_edges_are_drawn(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    slider = page.get_by_test_id("edge-count")
    slider.focus()
    slider.press("End")
    expect(cover(page, "hidden2")).to_contain_text(re.compile("256( of |/)256"))
    expect(cover(page, "hidden2")).to_contain_text("100.0%")
    slider.press("Home")
    expect(cover(page, "hidden2")).to_contain_text(re.compile(r"^0( of |/)256"))


@pytest.mark.parametrize(
    ("size", "model", "name", "index"),
    [
        (SIZES[0], "mlp-sigmoid", "hidden1", 7),
        pytest.param(SIZES[1], "mlp-relu", "hidden2", 3, marks=pytest.mark.thorough),
        (SIZES[2], "mlp-sigmoid", "output", 2),
        pytest.param(SIZES[0], "mlp-wide", "hidden1", 77, marks=pytest.mark.thorough),
        pytest.param(SIZES[2], "mlp-wide", "hidden2", 40, marks=pytest.mark.thorough),
        pytest.param(SIZES[0], "mlp-sigmoid", "input", 180, marks=pytest.mark.thorough),
        (SIZES[1], "mlp-sigmoid", "input", 210),
    ],
)
def test_a_hovered_neuron_shows_its_activation_and_its_own_edges(
    empty_page: Page, address: str, size: tuple[int, int], model: str, name: str, index: int
) -> None:
    page = empty_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_model(page, address, model)
    hover(page, name, index)
    chip = page.get_by_test_id("chip-a")
    expect(chip).to_be_visible()
    expect_number(chip, trace(model)[name][index], abs=0.0006)
    reached = "hidden1" if name == "input" else name
    own = contributions(model, reached)
    own = own[index] if name == "input" else own[:, index]
    drawn = min(int(page.get_by_test_id("edge-count").input_value()), int((own > 0).sum()))
    said = cover(page, reached)
    expect(said).to_have_attribute("data-drawn", f"{drawn}/{own.size}")
    page.mouse.move(0, 0)
    expect(chip).to_be_hidden()
    expect(said).not_to_have_attribute("data-drawn", f"{drawn}/{own.size}")


def test_small_layers_tell_every_value_to_screen_readers(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    for name in ("hidden1", "hidden2", "output"):
        marks = layer(page, name).locator("[data-neuron]")
        values = trace("mlp-sigmoid")[name]
        expect(marks).to_have_count(len(values))

        def all_are_told(marks: Locator = marks, values: np.ndarray = values) -> None:
            told = marks.evaluate_all(
                """marks => marks.map((mark) =>
                  [Number(mark.dataset.neuron), mark.ariaLabel, Number(mark.dataset.value || NaN)])
                """
            )
            for value, (_, label, exact) in zip(values, sorted(told), strict=True):
                assert number(label.split()[-1]) == pytest.approx(value, abs=0.0006)
                assert exact == pytest.approx(value, abs=1e-5)

        soon(page, all_are_told)


def test_the_name_of_a_wide_layer_opens_all_its_values(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-wide")
    sheet = page.get_by_test_id("values")
    layer(page, "hidden1").get_by_role("button").hover()
    expect(sheet.locator("td")).to_have_count(128)

    def all_are_shown() -> None:
        shown = [number(text) for text in sheet.locator("td").all_inner_texts()]
        np.testing.assert_allclose(shown, trace("mlp-wide")["hidden1"], atol=0.0051)

    soon(page, all_are_shown)
    page.mouse.move(0, 0)
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize(
    ("model", "theme"),
    [
        ("mlp-sigmoid", "light"),
        ("mlp-relu", "dark"),
        pytest.param("mlp-sigmoid", "dark", marks=pytest.mark.thorough),
        pytest.param("mlp-relu", "light", marks=pytest.mark.thorough),
    ],
)
def test_neurons_are_lit_by_the_fixed_exposure(
    empty_page: Page, address: str, model: str, theme: str
) -> None:
    page = empty_page
    page.emulate_media(color_scheme=theme)
    open_model(page, address, model)
    ramp = [token(page, "activation-0"), token(page, "activation-1")]
    exposures = dict(
        zip(("hidden1", "hidden2", "output"), models.load(model).exposure, strict=True)
    )
    for name, exposure in exposures.items():
        shares = np.clip(trace(model)[name] / exposure, 0, 1)[:, np.newaxis]
        wanted = ramp[0] + (ramp[1] - ramp[0]) * shares
        expect_painted(page, name, range(len(wanted)), wanted)


def test_theme_and_window_are_followed_without_loading_anew(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    for theme in ("light", "dark"):
        if page.locator("html").get_attribute("data-theme") != theme:
            page.get_by_test_id("theme-toggle").click()
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        settle(page)
        expect_painted(page, "output", [7], [token(page, "activation-1")])
    wide = layer(page, "output").bounding_box()
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    narrow = layer(page, "output").bounding_box()
    assert wide is not None
    assert narrow is not None
    assert wide["height"] > wide["width"]
    assert narrow["width"] > narrow["height"]
    expect_painted(page, "output", [7], [token(page, "activation-1")])


def test_a_blank_pad_is_a_blank_network(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
    dark = token(page, "activation-0")
    for name, count in {"hidden1": 16, "hidden2": 16, "output": 10}.items():
        expect(cover(page, name)).to_have_text("")
        expect_painted(page, name, range(count), [dark] * count)
    hover(page, "hidden1", 3)
    expect(page.get_by_test_id("chip-a")).to_be_hidden()


def test_clicking_keeps_a_neuron_and_escape_lets_go(empty_page: Page, address: str) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.mouse.click(*place_of(page, "hidden2", 5))
    page.mouse.move(0, 0)
    chip = page.get_by_test_id("chip-a")
    expect(chip).to_be_visible()
    expect_number(chip, trace("mlp-sigmoid")["hidden2"][5], abs=0.0006)
    page.keyboard.press("Escape")
    expect(chip).to_be_hidden()
    page.mouse.click(*place_of(page, "hidden2", 5))
    page.mouse.click(*place_of(page, "hidden2", 5))
    page.mouse.move(0, 0)
    expect(chip).to_be_hidden()


def test_a_tap_keeps_a_neuron(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    open_model(page, address, "mlp-sigmoid")
    page.touchscreen.tap(*place_of(page, "hidden1", 15))
    expect(page.get_by_test_id("chip-a")).to_be_visible()
    value = trace("mlp-sigmoid")["hidden1"][15]
    expect_number(page.get_by_test_id("chip-a"), value, abs=0.0006)
    context.close()


def test_the_keyboard_walks_the_network_and_is_told_where_it_is(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("network-canvas").focus()
    spoken = page.get_by_test_id("spoken-neuron")
    values = trace("mlp-sigmoid")
    for keys, name, index in (
        ("ArrowDown", "hidden1", 0),
        ("ArrowDown", "hidden1", 1),
        ("PageDown", "hidden2", 1),
        ("End", "hidden2", 15),
        ("Home", "hidden2", 0),
        ("ArrowRight", "output", 0),
        ("ArrowDown", "output", 1),
    ):
        page.keyboard.press(keys)
        place = str(index if name == "output" else index + 1)
        where = name.replace("hidden", "hidden ")
        expect(spoken).to_have_text(re.compile(rf"^{where}, \w+ {place}: .*\d\.\d{{3}}$"))
        assert number(spoken.inner_text().split()[-1]) == pytest.approx(
            values[name][index], abs=0.0006
        )
    page.keyboard.press("Enter")
    page.get_by_test_id("edge-count").focus()
    chip = page.get_by_test_id("chip-a")
    expect(chip).to_be_visible()
    expect_number(chip, values["output"][1], abs=0.0006)


@pytest.mark.parametrize("model", quick("cnn"))
def test_words_beside_the_picture_do_not_cover_one_another(
    empty_page: Page, address: str, model: str
) -> None:
    page = empty_page
    for language in ("en", "ko"):
        page.goto(f"{address}/?lang={language}#model={model}")
        expect(cover(page, "output")).to_have_text(re.compile("%"))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            boxes = page.locator(".layer-label, .layer-cover").evaluate_all(
                """elements => elements.map((element) => {
                  const range = document.createRange();
                  range.selectNodeContents(element);
                  const { left, right, top, bottom } = range.getBoundingClientRect();
                  return [left, right, top, bottom];
                })"""
            )
            for at, (left, right, top, bottom) in enumerate(boxes):
                assert right > left
                for other_left, other_right, other_top, other_bottom in boxes[at + 1 :]:
                    apart = other_left >= right or left >= other_right
                    assert apart or other_top >= bottom - 1 or top >= other_bottom - 1, language


def token(page: Page, name: str) -> np.ndarray:
    """A colour of the page, 0..255 each."""
    text = page.evaluate(
        "name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)", name
    ).strip()
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], float)


def expect_painted(page: Page, name: str, neurons: Sequence[int], wanted: ArrayLike) -> None:
    """The picture has these colours in the middles of neurons, now or soon."""

    def check() -> None:
        np.testing.assert_allclose(painted(page, name, neurons), wanted, atol=2)

    soon(page, check)


def painted(page: Page, name: str, neurons: Sequence[int]) -> np.ndarray:
    """The colours of the picture in the middles of neurons, [neurons, 3], 0..255."""
    layer(page, name).scroll_into_view_if_needed()
    return np.array(
        page.get_by_test_id("network-canvas").evaluate(
            """(canvas, [name, neurons]) => {
              const layer = document.querySelector(`[data-testid=layer][data-layer=${name}]`);
              const { columns, rows } = layer.dataset;
              const [box, all] = [layer, canvas].map((each) => each.getBoundingClientRect());
              const ratio = canvas.width / all.width;
              const context = canvas.getContext('2d');
              return neurons.map((neuron) => {
                const x = box.left + (neuron % columns + 0.5) * box.width / columns;
                const y = box.top + (Math.floor(neuron / columns) + 0.5) * box.height / rows;
                const at = [(x - all.left) * ratio, (y - all.top) * ratio];
                return [...context.getImageData(...at, 1, 1).data].slice(0, 3);
              });
            }""",
            [name, list(neurons)],
        ),
        float,
    )


@pytest.mark.parametrize(
    ("model", "said"), [("lstm", "a column is a unit"), ("cnn", "A tile is a map")]
)
def test_what_a_picture_shows_is_told_below_it(
    empty_page: Page, address: str, model: str, said: str
) -> None:
    page = empty_page
    open_model(page, address, model)
    page.mouse.move(5, 5)
    key = page.get_by_test_id("picture-key")
    expect(key).to_contain_text(said)
    bar = page.locator(".network-bar")
    for display in ("none", ""):  # it takes no room: the picture stays where it is
        height = bar.evaluate("bar => bar.getBoundingClientRect().height")
        key.evaluate("(key, display) => { key.style.display = display; }", display)
        assert bar.evaluate("bar => bar.getBoundingClientRect().height") == height
    if model == "lstm":  # its name stands at its picture, as the input's does
        name = layer(page, "lstm").locator(".layer-label").bounding_box()
        figure = layer(page, "lstm").bounding_box()
        assert name is not None
        assert figure is not None
        assert 0 <= figure["y"] - name["y"] - name["height"] < 12
    page.get_by_test_id("play").click()
    expect(key).to_be_hidden()  # it is told layer by layer now
    page.goto(f"{address}/#model=mlp-sigmoid")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-sigmoid")
    expect(key).to_be_hidden()

"""The lab in a real Chromium: every change is recomputed, shared, undone, saved and deleted."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from nnviz.network import Network
from tests.browser.soon import expect_number
from tests.browser.test_draw import draw
from tests.browser.test_network import open_model
from tests.browser.test_share import bars, share

SEVEN = mnist.load().test.images[0]


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the network that it is about."""
    return empty_page


def open_lab(page: Page, address: str, model: str, layer: str) -> int:
    """Open what can be changed of a layer's brightest neuron; its index."""
    open_model(page, address, model)
    page.get_by_test_id("change").click()
    page.get_by_test_id("inspector-layer").select_option(layer)
    expect(page.get_by_test_id("lab")).to_be_visible()
    network = models.load(model).network
    _, trace = network.forward(ink.to_input(SEVEN)[None])
    position = [each.name for each in network.layers].index(layer)
    shown = network.layers[position].shown(trace.layers[position])["a"]
    assert isinstance(shown, np.ndarray)
    return int(shown[0].argmax())


def set_dial(page: Page, name: str, text: str) -> None:
    field = page.get_by_test_id(f"lab-{name}-number")
    field.fill(text)
    field.press("Enter")


def expect_network(page: Page, network: Network) -> None:
    """The page shows what this network makes of the seven, and how it reads the test set."""
    expected = network(ink.to_input(SEVEN)[None])[0]
    page.wait_for_function(
        """wanted => [...document.querySelectorAll('[data-testid=probabilities] li')].every(
             (row, i) => Math.abs(Number(row.dataset.value) - wanted[i]) < 1e-5)""",
        arg=expected.tolist(),
    )
    test = mnist.load().test
    answers = network.predict(ink.to_input(test.images)).argmax(axis=1)
    share = float((answers == test.labels).mean())
    accuracy = page.get_by_test_id("edited-accuracy")
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")
    expect_number(accuracy, share, "data-value", abs=2e-4)
    expect(accuracy).to_have_text(re.compile(rf"\b{100 * share:.1f}%$"))


def edited(model: str, *made: edits.Edit) -> Network:
    return edits.apply(models.load(model).network, made)


def cell(page: Page, row: int, column: int) -> tuple[float, float]:
    """Where a weight lies in the picture of 28 x 28 weights."""
    box = page.get_by_test_id("inspector-weights").bounding_box()
    assert box is not None
    return (
        box["x"] + (column + 0.5) * box["width"] / 28,
        box["y"] + (row + 0.5) * box["height"] / 28,
    )


def test_a_bias_a_factor_and_off_do_what_their_equations_say(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    unit = open_lab(page, address, "mlp-sigmoid", "hidden2")
    set_dial(page, "bias", "−2,5")
    made: list[edits.Edit] = [edits.BiasEdit("hidden2", unit, shift=-2.5)]
    expect_network(page, edited("mlp-sigmoid", *made))
    set_dial(page, "scale", "0.5")
    made.insert(0, edits.ScaleEdit("hidden2", unit, factor=0.5))
    network = edited("mlp-sigmoid", *made)
    expect_network(page, network)
    _, trace = network.forward(ink.to_input(SEVEN)[None])
    z = float(trace.layers[1].z[0, unit])
    expect_number(page.get_by_test_id("inspector-z"), z, abs=6e-4)
    page.get_by_test_id("lab-off").check()
    expect_network(page, edited("mlp-sigmoid", *made, edits.OffEdit("hidden2", unit)))
    # the bias that keeps it at 0 is no number of the network's: neither sum nor curve is told
    expect(page.locator(".inspector-curve")).not_to_be_visible()
    for shown in ("lab", "inspector"):
        page.keyboard.press("Escape")
        expect(page.get_by_test_id(shown)).to_be_hidden()
    expect(page.get_by_test_id("field")).to_have_text("Switched off: whatever comes in, a = 0.")
    expect(page.get_by_test_id("neuron-a")).to_have_text("0.000")
    expect(page.get_by_test_id("neuron-z")).to_be_hidden()
    page.get_by_test_id("change").click()
    page.get_by_test_id("edited-undo").click()
    expect(page.get_by_test_id("lab-off")).not_to_be_checked()
    expect_network(page, network)
    page.get_by_test_id("edited-reset").click()
    expect(page.get_by_test_id("edited-accuracy")).to_have_text("97.0%")
    expect(page.get_by_test_id("edited")).to_contain_text("As learned")
    expect(page.get_by_test_id("edited-save")).to_be_hidden()  # nothing is said to be edited
    expect(page.get_by_test_id("edited-undo")).to_have_text("Undo change")
    expect(page.get_by_test_id("undo")).to_have_accessible_name("Undo drawing")
    expect(page.get_by_test_id("lab-bias-number")).to_have_value("0")


def test_ctrl_z_takes_back_what_was_done_last_a_change_or_a_stroke(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_lab(page, address, "mlp-sigmoid", "hidden2")
    undo, redo = page.get_by_test_id("undo"), page.get_by_test_id("redo")
    number, slider = page.get_by_test_id("lab-bias-number"), page.get_by_test_id("lab-bias")
    draw(page, [[(0.3, 0.8), (0.7, 0.8)]])
    expect(undo).to_be_enabled()
    set_dial(page, "bias", "2")
    page.keyboard.press("Control+z")
    expect(number).to_have_value("0")
    slider.press("ArrowRight")
    expect(page.get_by_test_id("edited-undo")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(number).to_have_value("0")
    expect(redo).to_be_disabled()  # the drawing is as it was
    set_dial(page, "bias", "2")
    expect(page.get_by_test_id("edited-undo")).to_be_enabled()
    draw(page, [[(0.3, 0.8), (0.7, 0.8)]])
    page.get_by_test_id("pad").focus()
    page.keyboard.press("Control+z")
    expect(redo).to_be_enabled()
    expect(number).to_have_value("2")


def test_weights_are_painted_by_pointer_key_and_number_and_travel_in_a_link(
    empty_page: Page, other: Page, address: str
) -> None:
    page = empty_page
    unit = open_lab(page, address, "mlp-sigmoid", "hidden1")
    page.get_by_test_id("brush-erase").check()
    page.get_by_test_id("lab-width").select_option("1")
    page.mouse.move(*cell(page, 9, 4))
    page.mouse.down()
    page.mouse.move(*cell(page, 9, 20), steps=3)  # far apart: what lies between is painted, too
    page.mouse.up()
    erased = [9 * 28 + column for column in range(4, 21)]
    made = edits.WeightsEdit("hidden1", unit, None, erased, [0.0] * len(erased))
    expect_network(page, edited("mlp-sigmoid", made))
    page.get_by_test_id("inspector-weights").press("ArrowDown")
    page.get_by_test_id("inspector-weights").press("0")
    page.get_by_test_id("brush-look").check()
    page.mouse.click(*cell(page, 15, 15))
    weight = page.get_by_test_id("lab-weight")
    weight.fill("3,25")
    weight.press("Enter")
    chosen = [*erased, 10 * 28 + 4, 15 * 28 + 15]
    last = edits.WeightsEdit("hidden1", unit, None, chosen, [0.0] * (len(chosen) - 1) + [3.25])
    expect_network(page, edited("mlp-sigmoid", last))
    told = f"neuron {unit + 1}: {len(chosen)} weights"
    expect(page.get_by_test_id("edited")).to_contain_text(told)
    page.get_by_test_id("brush-raise").check()
    page.get_by_test_id("lab-toggle").click()
    expect(page.get_by_test_id("lab")).to_be_hidden()
    page.get_by_test_id("lab-toggle").click()  # open again: nothing is painted by a click
    expect(page.get_by_test_id("brush-look")).to_be_checked()
    other.goto(share(page))
    expect_network(other, edited("mlp-sigmoid", last))
    assert bars(other) == bars(page)


def test_the_edge_detector_is_mirrored_smoothed_and_undone(empty_page: Page, address: str) -> None:
    page = empty_page
    unit = open_lab(page, address, "cnn", "conv1")
    with page.expect_response(re.compile("/weights$")):
        page.get_by_test_id("lab-edge").click()
    with page.expect_response(re.compile("/weights$")) as response:
        page.get_by_test_id("lab-mirror").click()
    kernel = load(response.value.body())["conv1/W"]
    learned = models.load("cnn").network.named_parameters()["conv1/W"]
    own = kernel[..., unit % kernel.shape[-1]]
    np.testing.assert_allclose(own, own[:, ::-1])
    assert own.sum() == pytest.approx(0, abs=1e-3)
    others = np.delete(np.arange(kernel.shape[-1]), unit % kernel.shape[-1])
    np.testing.assert_array_equal(kernel[..., others], learned[..., others])
    with page.expect_response(re.compile("/weights$")) as response:
        page.get_by_test_id("lab-smooth").click()
    smooth = load(response.value.body())["conv1/W"][..., unit % kernel.shape[-1]]
    assert smooth[2, 2].item() == pytest.approx(own[1:4, 1:4].mean(), abs=1e-4)
    for _ in range(3):
        page.get_by_test_id("edited-undo").click()
    # nothing else comes below the pointer: a second press of Undo teaches nothing
    expect(page.get_by_test_id("edited-undo")).to_be_disabled()
    expect(page.get_by_test_id("edited")).to_contain_text("As learned")
    expect(page.get_by_test_id("lab")).to_be_visible()


def test_a_gate_the_whole_network_and_a_layer_without_weights(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    index = open_lab(page, address, "lstm", "lstm")
    page.get_by_test_id("lab-gate").select_option("f")
    set_dial(page, "bias", "2")
    expect_network(page, edited("lstm", edits.BiasEdit("lstm", index % 64, "f", 2.0)))
    index = open_lab(page, address, "mlp-relu", "hidden2")
    set_dial(page, "bias", "2")
    set_dial(page, "prune", "20")
    set_dial(page, "noise", "0.1")
    page.get_by_test_id("lab-again").click()
    set_dial(page, "temperature", "3")
    expect_network(
        page,
        edited(
            "mlp-relu",
            edits.BiasEdit("hidden2", index, shift=2.0),
            edits.PruneEdit(share=0.2),
            edits.NoiseEdit(amount=0.1, seed=2),
            edits.TemperatureEdit(3.0),
        ),
    )
    open_lab(page, address, "cnn", "pool1")
    expect(page.get_by_text("This layer has no weights.")).to_be_visible()
    expect(page.get_by_test_id("lab-bias")).to_be_hidden()


def test_an_edited_network_is_saved_picked_and_deleted(empty_page: Page, address: str) -> None:
    page = empty_page
    open_lab(page, address, "mlp-relu", "output")
    set_dial(page, "prune", "50")
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_test_id("edited-accuracy")).to_have_text(re.compile(r"→.*%"))
    accuracy = page.get_by_test_id("edited-accuracy").inner_text().split("→")[1].strip()
    page.get_by_test_id("edited-save").click()
    page.get_by_test_id("edited-name").fill("Half of it <b>")
    page.get_by_test_id("edited-name").press("Enter")
    picker = page.get_by_test_id("model-picker")
    expect(picker).to_contain_text("Half of it <b>")
    expect(picker).to_contain_text(f"reads {accuracy} of test digits")
    expect_network(page, edited("mlp-relu", edits.PruneEdit(share=0.5)))
    remove = page.get_by_test_id("edited-remove")
    remove.click()
    expect(remove).to_have_text("Really delete?")
    remove.click()
    expect(picker).to_have_attribute("data-model", "mlp-sigmoid")
    picker.click()
    expect(page.get_by_test_id("model-mlp-sigmoid")).to_be_visible()
    expect(page.locator(".model", has_text="Half of it")).to_have_count(0)


def test_what_is_changed_outlives_a_reload_after_sharing_and_so_does_its_neuron(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    unit = open_lab(page, address, "mlp-sigmoid", "output")
    set_dial(page, "bias", "1")
    share(page)
    page.reload()
    expect_network(page, edited("mlp-sigmoid", edits.BiasEdit("output", unit, shift=1)))
    expect(page).to_have_url(re.compile("drawing="))  # it still holds what came with it
    set_dial(page, "bias", "-9")  # another digit is the answer by that
    expect(page).not_to_have_url(re.compile("drawing="))
    expect_the_neuron(page, unit)
    page.reload()
    expect_the_neuron(page, unit)


def test_what_was_changed_can_be_undone_after_a_reload(empty_page: Page, address: str) -> None:
    page = empty_page
    unit = open_lab(page, address, "mlp-sigmoid", "output")
    for shift in ("-3", "-9"):
        set_dial(page, "bias", shift)
    expect(page.get_by_test_id("edited")).to_have_attribute("aria-busy", "false")
    page.reload()
    page.get_by_test_id("edited-undo").click()
    expect_network(page, edited("mlp-sigmoid", edits.BiasEdit("output", unit, shift=-3)))
    page.get_by_test_id("edited-reset").click()
    expect_network(page, models.load("mlp-sigmoid").network)
    page.reload()
    page.get_by_test_id("edited-undo").click()  # nothing is changed, and that is undone, too
    expect_network(page, edited("mlp-sigmoid", edits.BiasEdit("output", unit, shift=-3)))
    page.get_by_test_id("edited-undo").click()
    expect(page.get_by_test_id("edited-undo")).to_be_disabled()


def expect_the_neuron(page: Page, unit: int) -> None:
    """Its bias is lower by 9: field, slider, and what is said of it agree."""
    made = edited("mlp-sigmoid", edits.BiasEdit("output", unit, shift=-9))
    expect_network(page, made)
    learned = models.load("mlp-sigmoid").network
    before, now = (each.named_parameters()["output/b"][unit] for each in (learned, made))
    told = f"b {before:.2f} → {now:.2f}".replace("-", "−")
    expect(page.get_by_test_id("inspector-title")).to_have_text(f"output, digit {unit}")
    expect(page.get_by_test_id("edited")).to_contain_text(f"output, digit {unit}: {told}")
    expect(page.get_by_test_id("lab-bias-number")).to_have_value("−9")
    expect(page.get_by_test_id("lab-bias")).to_have_value("-9")
    expect(page.get_by_test_id("lab")).to_contain_text(told)

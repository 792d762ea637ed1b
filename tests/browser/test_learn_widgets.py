"""What stands within steps to be worked: each of its numbers is that of the live network."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import edits, ink, models
from nnviz.datasets import mnist
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_learn import arrive, guess, open_chapter, solve

pytestmark = pytest.mark.thorough


UNCROSSED = """words => {  // no point of a curve lies in their box
  const { x, y, width, height } = words.getBBox();
  return [...words.ownerSVGElement.querySelectorAll('polyline')].every((curve) =>
    [...curve.points].every((at) =>
      at.x < x || at.x > x + width || at.y < y || at.y > y + height));
}"""


@pytest.fixture(autouse=True)
def laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})


def of_loops(page: Page, place: str) -> dict[str, Any]:
    """What a layer tells of loops; a busy server asks to be asked again, as the page does."""
    for _ in range(20):
        reply = page.request.get(place, timeout=60_000)
        if reply.ok:
            return next(each for each in reply.json()["concepts"] if each["name"] == "loop")
        assert reply.status == 503, reply.text()
    raise AssertionError(f"Expected an answer from {place} in the end; got {reply.text()}")


def numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+\.\d+", text.replace("−", "-"))]


def test_a_row_of_the_matrix_is_a_neuron_and_its_sum(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "matrix/product")
    frame = arrive(page, "product")
    network, test = models.load("mlp-sigmoid").network, mnist.load().test
    _, trace = network.forward(ink.to_input(test.images[:1]).reshape(-1, 784))
    weights, bias = (network.layers[1].params[name] for name in "Wb")
    a = trace.layers[0].a[0]
    cells, said = page.get_by_test_id("matrix"), page.get_by_test_id("matrix-sum")
    expect(cells.locator("figure:has(.matrix-at) figcaption")).to_have_text(["W", "b", "z", "a′"])
    expect(cells.locator(".matrix-whole figcaption")).to_have_text("a")  # a row takes all of it
    expect(cells.locator(".matrix-sign").first).to_have_text("·")
    cells.focus()
    for _ in range(16):
        page.keyboard.press("ArrowUp")
    for row in (0, 1):
        expect(cells).to_have_attribute("aria-valuenow", str(row + 1))
        expect(frame.locator(f'.light[data-part="hidden2/{row}"]')).to_have_count(1)
        total = float(weights[:, row] @ a)
        expect(said).to_have_text(re.compile(re.escape(f"{total:.3f}".replace("-", "−"))))
        shown = numbers(said.inner_text())
        assert shown == pytest.approx([total, bias[row], total + bias[row]], abs=0.0006)
        page.keyboard.press("ArrowDown")
    cells.locator("canvas").first.click(position={"x": 5, "y": 5})
    frame.wait_for_function("() => window.nnviz.state().selected?.layer === 'hidden2'")
    assert frame.evaluate("() => window.nnviz.state().selected.index") == 0


def test_rows_of_w_are_matched_to_the_pictures_that_they_are(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "matrix/match")
    arrive(page, "match")
    pixels = """canvas => Array.from(canvas.getContext('2d')
      .getImageData(0, Number(canvas.height > 1) * 19, 28, 1).data).join()"""
    page.get_by_test_id("match-line").fill("20")
    expect(page.locator(".match-row").first).to_contain_text("columns 533 to 560")
    pictures = [each.evaluate(pixels) for each in page.locator(".match-pictures canvas").all()]
    strips = [each.evaluate(pixels) for each in page.locator(".match-row canvas").all()]
    for row, strip in enumerate(strips):  # what whoever compares finds is so
        expect(page.get_by_test_id("task")).to_have_class("task")
        page.get_by_test_id(f"match-{row}-{'ABC'[pictures.index(strip)]}").check()
        expect(page.get_by_test_id("task-now")).to_have_text(f"Right: {row + 1} of 3")
    expect(page.get_by_test_id("task")).to_have_class("task done")


def test_a_hundred_digits_are_read_by_one_product(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "matrix/why")
    arrive(page, "why")
    test = mnist.load().test
    answers = models.load("mlp-sigmoid").network.predict(
        ink.to_input(test.images[:100]).reshape(-1, 784)
    )
    right = int(np.sum(answers.argmax(axis=1) == test.labels[:100]))
    told = f"Of these 100 test digits it answers {right} rightly."
    expect(page.get_by_test_id("batch-right")).to_have_text(told)
    expect(page.get_by_test_id("batch").locator(".batch-size").last).to_be_hidden()  # to be guessed


def test_a_loop_is_timed_beside_the_products_of_matrices(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "matrix/race")
    arrive(page, "race")
    expect(page.get_by_test_id("race-loop")).to_have_text("–")
    solve(page, 0)
    place = f"{address}/api/models/mlp-sigmoid/evaluation"
    taken = page.request.post(place, data={"edits": []}).json()["seconds"]
    each = taken * 100
    product = f"{each:,.{3 if each < 10 else 2 if each < 100 else 1}f}"
    expect(page.get_by_test_id("race-product")).to_have_text(f"{product} µs a digit")
    rows = page.locator(".race-rows .small")
    expect(rows.last).to_contain_text(f"10,000 digits in {taken * 1000:,.1f} ms")
    expect(rows.first).to_have_text(
        re.compile(r"one product after another: [\d,]+ digits in [\d,.]+ ms")
    )
    digits, milliseconds = (
        float(each.replace(",", "")) for each in re.findall(r"[\d,.]*\d", rows.first.inner_text())
    )
    told = float(page.get_by_test_id("race-loop").inner_text().split()[0].replace(",", ""))
    assert told == pytest.approx(1000 * milliseconds / digits, rel=0.002, abs=0.06)
    ratio = float(numbers(page.get_by_test_id("task-now").inner_text())[0])
    assert ratio == pytest.approx(told / float(product), abs=0.051, rel=0.002)  # whoever divides


def test_a_chart_of_losses_comes_with_its_answer_and_names_its_curves(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "learning/loss")
    arrive(page, "loss")
    chart = page.locator(".surprise")
    expect(chart).to_be_hidden()  # what is asked for could be read off it
    guess(page)
    for words in ("−ln p", "(1 − p)²", "p of the right answer", "loss"):
        expect(chart.get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_test_id("surprise-loss")).to_have_text("−ln 0.50 = 0.69")
    expect(page.get_by_test_id("surprise-squares")).to_have_text("(1 − 0.50)² = 0.25")
    for words in ("−ln p", "(1 − p)²", "this drawing"):
        expect(chart.get_by_text(words, exact=True)).to_be_visible()
        assert chart.get_by_text(words, exact=True).evaluate(UNCROSSED), words


def test_the_small_network_has_the_room_and_its_descent_moves_nothing_but_itself(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 625})
    open_chapter(page, address, "learning/descent")
    arrive(page, "descent")
    for part in (".tiny-pictures", ".tiny-dials", ".tiny .plot"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
    words = page.locator(".step-body > p").last
    before = [words.bounding_box(), page.locator(".tiny-dials").bounding_box()]
    button, taken = page.get_by_test_id("tiny-descend"), page.get_by_test_id("tiny-steps")
    button.evaluate("each => { each.click(); each.click(); }")  # it stops where it is
    expect(taken).to_have_text("Steps of gradient descent: 1")
    expect(button).to_have_text("Let gradient descent do it")
    button.click()
    expect(taken).to_have_text("Steps of gradient descent: 61")
    points = page.locator(".tiny .plot polyline").get_attribute("points")
    assert points is not None
    assert len(points.split()) == 1 + 61
    assert [words.bounding_box(), page.locator(".tiny-dials").bounding_box()] == before


def test_a_bias_shifts_the_curve_on_which_the_neuron_stands(empty_page: Page, address: str) -> None:
    page = empty_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_chapter(page, address, "bias/set")
    arrive(page, "set")
    network = models.load("mlp-sigmoid").network
    pixels = ink.to_input(mnist.load().test.images[18:19]).reshape(-1, 784)
    layer = network.layers[0].params
    total, bias = float(pixels[0] @ layer["W"][:, 5]), float(layer["b"][5])
    words = page.get_by_test_id("squash").locator("text")
    said = words.and_(page.locator(".said"))
    a = 1 / (1 + np.exp(-total - bias))
    half = f"{-bias:.3f}".replace("-", "−")
    expect(said).to_have_text([f"a = 0.5 at Σ = {half}", f"Σ = {total:.3f}", f"a = {a:.3f}"])
    expect(page.get_by_test_id("squash").locator("polyline")).to_have_count(1)
    solve(page, 0)
    expect(said.first).to_contain_text("a = 0.5 at Σ = 10.")
    expect(page.get_by_test_id("squash").locator(".was")).to_have_count(1)


def test_a_picture_with_its_pixels_exchanged_is_read_by_weights_that_moved_along(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "neuron/column")
    frame = arrive(page, "column")
    pictures = page.get_by_test_id("shuffled").locator("canvas")
    expect(pictures).to_have_count(2)
    inked = """canvas => [...canvas.getContext('2d').getImageData(0, 0, 28, 28).data]
      .filter((value, i) => i % 4 === 0).sort().join()"""
    assert pictures.nth(0).evaluate(inked) == pictures.nth(1).evaluate(inked)
    expect(page.get_by_test_id("shuffled-moved")).to_be_hidden()  # it would tell
    guess(page)
    expect(page.get_by_test_id("shuffled-moved")).to_have_text("7")
    frame.get_by_test_id("test-class-3").click()
    expect(page.get_by_test_id("shuffled-moved")).to_have_text("3")


def test_how_well_neurons_and_layers_tell_loops_is_what_the_server_measured(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    place = f"{address}/api/models/mlp-sigmoid/units"
    concepts = {
        layer: of_loops(page, f"{place}/{layer}") for layer in ("hidden1", "hidden2", "output")
    }
    open_chapter(page, address, "hope/measure")
    arrive(page, "measure")
    bar = page.get_by_test_id("loops-hidden2-7")
    expect(bar).to_have_class(re.compile("untold"))  # until it is pointed at
    guess(page)
    bar.hover()
    expect(bar).to_have_class(re.compile("less"))
    auc = concepts["hidden2"]["units"][7]
    expect(page.get_by_test_id("loops-told")).to_contain_text(f"AUC {auc:.2f}")
    expect(page.get_by_test_id("loops-told")).to_contain_text(f"As good as {1 - auc:.2f}")
    expect(page.get_by_test_id("loops-hidden2-6")).to_have_class(re.compile("untold"))
    open_chapter(page, address, "hope/together")
    arrive(page, "together")
    for layer, told in concepts.items():
        best = max(abs(each - 0.5) for each in told["units"] if each is not None) + 0.5
        for which, value in (("layer", told["layer"]), ("neuron", best)):
            expect(page.get_by_test_id(f"auc-{layer}-{which}")).to_have_text(f"{value:.2f}")


def test_a_network_that_was_asked_for_loops_stands_beside_one_that_was_not(
    empty_page: Page, address: str
) -> None:
    page, found = empty_page, {}
    for network, model, layer in (
        ("one", "mlp-sigmoid", "hidden2"),
        ("two", "mlp-two-heads", "hidden2"),
        ("two", "mlp-two-heads", "loops"),
    ):
        told = of_loops(page, f"{address}/api/models/{model}/units/{layer}")
        best = max(abs(each - 0.5) for each in told["units"]) + 0.5
        found[network, layer] = best, told["layer"]
    one, two, asked = found.values()
    assert one[0] < two[0] < one[0] + 0.05 < asked[0]  # "a little more"
    assert two[1] - one[1] > two[0] - one[0]  # "the whole layer gained more"
    open_chapter(page, address, "hope/asked")
    arrive(page, "asked")
    place = page.get_by_test_id
    for (network, layer), (best, whole) in found.items():
        expect(place(f"asked-{network}-{layer}-units")).to_have_text(f"{best:.2f}")
        if layer == "hidden2":
            expect(place(f"asked-{network}-{layer}-layer")).to_have_text(f"{whole:.2f}")
    expect(place("asked-two-hidden2-units")).to_be_hidden()  # it is to be guessed
    guess(page)
    expect(place("truth")).to_have_text(f"{two[0]:.2f}")
    expect(place("asked-two-hidden2-units")).to_be_visible()


def test_what_a_missing_neuron_costs_is_told_digit_by_digit(empty_page: Page, address: str) -> None:
    page = empty_page
    edits = [{"kind": "off", "layer": "hidden2", "unit": 7}]

    def share(edits: list[dict[str, object]], digit: int) -> str:
        place = f"{address}/api/models/mlp-sigmoid/evaluation"
        row = page.request.post(place, data={"edits": edits}).json()["confusion"][digit]
        return f"{row[digit] / sum(row):.1%}"

    open_chapter(page, address, "hope/off")
    arrive(page, "off")
    expect(page.get_by_test_id("share-2")).to_have_text(share([], 2))
    solve(page, 0)
    told = f"{share([], 2)} → {share(edits, 2)}"
    expect(page.get_by_test_id("share-2")).to_have_text(told)


def test_a_filter_that_slides_makes_the_map_that_the_network_has(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "kinds/conv")
    arrive(page, "conv")
    expect(page.get_by_test_id("slide-go")).to_be_disabled()  # nothing is marked yet
    _, trace = models.load("cnn").network.forward(ink.to_input(mnist.load().test.images[:1]))
    most = float(trace.layers[0].a[0, :, :, 0].max())
    solve(page, 0)
    expect(page.get_by_test_id("slide-told")).to_have_text(
        f"Exactly there: the most is {most:.2f}."
    )
    page.get_by_test_id("slide-3").check()
    expect(page.get_by_test_id("slide-told")).to_have_text("Marked. Now let it slide.")
    board = page.get_by_test_id("slide-board")
    page.get_by_test_id("slide-0").check()
    board.click(position={"x": 2, "y": 2})  # the corner, where there is no ink
    expect(board).to_have_attribute("data-best", "")  # not before it has slid
    page.get_by_test_id("slide-go").click()
    expect(page.get_by_test_id("slide-told")).to_have_text(
        re.compile(rf"^Off by \d+ px\. The most, {most:.2f}, is at the dashed mark\.$")
    )
    expect(board).to_have_attribute("data-best", str(int(trace.layers[0].a[0, :, :, 0].argmax())))


def test_random_settings_are_read_with_the_test_set(empty_page: Page, address: str) -> None:
    page = empty_page
    open_chapter(page, address, "dials/finding")
    arrive(page, "finding")
    expect(page.get_by_test_id("luck-digits")).to_have_attribute("data-count", "3914")
    network = edits.apply(models.load("mlp-sigmoid").network, [edits.NoiseEdit(amount=10, seed=1)])
    test = mnist.load().test
    answers = network.predict(ink.to_input(test.images).reshape(-1, 784)).argmax(axis=1)
    share = float(np.mean(answers == test.labels))
    page.get_by_test_id("luck-roll").click()
    expect(page.get_by_test_id("luck-tries")).to_contain_text(f"try 1{share:.1%}")
    assert_accessible(page, "random settings")


def test_each_line_of_code_lights_up_with_its_layer_as_it_runs(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_chapter(page, address, "matrix/lines")
    frame = arrive(page, "lines")
    lines, number = page.locator(".code-lines code"), page.locator(".code-lines .number")
    expect(number.last).to_contain_text("0.99")
    page.get_by_test_id("lines-run").click()
    expect(number.last).to_be_hidden()
    for at, part in ((1, "hidden1"), (2, "hidden2")):
        expect(lines.nth(at)).to_have_class("runs")
        expect(frame.locator(f".light.strong[data-part={part}]")).to_be_visible()
    expect(page.locator(".code-lines .runs")).to_have_count(0)
    expect(number.last).to_be_visible()
    told = page.get_by_test_id("lines-told")  # worked out in the browser, as the server did
    expect(told).to_contain_text(re.compile(r"the same to [5-9] decimals"))
    expect(number.last).to_contain_text("0.99")


def test_the_sign_of_a_term_is_guessed_by_its_colours(empty_page: Page, address: str) -> None:
    page = empty_page
    layer = models.load("mlp-sigmoid").network.layers[0]
    a = ink.to_input(mnist.load().test.images[:1]).reshape(-1)
    weights = layer.params["W"][:, 15]
    worst = int(np.argmin(weights * a))
    open_chapter(page, address, "sum/colours")
    arrive(page, "colours")
    told, third = page.get_by_test_id("signs"), page.get_by_test_id("sign-product")
    said = f"row {worst // 28 + 1}, column {worst % 28 + 1}: "
    expect(told).to_have_text(re.compile(f"^{said}"))
    for answer in (told, third, page.get_by_test_id("sign-product-colour")):
        expect(answer).to_be_hidden()
    for given in ("a", "w"):
        expect(page.get_by_test_id(f"sign-{given}-colour")).to_be_visible()
    guess(page)
    expect(third).to_be_visible()
    expect(page.locator(".prediction")).to_contain_text(said.removesuffix(": "))
    values = [f"{each:.2f}".replace("-", "−") for each in (a[worst], weights[worst])]
    product = f"{weights[worst] * a[worst]:.2f}".replace("-", "−")
    expect(told).to_have_text(f"{said}{values[0]} × {values[1]} ≈ {product}")
    box = third.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 13.5 / 28, box["y"] + box["height"] * 25.5 / 28)
    expect(told).to_have_text(re.compile("^row 26, column 14: "))
    expect(page.get_by_test_id("task")).to_have_class(
        "task done"
    )  # it raises the sum by more than 1
    third.click(position={"x": box["width"] * 13.5 / 28, "y": box["height"] * 24.5 / 28})
    page.mouse.move(5, 5)
    expect(told).to_have_text(re.compile("^row 25, column 14: "))  # it stays

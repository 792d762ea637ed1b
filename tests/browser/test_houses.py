"""Houses on the Draw screen, in a real Chromium: sliders in, a price out, back to digits."""

import contextlib
import io
import json
import re
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect

from nnviz import models, problems
from nnviz.features import NumberOutput, encode
from tests.browser.test_draw import wait_for_reading
from tests.browser.train import choose_lesson, unfold


def wait_for_price(page: Page) -> float:
    """The price that is shown, once the newest house is read."""
    expect(page.locator("#result")).to_have_attribute("aria-busy", "false")
    return wait_for_number(page.get_by_test_id("price"))


def wait_for_number(element: Locator) -> float:
    """The number that an element says, once it says one."""
    expect(element).to_have_attribute("data-value", re.compile(r"\d"))
    return float(element.get_attribute("data-value") or "nan")


def shown_features(page: Page) -> dict[str, float]:
    """The features as their fields say them."""
    names = [feature.name for feature in problems.get("houses").features]
    fields = {name: page.get_by_test_id(f"house-{name}-number") for name in names}
    return {name: float(field.input_value().replace(",", "")) for name, field in fields.items()}


def price_of(model_id: str, features: dict[str, float]) -> float:
    """What a model makes of a house, worked out in Python."""
    model = models.load(model_id)
    (output,) = model.outputs
    assert isinstance(output, NumberOutput)
    answer, _ = model.network.forward(encode(model.features, features)[None])
    return float(output.value(answer)[0, 0])


def test_a_house_and_its_price_are_those_of_the_network_and_digits_come_back(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.goto(address)
    wait_for_reading(page, 7)
    page.get_by_test_id("model-picker").click()
    page.get_by_test_id("model-houses-mlp").click()
    told = wait_for_price(page)
    expect(page.get_by_test_id("pad")).to_be_hidden()
    features = shown_features(page)
    assert told == pytest.approx(price_of("houses-mlp", features), rel=1e-5)
    other = page.get_by_test_id("price-other")
    expect(other).to_have_attribute("data-value", re.compile(r"\d"))
    linear = float(other.get_attribute("data-value") or "nan")
    assert linear == pytest.approx(price_of("houses-linear", features), rel=1e-5)
    rows = problems.get("houses").rows("test")  # type: ignore[attr-defined]
    sold = float(page.get_by_test_id("price-true").get_attribute("data-value") or "nan")
    assert sold == rows["sale_price_usd"][240]

    parts = page.locator("[data-testid^=price-part-]")
    values = [float(each.get_attribute("data-value") or "nan") for each in parts.all()]
    means = {feature.name: feature.mean for feature in models.load("houses-mlp").features}
    assert sum(values) == pytest.approx(told - price_of("houses-mlp", means), abs=1)
    assert [abs(each) for each in values] == sorted((abs(each) for each in values), reverse=True)

    slider = page.get_by_test_id("house-bedrooms")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.get_by_test_id("price-true")).to_have_attribute("data-value", "")
    changed = wait_for_price(page)
    assert shown_features(page)["bedrooms"] == features["bedrooms"] + 1
    assert changed == pytest.approx(price_of("houses-mlp", shown_features(page)), rel=1e-5)
    page.get_by_test_id("share").click()
    link = page.get_by_test_id("share-link").input_value()
    lines = page.get_by_test_id("share-python")
    expect(lines).to_contain_text("print")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lines.inner_text(), {})
    assert float(printed.getvalue()) == pytest.approx(changed, rel=1e-5)
    page.get_by_test_id("share-close").click()
    page.get_by_test_id("house-undo").click()
    expect(page.get_by_test_id("price-true")).to_have_attribute("data-value", str(int(sold)))

    page.get_by_test_id("model-picker").click()
    page.get_by_test_id("model-mlp-relu").click()
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("pad")).to_be_visible()
    expect(page.get_by_test_id("price")).to_be_hidden()

    page.goto("about:blank")
    page.goto(link)
    assert wait_for_price(page) == pytest.approx(changed, rel=1e-6)
    expect(page.get_by_test_id("house-note")).not_to_contain_text("240")


def test_what_explore_shows_in_its_place_does_not_follow_one_to_draw(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.goto(f"{address}/#model=houses-mlp")
    wait_for_price(page)
    page.locator("nav a[href$='/explore']").click()
    expect(page.get_by_test_id("note")).to_contain_text("House prices (MLP) reads something else")
    page.locator("nav a[href$='/']").first.click()
    wait_for_price(page)
    expect(page.get_by_test_id("model-picker")).to_contain_text("House prices (MLP)")


@pytest.mark.slow
def test_a_network_that_learns_prices_is_watched_with_a_house(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.goto(f"{address}/train")
    expect(page.locator("#train")).to_have_attribute("data-ready", "")
    unfold(page)
    choose_lesson(page, "houses")
    page.get_by_test_id("set-epochs").fill("3")
    expect(page.get_by_test_id("set-loss")).to_be_hidden()
    page.get_by_test_id("start").click()
    expect(page.get_by_test_id("run-outcome")).to_contain_text("R²", timeout=60_000)
    expect(page.get_by_test_id("mine-about")).to_contain_text("165")  # 3 epochs of 55 batches
    told = wait_for_number(page.get_by_test_id("price"))
    model = page.get_by_test_id("mine-about").get_attribute("data-model")
    with urllib.request.urlopen(f"{address}/api/datasets/ames/test?offset=240&limit=1") as reply:
        features = json.load(reply)["houses"][0]["features"]
    asked = urllib.request.Request(
        f"{address}/api/models/{model}/activations",
        json.dumps({"features": features}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as reply:
        assert told == pytest.approx(json.load(reply)["prediction"], rel=1e-6)
    expect(page.get_by_test_id("pad")).to_be_hidden()

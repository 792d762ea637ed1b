"""Nothing that was made is lost, in a real Chromium: networks, changes; to start again."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.soon import soon
from tests.browser.test_lab import open_lab, set_dial

RECIPE = {
    "title": "Twins",
    "architecture": {
        "input_shape": [784],
        "layers": [
            {"kind": "dense", "name": "hidden1", "units": 8, "activation": "relu"},
            {"kind": "dense", "name": "output", "units": 10, "activation": "softmax"},
        ],
    },
    "samples": 1000,
    "training": {"epochs": 1},
}


@pytest.fixture
def page(empty_page: Page) -> Page:
    return empty_page


START = """recipe => fetch('/api/runs', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ recipe }),
}).then((reply) => reply.json()).then(({ id }) => id)"""
DONE = """async (ids) => {
  for (;;) {
    const { runs } = await (await fetch('/api/runs')).json();
    if (ids.every((id) => runs.find((run) => run.id === id).state === 'done')) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}"""


OVER = """menu => {
  const line = document.querySelector('.again-told');
  const [a, b] = [menu, line].map((each) => each.getBoundingClientRect());
  const x = Math.max(a.left, b.left) + 4;
  const y = Math.max(a.top, b.top) + 4;
  const isBoth = x < Math.min(a.right, b.right) && y < Math.min(a.bottom, b.bottom);
  return isBoth && line.contains(document.elementFromPoint(x, y));
}"""


def test_the_network_and_its_changes_outlast_a_reload_until_one_starts_again(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_lab(page, address, "mlp-relu", "output")
    set_dial(page, "bias", "-20")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", re.compile("[^7]"))
    wrong = page.get_by_test_id("answer").get_attribute("data-value") or ""
    page.get_by_test_id("clear").click()
    page.get_by_test_id("undo").click()  # the visitor has touched the pad
    page.get_by_test_id("home").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", wrong)
    expect(page.get_by_test_id("edited")).to_contain_text("1")
    page.get_by_test_id("test-class-4").click()
    expect(page.locator("#pad-note")).to_contain_text("labelled 4")
    page.get_by_test_id("go-train").click()
    page.get_by_test_id("go-draw").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")
    page.get_by_test_id("again").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-sigmoid")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    expect(page.get_by_test_id("edited")).to_be_hidden()
    told = page.get_by_test_id("again-told")
    expect(told).to_contain_text("Back to the first example")
    page.get_by_test_id("again-undo").click()  # all that was there can be had back
    expect(told).to_be_hidden()
    expect(page.locator("#pad-note")).to_contain_text("labelled 4")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-relu")
    expect(page.get_by_test_id("edited")).to_contain_text("Edited network · output, digit 7: b")
    page.get_by_test_id("again").click()
    expect(told).to_be_visible()
    page.get_by_test_id("model-picker").click()
    expect(page.locator(".models label").first).to_be_visible()

    def is_below() -> None:
        assert not page.locator("fieldset.models").evaluate(OVER)

    soon(page, is_below)
    for gone in (page.locator("fieldset.models"), told):  # the innermost first
        page.keyboard.press("Escape")
        expect(gone).to_be_hidden()
    page.get_by_test_id("test-class-7").click()
    expect(page.locator("#pad-note")).to_contain_text("labelled 7")
    page.get_by_test_id("again").click()
    expect(told).to_be_visible()
    page.get_by_test_id("test-class-1").click()  # another thing is done
    expect(told).to_be_hidden()


def test_what_was_trained_here_can_be_picked_under_a_name_of_its_own(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    page.goto(f"{address}/")
    runs = [page.evaluate(START, RECIPE) for _ in range(2)]  # the browser's own
    page.evaluate(DONE, runs)
    with urllib.request.urlopen(f"{address}/api/runs/{runs[1]}") as reply:
        told = json.load(reply)["run"]
    page.get_by_test_id("model-picker").click()
    rows = [page.get_by_test_id(f"model-{run}") for run in runs]
    told_shares = [100 * told["validation"], 100 * told["tested"]]

    def is_told() -> None:
        names = [row.locator("strong").inner_text() for row in rows]
        assert names[0] != names[1]
        shares = re.findall(r"([\d.]+)%", rows[1].inner_text())
        assert [float(share) for share in shares] == pytest.approx(told_shares, abs=0.051)

    soon(page, is_told)
    assert rows[1].bounding_box()["y"] < rows[0].bounding_box()["y"]  # type: ignore[index]
    rows[1].click()
    model = f"{runs[1]}-{told['batch']}"
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
    page.get_by_test_id("home").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model)
    page.get_by_test_id("compare-start").click()
    card = page.locator(f'[data-rival="{model}"]')
    expect(card).to_contain_text(re.compile(r"reads [\d.]+% of test digits"))
    (share,) = re.findall(r"reads ([\d.]+)%", card.inner_text())
    assert float(share) == pytest.approx(100 * told["tested"], abs=0.051)
    page.keyboard.press("Escape")
    page.get_by_test_id("model-picker").click()
    page.get_by_test_id("model-lstm").click()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "lstm")
    page.get_by_test_id("model-picker").click()
    expect(rows[1]).to_be_in_viewport()  # the list opens with what was trained here

"""A phone on poor Wi-Fi: 200 ms away, one request in twenty lost. Drawing must not notice."""

import random

import pytest
from playwright.sync_api import Page, Route, expect

from nnviz import models
from nnviz.ink import from_strokes, to_input
from tests.browser.conftest import Complaints
from tests.browser.test_draw import FOUR, HAND, SEVEN, draw, wait_for_reading

LATENCY = 200  # ms
LOST = 0.05
BEHIND = 600  # ms: the way there and back, and the 300 ms that are allowed, and a moment
WATCH = """
() => {
  window.seen = [];
  window.frames = [];
  const rows = [...document.querySelectorAll('[data-testid=probabilities] li')];
  const shares = () => rows.map((row) => Number(row.dataset.value));
  const pad = document.querySelector('canvas[data-testid=pad]');
  window.lastPoint = 0;
  pad.addEventListener('pointermove', () => { window.lastPoint = performance.now(); });
  const look = (now) => {
    window.frames.push(now);
    window.seen.push({
      rested: now - window.lastPoint,
      stale: document.querySelector('#answer.stale') !== null,
      trouble: !document.querySelector('#status').hidden,
      shares: shares(),
    });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1])
def test_drawing_is_smooth_and_nothing_old_is_shown_as_current(
    fresh_page: Page, address: str, complaints: Complaints, seed: int
) -> None:
    page = fresh_page
    page.goto(address)
    wait_for_reading(page, 7)
    rng, lost = random.Random(seed), [0]

    def lose_some(route: Route) -> None:
        if rng.random() < LOST:
            lost[0] += 1
            route.abort()
        else:
            route.continue_()

    page.route("**/activations", lose_some)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    network = models.load("mlp-sigmoid").network
    for strokes in (SEVEN, FOUR, SEVEN, FOUR):
        page.get_by_test_id("clear").click()
        expect(page.get_by_test_id("answer")).to_have_attribute("data-value", "")
        page.evaluate(WATCH)
        draw(page, strokes, HAND)
        drawn = page.evaluate("() => window.frames.length")
        page.wait_for_timeout(2 * BEHIND)
        expect(page.locator("#answer.stale")).to_have_count(0)
        seen = page.evaluate("() => window.seen")
        final = seen[-1]["shares"]
        expected = network(to_input(from_strokes(strokes))[None])[0]
        assert max(abs(a - b) for a, b in zip(final, expected, strict=True)) < 0.05
        assert drawn > 20, "the pad was painted all the while"
        for moment in seen:
            is_final = max(abs(a - b) for a, b in zip(moment["shares"], final, strict=True)) < 1e-6
            has_answer = any(moment["shares"])
            if moment["rested"] > BEHIND and has_answer:
                assert is_final or moment["stale"] or moment["trouble"], moment
        page.evaluate("() => { window.seen = []; }")
    assert sum(lost) == len([each for each in complaints if "ERR_FAILED" in each])
    complaints.clear()  # the browser tells of every lost request

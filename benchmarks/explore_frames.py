"""What a frame of Explore costs the page where much moves: 10,000 dots or digits, and their list.

    python -m benchmarks.explore_frames [--rounds N]

Starts the application and a real Chromium at 1440x900 without a graphics card. In each of 100
frames the list of digits is scrolled on, or the map is zoomed, or walks from layer to layer.
Counted is the processor time of the page's thread, which other processes do not add to: a
sixtieth of a second is 16.7 ms. Needs the requirements of the tests.
"""

import argparse

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.explore import PORT, served
from benchmarks.first_view import PATIENCE, page_cpu
from tests.browser.chromium import find_chromium

FRAMES = 100
ADDRESS = f"http://127.0.0.1:{PORT}"
SCROLL = """async (frames) => {
  const list = document.querySelector('.room:not([hidden]) .grid-scroll');
  for (let i = 0; i < frames; i++) {
    list.scrollTop += 84;
    await new Promise(requestAnimationFrame);
  }
}"""
ZOOM = """async (frames) => {
  const map = document.querySelector('.scatter canvas:last-child');
  const { left, top, width, height } = map.getBoundingClientRect();
  const middle = { clientX: left + width / 2, clientY: top + height / 2, cancelable: true };
  for (let i = 0; i < frames; i++) {
    map.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaY: i % 40 < 20 ? -20 : 20 }));
    await new Promise(requestAnimationFrame);
  }
}"""
STILL = """async (frames) => {
  for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
}"""
MOVES = {
    "scrolling through the 10,000 test digits": ("view=dataset", SCROLL),
    "scrolling through the 60,000 training digits": ("view=dataset&split=train", SCROLL),
    "zooming a map of 10,000 dots": ("view=map", ZOOM),
    "zooming a map of the 10,000 digits": ("view=map&show=digits", ZOOM),
    "nothing moves": ("view=map", STILL),
}
"""What moves: where, and how."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print("| what moves | ms a frame |\n|---|---:|")
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (place, move) in MOVES.items():
            found = [_frame(browser, place, move) for _ in range(rounds)]
            print(f"| {name} | {np.median(found):.1f} |", flush=True)
        browser.close()


def _frame(browser: Browser, place: str, move: str) -> float:
    """The mean of a frame, ms of processor time."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{ADDRESS}/explore#{place}&model=mlp-wide&digit=8")
    page.wait_for_selector("[data-testid=answer]")
    page.wait_for_function("() => document.querySelector('.room:not([hidden]) canvas')")
    page.wait_for_load_state("networkidle")
    page.evaluate(move, FRAMES)  # the pictures on the way come
    page.wait_for_load_state("networkidle")
    if move == SCROLL:
        page.evaluate(
            "() => { document.querySelector('.room:not([hidden]) .grid-scroll').scrollTop = 0; }"
        )
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = page_cpu(session)
    page.evaluate(move, FRAMES)
    spent = page_cpu(session) - before
    page.context.close()
    return spent / FRAMES


if __name__ == "__main__":
    main()

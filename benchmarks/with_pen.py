"""Whether what goes with a drawing on Explore is shown in the frame of the bars.

    python -m benchmarks.with_pen [--rounds N]

Starts the application and a real Chromium at 1440x900 without a graphics card. A stroke of 41
movements is drawn by pointer events, one every 30 ms. Counted are the frames in which the bars
change; in how many of them the view's own part changes as well; and the frames in which that part
changes alone: it came late. Needs the requirements of the tests.
"""

import argparse
import math

from playwright.sync_api import Browser, sync_playwright

from benchmarks.explore import PORT, served
from tests.browser.chromium import find_chromium

MODELS = ("mlp-sigmoid", "mlp-wide", "cnn", "lstm", "mlp-two-heads")
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 120_000  # ms
MOVES, EVERY = 41, 30  # movements of a stroke, ms from one to the next
PARTS = {
    "map": ("view=map", "[data-testid=nearest]"),
    "neurons": ("view=neurons&unit=3", "[data-testid=unit-own]"),
    "why": ("view=why", "[data-testid=blame]"),
    "fool": ("view=fool", "[data-testid=fool-after]"),
}
"""Of each view its address, and the part that belongs to the drawing."""
WATCH = """(part) => {
  const frames = { bars: new Set(), part: new Set() };
  let frame = 0;
  const count = () => { frame += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
  const note = (name) => () => frames[name].add(frame);
  const options = { attributes: true, childList: true, characterData: true, subtree: true };
  new MutationObserver(note('bars')).observe(document.getElementById('probabilities'), options);
  const element = document.querySelector(part);
  if (element.tagName === 'CANVAS') {
    const context = element.getContext('2d');
    const put = context.putImageData.bind(context);
    context.putImageData = (...given) => { note('part')(); put(...given); };
  } else {
    const told = () => element.textContent + JSON.stringify(element.dataset);
    let before = told();
    new MutationObserver(() => {
      if (told() !== before) note('part')();
      before = told();
    }).observe(element, options);
  }
  window.counted = () => {
    const both = [...frames.bars].filter((each) => frames.part.has(each)).length;
    return [frames.bars.size, both, frames.part.size - both];
  };
}"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print("| view | model | frames in which the bars change | with them | alone |")
    print("|---|---|---:|---:|---:|")
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=["--no-sandbox", "--disable-gpu"]
        )
        for view, (place, part) in PARTS.items():
            for model in MODELS:
                found = [_stroke(browser, f"{place}&model={model}", part) for _ in range(rounds)]
                told = (", ".join(str(each[i]) for each in found) for i in range(3))
                print(f"| {view} | `{model}` | {' | '.join(told)} |", flush=True)
        browser.close()


def _stroke(browser: Browser, place: str, part: str) -> list[int]:
    """Frames of one stroke: those of the bars, those of both, those of the part alone."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{ADDRESS}/explore#{place}&digit=8")
    page.wait_for_selector(part)
    page.wait_for_selector("[data-testid=answer]")
    page.wait_for_function("() => !document.querySelector('.room:not([hidden]) .coming')")
    page.wait_for_timeout(1500)  # until what comes later is there: it is measured, not tested
    page.evaluate(WATCH, part)
    box = page.locator("#pad").bounding_box()
    assert box is not None
    for i in range(MOVES):
        angle = 2 * math.pi * i / MOVES
        x = box["x"] + box["width"] * (0.5 + 0.2 * math.sin(angle))
        y = box["y"] + box["height"] * (0.5 - 0.3 * math.cos(angle))
        page.mouse.move(x, y)
        if i == 0:
            page.mouse.down()
        page.wait_for_timeout(EVERY)
    page.mouse.up()
    page.wait_for_timeout(1500)
    counted: list[int] = page.evaluate("window.counted()")
    page.context.close()
    return counted


if __name__ == "__main__":
    main()

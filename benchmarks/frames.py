"""What the page costs: bytes of the first load, time until it is usable, scripting per frame.

    python -m benchmarks.frames [STROKES.jsonl]

Starts the application and a real Chromium whose processor is slowed down four times over the
DevTools protocol, draws with real pointer events at 60 a second, and reads the browser's own trace:
how long scripts ran between the beginnings of two frames. Needs the requirements of the tests.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from nnviz import models
from scripts.screenshots import THREE, application, rounded
from tests.browser.chromium import find_chromium

SLOWER = 4
DRAWINGS = 12
BUDGET = 16.0  # ms
CATEGORIES = "devtools.timeline"
SCRIPT = {
    "FunctionCall",
    "EvaluateScript",
    "EventDispatch",
    "FireAnimationFrame",
    "TimerFire",
    "RunMicrotasks",
    "v8.callFunction",
}
USABLE = """
  new MutationObserver(() => {
    const answer = document.querySelector('[data-testid=answer]');
    if (answer) window.padAt ??= performance.now();
    if (answer?.dataset.value) window.answerAt ??= performance.now();
  }).observe(document, { childList: true, subtree: true, attributes: true });
"""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path, nargs="?", help="drawn digits, JSON lines")
    path = parser.parse_args().strokes
    if path:
        lines = path.read_text("utf-8").splitlines()[:DRAWINGS]
        drawings = [json.loads(line)["strokes"] for line in lines]
    else:
        drawings = [[rounded(THREE)]] * DRAWINGS
    with application() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        _print_load(browser, address)
        print(
            f"\n| model | frames | frames/s | median ms | 95% ms | most ms | over {BUDGET:g} ms |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|")
        for model in models.DIGITS:
            frames, seconds = _draw(browser, address, model, drawings)
            low, high = np.percentile(frames, [50, 95])
            over = float((frames > BUDGET).mean())
            print(
                f"| `{model}` | {len(frames)} | {len(frames) / seconds:.0f} | {low:.1f} | "
                f"{high:.1f} | {frames.max():.1f} | {over:.1%} |",
                flush=True,
            )
        browser.close()


def _open(browser: Browser) -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page, session


def _print_load(browser: Browser, address: str) -> None:
    """Bytes and times of first visits, each with an empty cache."""
    times = []
    for _ in range(5):
        page, session = _open(browser)
        page.add_init_script(USABLE)
        bytes_in = [0.0]
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished",
            lambda event, seen=bytes_in: seen.append(event["encodedDataLength"]),
        )
        page.goto(address)
        page.wait_for_function("() => window.answerAt")
        page.wait_for_load_state("networkidle")
        times.append([page.evaluate("window.padAt"), page.evaluate("window.answerAt")])
        page.context.close()
    pad, answer = np.median(times, axis=0)
    print(f"first load: {sum(bytes_in) / 1000:.0f} kB over the wire, headers included")
    print(
        f"at {SLOWER}x CPU throttle: the pad is there after {pad:.0f} ms, "
        f"the first digit is read after {answer:.0f} ms (medians of five visits)"
    )


def _draw(
    browser: Browser, address: str, model: str, drawings: list[Any]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], float]:
    """Scripting in each frame while digits are drawn, ms; and how long that took, s."""
    page, session = _open(browser)
    page.goto(f"{address}/#model={model}")
    page.wait_for_selector('[data-testid=answer][data-value="7"]')
    page.wait_for_load_state("networkidle")
    events: list[dict[str, Any]] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    done: list[bool] = []
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories": CATEGORIES})
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    for strokes in drawings:
        for stroke in strokes:
            places = [
                (box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke
            ]
            page.mouse.move(*places[0])
            page.mouse.down()
            for place in places[1:]:
                page.mouse.move(*place)
                page.wait_for_timeout(1000 / 60)
            page.mouse.up()
        page.keyboard.press("Delete")
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    page.context.close()
    return scripting(events)


def scripting(
    events: list[dict[str, Any]],
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], float]:
    """Of a trace: how long scripts ran in each frame, ms; the time from first to last, s."""
    frame_events = [each for each in events if each["name"] == "FireAnimationFrame"]
    threads = [(each["pid"], each["tid"]) for each in frame_events]
    main_thread = max(set(threads), key=threads.count)
    own = [each for each in events if (each["pid"], each["tid"]) == main_thread]
    begins = np.array(sorted(each["ts"] for each in own if each["name"] == "FireAnimationFrame"))
    spans = sorted(
        (each["ts"], each["ts"] + each.get("dur", 0)) for each in own if each["name"] in SCRIPT
    )
    took = np.zeros(len(begins))
    reached = 0.0
    for start, end in spans:
        start = max(start, reached)  # what runs within another span is counted once
        if end <= start:
            continue
        reached = end
        frame = int(np.searchsorted(begins, start, side="right")) - 1
        if frame >= 0:
            took[frame] += (end - start) / 1000
    return took, float(begins[-1] - begins[0]) / 1e6


if __name__ == "__main__":
    main()

"""What the page costs: bytes of the first load, time until it is usable, scripting per frame.

    python -m benchmarks.frames [--busy] [STROKES.jsonl]
    python -m benchmarks.frames --beside FOLDER

Starts the application and a real Chromium whose processor is slowed down four times over the
DevTools protocol, draws with real pointer events at 60 a second, and reads the browser's own trace:
how long scripts ran between the beginnings of two frames. First visits are timed as they are,
slowed down, and on a poor line as well. With ``--busy``, where others work on the machine, frames
are not slowed down, and four times the processor time of their scripts is told: what others take
counts neither once nor, as in a slowed frame, four times. With ``--beside`` first visits alone are
timed, by turns with those to another checkout. Needs the requirements of the tests.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, CDPSession, Page, Playwright, sync_playwright

from nnviz import models
from scripts.screenshots import THREE, application, rounded
from tests.browser.chromium import find_chromium

SLOWER = 4
DRAWINGS = 12
TURNS = 7
ANSWER = 3  # where `visit` tells when the first digit is read
BUDGET, LIMIT = 16.0, 33.0  # ms
LINE = {  # 1.5 Mbit/s, 100 ms
    "offline": False,
    "latency": 100,
    "downloadThroughput": 1.5e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
VISITS: dict[str, tuple[int, dict[str, Any] | None]] = {
    "as it is": (1, None),
    "4x CPU throttle": (SLOWER, None),
    "4x, 1.5 Mbit/s, 100 ms": (SLOWER, LINE),
}
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
    parser.add_argument("--busy", action="store_true", help="others work on this machine")
    parser.add_argument("--beside", type=Path, help="another checkout, visited by turns")
    options = parser.parse_args()
    if options.beside:
        return _print_turns(options.beside)
    if options.strokes:
        lines = options.strokes.read_text("utf-8").splitlines()[:DRAWINGS]
        drawings = [json.loads(line)["strokes"] for line in lines]
    else:
        drawings = [[rounded(THREE)]] * DRAWINGS
    with application() as address, sync_playwright() as playwright:
        browser = _browser(playwright)
        _print_load(browser, address)
        over = f"over {BUDGET:g} ms | over {LIMIT:g} ms"
        print(f"\n| model | frames | frames/s | median ms | 95% ms | most ms | {over} |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for model in models.DIGITS:
            frames, seconds = _draw(browser, address, model, drawings, options.busy)
            low, high = np.percentile(frames, [50, 95])
            print(
                f"| `{model}` | {len(frames)} | {len(frames) / seconds:.0f} | {low:.1f} | "
                f"{high:.1f} | {frames.max():.1f} | {(frames > BUDGET).mean():.1%} | "
                f"{(frames > LIMIT).sum()} |",
                flush=True,
            )
        browser.close()


def _browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=find_chromium(playwright),
        args=["--no-sandbox", "--disable-background-networking"],
    )


def _print_turns(beside: Path) -> None:
    """First visits by turns with another checkout's: medians, of the turns' ratios, too."""
    with (
        application() as here,
        application(beside) as there,
        sync_playwright() as playwright,
    ):
        browser = _browser(playwright)
        print("| first visit | the first digit is read, times the other | ms | the other's ms |")
        print("|---|---:|---:|---:|")
        for condition, (slower, line) in VISITS.items():
            turns = [
                [visit(browser, address, slower, line) for address in (here, there)]
                for _ in range(TURNS + 1)
            ]
            own, other = np.array(turns[1:])[:, :, ANSWER].T
            print(
                f"| {condition} | {np.median(own / other):.2f} | {np.median(own):.0f} | "
                f"{np.median(other):.0f} |",
                flush=True,
            )
            if condition == next(iter(VISITS)):
                weights = np.median(np.array(turns[1:])[:, :, :2], axis=0)
        browser.close()
    told = [f"{weight / 1000:.1f} kB in {requests:.0f} requests" for weight, requests in weights]
    print(f"\nfirst load: {told[0]}, the other's {told[1]}")


def _open(browser: Browser, slower: int) -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page, session


def _print_load(browser: Browser, address: str) -> None:
    """Bytes and times of first visits, each with an empty cache."""
    rows: list[str] = []
    for condition, (slower, line) in VISITS.items():
        visits = [visit(browser, address, slower, line) for _ in range(6)][1:]
        weight, requests, pad, answer, work = np.median(visits, axis=0)
        rows.append(f"| {condition} | {pad:.0f} | {answer:.0f} | {answer - work:.0f} |")
    print(f"first load: {weight / 1000:.0f} kB over the wire in {requests:.0f} requests\n")
    print(
        "| first visit | the pad is there, ms | the first digit is read, ms | of it no work, ms |"
    )
    print("|---|---:|---:|---:|")
    print("\n".join(rows), flush=True)


def visit(
    browser: Browser, address: str, slower: int, line: dict[str, Any] | None
) -> tuple[float, ...]:
    """Bytes, requests; ms until the pad and the answer are there; ms that the page's thread ran."""
    page, session = _open(browser, slower)
    page.add_init_script(USABLE)
    received: list[float] = []
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if line:
        session.send("Network.emulateNetworkConditions", line)
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.answerAt", timeout=60_000)
    told = session.send("Performance.getMetrics")["metrics"]
    work = next(each["value"] for each in told if each["name"] == "TaskDuration")
    page.wait_for_load_state("networkidle")
    times = [page.evaluate("window.padAt"), page.evaluate("window.answerAt")]
    page.context.close()
    return sum(received), len(received), *times, work * 1000


def _draw(
    browser: Browser, address: str, model: str, drawings: list[Any], busy: bool = False
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], float]:
    """Scripting in each frame while digits are drawn, ms; and how long that took, s."""
    page, session = _open(browser, 1 if busy else SLOWER)
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
    return scripting(events, SLOWER if busy else None)


def scripting(
    events: list[dict[str, Any]], times: int | None = None
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], float]:
    """Of a trace: how long scripts ran in each frame, ms; the time from first to last, s.

    With ``times`` it is so many times the processor time of a frame's scripts.
    """
    frame_events = [each for each in events if each["name"] == "FireAnimationFrame"]
    threads = [(each["pid"], each["tid"]) for each in frame_events]
    main_thread = max(set(threads), key=threads.count)
    own = [each for each in events if (each["pid"], each["tid"]) == main_thread]
    begins = np.array(sorted(each["ts"] for each in own if each["name"] == "FireAnimationFrame"))
    spans = sorted(
        (each["ts"], -each.get("dur", 0), each.get("tdur", 0))
        for each in own
        if each["name"] in SCRIPT
    )
    took = np.zeros(len(begins))
    reached = 0.0
    for start, less, ran in spans:
        if start < reached:  # what runs within another span is counted once
            continue
        reached = start - less
        frame = int(np.searchsorted(begins, start, side="right")) - 1
        if frame >= 0:
            took[frame] += (times * ran if times else -less) / 1000
    return took, float(begins[-1] - begins[0]) / 1e6


if __name__ == "__main__":
    main()

"""What a pen costs on a poor line: bytes for each drawing, and how often the page follows the pen.

    python -m benchmarks.wire [STROKES.jsonl]

Starts the application and a real Chromium whose line carries 3 Mbit/s with 20 ms of latency (a
phone's share of a class's Wi-Fi), and draws digits with real pointer events at 60 a second. Needs
the requirements of the tests.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from nnviz import models
from scripts.screenshots import THREE, application, rounded
from tests.browser.chromium import find_chromium

MBIT, LATENCY = 3.0, 20  # of the line: Mbit/s each way, ms
DRAWINGS = 4
WATCH = """
  window.updates = 0;
  const bars = document.querySelector('[data-testid=probabilities]');
  let isNew = false;
  const count = () => { window.updates += 1; isNew = false; };
  new MutationObserver(() => {
    if (!isNew) requestAnimationFrame(count);
    isNew = true;
  }).observe(bars, { subtree: true, attributes: true, attributeFilter: ['data-value'] });
"""


@dataclass
class Followed:
    """What came while the pen moved: replies, their bytes with headers, pictures that changed."""

    replies: int
    bytes: float
    updates: int
    seconds: float


def slow_down(session: CDPSession) -> None:
    """Put the page on the poor line."""
    each_way = MBIT * 1e6 / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": each_way,
            "uploadThroughput": each_way,
        },
    )


def follow(page: Page, session: CDPSession, drawings: list[Any]) -> Followed:
    """Draw on the open page, and count."""
    asked: set[str] = set()
    sizes: list[float] = []
    session.on(
        "Network.requestWillBeSent",
        lambda event: (
            asked.add(event["requestId"])
            if event["request"]["url"].endswith("/activations")
            else None
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: (
            sizes.append(event["encodedDataLength"]) if event["requestId"] in asked else None
        ),
    )
    page.evaluate(WATCH)
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    seconds = 0.0
    for strokes in drawings:
        for stroke in strokes:
            places = [
                (box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke
            ]
            page.mouse.move(*places[0])
            page.mouse.down()
            began = time.perf_counter()
            for place in places[1:]:
                page.mouse.move(*place)
                page.wait_for_timeout(1000 / 60)
            seconds += time.perf_counter() - began
            page.mouse.up()
    return Followed(len(sizes), sum(sizes), page.evaluate("window.updates"), seconds)


def open_model(page: Page, address: str, model: str) -> None:
    """The Draw screen with a model, all of it loaded."""
    page.goto(f"{address}/#model={model}")
    page.wait_for_selector('[data-testid=answer][data-value="7"]')
    page.wait_for_load_state("networkidle")


def digits(path: Path | None) -> list[Any]:
    """Strokes of a few digits: from a file, or the same three again and again."""
    if path is None:
        return [[rounded(THREE)]] * DRAWINGS
    lines = path.read_text("utf-8").splitlines()[:DRAWINGS]
    return [json.loads(line)["strokes"] for line in lines]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path, nargs="?", help="drawn digits, JSON lines")
    drawings = digits(parser.parse_args().strokes)
    print("| model | updates/s | replies/s | bytes a reply, headers included | kB/s |")
    print("|---|---:|---:|---:|---:|")
    with application() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for model in models.DIGITS:
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            open_model(page, address, model)
            session = page.context.new_cdp_session(page)
            slow_down(session)
            found = follow(page, session, drawings)
            print(
                f"| `{model}` | {found.updates / found.seconds:.1f} | "
                f"{found.replies / found.seconds:.1f} | "
                f"{found.bytes / max(1, found.replies):,.0f} | "
                f"{found.bytes / found.seconds / 1000:.0f} |",
                flush=True,
            )
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()

"""How soon each view of Explore stands on the screen, from the click on.

    python -m benchmarks.first_view [--rounds N]

Starts the application and a real Chromium at 1440x900 without a graphics card. A visitor looks at
Draw and clicks on Explore; then opens every other view by its address. By the clock: until the
view's frame stands there, and until its answer does, the first time (when the server reads 10,000
digits for it) and the median of further rounds. Beside it the processor time of the page's thread
and of the server, which other processes do not add to. Needs the requirements of the tests.
"""

import argparse
import os
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.explore import PORT, served
from tests.browser.chromium import find_chromium
from tests.browser.explore_views import ANSWERS

MODELS = ("mlp-sigmoid", "mlp-wide", "cnn", "lstm")
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 120_000  # ms
WATCH = """
  const answers = %s;
  const isThere = (element) => element?.offsetParent && element.textContent.trim();
  const look = () => {
    const view = document.getElementById('view')?.dataset.view;
    const room = document.querySelector(`[data-room=${view}]`);
    if (!room) return;
    if (isThere(room.querySelector('h2'))) window.frameAt ??= performance.now();
    const answer = room.querySelector(`[data-testid=${answers[view]}]`);
    const isWaiting = view === 'questions' && !/AUC/.test(answer?.textContent ?? '');
    if (isThere(answer) && !isWaiting) window.answerAt ??= performance.now();
  };
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, attributes: true, characterData: true,
  });
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print("| view | model | frame ms | answer, first | answer, again | page CPU | server CPU |")
    print("|---|---|---:|---:|---:|---:|---:|")
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=["--no-sandbox", "--disable-gpu"]
        )
        for model in MODELS:
            found = [_round(browser, server, model) for _ in range(rounds + 1)]
            for view in ANSWERS:
                first = found[0][view]
                frame, again, page, _ = np.median([each[view] for each in found[1:]], axis=0)
                print(
                    f"| {view} | `{model}` | {frame:,.0f} | {first[1]:,.0f} | {again:,.0f} | "
                    f"{page:,.0f} | {first[3]:,.0f} |",
                    flush=True,
                )
        browser.close()


def _round(browser: Browser, server: int, model: str) -> dict[str, list[float]]:
    """Of each view: frame and answer by the clock, CPU of the page and of the server, all in ms."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH % ANSWERS)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    found = {}
    for view in ANSWERS:
        if view == "questions":
            page.goto(f"{ADDRESS}/#model={model}")
            page.wait_for_selector('[data-testid=answer]:not([data-value=""])')
        else:
            page.goto("about:blank")
        before = _cpu(server)
        if view == "questions":
            page.locator("header a[href='/explore']").click()
        else:
            page.goto(f"{ADDRESS}/explore#view={view}&model={model}")
        page.wait_for_function("() => window.answerAt")
        times = [page.evaluate("window.frameAt"), page.evaluate("window.answerAt")]
        found[view] = [*times, page_cpu(session), _cpu(server) - before]
    page.context.close()
    return found


def page_cpu(session: Any) -> float:
    """Processor time of the page's thread since it was opened, ms."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def _cpu(pid: int) -> float:
    """Processor time of a process and of all that it has started, ms."""
    ticks: dict[int, int] = {}
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        each = int(path.parent.name)
        parents[each], ticks[each] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = {pid}
    while more := {each for each, parent in parents.items() if parent in family} - family:
        family |= more
    return 1000 * sum(ticks.get(each, 0) for each in family) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()

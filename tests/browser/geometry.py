"""How the page lies: texts on texts, texts that are cut, controls on one another."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")

# width, height, and whether all is to be seen without scrolling
LAPTOPS = [(1280, 720), (1366, 625), (1366, 768), (1440, 900), (1600, 900), (1920, 1080)]
TABLETS = [(1024, 768), (768, 1024)]
PHONES = [(390, 844), (360, 740), (844, 390)]
ZOOMED = [(683, 384), (720, 450), (960, 540)]  # 1366x768, 1440x900 and 1920x1080 at 200%
SIZES = [*LAPTOPS, *TABLETS, *PHONES, *ZOOMED]


def settle(page: Page) -> None:
    """Wait until what follows from a new size is painted."""
    page.evaluate(
        """async () => {
          for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
        }"""
    )


def faults(page: Page, sizes: list[tuple[int, int]], what: str, scrolls: bool = False) -> list[str]:
    """What is wrong at each size, in words; nothing is loaded anew.

    On a laptop all is to be seen at once, but for what ``scrolls``.
    """
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        fold = not scrolls and (width, height) in LAPTOPS
        each = page.evaluate(f"({SCRIPT})({{fold: {str(fold).lower()}}})")
        found += [f"{width}x{height}, {what}: {fault}" for fault in each]
    return found

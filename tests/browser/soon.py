"""What a page says now or soon: a busy machine is slow, not wrong.

`expect` waits for a text or an attribute as a whole. What has to be read first (a number, several
of them, the colours of a picture) is read again here until it is right, as long as `expect` waits.
"""

import re
import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from playwright.sync_api import Locator, Page

T = TypeVar("T")
PATIENCE = 20_000  # ms


def soon(page: Page, check: Callable[[], T]) -> T:
    """What ``check`` returns once it asserts nothing wrong; its last complaint if it always does.

    A text that is no number yet (``ValueError``, ``IndexError``) is a complaint, too.
    """
    limit = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            return check()
        except (AssertionError, ValueError, IndexError):
            if time.monotonic() > limit:
                raise
            page.wait_for_timeout(50)


def number(text: str) -> float:
    """The number that is written on the page, with a real minus sign."""
    return float(text.replace("−", "-").strip("()"))


def result(line: str) -> float:
    """What a line of arithmetic comes to: "2.084 − 1.433 ≈ 0.652"."""
    return number(re.split("[=≈]", line)[-1].strip())


def expect_number(
    element: Locator,
    value: float,
    attribute: str = "",
    rel: float | None = None,
    abs: float | None = None,
) -> None:
    """The element's text, or its attribute, is the value, as near as is said."""

    def check() -> None:
        text = element.get_attribute(attribute) if attribute else element.inner_text()
        assert number(text or "nan") == pytest.approx(value, rel=rel, abs=abs)

    soon(element.page, check)

"""A class's Wi-Fi: every model follows the pen in few bytes. What came without (sums, gates) when
someone looks is held where it is shown: test_figures, test_inspector.
"""

import pytest
from playwright.sync_api import Page

from benchmarks import wire
from nnviz import models

MOST = 10_000  # bytes of a reply, its headers included


@pytest.mark.slow
@pytest.mark.parametrize("model", models.DIGITS)
def test_a_drawing_takes_few_bytes_and_each_reply_is_shown(
    fresh_page: Page, address: str, model: str
) -> None:
    """How often a second is for `benchmarks.wire` to say: a busy machine is slow, not wrong."""
    page = fresh_page
    wire.open_model(page, address, model)
    session = page.context.new_cdp_session(page)
    wire.slow_down(session)
    found = wire.follow(page, session, wire.digits(None)[:1])
    assert found.replies > 3
    assert found.bytes / found.replies <= MOST
    assert found.updates >= found.replies / 2

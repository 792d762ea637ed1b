"""A budget for each screen's first load, and what grew when it is spent.

What a screen fetches over the interface (its model's weights above all) comes on top, but for the
replies that come with the page (1.7 kB of Draw's and Explore's); of Draw all of it together is
measured in a real browser (tests/browser/test_first_screen.py). After a change that is worth its
bytes: ``python -m tests.web.test_first_load`` notes how large everything is now.
"""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nnviz.web import create_app
from tests.web.first_load import sizes

BUDGETS = {"/": 99_000, "/train": 120_000, "/explore": 75_500, "/learn": 57_600, "/class": 24_000}
NOTED = Path(__file__).with_name("first_load.json")
FEW = 40  # bytes: the compression of a version's name differs by some


def grown(before: dict[str, int], now: dict[str, int]) -> str:
    """What is larger than it was, and what is new, the most first."""
    more = {name: size - before.get(name, 0) for name, size in now.items()}
    lines = [
        f"{name}: {more[name]:+,} bytes" + (" (new)" if name not in before else "")
        for name in sorted(more, key=lambda name: -more[name])
        if more[name] > FEW
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("screen", BUDGETS)
def test_a_screens_first_load_stays_in_its_budget(client: FlaskClient, screen: str) -> None:
    now, before = sizes(client, screen), json.loads(NOTED.read_text("utf-8")).get(screen, {})
    total, most = sum(now.values()), BUDGETS[screen]
    assert total <= most, (
        f"Expected at most {most:,} bytes for {screen}; got {total:,}. Since they were noted "
        f"({sum(before.values()):,}), these grew:\n{grown(before, now)}"
    )


def test_all_that_a_screen_imports_at_once_is_found(client: FlaskClient) -> None:
    found = sizes(client, "/")
    for name in ("js/draw/main.js", "js/page/dom.js", "js/views/network/paint/edges.js"):
        assert name in found
    for name in ("js/draw/inspector/inspector.js", "js/server/on-demand.js"):
        assert name not in found  # comes when it is opened, or asked for
    assert any(name.startswith("css/tokens+") for name in found)


def test_what_grew_is_named() -> None:
    before, now = {"a.js": 900, "b.js": 500}, {"a.js": 1900, "b.js": 510, "c.js": 300}
    assert grown(before, now) == "a.js: +1,000 bytes\nc.js: +300 bytes (new)"


if __name__ == "__main__":
    client = create_app().test_client()
    noted = {screen: dict(sorted(sizes(client, screen).items())) for screen in BUDGETS}
    NOTED.write_text(json.dumps(noted, indent=1) + "\n", "utf-8")

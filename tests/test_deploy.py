"""The files that put nnviz on a server."""

import re
from pathlib import Path

DEPLOY = Path(__file__).parents[1] / "deploy"


def test_browsers_may_ask_for_a_page_s_many_files_at_once() -> None:
    """HTTP/2, which browsers speak over TLS alone: six connections take a dozen rounds."""
    listens = re.findall(r"^\s*listen ([^;]+);", (DEPLOY / "nginx.conf").read_text("utf-8"), re.M)
    assert listens
    assert all({"ssl", "http2"} <= set(each.split()) for each in listens)

"""The real server, asked for all that is dear at once: it draws and answers all the while."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from benchmarks.busy import (
    LEARNERS,
    PHOTOGRAPHERS,
    READERS,
    Ask,
    asking,
    learning,
    photographing,
    reading,
)
from tests.serving.test_server import SEVEN, ask, started, wait_until_it_draws, workers_of

DRAWINGS = 40
PATIENCE = 120  # seconds
KEPT = 400e6  # bytes that one worker may have grown by: 8 pictures decoded whole took 1,000e6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prepare", "visitors"),
    [(learning, LEARNERS), (reading, READERS), (photographing, PHOTOGRAPHERS)],
)
def test_it_draws_beside_dear_requests(
    tmp_path: Path, prepare: Callable[[str], Ask], visitors: int
) -> None:
    """One worker process, as on one's own machine: nobody else could answer."""
    with started(tmp_path, "--workers", "1") as (server, port, _):
        wait_until_it_draws(port)
        (worker,) = workers_of(server)
        before = worker.memory_info().rss
        with asking(prepare(f"http://127.0.0.1:{port}"), visitors) as statuses:
            limit, drawn = time.monotonic() + PATIENCE, 0
            while drawn < DRAWINGS or not statuses[200]:
                assert ask(port, "/healthz")["status"] == "ok"
                assert ask(port, "/api/models/mlp-sigmoid/activations", SEVEN)["prediction"] == 7
                assert time.monotonic() < limit or drawn < DRAWINGS, "nobody else was served"
                drawn += 1
        assert set(statuses) <= {200, 503}, "each is answered, or told when to come again"
        assert worker.memory_info().rss - before < KEPT
        assert psutil.Process(server.pid).is_running()


def test_what_is_tried_there_is_as_dear_as_may_be() -> None:
    """The next step of learning would be refused, no two requests ask the same."""
    asked = learning("http://127.0.0.1:1")
    bodies = [json.loads(asked(number).data or b"") for number in (0, 1)]
    assert len(bodies[0]["edits"]) >= 20
    assert bodies[0] != bodies[1]

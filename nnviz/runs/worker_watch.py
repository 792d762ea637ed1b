"""The server's side of the worker: it is there while a run waits, and replaced when it ends."""

import subprocess
import time
from typing import TYPE_CHECKING

from nnviz.serving.parent_watch import environment, python_module
from nnviz.settings import Settings

if TYPE_CHECKING:
    from nnviz.runs.runs import Runs

LONG, MOST = 10.0, 60.0  # a worker that ends sooner is started ever more seldom


class RunWorkerWatch:
    """One worker process of this server's, or another's that was there first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._started, self._pause, self._short = -MOST, 0.0, 0

    @property
    def fails(self) -> bool:
        """Whether workers end again and again as soon as they are started."""
        return self._short > 1

    def look(self, runs: "Runs") -> None:
        """Start a worker if a run is unfinished and there is none."""
        status = self._status()  # which also buries one that has ended
        if not runs.any_enqueued():
            return
        if status is None or (status == 0 and runs.worker_lives(self._name)):
            if time.monotonic() - self._started > LONG:
                self._short, self._pause = 0, 0.0
            return
        now = time.monotonic()
        if now - self._started < self._pause:
            return  # one that cannot run must not eat up the machine
        if now - self._started < max(LONG, 2 * self._pause):
            self._short, self._pause = self._short + 1, min(max(1.0, 2 * self._pause), MOST)
        self._started = now
        self._process = start_run_worker(self._settings)

    def let_go(self) -> None:
        """Have the worker put everything down, for its database is gone."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    @property
    def _name(self) -> str:
        from nnviz.runs.worker import own_name

        return own_name(self._settings)

    def _status(self) -> int | None:
        return self._process.poll() if self._process else 0


def start_run_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """A worker for the database that is set; it ends when its standard input closes."""
    return subprocess.Popen(
        python_module("nnviz.runs.worker"),
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl+C is for the one who started it
        env=environment(settings.to_environment()),
    )

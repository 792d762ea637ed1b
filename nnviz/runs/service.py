"""Training for a server: the runs in its database, and a keeper that is there when needed.

Nothing is opened or started before the first run, so who only draws pays nothing.
"""

import logging
import re
import signal
import subprocess
import threading
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nnviz.errors import InputError
from nnviz.model_file import Model
from nnviz.model_scores import exposures
from nnviz.network import Network
from nnviz.runs.database import connect, default_url
from nnviz.serving.leash import environment, python_module
from nnviz.settings import Settings

if TYPE_CHECKING:
    from nnviz.runs.runs import Runs

logger = logging.getLogger(__name__)

RUN_ID = re.compile(r"run-[0-9a-f]{12}", re.ASCII)
CHECKPOINT = re.compile(rf"({RUN_ID.pattern})-([0-9]{{1,9}})", re.ASCII)
LOOK_EVERY = 1.0  # seconds between two looks whether a keeper is missing
QUICK = 0.1  # the same before the first run
PROBE = 200  # digits that tell how brightly a checkpoint is shown
LONG, MOST = 10.0, 60.0  # a keeper that ends sooner is started ever more seldom


class Training:
    """The runs of one data folder, or of the database that is set instead of its own."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.database or default_url(settings.data)
        self._settings = replace(settings, database=self._url)
        self.limits = settings.limits
        self._keeper: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        if settings.database or (settings.data / "runs.sqlite").exists():
            threading.Thread(target=self._open, daemon=True).start()

    @cached_property
    def runs(self) -> "Runs":
        """The runs, and from now on a keeper while one is unfinished."""
        from nnviz.runs.runs import Runs  # DBOS takes half a second and 40 MB

        runs = Runs(connect(self._url), self.limits)
        if not self._settings.keeper_elsewhere:
            threading.Thread(target=self._keep, args=(runs,), daemon=True).start()
        return runs

    def states(self) -> list[str]:
        """The state of every run; none before the first one."""
        if "runs" not in self.__dict__:
            return []
        return [run.state for run in self.runs.all()]

    def _open(self) -> None:
        """See to runs that were left unfinished, before anybody asks."""
        try:
            _ = self.runs
        except InputError as error:
            logger.warning("%s", error)

    def model(self, model_id: str) -> Model | None:
        """The checkpoint that an id names, ``run-…-BATCH``; None when it is no such id.

        Raises `InputError` for a checkpoint that there is not.
        """
        named = CHECKPOINT.fullmatch(model_id)
        return self.checkpoint(named[1], int(named[2])) if named else None

    def fingerprint(self, model_id: str) -> str | None:
        """What tells the checkpoint that an id names from others; None when it is no such id.

        Raises `InputError` for a checkpoint that there is not, or not any more.
        """
        named = CHECKPOINT.fullmatch(model_id)
        return self.runs.fingerprint(named[1], int(named[2])) if named else None

    def checkpoint(self, run_id: str, batch: int) -> Model:
        """A run's network as it was after a batch; raises `InputError`."""
        recipe, weights = self.runs.recipe(run_id), self.runs.weights(run_id, batch)
        network = Network.from_json(recipe.architecture, rng=None)
        if weights.shape != network.parameters.shape or not np.isfinite(weights).all():
            raise InputError(
                "broken_checkpoint",
                "Expected weights that are numbers; this training diverged before that batch.",
            )
        network.parameters[...] = weights
        known = {each.batch: each for each in self.runs.checkpoints(run_id)}[batch]
        return Model(
            f"{run_id}-{batch}",
            recipe.title,
            network,
            {**recipe.settings(), "run": run_id, "batch": batch},
            {"validation": known.validation_accuracy},
            exposures(network, recipe.posed().probe(PROBE)),
        )

    def _keep(self, runs: "Runs") -> None:
        from nnviz.runs.keeper import own_name

        name, wait, pause = own_name(self._settings), threading.Event(), LOOK_EVERY
        while not wait.wait(pause if self._keeper else QUICK):
            if not runs.any_held() or self._lives(runs, name):
                continue
            started = time.monotonic()
            if self._keeper and started - self._started < LONG:
                pause = min(2 * pause, MOST)  # one that cannot run must not eat up the machine
            self._started = started
            self._keeper = start_keeper(self._settings)

    def _lives(self, runs: "Runs", name: str) -> bool:
        """Whether this server's keeper runs, or another's that was there first."""
        status = self._keeper.poll() if self._keeper else 0
        return status is None or (status == 0 and runs.keeper_lives(name))


def start_keeper(settings: Settings) -> subprocess.Popen[bytes]:
    """A keeper for the database that is set; it ends when its standard input closes."""
    return subprocess.Popen(
        python_module("nnviz.runs.keeper"),
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl+C is for the one who started it
        env=environment(settings.to_environment()),
    )


def work(settings: Settings) -> None:
    """Train what waits in the shared database until interrupted, without serving pages.

    Raises `InputError` when no database is set.
    """
    if not settings.database:
        raise InputError(
            "bad_database", "Expected NNVIZ_DATABASE to name the database that is shared."
        )
    connect(settings.database).dispose()
    keeper = start_keeper(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        keeper.wait()
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait()

"""Training for a server: the runs in its database, and a worker that is there when needed.

Nothing is opened or started before the first run, so who only draws pays nothing.
"""

import contextlib
import logging
import re
import signal
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nnviz.errors import InputError
from nnviz.features import NumberOutput
from nnviz.models.model_file import Model
from nnviz.models.scores import exposures
from nnviz.network import Network
from nnviz.runs.database import FILE, Identity, connect, default_url, identity
from nnviz.runs.duty import Duty
from nnviz.runs.run import ID
from nnviz.runs.storage import Storage, Usage, shrink
from nnviz.runs.worker_watch import RunWorkerWatch, start_run_worker
from nnviz.settings import Settings

if TYPE_CHECKING:
    from nnviz.runs.runs import Runs

logger = logging.getLogger(__name__)

CHECKPOINT = re.compile(rf"({ID.pattern})-([0-9]{{1,9}})", re.ASCII)
LOOK_EVERY = 1.0  # seconds between two looks whether something is to be done
SOON = 0.1  # the same after the first look, and while room is given back
PROBE = 200  # digits that tell how brightly a checkpoint is shown
ANEW = "made-anew"  # the file that says since when the data folder is a new one
TOLD_FOR = 3600.0  # seconds
TROUBLES = {"bad_database": "database", "no_room": "disk"}  # codes, and what the page says of them


class Training:
    """The runs of one data folder, or of the database that is set instead of its own."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.database or default_url(settings.data)
        self._settings = replace(settings, database=self._url)
        self.limits = settings.limits
        self.storage = Storage(settings.data, settings.limits.disk)
        self._worker = RunWorkerWatch(self._settings)
        self._runs: Runs | None = None
        self._place: Identity = None
        self._opening = threading.Lock()
        self._duty = Duty("training", self._see_to_it, lambda: self._pause)
        self._pause, self._on_duty = SOON, False
        self._usage: Usage | None = None
        if settings.database or (settings.data / FILE).exists():
            self._begin()

    @property
    def runs(self) -> "Runs":
        """The runs, and from now on a worker while one is unfinished.

        A data folder that was deleted is made anew, empty; raises `InputError` (``bad_database``)
        when that cannot be.
        """
        with self._opening:
            if self._runs is not None and identity(self._url) != self._place:
                logger.warning("the data folder was deleted or replaced: its runs are gone")
                self._runs.close()
                self._worker.let_go()
                self._worker, self._runs = RunWorkerWatch(self._settings), None
                self._say_anew()
            if self._runs is None:
                from nnviz.runs.runs import Runs  # DBOS takes half a second and 40 MB

                self._runs = Runs(connect(self._url), self.limits, self.storage)
                self._place = identity(self._url)
        self._begin()
        return self._runs

    def counts(self) -> dict[str, int]:
        """How many runs are in each state; none before the first one."""
        return self.runs.counts() if self._runs is not None else {}

    def visitors(self) -> dict[str, int]:
        """How many runs each visitor has; none before the first one."""
        return self.runs.visitors() if self._runs is not None else {}

    def trouble(self) -> str | None:
        """What keeps runs from being trained: ``database``, ``disk``, ``worker``; None if nothing.

        It is looked into again and again. ``lost``: they are trained, but what was there before is
        gone, for an hour after the data folder was deleted.
        """
        error = self._duty.trouble
        if isinstance(error, InputError) and error.code in TROUBLES:
            return TROUBLES[error.code]
        if self.usage().state == "full":
            return "disk"  # which a process that cannot be started may come from
        if error is not None or self._worker.fails:
            return "worker"
        return "lost" if self._is_anew() else None

    def usage(self) -> Usage:
        """How much of the data folder's budget is used, as it was a moment ago."""
        return self._usage or self.storage.usage()

    def _say_anew(self) -> None:
        """For every worker process and its pages, not for the log alone."""
        with contextlib.suppress(OSError):
            self._settings.data.mkdir(parents=True, exist_ok=True)
            (self._settings.data / ANEW).touch()

    def _is_anew(self) -> bool:
        try:
            return time.time() - (self._settings.data / ANEW).stat().st_mtime < TOLD_FOR
        except OSError:
            return False

    def _begin(self) -> None:
        """Be on duty from now on."""
        if not self._on_duty:
            self._on_duty = True
            self._duty.start()

    def _see_to_it(self) -> None:
        """A worker while there is work, a reserve on the disk, room given back."""
        runs = self.runs
        if not self._settings.run_worker_elsewhere:
            self._worker.look(runs)
        self.storage.set_aside()
        self._usage = self.storage.usage(runs.engine)
        more = shrink(runs.engine, whole=not runs.any_enqueued())
        self._pause = SOON if more else LOOK_EVERY

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
        problem = recipe.posed()
        outputs = problem.outputs_of(network)
        tested, error = self.runs.tested(run_id, batch)
        measured = {
            "validation": known.validation_accuracy,
            problem.test_name: tested,
            f"{problem.test_name}_mae": error,
        }
        told = {name: value for name, value in measured.items() if value is not None}
        is_number = isinstance(outputs[0], NumberOutput)
        return Model(
            f"{run_id}-{batch}",
            recipe.title,
            network,
            {**recipe.settings(), "run": run_id, "batch": batch},
            {} if is_number else told,
            exposures(network, problem.probe(PROBE)),
            problem.id,
            problem.features,
            outputs,
            told if is_number else {},
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
    worker = start_run_worker(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        worker.wait()
    finally:
        assert worker.stdin is not None
        worker.stdin.close()
        worker.wait()

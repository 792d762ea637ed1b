"""The process that takes runs from the queue and has each trained in a process of its own.

``python -m nnviz.runs.worker``, started by the server when there is work, or by
``python -m nnviz work`` on a machine that helps. The queue is DBOS's: a run is a workflow, and one
that was cut off is taken up again, here or, when its worker stays away, by another.
"""

import contextlib
import logging
import os
import platform
import subprocess
import threading
import time
from typing import Any

import sqlalchemy as sa
from dbos import DBOS
from filelock import FileLock, Timeout

from nnviz.runs.database import LONGEST, connect, identity, runs, states, workers
from nnviz.runs.duty import Duty
from nnviz.runs.memory import EXCEEDED
from nnviz.runs.runs import QUEUE, WORKFLOW, Runs, workflow_id
from nnviz.runs.storage import FULL, Storage, with_reserve
from nnviz.serving.parent_watch import environment, python_module, watch_parent
from nnviz.settings import Settings

VERSION = "1"  # of the workflow: workers of another leave its runs alone
BEAT = 1.0  # seconds between two signs of life
UNFINISHED = ("PENDING", "ENQUEUED", "DELAYED")  # states of a workflow
POLL = 0.2  # seconds between two looks into the queue
REASONS = {FULL: "disk", EXCEEDED: "memory"}  # why a training process ended with that status
TRIES = 5  # of a training process that does not get forward

logger = logging.getLogger(__name__)


class RunWorker:
    """Runs trainings until `stop`; one for each name and database."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self.name = settings, own_name(settings)
        self._engine = connect(settings.database)
        self._storage = Storage(settings.data, settings.limits.disk)
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopping = False
        DBOS(
            config={
                "name": "nnviz",
                "system_database_engine": self._engine,
                "system_database_url": settings.database,
                "application_version": VERSION,
                "executor_id": self.name,
                "log_level": "ERROR",
            }
        )

        # the queue knows the step by its first name, also in what waits there from before
        @DBOS.step(name="stretch", retries_allowed=True, max_attempts=TRIES)
        def step(run_id: str, segment: int) -> None:
            self._train(run_id, segment)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=1_000_000)
        def train(run_id: str, segment: int) -> None:
            try:
                step(run_id, segment)
            except Exception as error:
                logger.warning("%s could not be trained: %s", run_id, error)
                self._give_up(run_id, segment, _last_words(error))

        self._runs = Runs(self._engine, settings.limits)
        with self._engine.begin() as connection:  # before anything is taken from the queue
            self._show_life(connection)
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=settings.limits.at_once,
            polling_interval_sec=POLL,
            on_conflict="always_update",
        )

    def beat(self) -> None:
        """Give a sign of life, and see to runs that nobody trains any more."""
        with self._engine.begin() as connection:
            self._show_life(connection)
            connection.execute(
                sa.delete(workers).where(
                    workers.c.last_beat < time.time() - self._settings.run_worker_dead
                )
            )
            alive = set(connection.execute(sa.select(workers.c.name)).scalars())
            chosen = sa.select(runs.c.id, runs.c.segment).where(runs.c.enqueued)
            enqueued = connection.execute(chosen).all()
        if enqueued:
            self._see_to({workflow_id(*row): row for row in enqueued}, alive)

    def _show_life(self, connection: sa.Connection) -> None:
        own, now = workers.c.name == self.name, time.time()
        if not connection.execute(sa.update(workers).where(own).values(last_beat=now)).rowcount:
            connection.execute(sa.insert(workers).values(name=self.name, last_beat=now))

    def _see_to(self, enqueued: dict[str, Any], alive: set[str]) -> None:
        """Take over what dead workers had, and queue anew what ended without being let go."""
        found = DBOS.list_workflows(workflow_ids=[*enqueued], load_input=False, load_output=False)
        left = [
            each.workflow_id
            for each in found
            if each.status == "PENDING" and each.executor_id not in alive
        ]
        if left:
            DBOS.resume_workflows(left, queue_name=QUEUE)
        for each in found:
            if each.status not in UNFINISHED:
                self._runs.queue_again(*enqueued[each.workflow_id])

    def stop(self) -> None:
        """Let the trainings put down where they are."""
        self._stopping = True
        for process in list(self._processes):
            if process.stdin:
                process.stdin.close()
        for process in list(self._processes):
            process.wait()
        with self._engine.begin() as connection:
            connection.execute(sa.delete(workers).where(workers.c.name == self.name))

    def _train(self, run_id: str, segment: int) -> None:
        """Have a run trained until it is done or put aside; raises when it does not get forward.

        A process that was killed is replaced, as often as it takes.
        """
        while (before := self._progress(run_id, segment)) is not None:
            said, status = self._trained(run_id, segment)
            if self._stopping:
                threading.Event().wait()  # the workflow stays unfinished and is taken up again
            if not status:
                return
            if status in REASONS:
                return self._give_up(run_id, segment, REASONS[status])
            if (self._progress(run_id, segment) or before) <= before:
                raise RuntimeError(said or f"ended with status {status}")

    def _trained(self, run_id: str, segment: int) -> tuple[str, int]:
        """A training process's last words and its status."""
        command = python_module("nnviz.runs.trainer", run_id, str(segment))
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(self._settings.to_environment()),
        )
        self._processes.add(process)
        assert process.stderr is not None
        lines = process.stderr.read().decode(errors="replace").strip().splitlines()
        status = process.wait()
        self._processes.discard(process)
        return lines[-1] if lines else "", status

    def _progress(self, run_id: str, segment: int) -> tuple[int, int] | None:
        """The batch of the newest state, and how far it got; None when the run is not wanted."""
        with self._engine.connect() as connection:
            mine = (runs.c.id == run_id, runs.c.segment == segment, runs.c.enqueued)
            batch = connection.execute(sa.select(runs.c.batch).where(*mine)).scalar_one_or_none()
            newest = sa.select(sa.func.max(states.c.batch)).where(states.c.run_id == run_id)
            state = connection.execute(newest).scalar_one_or_none()
        return None if batch is None else (state or 0, batch)

    def _give_up(self, run_id: str, segment: int, reason: str) -> None:
        """Say that the run has failed, and why; as long as even that cannot be written, try again.

        On a full disk the reserve makes room for it.
        """
        mine = sa.and_(runs.c.id == run_id, runs.c.segment == segment, runs.c.enqueued)
        failed = sa.update(runs).where(mine).values(state="failed", enqueued=False, reason=reason)

        def say() -> None:
            with self._engine.begin() as connection:
                connection.execute(failed)

        while not self._stopping:
            try:
                return with_reserve(self._storage, say)
            except Exception as error:
                logger.warning("%s failed, which cannot be written down: %s", run_id, error)
                time.sleep(self._settings.run_worker_dead)


def _last_words(error: Exception) -> str:
    """What the training process said last."""
    causes = getattr(error, "errors", None) or [error]
    return str(causes[-1])[:LONGEST]


def own_name(settings: Settings) -> str:
    """What a worker is called: with SQLite there is but one, else it is the machine's."""
    alone = settings.database.startswith("sqlite")
    return settings.run_worker or ("local" if alone else platform.node() or "worker")


def main(settings: Settings) -> None:
    """Keep runs going until the one who started this is gone."""
    name, folder = own_name(settings), settings.data
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"worker-{name}.lock", timeout=0):
            gone, worker, place = watch_parent(), RunWorker(settings), identity(settings.database)
            duty = Duty("worker", worker.beat, lambda: BEAT)
            while not gone.wait(duty.once()):
                if identity(settings.database) != place:
                    os._exit(0)  # it was deleted: nobody will read what is written
            with contextlib.suppress(Exception):  # what is not written now is taken up later
                worker.stop()
    except Timeout:  # another one is at work
        return
    except Exception as error:  # the server that started this one tries again
        logger.error("%s", error)
        os._exit(1)  # the queue's threads would go on
    os._exit(0)


if __name__ == "__main__":
    main(Settings.from_environment())

"""The process that trains one run: ``python -m nnviz.runs.trainer RUN SEGMENT``, run by a worker.

It ends by itself when the run is done, put aside, or taken by another process, and when its worker
is gone (its standard input closes). It may be killed at any moment.
"""

import contextlib
import json
import os
import sys
import threading
import time
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # sums in one order

import numpy as np
from threadpoolctl import threadpool_limits

from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explain import health
from nnviz.explain.health import Checkpoint, OutputHealth
from nnviz.features import NumberOutput, Output
from nnviz.network import Network
from nnviz.problems import Digits
from nnviz.recipe import Recipe
from nnviz.recipe.cost import Cost
from nnviz.recipe.limits import Limits
from nnviz.recipe.training import finished, prepare
from nnviz.runs.checkpoints import affordable, planned, restore, spare, state_bytes
from nnviz.runs.database import connect
from nnviz.runs.job import Command, Job, Point, SupersededError, finite
from nnviz.runs.memory import limit_memory
from nnviz.runs.storage import FULL
from nnviz.runs.time_left import TimeLeft
from nnviz.samples import as_read
from nnviz.serving.parent_watch import watch_parent
from nnviz.settings import Settings
from nnviz.training.events import BatchEnd, Score, mean_of

LOOK_EVERY = 0.02  # seconds between two looks at what is asked
TELL_EVERY = 0.4  # seconds between two words about how far it is
STATE_EVERY = 5.0  # seconds between two states to go on from
STAY = 45.0  # seconds that a paused run keeps its place, so that one more batch comes at once
CROWDED = 45.0  # seconds that a slow run rests in all, while others wait for a place
POINTS = 2000  # that a run's curves have at most
LEARNED = 2000  # of the digits that are learned from, read again at a checkpoint
PROBE = 500  # digits on which silent units are counted
PYTHON = 128_000_000  # bytes that its own objects, threads and the database's client may take
POLITE = 10  # niceness: whoever draws goes first


class RunTrainer:
    """A run on its way, from its newest whole state on."""

    def __init__(self, job: Job, limits: Limits, gone: threading.Event) -> None:
        self._job, self._limits, self._gone = job, limits, gone
        self._trainer, self._validation = prepare(job.recipe)
        learned = self._trainer.samples
        self._learned = learned.first(LEARNED)
        self._outputs = job.recipe.posed().outputs_of(self._trainer.network)
        self._batches = self._trainer.batches
        most = affordable(self._trainer.network.parameter_count, limits.megabytes)
        self._planned = planned(self._batches, self._trainer.batches_an_epoch, most)
        self._spare = spare(most)
        self._mean = _Mean(-(-self._batches // POINTS))
        self._points: list[Point] = []
        self._time_left = TimeLeft(self._batches, self._planned)
        self._stopped = False
        self._go_back()
        self._kept = {checkpoint.batch for checkpoint in job.checkpoints()}
        self._trainer.changes |= job.rates()
        self._told = self._stated = self._trained = time.monotonic()
        self._looked = -LOOK_EVERY

    def run(self) -> None:
        """Train until nothing is left to do."""
        trainer, job = self._trainer, self._job
        if not self._kept:
            self._save(checkpoint=True)
        while not self._gone.is_set():
            self._look()
            if self._stopped:
                return self._end("stopped")
            if trainer.done:
                return self._end("done")
            if trainer.batch < job.until:
                loss = self._advance()
                if not np.isfinite(loss):
                    return self._end("stopped", "diverged")
                if job.seconds > self._limits.seconds:
                    return self._end("stopped", "time")
                if job.pace:
                    self._linger()
            elif self._pause():
                return None
        return self._save(state=True)

    def _go_back(self) -> None:
        """To the newest state that is whole, else to the beginning."""
        for content in self._job.states():
            try:
                restore(self._trainer, content)
                break
            except InputError:
                continue
        self._job.forget_after(self._trainer.batch)

    def _look(self) -> None:
        """Do what was asked since the last look."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        for command in self._job.new_commands():
            self._apply(command)

    def _apply(self, command: Command) -> None:
        done, an_epoch = self._trainer.batch, self._trainer.batches_an_epoch
        until = {
            "go": self._batches,
            "pause": done,
            "batch": done + 1,
            "epoch": min(self._batches, (done // an_epoch + 1) * an_epoch),
        }.get(command.kind, self._job.until)
        self._job.apply_command(command, done + 1, until)
        if command.kind == "rate" and command.value is not None:
            self._trainer.changes[done + 1] = command.value
            self._kept = {batch for batch in self._kept if batch <= done}
        self._stopped |= command.kind == "stop"

    def _advance(self) -> float:
        """One batch, and what is to be kept after it; returns the batch's loss."""
        started = time.monotonic()
        end = self._trainer.advance()
        now = time.monotonic()
        self._job.seconds += now - started
        self._trained = now
        self._time_left.count(end.samples)
        self._points += self._mean.add(end)
        if end.batch in self._planned or self._job.pace:
            self._save(state=now - self._stated > STATE_EVERY / 5, checkpoint=True)
        elif now - self._stated > STATE_EVERY:
            self._save(state=True)
        elif now - self._told > TELL_EVERY:
            self._save()
        return end.loss

    def _linger(self) -> None:
        """Stand still after a batch, so that it can be watched; not time that is spent on training.

        What the batch's checkpoint took is a part of the pause. Pauses may take so long in all, and
        less while others wait for the place; then it goes on at full speed.
        """
        job, started = self._job, self._trained
        while (
            job.pace > time.monotonic() - started
            and self._trainer.batch < job.until
            and not self._stopped
            and not self._gone.wait(LOOK_EVERY)
        ):
            self._look()
        job.paused += time.monotonic() - started
        self._told = time.monotonic()
        crowded = job.paused > CROWDED and job.others_wait()
        if job.pace and (crowded or job.paused > self._limits.slow):
            job.hurry()

    def _save(self, state: bool = False, checkpoint: bool = False, **values: Any) -> None:
        """Put down how far it is, and with it what the next batch depends on, or the weights."""
        trainer, now = self._trainer, time.monotonic()
        if state:
            self._points += self._mean.flush()
        kept = checkpoint and trainer.batch not in self._kept
        self._time_left.trained(now - self._told)
        self._job.save(
            trainer.batch,
            self._points,
            self._time_left.speed,
            None if self._job.pace else self._time_left.after(trainer.batch),
            state=state_bytes(trainer) if state else None,
            checkpoint=self._measure() if kept else None,
            weights=trainer.best_parameters().tobytes() if kept else b"",
            **values,
        )
        if kept:
            self._kept.add(trainer.batch)
            if trainer.batch not in self._planned:
                self._job.thin(self._planned, self._spare)
            self._time_left.kept(time.monotonic() - now)
        self._points = []
        if state:
            self._stated = now
        self._told = time.monotonic()

    def _measure(self) -> Checkpoint:
        """Loss and measure of every output on examples as they are, and every layer's sizes."""
        trainer = self._trainer
        with np.errstate(all="ignore"):  # a training that diverges is told so, by its numbers
            learned = trainer.validate_each(self._learned)
            validated = trainer.validate_each(self._validation)
            probe = as_read(self._validation.inputs[:PROBE])
            layers = health.measure(trainer.network, trainer.gradients, probe)
        told = [
            _told(output, *both)
            for output, *both in zip(self._outputs, learned, validated, strict=True)
        ]
        loss, validation_loss = (mean_of([s.loss for s in each]) for each in (learned, validated))
        return Checkpoint(
            trainer.batch,
            loss,
            learned[0].score,
            validation_loss,
            validated[0].score,
            layers,
            told,
        )

    def _pause(self) -> bool:
        """Put everything down and wait a while for more; whether the run was let go."""
        self._save(state=True, checkpoint=True, state_word="paused")
        limit = time.monotonic() + STAY
        while not self._gone.wait(LOOK_EVERY):
            self._look()
            if self._stopped or self._trainer.batch < self._job.until:
                self._told = time.monotonic()
                return False
            if time.monotonic() > limit or self._job.others_wait():
                return self._job.release("paused")
        return True

    def _end(self, state: str, reason: str = "") -> None:
        """Measure what came out, and let the run go."""
        measured: dict[str, Any] = {}
        if reason != "diverged":
            with np.errstate(all="ignore"):  # what ran away without being NaN is measured, too
                model = finished("trained", self._job.recipe, self._trainer, self._validation)
            part, told = self._job.recipe.posed().test_name, model.accuracy | model.scores
            measured = {"tested": told[part], "tested_error": told.get(f"{part}_mae")}
            keys = [part, *(f"{part}_{output.name}" for output in self._outputs[1:])]
            scored = {
                output.name: finite([told[key], told.get(f"{key}_mae")])
                for output, key in zip(self._outputs, keys, strict=True)
            }
            measured["scored"] = json.dumps(scored)
        measured = {name: finite(value) for name, value in measured.items()}
        self._save(state=True, checkpoint=True, **measured)
        self._job.release(state, reason)


def _told(output: Output, learned: Score, validated: Score) -> OutputHealth:
    """An output's measures; the error of numbers in their unit."""
    unit = output.sd if isinstance(output, NumberOutput) else 1.0
    errors = [None if each.error is None else unit * each.error for each in (learned, validated)]
    return OutputHealth(
        output.name, learned.loss, learned.score, validated.loss, validated.score, *errors
    )


class _Mean:
    """Points of the curves: the mean over some batches each, at batch numbers that are fixed."""

    def __init__(self, every: int) -> None:
        self._every = max(1, every)
        self._ends: list[BatchEnd] = []

    def add(self, end: BatchEnd) -> list[Point]:
        """The point that ends with this batch, if one does."""
        self._ends.append(end)
        return self.flush() if end.batch % self._every == 0 else []

    def flush(self) -> list[Point]:
        """The point of what was gathered, if there is anything."""
        ends, self._ends = self._ends, []
        if not ends:
            return []
        samples = sum(end.samples for end in ends)
        loss = sum(end.loss * end.samples for end in ends) / samples
        share = sum(end.score * end.samples for end in ends) / samples
        return [Point(ends[-1].batch, loss, share, ends[-1].learning_rate)]


def room(cost: Cost) -> int:
    """The bytes a training gets: its estimate, half as much again, and what Python takes."""
    return cost.memory * 3 // 2 + PYTHON


def main(run_id: str, segment: int, settings: Settings) -> None:
    """Train a run until it is done, put aside or taken over."""
    gone = watch_parent()
    if hasattr(os, "nice"):
        os.nice(POLITE)
    with threadpool_limits(1, "blas"), contextlib.suppress(SupersededError):
        try:
            job = Job(connect(settings.database), run_id, segment)
            if not _trained(job, settings.limits, gone):
                job.release("failed", "memory")
        except InputError as error:
            if error.code != "no_room":
                raise
            sys.exit(FULL)


def _load(recipe: Recipe, network: Network) -> None:
    """Have the data at hand, before the memory is limited."""
    problem = recipe.posed()
    if problem.id == Digits.id:
        mnist.load()
    else:
        problem.examples("train", problem.outputs_of(network))


def _trained(job: Job, limits: Limits, gone: threading.Event) -> bool:
    """Train within the memory that the recipe's estimate allows; whether that was enough."""
    network = Network.from_json(job.recipe.architecture, rng=None)
    cost = Cost.of(job.recipe, network)
    _load(job.recipe, network)
    try:
        limit_memory(room(cost))
        RunTrainer(job, limits, gone).run()
    except MemoryError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Settings.from_environment())

"""The training loop: batches in, gradients back, a step; it yields events and never prints.

``for event in train(network, samples, validation, config)`` runs the whole training; leaving the
loop stops it. A `Trainer` is the same training batch by batch: it may be put down after any batch
and taken up elsewhere, and goes on to the very weights that it would have reached undisturbed.
The same seed, data and settings give the same weights on the same machine.
"""

import copy
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import optimizers
from nnviz.averaging import ExponentialMovingAverage
from nnviz.errors import InputError
from nnviz.layers.base import Context
from nnviz.losses import Loss
from nnviz.metrics import accuracy
from nnviz.network import Gradients, Network
from nnviz.samples import Samples
from nnviz.training_config import TrainingConfig

Array = NDArray[Any]

PROGRESS_EVERY = 0.1  # seconds between two Progress events
PIECE = 400_000  # activations that a pass works on at once: more would leave the processor's cache


@dataclass(frozen=True, slots=True)
class BatchEnd:
    """After a batch; ``batch`` and ``epoch`` are counted from 1, the loss is the batch's mean."""

    batch: int
    epoch: int
    samples: int
    loss: float
    correct: int
    learning_rate: float
    ends_epoch: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Somewhere within an epoch. ``loss`` is the mean over the epoch's batches so far."""

    epoch: int
    samples_seen: int
    samples_total: int
    loss: float
    learning_rate: float
    samples_per_second: float


@dataclass(frozen=True, slots=True)
class EpochEnd:
    """After an epoch (counted from 1); validation is NaN when there is no validation set.

    Validation reads with the averaged weights when there are any.
    """

    epoch: int
    loss: float
    validation_loss: float
    validation_accuracy: float
    seconds: float


Event = Progress | EpochEnd


def piece_of(network: Network) -> int:
    """How many samples of a batch are best worked on at once: those that fit into the cache."""
    return max(1, PIECE // sum(math.prod(layer.output_shape) for layer in network.layers))


def train(
    network: Network,
    samples: Samples,
    validation: Samples | None = None,
    config: TrainingConfig | None = None,
) -> Iterator[Event]:
    """Train the network in place and yield what happens.

    When the last epoch is done and averaging is on, the network holds the averaged weights. Raises
    `InputError` for settings that do not fit the network.
    """
    return events(Trainer(network, samples, config), validation)


def events(trainer: "Trainer", validation: Samples | None = None) -> Iterator[Event]:
    """Let a trainer that has done no batch yet run to its end, and yield what happens."""
    total = len(trainer.samples) * trainer.config.epochs
    start = reported = time.perf_counter()
    seen = 0
    for epoch in range(1, trainer.config.epochs + 1):
        began, loss_sum, in_epoch = time.perf_counter(), 0.0, 0
        while trainer.epoch < epoch:
            end = trainer.advance()
            loss_sum += end.loss * end.samples
            in_epoch += end.samples
            seen += end.samples
            now = time.perf_counter()
            if now - reported >= PROGRESS_EVERY:
                reported = now
                rate = seen / (now - start)
                yield Progress(epoch, seen, total, loss_sum / in_epoch, end.learning_rate, rate)
        validated = trainer.validate(validation)
        yield EpochEnd(epoch, loss_sum / in_epoch, *validated, time.perf_counter() - began)


class Trainer:
    """One training as it stands. ``epoch`` and ``batch`` count what is done.

    ``learning_rate`` is the peak that the schedule takes its share of. ``changes`` maps the number
    of a batch (from 1) to the peak that holds from that batch on; more may be put in between two
    batches. ``gradients`` holds those of the last batch.
    """

    def __init__(
        self,
        network: Network,
        samples: Samples,
        config: TrainingConfig | None = None,
        changes: Mapping[int, float] | None = None,
    ) -> None:
        self.config = config = config or TrainingConfig()
        self.network, self.samples = network, samples
        self.loss, self.schedule, self.optimizer = config.parts(network)
        self.average = (
            ExponentialMovingAverage(network.parameters, config.averaging)
            if config.averaging
            else None
        )
        self.learning_rate = config.learning_rate
        self.changes = dict(changes or {})
        self.epoch = self.batch = 0
        self.gradients, self._piece_gradients = Gradients(network), Gradients(network)
        self._rng = np.random.default_rng(config.seed)
        self._context = Context(training=True, rng=self._rng, reuse=True)
        self._piece = piece_of(network)
        self._epoch_start: dict[str, Any] = {}
        self._batches: Iterator[tuple[Array, Array]] | None = None

    @property
    def batches_an_epoch(self) -> int:
        """How many batches an epoch has."""
        return -(-len(self.samples) // self.config.batch_size)

    @property
    def batches(self) -> int:
        """How many batches the whole training has."""
        return self.batches_an_epoch * self.config.epochs

    @property
    def done(self) -> bool:
        """Whether the last epoch is over."""
        return self.epoch >= self.config.epochs

    def advance(self) -> BatchEnd:
        """One batch: forward, loss, backward, step."""
        if self._batches is None:
            self._epoch_start = copy.deepcopy(dict(self._rng.bit_generator.state))
            self._batches = self._rest_of_epoch(0)
        x, labels = next(self._batches)
        self.learning_rate = self.changes.get(self.batch + 1, self.learning_rate)
        loss, correct = self._step(x, labels)
        self.batch += 1
        ends_epoch = self.batch % self.batches_an_epoch == 0
        end = BatchEnd(
            self.batch, self.epoch + 1, len(labels), loss, correct, self._last_rate, ends_epoch
        )
        if ends_epoch:
            self.epoch += 1
            self._batches = None
            if self.done and self.average is not None:
                self.network.parameters[...] = self.average.average
        return end

    def _rest_of_epoch(self, done: int) -> Iterator[tuple[Array, Array]]:
        """The epoch's batches from the one on that has this number in it."""
        size = self.config.batch_size
        order = self._rng.permutation(len(self.samples))[done * size :]
        first = self.epoch * self.batches_an_epoch + done
        return self.samples.batches(self.epoch, size, order, first)

    def _step(self, x: Array, labels: Array) -> tuple[float, int]:
        loss, correct = self._gradient(x, labels)
        if self.config.gradient_clip:
            optimizers.clip_by_norm(self.gradients.flat, self.config.gradient_clip)
        done = self.optimizer.steps / max(1, self.batches - 1)
        self._last_rate = self.learning_rate * self.schedule(min(done, 1.0))
        self.optimizer.step(self.network.parameters, self.gradients.flat, self._last_rate)
        if self.average is not None:
            self.average.update(self.network.parameters)
        return loss, correct

    def _gradient(self, x: Array, labels: Array) -> tuple[float, int]:
        """A batch's mean loss and how many it read right; its gradient in ``self.gradients``.

        Piece by piece if it is large.
        """
        pieces = -(-len(x) // self._piece)
        size, loss, correct, gradients = -(-len(x) // pieces), 0.0, 0, self.gradients
        for start in range(0, len(x), size):
            y = labels[start : start + size]
            share = len(y) / len(x)
            a, trace = self.network.forward(x[start : start + size], self._context)
            loss += self.loss.value(trace.output, y) * share
            correct += int(np.count_nonzero(a.argmax(axis=-1) == y))
            dz = self.loss.gradient(trace.output, y)
            dz *= share
            self.network.backward(trace, dz, gradients, self._context)
            if start:
                self.gradients.flat += gradients.flat
            gradients = self._piece_gradients
        return loss, correct

    def best_parameters(self) -> Array:
        """The averaged parameters when averaging is on, else those that are trained."""
        return self.network.parameters if self.average is None else self.average.average

    def validate(self, validation: Samples | None) -> tuple[float, float]:
        """Loss and accuracy on other samples, read with the averaged weights when there are any."""
        if validation is None:
            return float("nan"), float("nan")
        live = self.network.parameters.copy()
        self.network.parameters[...] = self.best_parameters()
        result = evaluate(self.network, validation, self.loss)
        self.network.parameters[...] = live
        return result

    # To be put down and taken up

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """All that the next batch depends on: arrays by name, and JSON-able values."""
        arrays = {"parameters": self.network.parameters}
        arrays |= {f"optimizer/{name}": array for name, array in self.optimizer.state.items()}
        if self.average is not None:
            arrays["average"] = self.average.average
        return arrays, {
            "epoch": self.epoch,
            "batch": self.batch,
            "learning_rate": self.learning_rate,
            "average_steps": 0 if self.average is None else self.average.steps,
            "epoch_start": self._epoch_start,
            "rng": self._rng.bit_generator.state,
        }

    def restore(self, arrays: dict[str, Array], values: dict[str, Any]) -> None:
        """Stand where `state` was taken; raises `InputError` when it is another training's."""
        own, _ = self.state()
        if {name: array.shape for name, array in own.items()} != {
            name: array.shape for name, array in arrays.items()
        }:
            raise InputError(
                "broken_checkpoint",
                f"Expected a checkpoint with arrays {sorted(own)}; got {sorted(arrays)}.",
            )
        for name, array in own.items():
            array[...] = arrays[name]
        self.epoch, self.batch = values["epoch"], values["batch"]
        self.optimizer.steps = self.batch
        self.learning_rate = values["learning_rate"]
        if self.average is not None:
            self.average.steps = values["average_steps"]
        self._epoch_start = values["epoch_start"]
        self._batches = None
        if in_epoch := self.batch % self.batches_an_epoch:
            self._rng.bit_generator.state = self._epoch_start
            self._batches = self._rest_of_epoch(in_epoch)
        self._rng.bit_generator.state = values["rng"]


def evaluate(
    network: Network, samples: Samples, loss: Loss, batch_size: int | None = None
) -> tuple[float, float]:
    """Mean loss and accuracy of the network on samples, in batches that bound the memory."""
    context, batch_size = Context(reuse=True), batch_size or network.workload.read_at_once
    inputs, total, predictions = samples.variant(0), 0.0, []
    for start in range(0, len(inputs), batch_size):
        x, labels = inputs[start : start + batch_size], samples.labels[start : start + batch_size]
        if x.dtype == np.uint8:
            x = x * np.float32(1 / 255)
        result, trace = network.forward(x, context)
        total += loss.value(trace.output, labels) * len(labels)
        predictions.append(result.argmax(axis=-1))
    return total / len(inputs), accuracy(np.concatenate(predictions), samples.labels)

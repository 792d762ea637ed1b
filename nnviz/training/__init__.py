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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.layers.base import Context
from nnviz.losses import Loss
from nnviz.metrics import are_classes, error, score
from nnviz.network import Gradients, Network
from nnviz.samples import Samples, as_read
from nnviz.training import optimizers
from nnviz.training.averaging import ExponentialMovingAverage
from nnviz.training.config import TrainingConfig
from nnviz.training.events import BatchEnd, EpochEnd, Event, Means, Progress, Score, mean_of

Array = NDArray[Any]

PROGRESS_EVERY = 0.1  # seconds between two Progress events
PIECE = 210_000  # activations worked on at once: they stay in the cache, small products are quicker


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
    samples = len(trainer.samples) * trainer.config.epochs
    start = reported = time.perf_counter()
    seen = 0
    for epoch in range(1, trainer.config.epochs + 1):
        began, sums, in_epoch = time.perf_counter(), [0.0] * trainer.network.heads, 0
        while trainer.epoch < epoch:
            end = trainer.advance()
            sums = [
                total + loss * end.samples for total, loss in zip(sums, end.losses, strict=True)
            ]
            in_epoch += end.samples
            seen += end.samples
            now = time.perf_counter()
            if now - reported >= PROGRESS_EVERY:
                reported = now
                rate = seen / (now - start)
                loss = mean_of(sums) / in_epoch
                yield Progress(epoch, seen, samples, loss, end.learning_rate, rate)
        losses = tuple(each / in_epoch for each in sums)
        validated = trainer.validate_each(validation)
        yield EpochEnd(epoch, losses, validated, time.perf_counter() - began)


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
        self._batches: Iterator[tuple[Array, list[Array]]] | None = None
        self._variances = _variances(network, samples)

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
        x, targets = next(self._batches)
        self.learning_rate = self.changes.get(self.batch + 1, self.learning_rate)
        losses, scores = self._step(x, targets)
        self.batch += 1
        ends_epoch = self.batch % self.batches_an_epoch == 0
        end = BatchEnd(
            self.batch, self.epoch + 1, len(x), losses, scores, self._last_rate, ends_epoch
        )
        if ends_epoch:
            self.epoch += 1
            self._batches = None
            if self.done and self.average is not None:
                self.network.parameters[...] = self.average.average
        return end

    def _rest_of_epoch(self, done: int) -> Iterator[tuple[Array, list[Array]]]:
        """The epoch's batches from the one on that has this number in it."""
        size = self.config.batch_size
        order = self._rng.permutation(len(self.samples))[done * size :]
        first = self.epoch * self.batches_an_epoch + done
        return self.samples.batches(self.epoch, size, order, first)

    def _step(self, x: Array, targets: list[Array]) -> tuple[Means, Means]:
        losses, scores = self._gradient(x, targets)
        if self.config.gradient_clip:
            optimizers.clip_by_norm(self.gradients.flat, self.config.gradient_clip)
        done = self.optimizer.steps / max(1, self.batches - 1)
        self._last_rate = self.learning_rate * self.schedule(done)
        self.optimizer.step(self.network.parameters, self.gradients.flat, self._last_rate)
        if self.average is not None:
            self.average.update(self.network.parameters)
        return losses, scores

    def _gradient(self, x: Array, targets: list[Array]) -> tuple[Means, Means]:
        """Each output's mean loss and score of a batch; the gradient in ``self.gradients``.

        Piece by piece if it is large.
        """
        pieces, heads = -(-len(x) // self._piece), self.network.heads
        size, gradients = -(-len(x) // pieces), self.gradients
        losses, scores = [0.0] * heads, [0.0] * heads
        for start in range(0, len(x), size):
            piece = slice(start, start + size)
            _, trace = self.network.forward(x[piece], self._context)
            share, asked = len(trace.output.a) / len(x), []
            for head, output in enumerate(trace.outputs):
                y = targets[head][piece]
                losses[head] += self.loss.value(output, y) * share
                scores[head] += _sum_of_scores(output.a, y, self._variances[head])
                dz = self.loss.gradient(output, y)
                dz *= share / heads
                asked.append(dz)
            self.network.backward(trace, asked, gradients, self._context)
            if start:
                self.gradients.flat += gradients.flat
            gradients = self._piece_gradients
        return tuple(losses), tuple(total / len(x) for total in scores)

    def best_parameters(self) -> Array:
        """The averaged parameters when averaging is on, else those that are trained."""
        return self.network.parameters if self.average is None else self.average.average

    def validate(self, validation: Samples | None) -> tuple[float, float]:
        """The mean of the outputs' losses and the first one's score, as `validate_each`."""
        each = self.validate_each(validation)
        return mean_of([output.loss for output in each]), each[0].score

    def validate_each(self, validation: Samples | None) -> tuple[Score, ...]:
        """Each output's loss and score on other samples, read with the averaged weights if any."""
        if validation is None:
            return (Score(math.nan, math.nan),) * self.network.heads
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
) -> tuple[Score, ...]:
    """Mean loss and score of each output on samples, in batches that bound the memory."""
    context, batch_size = (
        Context(reuse=True, steps_of=()),
        batch_size or network.workload.read_at_once,
    )
    inputs, totals = samples.variant(0), [0.0] * network.heads
    results: list[list[Array]] = [[] for _ in totals]
    for start in range(0, len(inputs), batch_size):
        batch = slice(start, start + batch_size)
        _, trace = network.forward(as_read(inputs[batch]), context)
        for head, output in enumerate(trace.outputs):
            y = samples.targets[head][batch]
            totals[head] += loss.value(output, y) * len(y)
            results[head].append(output.a.copy())
    return tuple(
        Score(total / len(inputs), score(a, y), error(a, y))
        for total, a, y in zip(totals, map(np.concatenate, results), samples.targets, strict=True)
    )


def _variances(network: Network, samples: Samples) -> list[float | None]:
    """For each output the variance of its targets, None for classes.

    Raises `InputError` unless there are targets for every output, in its shape.
    """
    targets, layers = samples.targets, network.output_layers
    if len(targets) != len(layers):
        raise InputError(
            "wrong_shape", f"Expected targets for {len(layers)} outputs; got {len(targets)}."
        )
    for y, layer in zip(targets, layers, strict=True):
        if not are_classes(y) and y.shape[1:] != layer.output_shape:
            raise InputError(
                "wrong_shape",
                f"Expected layer {layer.name!r} with the shape of its targets, {y.shape[1:]}; "
                f"got {layer.output_shape}.",
            )
    return [
        None if are_classes(y) else float(np.var(y, axis=0, dtype=np.float64).sum()) or 1.0
        for y in targets
    ]


def _sum_of_scores(a: Array, y: Array, variance: float | None) -> float:
    """How many classes are right; of numbers ``Σ (1 − (a − y)² / Var y)``, whose mean is R²."""
    if variance is None:
        return float(np.count_nonzero(a.argmax(axis=-1) == y))
    return float(len(a) - np.square(a - y).sum() / variance)

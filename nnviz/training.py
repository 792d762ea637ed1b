"""The training loop: batches in, gradients back, a step; it yields events and never prints.

``for event in train(network, samples, validation, config)`` runs the whole training; leaving the
loop stops it. The same seed, data and settings give the same weights on the same machine.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nnviz import losses, optimizers, schedules
from nnviz.averaging import ExponentialMovingAverage
from nnviz.errors import InputError
from nnviz.layers.base import Context
from nnviz.metrics import accuracy
from nnviz.network import Gradients, Network

Array = NDArray[Any]

PROGRESS_EVERY = 0.1  # seconds between two Progress events
PIECE = 400_000  # activations that a pass works on at once: more would leave the processor's cache


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """The settings of a training run. ``averaging`` is the decay of the weight average, 0 for none;
    ``gradient_clip`` the greatest length of a gradient, 0 for any.
    """

    epochs: int = 10
    batch_size: int = 128
    loss: str = "cross_entropy"
    label_smoothing: float = 0.0
    optimizer: str = "adam"
    learning_rate: float = 0.001
    schedule: str = "constant"
    weight_decay: float = 0.0
    momentum: float = 0.0
    averaging: float = 0.0
    gradient_clip: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 1:
                raise InputError(
                    "out_of_range",
                    f"Expected {name} as a whole number from 1; got {getattr(self, name)!r}.",
                )
        if not 0 < self.learning_rate < np.inf:
            raise InputError(
                "out_of_range", f"Expected a learning rate above 0; got {self.learning_rate}."
            )
        if not 0 <= self.averaging < 1 or not 0 <= self.gradient_clip < np.inf:
            raise InputError(
                "out_of_range",
                "Expected averaging 0 ≤ d < 1 and gradient_clip ≥ 0; "
                f"got {self.averaging} and {self.gradient_clip}.",
            )

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON-able values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The settings that `to_dict` wrote; raises `InputError` for an unknown one."""
        if unknown := settings.keys() - cls.__dataclass_fields__.keys():
            raise InputError("unknown_field", f"Training has no setting {sorted(unknown)}.")
        return cls(**settings)


@dataclass(frozen=True, slots=True)
class Samples:
    """What is learned from: inputs (N, …) and their class numbers (N,).

    uint8 inputs are scaled by 1/255 batch by batch. With ``variants`` the inputs hold several
    versions of every sample, (K, N, …), and epoch e reads version ``e mod K``.
    """

    inputs: Array
    labels: Array
    variants: bool = False

    def __post_init__(self) -> None:
        shape = self.inputs.shape[1:] if self.variants else self.inputs.shape
        if not len(self.labels) or shape[0] != len(self.labels):
            raise InputError(
                "wrong_shape",
                f"Expected as many inputs as labels, at least one; got inputs {self.inputs.shape} "
                f"for {len(self.labels)} labels.",
            )

    def __len__(self) -> int:
        """The number of samples, each counted once."""
        return len(self.labels)

    def variant(self, epoch: int) -> Array:
        """The inputs (N, features) that this epoch (from 0) reads."""
        inputs = self.inputs[epoch % len(self.inputs)] if self.variants else self.inputs
        return inputs.reshape(len(self.labels), -1)

    def batches(
        self, epoch: int, size: int, rng: np.random.Generator
    ) -> Iterator[tuple[Array, Array]]:
        """The epoch's batches in random order, float32; the arrays are reused by the next batch."""
        inputs = self.variant(epoch)
        order = rng.permutation(len(inputs))
        raw = np.empty((min(size, len(inputs)), inputs.shape[1]), inputs.dtype)
        x = np.empty(raw.shape, np.float32 if raw.dtype == np.uint8 else raw.dtype)
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            n = len(chosen)
            np.take(inputs, chosen, axis=0, out=raw[:n], mode="clip")
            if raw.dtype == np.uint8:
                np.multiply(raw[:n], np.float32(1 / 255), out=x[:n])
            else:
                x[:n] = raw[:n]
            yield x[:n], self.labels[chosen]


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
    return _Run(network, samples, validation, config or TrainingConfig()).events()


class _Run:
    """The state of one training: what a step reads and changes."""

    def __init__(
        self,
        network: Network,
        samples: Samples,
        validation: Samples | None,
        config: TrainingConfig,
    ) -> None:
        self.network, self.samples = network, samples
        self.validation, self.config = validation, config
        self.loss = losses.get(config.loss, config.label_smoothing)
        losses.check_fits(self.loss, network.layers[-1].activation)
        self.schedule = schedules.get(config.schedule)
        self.optimizer = optimizers.create(
            config.optimizer, network, config.weight_decay, config.momentum
        )
        self.average = (
            ExponentialMovingAverage(network.parameters, config.averaging)
            if config.averaging
            else None
        )
        self.rng = np.random.default_rng(config.seed)
        self.context = Context(training=True, rng=self.rng, reuse=True)
        self.gradients, self.piece_gradients = Gradients(network), Gradients(network)
        sizes = [math.prod(layer.output_shape) for layer in network.layers]
        self.piece = max(1, PIECE // sum(sizes))
        per_epoch = -(-len(samples) // config.batch_size)
        self.last_step = max(1, per_epoch * config.epochs - 1)
        self.seen = 0
        self.learning_rate = 0.0

    def events(self) -> Iterator[Event]:
        total = len(self.samples) * self.config.epochs
        start = reported = time.perf_counter()
        for epoch in range(self.config.epochs):
            began, loss_sum, in_epoch = time.perf_counter(), 0.0, 0
            for x, labels in self.samples.batches(epoch, self.config.batch_size, self.rng):
                loss_sum += self.step(x, labels) * len(labels)
                in_epoch += len(labels)
                self.seen += len(labels)
                now = time.perf_counter()
                if now - reported >= PROGRESS_EVERY:
                    reported = now
                    rate = self.seen / (now - start)
                    yield Progress(
                        epoch + 1, self.seen, total, loss_sum / in_epoch, self.learning_rate, rate
                    )
            if self.average is not None and epoch == self.config.epochs - 1:
                self.network.parameters[...] = self.average.average
            validated = self.validate()
            yield EpochEnd(epoch + 1, loss_sum / in_epoch, *validated, time.perf_counter() - began)

    def step(self, x: Array, labels: Array) -> float:
        """One batch: forward, loss, backward, step; returns the batch's mean loss."""
        network, config = self.network, self.config
        loss = self.gradient(x, labels)
        if config.gradient_clip:
            optimizers.clip_by_norm(self.gradients.flat, config.gradient_clip)
        done = self.optimizer.steps / self.last_step
        self.learning_rate = config.learning_rate * self.schedule(done)
        self.optimizer.step(network.parameters, self.gradients.flat, self.learning_rate)
        if self.average is not None:
            self.average.update(network.parameters)
        return loss

    def gradient(self, x: Array, labels: Array) -> float:
        """The mean loss of a batch, its gradient in ``self.gradients``; piece by piece if large."""
        pieces = -(-len(x) // self.piece)
        size, loss, gradients = -(-len(x) // pieces), 0.0, self.gradients
        for start in range(0, len(x), size):
            y = labels[start : start + size]
            share = len(y) / len(x)
            _, trace = self.network.forward(x[start : start + size], self.context)
            loss += self.loss.value(trace.output, y) * share
            dz = self.loss.gradient(trace.output, y)
            dz *= share
            self.network.backward(trace, dz, gradients, self.context)
            if start:
                self.gradients.flat += gradients.flat
            gradients = self.piece_gradients
        return loss

    def validate(self) -> tuple[float, float]:
        """Loss and accuracy on the validation set, read with the averaged weights."""
        if self.validation is None:
            return float("nan"), float("nan")
        live = self.network.parameters.copy()
        if self.average is not None:
            self.network.parameters[...] = self.average.average
        result = evaluate(self.network, self.validation, self.loss)
        self.network.parameters[...] = live
        return result


def evaluate(
    network: Network, samples: Samples, loss: losses.Loss, batch_size: int = 1000
) -> tuple[float, float]:
    """Mean loss and accuracy of the network on samples."""
    context = Context(reuse=True)
    inputs, total, predictions = samples.variant(0), 0.0, []
    for start in range(0, len(inputs), batch_size):
        x, labels = inputs[start : start + batch_size], samples.labels[start : start + batch_size]
        if x.dtype == np.uint8:
            x = x * np.float32(1 / 255)
        result, trace = network.forward(x, context)
        total += loss.value(trace.output, labels) * len(labels)
        predictions.append(result.argmax(axis=-1))
    return total / len(inputs), accuracy(np.concatenate(predictions), samples.labels)

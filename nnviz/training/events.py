"""What a training tells of itself: after a batch, within an epoch, after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Means = tuple[float, ...]  # one for each output


class Score(NamedTuple):
    """How an output fares on some samples: mean loss, and accuracy or R².

    ``error`` is the mean absolute error of numbers in the unit of the activations, else None.
    """

    loss: float
    score: float
    error: float | None = None


def mean_of(losses: Sequence[float]) -> float:
    """``L = (L₁ + … + L_K) / K`` over a network's outputs."""
    return sum(losses) / len(losses)


@dataclass(frozen=True, slots=True)
class BatchEnd:
    """After a batch; ``batch`` and ``epoch`` are counted from 1.

    ``losses`` and ``scores`` are the batch's means, one for each output; a score is the share that
    is read right, of numbers R².
    """

    batch: int
    epoch: int
    samples: int
    losses: tuple[float, ...]
    scores: tuple[float, ...]
    learning_rate: float
    ends_epoch: bool

    @property
    def loss(self) -> float:
        """The mean of the outputs' losses: the scalar that is minimised."""
        return mean_of(self.losses)

    @property
    def score(self) -> float:
        """The first output's."""
        return self.scores[0]


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
    """After an epoch (counted from 1); ``validation`` has each output's loss and score there.

    Validation reads with the averaged weights when there are any; NaN without a validation set.
    """

    epoch: int
    losses: tuple[float, ...]
    validation: tuple[Score, ...]
    seconds: float

    @property
    def loss(self) -> float:
        """The mean of the outputs' losses."""
        return mean_of(self.losses)

    @property
    def validation_loss(self) -> float:
        """The mean of the outputs' losses on the validation set."""
        return mean_of([each.loss for each in self.validation])

    @property
    def validation_score(self) -> float:
        """The first output's measure: accuracy, of numbers R²."""
        return self.validation[0].score


Event = Progress | EpochEnd

"""What a training reads: inputs with their targets, handed out batch by batch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError

Array = NDArray[Any]
Vary = Callable[[Array, int], Array]
Relabel = Callable[[Array, list[Array]], list[Array]]


@dataclass(frozen=True, slots=True)
class Samples:
    """What is learned from: inputs (N, …) and their targets.

    Targets are class numbers (N,) or measured numbers (N, M); ``labels`` holds them, or a tuple of
    them, one for each of the network's outputs.
    uint8 inputs are scaled by 1/255 batch by batch. With ``variants`` the inputs hold several
    versions of every sample, (K, N, …), and epoch e reads version ``e mod K``; ``labels`` are then
    those of all versions, or ``labels_of`` has each version's own. ``vary`` makes a
    batch of inputs (B, …) into another as large, given the number of the batch; ``relabel`` gives
    the targets of what came out, for those who depend on it.
    """

    inputs: Array
    labels: Array | tuple[Array, ...]
    variants: bool = False
    vary: Vary | None = None
    relabel: Relabel | None = None
    labels_of: Sequence[tuple[Array, ...]] = ()

    def __post_init__(self) -> None:
        shape = self.inputs.shape[1:] if self.variants else self.inputs.shape
        for targets in self.targets:
            if not len(targets) or shape[0] != len(targets):
                raise InputError(
                    "wrong_shape",
                    "Expected as many inputs as labels, at least one; got inputs "
                    f"{self.inputs.shape} for {len(targets)} labels.",
                )

    def __len__(self) -> int:
        """The number of samples, each counted once."""
        return len(self.targets[0])

    @property
    def targets(self) -> tuple[Array, ...]:
        """The targets of each output."""
        return self.labels if isinstance(self.labels, tuple) else (self.labels,)

    def first(self, count: int) -> "Samples":
        """The first so many of them, without variation."""
        return Samples(self.variant(0)[:count], tuple(targets[:count] for targets in self.targets))

    def variant(self, epoch: int) -> Array:
        """The inputs (N, …) that this epoch (from 0) reads."""
        inputs: Array = self.inputs[epoch % len(self.inputs)] if self.variants else self.inputs
        return inputs

    def batches(
        self, epoch: int, size: int, order: NDArray[np.intp], first: int = 0
    ) -> Iterator[tuple[Array, list[Array]]]:
        """The samples in this order, float32 in rows; the arrays are reused by the next batch.

        ``first`` is the number of the first of these batches, counted from the training's start.
        """
        inputs = self.variant(epoch)
        labels = self.labels_of[epoch % len(self.labels_of)] if self.labels_of else self.targets
        raw = np.empty((min(size, len(order)), *inputs.shape[1:]), inputs.dtype)
        x = np.empty((len(raw), raw[:1].size), np.float32 if raw.dtype == np.uint8 else raw.dtype)
        for number, start in enumerate(range(0, len(order), size), first):
            chosen = order[start : start + size]
            n = len(chosen)
            np.take(inputs, chosen, axis=0, out=raw[:n], mode="clip")
            taken = raw[:n] if self.vary is None else self.vary(raw[:n], number)
            if raw.dtype == np.uint8:
                np.multiply(taken.reshape(n, -1), np.float32(1 / 255), out=x[:n])
            else:
                x[:n] = taken.reshape(n, -1)
            own = [targets[chosen] for targets in labels]
            yield x[:n], own if self.relabel is None else self.relabel(taken, own)


def as_read(inputs: Array) -> Array:
    """Inputs as a network reads them: bytes as 0..1, everything else as it is."""
    return inputs * np.float32(1 / 255) if inputs.dtype == np.uint8 else inputs

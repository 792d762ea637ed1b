"""The network that a study is about: a model of digits' images, with edits or without."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.edits import Edit
from nnviz.errors import InputError
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.edited import edited, edits_key
from nnviz.web.evaluation import of_digits
from nnviz.web.served import ServedModel


@dataclass(frozen=True, slots=True)
class Chosen:
    """A network, the id of its model, and what tells it from every other."""

    model: str
    network: Network
    key: Hashable


@dataclass(frozen=True, slots=True)
class Predictions:
    """Of every digit of a split (N,): what is said, its probability, and that of the label."""

    labels: NDArray[np.uint8]
    predictions: NDArray[np.uint8]
    confidences: NDArray[np.float32]
    label_probabilities: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """The memory that it takes, but for the labels, which are the data set's own."""
        return 9 * len(self.predictions)


def choose(work: LongWork, served: ServedModel, edits: Sequence[Edit] = ()) -> Chosen:
    """A served model's network with the edits made.

    Raises `InputError`: ``wrong_problem`` for one that does not read digits' images, and what
    `edited` raises.
    """
    model = of_digits(served.model)
    return Chosen(model.id, edited(work, served, edits), edits_key(served, edits))


def part_of(split: str) -> Part:
    """A part of MNIST; raises `InputError` (``unknown_split``)."""
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    dataset = mnist.load()
    return dataset.train if split == "train" else dataset.test


def predictions(work: LongWork, chosen: Chosen, split: str = "test") -> Predictions:
    """What the network says of every digit of a split; raises `InputError`."""
    part = part_of(split)

    def read(check: Check) -> Predictions:
        return _read(chosen.network, part, check)

    return work.result(("predictions", chosen.key, split), read, lambda found: found.nbytes)


def _read(network: Network, part: Part, check: Check) -> Predictions:
    context, at_once, total = Context(reuse=True), network.workload.read_at_once, len(part)
    said, sure = np.empty(total, np.uint8), np.empty(total, np.float32)
    of_label = np.empty(total, np.float32)
    for start in range(0, total, at_once):
        check()
        some = slice(start, start + at_once)
        a, _ = network.forward(ink.to_input(part.images[some]), context)
        said[some] = a.argmax(axis=1)
        sure[some] = a.max(axis=1)
        of_label[some] = a[np.arange(len(a)), part.labels[some]]
    return Predictions(part.labels, said, sure, of_label)

"""The network that a study is about: a model of digits' images, with edits or without."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.edits import Edit
from nnviz.errors import InputError
from nnviz.network import Network
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.edited import edited, edits_key
from nnviz.web.evaluation import of_digits
from nnviz.web.model_registry import RegisteredModel


@dataclass(frozen=True, slots=True)
class Chosen:
    """A network, the id of its model, and what tells it from every other."""

    model: str
    network: Network
    key: Hashable


def choose(work: LongWork, registered: RegisteredModel, edits: Sequence[Edit] = ()) -> Chosen:
    """A model's network with the edits made.

    Raises `InputError`: ``wrong_problem`` for one that does not read digits' images, and what
    `edited` raises.
    """
    model = of_digits(registered.model)
    return Chosen(model.id, edited(work, registered, edits), edits_key(registered, edits))


def part_of(split: str) -> Part:
    """A part of MNIST; raises `InputError` (``unknown_split``)."""
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    dataset = mnist.load()
    return dataset.train if split == "train" else dataset.test

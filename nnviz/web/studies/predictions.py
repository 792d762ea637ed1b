"""What a network says of every digit of a split, read once and kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets.dataset import Part
from nnviz.explore.representation import represent
from nnviz.layers.base import Context
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.studies.chosen import Chosen, part_of
from nnviz.web.studies.layers import keep_points, slim_layers


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


def predictions(work: LongWork, chosen: Chosen, split: str = "test") -> Predictions:
    """What the network says of every digit of a split; raises `InputError`.

    Slim layers are kept for maps and neurons on the way: most who ask for the one look at the
    others next, and need not wait for a second reading of 10,000 digits.
    """
    part = part_of(split)

    def read(check: Check) -> Predictions:
        slim = slim_layers(chosen.network) if split == "test" else {}
        found, points = _read(chosen, part, slim, check)
        for layer, each in points.items():
            keep_points(work, chosen, layer, each)
        return found

    return work.result(("predictions", chosen.key, split), read, lambda found: found.nbytes)


def _read(
    chosen: Chosen, part: Part, slim: dict[str, int], check: Check
) -> tuple[Predictions, dict[str, NDArray[np.float32]]]:
    """What is said of each digit, and the points of the layers whose places are in ``slim``."""
    network, total = chosen.network, len(part)
    context, at_once = Context(reuse=True, steps_of=()), network.workload.read_at_once
    said, sure = np.empty(total, np.uint8), np.empty(total, np.float32)
    of_label = np.empty(total, np.float32)
    points = {
        name: np.empty((total, network.layers[at].output_shape[-1]), np.float32)
        for name, at in slim.items()
    }
    for start in range(0, total, at_once):
        check()
        some = slice(start, start + at_once)
        a, trace = network.forward(ink.to_input(part.images[some]), context)
        said[some] = a.argmax(axis=1)
        sure[some] = a.max(axis=1)
        of_label[some] = a[np.arange(len(a)), part.labels[some]]
        for name, at in slim.items():
            points[name][some] = represent(trace.layers[at].a)
    return Predictions(part.labels, said, sure, of_label), points

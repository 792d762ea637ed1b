"""Does the answer change when what is blamed for it is switched off?

Inked pixels are made paper, those with the largest values first, and the probability is read after
each step. An explanation that found what the network used brings it down faster than taking pixels
away in any order (Petsiuk, Das and Saenko: RISE, BMVC 2018; Samek et al.: Evaluating the
visualization of what a deep neural network has learned, IEEE TNNLS 28, 2017).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.network import Network

Array = NDArray[Any]

STEPS = 24  # at most, from all ink to none
ORDERS = 8  # random ones that are averaged


@dataclass(frozen=True, slots=True)
class Deletion:
    """The curve: after ``pixels[i]`` pixels the output has ``probabilities[i]``.

    ``predictions`` is the most probable class then, ``random`` the mean probability over random
    orders. Without ink the curves have one point.
    """

    pixels: NDArray[np.intp]
    probabilities: Array
    predictions: NDArray[np.intp]
    random: Array

    @property
    def area(self) -> float:
        """The mean of the curve over the share that is taken away, 0 to 1."""
        return _area(self.pixels, self.probabilities)

    @property
    def random_area(self) -> float:
        """The same in random order."""
        return _area(self.pixels, self.random)

    @property
    def flips_at(self) -> int | None:
        """After how many pixels the prediction is another; None if it never is."""
        others = np.flatnonzero(self.predictions != self.predictions[0])
        return int(self.pixels[others[0]]) if len(others) else None


def delete(
    network: Network,
    image: Array,
    values: Array,
    output: int,
    rng: np.random.Generator,
    steps: int = STEPS,
) -> Deletion:
    """Take the ink of an image of 0..1 away by descending ``values``, and in random orders."""
    x = np.asarray(image, network.dtype).ravel()
    inked = np.flatnonzero(x)
    pixels = np.unique(np.linspace(0, len(inked), min(steps, len(inked)) + 1).round().astype(int))
    blamed = inked[np.argsort(-np.asarray(values).ravel()[inked], kind="stable")]
    orders = [blamed, *(rng.permutation(inked) for _ in range(ORDERS))]
    batch = np.repeat(x[None], len(orders) * len(pixels), axis=0).reshape(
        len(orders), len(pixels), -1
    )
    for order, curve in zip(orders, batch, strict=True):
        for count, left in zip(pixels, curve, strict=True):
            left[order[:count]] = 0
    samples, most = batch.reshape(-1, x.size), network.workload.read_at_once
    # where they do not fit at once, a curve at a time: alike and small, its memory is soon made
    at_once = min(len(pixels), most) if len(samples) > most else None
    a = network.predict(samples, at_once).reshape(len(orders), len(pixels), -1)
    curves = np.ascontiguousarray(a[..., output])
    return Deletion(pixels, curves[0], a[0].argmax(axis=1), curves[1:].mean(axis=0))


def _area(pixels: NDArray[np.intp], curve: Array) -> float:
    if len(pixels) < 2:
        return float(curve[0])
    return float(np.trapezoid(curve, pixels) / pixels[-1])

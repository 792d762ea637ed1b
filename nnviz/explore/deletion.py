"""Does the answer change when what is blamed for it is switched off?

The inked pixels that speak for an output, those whose value is above 0, are made paper, the
largest values first, and the probability is read after each step. An explanation that found what
the network used brings it down faster than taking as many of the ink's pixels away in any order
(Petsiuk, Das and Saenko: RISE, BMVC 2018; Samek et al.: Evaluating the visualization of what a deep
neural network has learned, IEEE TNNLS 28, 2017).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.network import Network

Array = NDArray[Any]

STEPS = 24  # at most, from all ink to none that speaks for the output
ORDERS = 20  # random ones: were the blamed pixels no better, one time in 21 they would be the best
FLIP = 1  # steps more: the one at which the answer changes


@dataclass(frozen=True, slots=True)
class Deletion:
    """The curve: after ``pixels[i]`` pixels the output has ``probabilities[i]``.

    ``predictions`` is the most probable class then, ``random`` the probabilities in each random
    order (``ORDERS`` rows). Where nothing speaks for the output the curves have one point.
    """

    pixels: NDArray[np.intp]
    probabilities: Array
    predictions: NDArray[np.intp]
    random: Array

    @property
    def area(self) -> float:
        """The mean of the curve over the pixels that are taken away, 0 to 1."""
        return float(_areas(self.pixels, self.probabilities))

    @property
    def random_areas(self) -> Array:
        """The same in each random order."""
        return _areas(self.pixels, self.random)

    @property
    def flips_at(self) -> int | None:
        """After how many pixels the prediction is another; None if it never is."""
        at = _flip(self.predictions)
        return None if at is None else int(self.pixels[at])


def delete(
    network: Network,
    image: Array,
    values: Array,
    output: int,
    rng: np.random.Generator,
    steps: int = STEPS,
) -> Deletion:
    """Take away the ink of an image of 0..1 that speaks for an output; as much in random orders.

    Of the pixels between two steps that change the answer each is tried, so that the one at which
    it changes is a step of its own.
    """
    x = np.asarray(image, network.dtype).ravel()
    inked, parts = np.flatnonzero(x), np.asarray(values).ravel()
    speaking = inked[parts[inked] > 0]
    blamed = speaking[np.argsort(-parts[speaking], kind="stable")]
    pixels = np.linspace(0, len(blamed), min(steps, len(blamed)) + 1).round().astype(int)
    at = _flip(_read(network, x, [blamed], pixels)[0].argmax(axis=1))
    if at:
        between = np.arange(pixels[at - 1], pixels[at] + 1)
        first = _flip(_read(network, x, [blamed], between)[0].argmax(axis=1))
        pixels = np.union1d(pixels, between[first or -1])
    a = _read(network, x, [blamed, *(rng.permutation(inked) for _ in range(ORDERS))], pixels)
    curves = np.ascontiguousarray(a[..., output])
    return Deletion(pixels, curves[0], a[0].argmax(axis=1), curves[1:])


def _read(
    network: Network, x: Array, orders: list[NDArray[np.intp]], pixels: NDArray[np.intp]
) -> Array:
    """The first output's probabilities (orders, steps, classes) without so many pixels."""
    batch = np.repeat(x[None], len(orders) * len(pixels), axis=0).reshape(
        len(orders), len(pixels), -1
    )
    for order, curve in zip(orders, batch, strict=True):
        for count, left in zip(pixels, curve, strict=True):
            left[order[:count]] = 0
    samples, most = batch.reshape(-1, x.size), network.workload.read_at_once
    # where they do not fit at once, a curve at a time: alike and small, its memory is soon made
    at_once = min(len(pixels), most) if len(samples) > most else None
    return network.predict(samples, at_once).reshape(len(orders), len(pixels), -1)


def _flip(predictions: NDArray[np.intp]) -> int | None:
    """The first place whose prediction is another than that of the first."""
    others = np.flatnonzero(predictions != predictions[0])
    return int(others[0]) if len(others) else None


def _areas(pixels: NDArray[np.intp], curves: Array) -> Array:
    if len(pixels) < 2:
        return curves[..., 0]
    areas: Array = np.trapezoid(curves, pixels, axis=-1) / pixels[-1]
    return areas

"""Where a network breaks when a digit is moved, turned, stretched, thickened or made noisy.

The amounts are dials with a neutral place; a robustness curve is the accuracy at each of them
(Hendrycks and Dietterich: Benchmarking neural network robustness to common corruptions and
perturbations, ICLR 2019, ask the same of photographs).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.datasets.augmentation import dilate, sample
from nnviz.errors import look_up
from nnviz.ink.pixels import SIZE

Images = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Dial:
    """A kind of distortion: the amounts that are tried, the one that changes nothing, the unit."""

    amounts: tuple[float, ...]
    neutral: float
    unit: str


def _steps(low: float, high: float, step: float) -> tuple[float, ...]:
    return tuple(round(low + i * step, 6) for i in range(round((high - low) / step) + 1))


DIALS: Mapping[str, Dial] = {
    "shift_x": Dial(_steps(-10, 10, 1), 0, "pixels to the right"),
    "shift_y": Dial(_steps(-10, 10, 1), 0, "pixels down"),
    "turn": Dial(_steps(-180, 180, 15), 0, "degrees clockwise"),
    "scale": Dial(_steps(0.4, 1.6, 0.1), 1, "times as large"),
    "thickness": Dial(_steps(-2, 4, 0.5), 0, "pixels more on either side"),
    "noise": Dial(_steps(0, 1, 0.1), 0, "standard deviation of the noise"),
}


def dial(kind: str) -> Dial:
    """The dial of that name; raises `InputError` (``out_of_range``) for another."""
    return look_up(DIALS, kind, "a kind", "out_of_range")


def distort(images: Images, kind: str, amount: float, rng: np.random.Generator) -> Images:
    """Images (N, 28, 28) of 0..255 by that much of one kind; what leaves the image is lost.

    A shift and a turn go the way of the unit, y down; a thickness of −1 takes a pixel off either
    side; noise is normal, in parts of full ink. Raises `InputError` as `dial` does.
    """
    if amount == dial(kind).neutral:
        return images.copy()
    if kind == "noise":
        noise = rng.standard_normal(images.shape, np.float32) * np.float32(255 * amount)
        return _bytes(images + noise)
    if kind == "thickness":
        return _bytes(_thicker(images.astype(np.float32), amount))
    rows, columns = _sources(kind, amount)
    shape = (len(images), SIZE * SIZE)
    wide = (np.broadcast_to(each, shape).astype(np.float32) for each in (rows, columns))
    return _bytes(sample(images, *wide))


def _sources(kind: str, amount: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """For every pixel of the result, where in the image it comes from: rows, columns (784,)."""
    centre = (SIZE - 1) / 2
    y, x = (np.indices((SIZE, SIZE)) - centre).reshape(2, -1)
    if kind == "turn":
        cos, sin = np.cos(np.radians(amount)), np.sin(np.radians(amount))
        return cos * y - sin * x + centre, cos * x + sin * y + centre
    if kind == "scale":
        return y / amount + centre, x / amount + centre
    down, right = (amount, 0) if kind == "shift_y" else (0, amount)
    return y + centre - down, x + centre - right


def _thicker(images: Floats, amount: float) -> Floats:
    """So many times the greatest (or the least) of the neighbourhood, a part of a time mixed in."""
    whole, part = divmod(abs(amount), 1)
    inked = images if amount > 0 else 255 - images
    for _ in range(int(whole)):
        inked = dilate(inked)
    if part:
        inked = inked + (dilate(inked) - inked) * np.float32(part)
    return inked if amount > 0 else 255 - inked


def _bytes(values: Floats) -> Images:
    return (np.clip(values, 0, 255) + np.float32(0.5)).astype(np.uint8)

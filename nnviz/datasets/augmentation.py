"""New digits out of old: turned, stretched, slanted, shifted, bent, written thicker or thinner.

Training on such variants teaches that none of this changes which digit it is (Simard et al.,
"Best practices for convolutional neural networks", ICDAR 2003).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from nnviz.checked import Checked
from nnviz.ink.pixels import SIZE

Images = NDArray[np.uint8]
Floats = NDArray[np.float32]

CHUNK = 2000  # images whose amounts are drawn together: another number changes what a seed gives
BLOCK = 100  # images warped together: their arrays fit the processor's cache, twice as fast
KNOTS = 5  # the elastic field is drawn on 5 x 5 points and interpolated between them


class AugmentationSettings(Checked, frozen=True):
    """How far a variant may go; each amount is drawn anew for every image.

    Rotation in degrees, scale and shear as parts of the size, shift and elastic in pixels (elastic:
    the standard deviation at the knots), thickness as the greatest part taken of the thicker or
    thinner digit. ``reversal`` is the share of pen strokes that are drawn the other way round, and
    of drawings whose strokes come in another order; pixels know nothing of that.
    """

    rotation: Annotated[float, Meta(ge=0, le=180)] = 10.0
    scale: Annotated[float, Meta(ge=0, le=0.5)] = 0.1
    shear: Annotated[float, Meta(ge=0, le=1)] = 0.15
    shift: Annotated[float, Meta(ge=0, le=10)] = 1.5
    elastic: Annotated[float, Meta(ge=0, le=5)] = 1.0
    thickness: Annotated[float, Meta(ge=0, le=1)] = 0.5
    reversal: Annotated[float, Meta(ge=0, le=1)] = 0.0


def augment(
    images: Images, rng: np.random.Generator, settings: AugmentationSettings | None = None
) -> Images:
    """One variant of every image; shape (N, 28, 28) uint8 in and out."""
    out = np.empty_like(images)
    for start in range(0, len(images), CHUNK):
        chunk, made = images[start : start + CHUNK], out[start : start + CHUNK]
        amounts = _Amounts.draw(len(chunk), rng, settings or AugmentationSettings())
        for first in range(0, len(chunk), BLOCK):
            block = slice(first, first + BLOCK)
            made[block] = _warp(chunk[block], amounts[block])
    return out


def variants(
    images: Images,
    count: int,
    rng: np.random.Generator,
    settings: AugmentationSettings | None = None,
) -> Iterator[Images]:
    """``count`` variants of the whole set, one after the other, to be cycled through in training.

    A pool of a few dozen teaches as well as fresh variants in every epoch and costs far less.
    """
    for _ in range(count):
        yield augment(images, rng, settings)


def sample(images: Images, rows: Floats, columns: Floats) -> Floats:
    """Bilinear reading of images (N, 28, 28) at fractional ``rows`` and ``columns``, (N, 784).

    Values 0..255, (N, 28, 28); outside the image there is paper (0).
    """
    padded = np.zeros((len(images), SIZE + 3, SIZE + 3), np.uint8)
    padded[:, 1 : SIZE + 1, 1 : SIZE + 1] = images
    width = SIZE + 3
    rows = np.clip(rows, -1, SIZE) + 1
    columns = np.clip(columns, -1, SIZE) + 1
    top, left = rows.astype(np.int32), columns.astype(np.int32)
    rows -= top
    columns -= left
    corner = top * width + left
    corner += (np.arange(len(images), dtype=np.int32) * (width * width))[:, None]
    flat = padded.ravel()
    upper = flat[corner] * (1 - columns) + flat[corner + 1] * columns
    corner += width
    lower = flat[corner] * (1 - columns) + flat[corner + 1] * columns
    value: Floats = upper + (lower - upper) * rows
    return value.reshape(len(images), SIZE, SIZE)


def dilate(images: Floats) -> Floats:
    """The greatest value among each pixel and its eight neighbours."""
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    across = np.maximum(np.maximum(wide[:, :, :-2], wide[:, :, 1:-1]), wide[:, :, 2:])
    down: Floats = np.maximum(np.maximum(across[:, :-2], across[:, 1:-1]), across[:, 2:])
    return down


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What was drawn for each image; the first axis of every array counts images.

    ``bend`` holds displacements in pixels at the knots, for rows and columns (2, N, knots, knots).
    """

    angle: Floats
    shear: Floats
    height: Floats
    width: Floats
    down: Floats
    right: Floats
    bend: Floats | None
    thickness: Floats | None

    @classmethod
    def draw(cls, count: int, rng: np.random.Generator, by: AugmentationSettings) -> "_Amounts":
        def uniform(most: float, *axes: int) -> Floats:
            return rng.uniform(-most, most, (count, *axes)).astype(np.float32)

        return cls(
            angle=np.radians(uniform(by.rotation, 1)),
            shear=uniform(by.shear, 1),
            height=1 + uniform(by.scale, 1),
            width=1 + uniform(by.scale, 1),
            down=uniform(by.shift, 1),
            right=uniform(by.shift, 1),
            bend=rng.normal(0, by.elastic, (2, count, KNOTS, KNOTS)).astype(np.float32)
            if by.elastic
            else None,
            thickness=uniform(by.thickness, 1, 1) if by.thickness else None,
        )

    def __getitem__(self, block: slice) -> "_Amounts":
        return _Amounts(
            self.angle[block],
            self.shear[block],
            self.height[block],
            self.width[block],
            self.down[block],
            self.right[block],
            None if self.bend is None else self.bend[:, block],
            None if self.thickness is None else self.thickness[block],
        )


def _warp(images: Images, amounts: _Amounts) -> Images:
    warped = sample(images, *_source_positions(amounts))
    amount = amounts.thickness
    if amount is not None:
        thicker, thinner = dilate(warped), 255 - dilate(255 - warped)
        warped += np.where(amount > 0, thicker - warped, warped - thinner) * amount
    return (warped + np.float32(0.5)).astype(np.uint8)


def _source_positions(by: _Amounts) -> tuple[Floats, Floats]:
    """For every pixel of every variant, where in its original to look: rows and columns.

    An affine map about the centre, plus a smooth random displacement.
    """
    centre = np.float32((SIZE - 1) / 2)
    y, x = (np.indices((SIZE, SIZE), np.float32) - centre).reshape(2, 1, -1)
    cos, sin = np.cos(by.angle), np.sin(by.angle)
    rows = (cos * y + sin * x) / by.height + centre - by.down
    columns = (cos * x - sin * y + by.shear * y) / by.width + centre - by.right
    if by.bend is not None:
        rows += _smooth_field(by.bend[0])
        columns += _smooth_field(by.bend[1])
    return rows, columns


def _smooth_field(knots: Floats) -> Floats:
    """Values on a coarse grid (N, knots, knots), interpolated to every pixel (N, 784)."""
    positions = np.linspace(0, KNOTS - 1, SIZE, dtype=np.float32)
    weights = np.maximum(0, 1 - np.abs(positions[:, None] - np.arange(KNOTS, dtype=np.float32)))
    field: Floats = weights @ knots @ weights.T
    return field.reshape(len(knots), -1)

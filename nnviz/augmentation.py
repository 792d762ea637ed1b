"""New digits out of old: turned, stretched, slanted, shifted, bent, written thicker or thinner.

Training on such variants teaches that none of this changes which digit it is (Simard et al.,
"Best practices for convolutional neural networks", ICDAR 2003).
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Floats = NDArray[np.float32]

SIZE = 28
CHUNK = 2000  # images at a time: bounds the memory
KNOTS = 5  # the elastic field is drawn on 5 x 5 points and interpolated between them


@dataclass(frozen=True, slots=True)
class AugmentationSettings:
    """How far a variant may go; each amount is drawn anew for every image.

    Rotation in degrees, scale and shear as parts of the size, shift and elastic in pixels (elastic:
    the standard deviation at the knots), thickness as the greatest part taken of the thicker or
    thinner digit.
    """

    rotation: float = 10.0
    scale: float = 0.1
    shear: float = 0.15
    shift: float = 1.5
    elastic: float = 1.0
    thickness: float = 0.5

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON-able values."""
        return asdict(self)


def augment(
    images: Images, rng: np.random.Generator, settings: AugmentationSettings | None = None
) -> Images:
    """One variant of every image; shape (N, 28, 28) uint8 in and out."""
    out = np.empty_like(images)
    for start in range(0, len(images), CHUNK):
        part = slice(start, start + CHUNK)
        out[part] = _augment_chunk(images[part], rng, settings or AugmentationSettings())
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


def _augment_chunk(images: Images, rng: np.random.Generator, by: AugmentationSettings) -> Images:
    rows, columns = _source_positions(len(images), rng, by)
    warped = _sample(images, rows, columns)
    if by.thickness:
        amount = rng.uniform(-by.thickness, by.thickness, (len(images), 1, 1)).astype(np.float32)
        thicker, thinner = _dilate(warped), 255 - _dilate(255 - warped)
        warped += np.where(amount > 0, thicker - warped, warped - thinner) * amount
    return (warped + np.float32(0.5)).astype(np.uint8)


def _source_positions(
    count: int, rng: np.random.Generator, by: AugmentationSettings
) -> tuple[Floats, Floats]:
    """For every pixel of every variant, where in its original to look: rows and columns.

    An affine map about the centre, plus a smooth random displacement.
    """

    def uniform(most: float) -> Floats:
        return rng.uniform(-most, most, (count, 1)).astype(np.float32)

    angle, shear = np.radians(uniform(by.rotation)), uniform(by.shear)
    height, width = 1 + uniform(by.scale), 1 + uniform(by.scale)
    down, right = uniform(by.shift), uniform(by.shift)
    centre = np.float32((SIZE - 1) / 2)
    y, x = (np.indices((SIZE, SIZE), np.float32) - centre).reshape(2, 1, -1)
    cos, sin = np.cos(angle), np.sin(angle)
    rows = (cos * y + sin * x) / height + centre - down
    columns = (cos * x - sin * y + shear * y) / width + centre - right
    if by.elastic:
        rows += _smooth_field(count, rng, by.elastic)
        columns += _smooth_field(count, rng, by.elastic)
    return rows, columns


def _smooth_field(count: int, rng: np.random.Generator, deviation: float) -> Floats:
    """Random values on a coarse grid, interpolated to every pixel; shape (count, 784)."""
    knots = rng.normal(0, deviation, (count, KNOTS, KNOTS)).astype(np.float32)
    positions = np.linspace(0, KNOTS - 1, SIZE, dtype=np.float32)
    weights = np.maximum(0, 1 - np.abs(positions[:, None] - np.arange(KNOTS, dtype=np.float32)))
    field: Floats = weights @ knots @ weights.T
    return field.reshape(count, -1)


def _sample(images: Images, rows: Floats, columns: Floats) -> Floats:
    """Bilinear reading at fractional positions; outside the image there is paper (0)."""
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


def _dilate(images: Floats) -> Floats:
    """The greatest value among each pixel and its eight neighbours."""
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    across = np.maximum(np.maximum(wide[:, :, :-2], wide[:, :, 1:-1]), wide[:, :, 2:])
    down: Floats = np.maximum(np.maximum(across[:, :-2], across[:, 1:-1]), across[:, 2:])
    return down

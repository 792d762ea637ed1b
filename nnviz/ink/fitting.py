"""A digit's ink, of any size, into 28x28: the 20x20 box, a pen's width, the middle of its mass."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFilter

from nnviz.ink.pixels import BOX, CENTRE, SIZE, Image, centre_of_mass, quantised

Floats = NDArray[Any]  # float32

THIN = 2.0  # pixels at 28x28: thinner lines are thickened to this


def fitted(ink: Floats) -> Floats:
    """The inked part, scaled so that its longer side is 20 pixels, in the middle of 28x28."""
    strong = ink > 0.5
    rows, columns = _extent(strong.sum(axis=1)), _extent(strong.sum(axis=0))
    if rows is None or columns is None:
        return np.zeros((SIZE, SIZE), np.float32)
    part = ink[rows, columns]
    part = _thickened(part, BOX / max(part.shape))
    height, width = (max(1, round(size * BOX / max(part.shape))) for size in part.shape)
    return _in_the_middle(part, width, height)


def shrunk(ink: Floats) -> Floats:
    """The whole picture in 28x28, its aspect ratio kept, in the middle."""
    height, width = (max(1, round(size * SIZE / max(ink.shape))) for size in ink.shape)
    return _in_the_middle(ink, width, height)


def placed(grid: Floats, center: bool) -> Image:
    """Quantised, and with ``center`` moved by whole pixels to the middle."""
    if center and grid.any():
        row, column = centre_of_mass(grid)
        down, right = round(CENTRE - row), round(CENTRE - column)
        padded = np.pad(grid, SIZE)
        grid = padded[SIZE - down : 2 * SIZE - down, SIZE - right : 2 * SIZE - right]
    return quantised(grid)


def pen_width(mask: NDArray[np.bool_]) -> float:
    """The mean width of lines: twice their area over the length of their outline."""
    inside = np.pad(mask, 1)
    outline = sum(int((inside != np.roll(inside, 1, axis)).sum()) for axis in (0, 1)) * (
        np.pi / 4
    )  # a slanted edge is counted once per row and once per column
    return 2 * int(inside.sum()) / max(outline, 1)


def resized(values: Floats, width: int, height: int) -> Floats:
    """Values 0..1 in another size: means where it shrinks, in between where it grows."""
    image = Pillow.fromarray(values.astype(np.float32))
    resampling = Pillow.Resampling.BOX if width < values.shape[1] else Pillow.Resampling.BILINEAR
    small: Floats = np.asarray(image.resize((width, height), resampling))
    return np.clip(small, 0, 1)


def _extent(counts: NDArray[Any]) -> slice | None:
    inked = np.flatnonzero(counts)
    return slice(int(inked[0]), int(inked[-1]) + 1) if len(inked) else None


def _thickened(part: Floats, scale: float) -> Floats:
    """Widen lines that would be thinner than `THIN` pixels after scaling."""
    missing = THIN / scale - pen_width(part > 0.5)
    if missing < 1:
        return part
    grow = 2 * round(missing / 2) + 1
    padded = Pillow.fromarray(quantised(np.pad(part, grow // 2)))
    return np.asarray(padded.filter(ImageFilter.MaxFilter(grow)), np.float32) / 255


def _in_the_middle(part: Floats, width: int, height: int) -> Floats:
    out = np.zeros((SIZE, SIZE), np.float32)
    top, left = (SIZE - height) // 2, (SIZE - width) // 2
    out[top : top + height, left : left + width] = resized(part, width, height)
    return out

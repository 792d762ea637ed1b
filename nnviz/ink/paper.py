"""Paper and what stands out from it: a threshold that is local, since light never is even.

The paper's brightness at a pixel is the grey closing of the picture (Serra, "Image Analysis and
Mathematical Morphology", 1982): the least, over all squares of a size that hold the pixel, of the
brightest pixel in the square. Ink that is narrower than the square is filled with the paper beside
it; shadows, lamps and tables keep their own brightness, with their edges where they are.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFilter

Floats = NDArray[Any]  # float32

LEAST_CONTRAST = 0.12  # of full scale: what stands out less is paper
DARKEST_PAPER = 0.35  # of the brightest: darker, and noise alone would look like ink


def darkness(grey: Floats, square: int) -> tuple[Floats, float]:
    """How much darker than the paper near it each pixel is, 0 (paper) to 1 (black), and its noise.

    The brightest of many noisy pixels is brighter than the paper. How much, and how noisy paper is
    (standard deviation), tell the least dark pixels: more than half may be a table.
    """
    smooth = _smooth(grey)
    paper = closing(smooth, square)
    least = DARKEST_PAPER * float(np.quantile(paper[::4, ::4], 0.95))
    dark = (paper - smooth) / np.maximum(paper, max(least, 1e-3))
    lowest, low = np.quantile(dark[::2, ::2], (0.05, 0.25))
    return np.clip(dark - low, 0, 1), float(low - lowest)


def closing(values: Floats, square: int) -> Floats:
    """The least of the greatest: what is darker and narrower than ``square`` pixels is filled."""
    for axis in (0, 1):
        values = _running(np.maximum, values, square, axis)
    for axis in (0, 1):
        values = _running(np.minimum, values, square, axis)
    return values


def _running(pick: np.ufunc, values: Floats, size: int, axis: int) -> Floats:
    """The greatest or least of ``size`` (odd) neighbours along an axis, by windows doubled."""
    half = size // 2
    values = np.moveaxis(values, axis, 0)
    out = np.pad(values, ((half, half), (0, 0)), mode="edge")
    width = 1
    while width * 2 <= size:
        out = pick(out[:-width], out[width:])
        width *= 2
    if missing := size - width:
        out = pick(out[:-missing], out[missing:])
    return np.ascontiguousarray(np.moveaxis(out, 0, axis))


def _smooth(grey: Floats) -> Floats:
    image = Pillow.fromarray((grey * 255 + 0.5).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), np.float32) / 255


def spread(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """The mask and all within ``by`` pixels of it, to the sides and slanted."""
    wide = _running(np.maximum, mask.view(np.uint8), 2 * by + 1, 0)
    return _running(np.maximum, wide, 2 * by + 1, 1).view(np.bool_)

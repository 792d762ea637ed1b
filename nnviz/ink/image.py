"""An image file of a digit, a photo or a scan, to 28x28 pixels.

Ink is what stands out from the paper near it, dark on light or light on dark (`paper`, `finding`).
Then as for strokes: each digit is fitted into the 20x20 box with its aspect ratio kept, thin lines
are thickened to a pen's width, and the centre of mass goes to the middle (by whole pixels, so that
an MNIST digit comes back as it was). What was taken as ink is handed back with its place, so that
whoever sent the picture can see why it was read as it was.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from nnviz.errors import InputError
from nnviz.ink.decoding import decode
from nnviz.ink.finding import find_groups, square_of
from nnviz.ink.fitting import fitted, pen_width, placed, resized, shrunk
from nnviz.ink.grouping import Group
from nnviz.ink.paper import LEAST_CONTRAST, Floats, darkness, spread
from nnviz.ink.pixels import SIZE, Image

COARSE_SIDE = 480  # pixels: where digits are looked for
FINE_SIDE = 300  # pixels: of one digit's cut-out
LEAST_SHOWN = 200  # pixels: smaller pictures are enlarged to this first
CUTOUT_SIDE = 48  # pixels: of the ink that is handed back


class Digit(NamedTuple):
    """One digit of a picture.

    ``box`` is left, top, right, bottom in the picture's own pixels as the camera was held, ``ink``
    what was taken as ink inside it (0..255, its longer side at most 48), ``pixels`` its 28x28.
    """

    box: tuple[int, int, int, int]
    ink: Image
    pixels: Image


class Found(NamedTuple):
    """What a picture holds: 28x28 pixels of the chosen digit, and every digit in reading order."""

    pixels: Image
    width: int
    height: int
    dark_on_light: bool
    digits: list[Digit]
    chosen: int | None  # None: blank

    @property
    def nbytes(self) -> int:
        """Bytes of its pixels."""
        return self.pixels.nbytes + sum(
            each.ink.nbytes + each.pixels.nbytes for each in self.digits
        )


def from_image(data: bytes, center: bool = True) -> Image:
    """The 28x28 pixels of a PNG, JPEG or WebP file; of its first digit where there are several."""
    return find(data, center).pixels


def find(data: bytes, center: bool = True, digit: int = 0) -> Found:
    """Decode a PNG, JPEG or WebP file and put each of its digits into the network's form.

    ``digit`` chooses among them, in reading order. With ``center`` false the chosen one's ink is
    shrunk with the whole picture to 28x28, where it is. Blank paper gives an empty grid and no
    digits.

    Raises `InputError`: ``not_an_image`` for other or broken files, ``image_too_large`` for more
    than 10,000 pixels a side or 30 million in all (looked at before anything is decoded), and
    ``no_such_digit``.
    """
    grey, width, height = decode(data)
    if grey.shape == (SIZE, SIZE):
        digits, dark_on_light = _of_thumbnail(grey, center)
    else:
        digits, dark_on_light = _of_photo(grey, center, width / grey.shape[1])
    blank = Found(np.zeros((SIZE, SIZE), np.uint8), width, height, dark_on_light, digits, None)
    return choose(blank, digit)


def choose(found: Found, digit: int) -> Found:
    """The same with another digit to be read; raises `InputError` (``no_such_digit``)."""
    if not 0 <= digit < max(1, len(found.digits)):
        raise InputError(
            "no_such_digit", f"Expected a digit 0 to {max(0, len(found.digits) - 1)}; got {digit}."
        )
    if not found.digits:
        return found
    return found._replace(pixels=found.digits[digit].pixels, chosen=digit)


def _of_thumbnail(grey: Floats, center: bool) -> tuple[list[Digit], bool]:
    """28x28 as it is: only the paper's own tone, the median of the border, is taken off."""
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    paper = float(np.median(border))
    dark_on_light = bool(((grey - paper) ** 3).sum() < 0)  # few that differ much outweigh many
    ink = paper - grey if dark_on_light else grey - paper
    room = paper if dark_on_light else 1 - paper
    noise = float(np.abs(border - paper).max()) if np.ptp(border) < LEAST_CONTRAST else 0.0
    if float(ink.max()) < LEAST_CONTRAST:
        return [], True
    if room < 1 - 1e-6:
        full = float(np.quantile(ink[ink > ink.max() / 2], 0.75))
        ink = np.clip((ink - noise) / max(full - noise, 1e-6), 0, 1)
    rows, columns = np.nonzero(ink > 0.1)
    top, left, bottom, right = rows.min(), columns.min(), rows.max() + 1, columns.max() + 1
    shown = (ink[top:bottom, left:right] * 255 + 0.5).astype(np.uint8)
    box = (int(left), int(top), int(right), int(bottom))
    return [Digit(box, shown, placed(ink, center))], dark_on_light


def _of_photo(grey: Floats, center: bool, scale: float) -> tuple[list[Digit], bool]:
    """Look for digits in a coarse picture, then ink each from the fine one."""
    if max(grey.shape) < LEAST_SHOWN:
        more = LEAST_SHOWN / max(grey.shape)
        grey, scale = _scaled(grey, more), scale / more
    coarse = _scaled(grey, min(1.0, COARSE_SIDE / max(grey.shape)))
    found = find_groups(coarse)
    if not found.dark_on_light:
        grey = 1 - grey
    digits = [_inked(grey, group, coarse, center, scale) for group in found.groups]
    return [each for each in digits if each.pixels.any()], found.dark_on_light


def _scaled(grey: Floats, by: float) -> Floats:
    if by == 1:
        return grey
    height, width = (max(1, round(side * by)) for side in grey.shape)
    resampling = Pillow.Resampling.BOX if by < 1 else Pillow.Resampling.BICUBIC
    image = Pillow.fromarray(grey).resize((width, height), resampling)
    return np.clip(np.asarray(image, np.float32), 0, 1)


def _inked(grey: Floats, group: Group, coarse: Floats, center: bool, scale: float) -> Digit:
    """One digit, its ink taken anew against the paper right beside it."""
    ratio = grey.shape[1] / coarse.shape[1]
    pen = pen_width(group.mask)
    margin = max(4, round(2 * pen))
    top, left = max(0, group.top - margin), max(0, group.left - margin)
    bottom = min(coarse.shape[0], group.bottom + margin)
    right = min(coarse.shape[1], group.right + margin)
    mask = np.zeros((bottom - top, right - left), bool)
    mask[group.top - top : group.bottom - top, group.left - left : group.right - left] = group.mask
    mask = spread(mask, max(2, round(pen / 3)))
    rows, columns = (
        slice(round(start * ratio), round(end * ratio))
        for start, end in ((top, bottom), (left, right))
    )
    part = grey[rows, columns]
    finer = min(1.0, FINE_SIDE / max(part.shape))
    part = _scaled(part, finer)
    size = (part.shape[1], part.shape[0])
    near = np.asarray(Pillow.fromarray(mask).resize(size, Pillow.Resampling.NEAREST))
    square = min(round(4 * pen * ratio * finer), square_of(part) * 3) | 1
    ink = _levelled(darkness(part, max(square, 9))[0], near)
    box = _box_of(ink, rows.start, columns.start, finer)
    if center:
        pixels = placed(fitted(ink), center=True)
    else:
        pixels = placed(shrunk(_put_back(ink, rows, columns, grey.shape)), center=False)
    return Digit(tuple(round(side * scale) for side in box), _cutout(ink), pixels)  # type: ignore[arg-type]


def _levelled(dark: Floats, near: NDArray[np.bool_]) -> Floats:
    """Darkness to ink: paper 0, the pen's full tone 1, and nothing away from the digit."""
    strong = dark[near & (dark > LEAST_CONTRAST / 2)]
    if not strong.size:
        return np.zeros_like(dark)
    full = float(np.quantile(strong, 0.75))
    full = float(strong[strong > 0.5 * full].mean())
    low = 0.25 * full
    return np.where(near, np.clip((dark - low) / max(full - low, 1e-6), 0, 1), 0).astype(np.float32)


def _box_of(ink: Floats, top: int, left: int, finer: float) -> tuple[float, ...]:
    """Left, top, right, bottom of the ink in the fine picture."""
    rows, columns = np.nonzero(ink > 0.5)
    if not len(rows):
        return (left, top, left, top)
    return (
        left + columns.min() / finer,
        top + rows.min() / finer,
        left + (columns.max() + 1) / finer,
        top + (rows.max() + 1) / finer,
    )


def _put_back(ink: Floats, rows: slice, columns: slice, shape: tuple[int, ...]) -> Floats:
    whole = np.zeros(shape, np.float32)
    whole[rows, columns] = resized(ink, columns.stop - columns.start, rows.stop - rows.start)
    return whole


def _cutout(ink: Floats) -> Image:
    """The inked part, small enough to be sent."""
    rows, columns = np.nonzero(ink > 0.5)
    if not len(rows):
        return np.zeros((1, 1), np.uint8)
    part = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    by = min(1.0, CUTOUT_SIDE / max(part.shape))
    height, width = (max(1, round(side * by)) for side in part.shape)
    return (resized(part, width, height) * 255 + 0.5).astype(np.uint8)

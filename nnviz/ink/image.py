"""An image file of a digit, a photo or a scan, to 28x28 pixels.

Ink is what stands out from the paper near it, dark on light or light on dark; the paper is
estimated as a smooth background, so that a shadow across it does no harm. Then as for strokes: the
digit is fitted into the 20x20 box with its aspect ratio kept, thin lines are thickened to a pen's
width, and the centre of mass goes to the middle (by whole pixels, so that an MNIST digit comes back
as it was).
"""

import io
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps, UnidentifiedImageError

from nnviz.errors import InputError
from nnviz.ink.pixels import BOX, CENTRE, SIZE, Image, centre_of_mass, quantised

Floats = NDArray[Any]  # float32

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_SIDE = 10_000  # pixels
MOST_PIXELS = 30_000_000
WORKING_SIDE = 400  # pixels: larger images are shrunk to this first
LEAST_CONTRAST = 0.12  # of full scale: what stands out less is paper
THIN = 2.0  # pixels at 28x28: thinner lines are thickened to this


def from_image(data: bytes, center: bool = True) -> Image:
    """Decode a PNG, JPEG or WebP file and put its digit into the network's form.

    With ``center`` false the picture is shrunk to 28x28 as it is. Blank paper gives an empty grid.
    Raises `InputError`: ``not_an_image`` for other or broken files, ``image_too_large`` for more
    than 10,000 pixels a side or 30 million in all (looked at before anything is decoded).
    """
    grey = _decoded(data)
    if grey.shape == (SIZE, SIZE):
        return _placed(_ink(grey, smooth=False), center)
    ink = _ink(grey, smooth=True)
    return _placed(_fitted(ink) if center else _shrunk(ink), center)


def _decoded(data: bytes) -> Floats:
    """Grey values 0..1, turned as the camera was held, at most `WORKING_SIDE` long."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            image: Pillow.Image = Pillow.open(io.BytesIO(data), formats=FORMATS)
        _check_size(*image.size)
        image.draft("L", (WORKING_SIDE, WORKING_SIDE))
        image.load()
        image = ImageOps.exif_transpose(_shrunk_to_work_on(image))
    except InputError:
        raise
    except Pillow.DecompressionBombError as error:
        raise _too_large("more pixels than that") from error
    except UnidentifiedImageError as error:  # its words name an object in memory
        raise InputError(
            "not_an_image",
            f"Expected a PNG, JPEG or WebP image; got {len(data):,} bytes of something else.",
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as error:
        raise InputError(
            "not_an_image",
            f"Expected a PNG, JPEG or WebP image; got one that is broken ({error}).",
        ) from error
    return np.asarray(_grey(image), np.float32) / 255


def _shrunk_to_work_on(image: Pillow.Image) -> Pillow.Image:
    """At most `WORKING_SIDE` long, in a mode that `_grey` knows: grey, RGB, with alpha, or deep.

    Shrinking comes before any arithmetic: a small file may hold thirty million pixels.
    """
    if image.mode.startswith("I"):  # 16 bits; Pillow shrinks I;16 only in its newer versions
        image = image.convert("I")
    elif "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("L")
    image.thumbnail((WORKING_SIDE, WORKING_SIDE), Pillow.Resampling.BOX)
    return image


def _check_size(width: int, height: int) -> None:
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise _too_large(f"{width:,} x {height:,}")


def _too_large(got: str) -> InputError:
    return InputError(
        "image_too_large",
        f"Expected an image of at most {MOST_SIDE:,} pixels a side and {MOST_PIXELS:,} in all; "
        f"got {got}.",
    )


def _grey(image: Pillow.Image) -> Pillow.Image:
    """8-bit grey; transparency is paper: white, or black where the drawing itself is light."""
    if image.mode == "I":  # 0 to 65535
        return Pillow.fromarray((np.asarray(image) / 257 + 0.5).astype(np.uint8))
    if "A" not in image.getbands():
        return image.convert("L")
    rgba = image.convert("RGBA")
    alpha = np.asarray(rgba.getchannel("A"), np.float64) / 255
    grey = np.asarray(rgba.convert("RGB").convert("L"), np.float64)
    mean = (grey * alpha).sum() / max(alpha.sum(), 1e-9)
    paper = 0.0 if mean > 127 else 255.0
    return Pillow.fromarray((grey * alpha + paper * (1 - alpha) + 0.5).astype(np.uint8))


def _ink(grey: Floats, smooth: bool) -> Floats:
    """How much ink there is in each pixel, 0..1, whichever of ink and paper is the darker."""
    if _is_dark_on_light(grey):
        grey = 1 - grey
    if not smooth:  # already 28x28: as it is
        return grey if np.ptp(grey) >= LEAST_CONTRAST else np.zeros_like(grey)
    ink = np.clip(grey - _paper(grey), 0, 1)
    if float(ink.max()) < LEAST_CONTRAST:
        return np.zeros_like(ink)
    threshold = max(_otsu(ink), LEAST_CONTRAST / 2)
    full = float(np.mean(ink[ink > threshold]))
    low = threshold / 2
    scaled: Floats = np.clip((ink - low) / max(full - low, 1e-6), 0, 1).astype(np.float32)
    return scaled


def _is_dark_on_light(grey: Floats) -> bool:
    """Whether what stands out is darker than the paper.

    The paper's brightness is a plane through the border, so that a shadow tilts it; the cube lets
    the few pixels that differ much outweigh the many that differ little.
    """
    rows, columns = np.indices(grey.shape)
    border = np.zeros(grey.shape, bool)
    border[[0, -1]] = border[:, [0, -1]] = True
    places = np.stack([rows, columns, np.ones_like(rows)], axis=-1).astype(np.float64)
    plane, *_ = np.linalg.lstsq(places[border], grey[border], rcond=None)
    return float(((grey - places @ plane) ** 3).sum()) < 0


def _paper(grey: Floats) -> Floats:
    """The smooth background: what remains when everything narrower than a sixth is taken off."""
    size = max(3, min(grey.shape) // 6) | 1
    image = Pillow.fromarray(np.asarray(grey * 255, np.uint8))
    step = 4 if min(grey.shape) >= 80 else 1
    small = image.reduce(step)
    small_size = max(3, size // step * 2) | 1
    opened = small.filter(ImageFilter.MinFilter(small_size))
    opened = opened.filter(ImageFilter.MaxFilter(small_size))
    smooth = opened.filter(ImageFilter.GaussianBlur(small_size / 3))
    back = smooth.resize((grey.shape[1], grey.shape[0]), Pillow.Resampling.BILINEAR)
    return np.asarray(back, np.float32) / 255


def _otsu(values: Floats) -> float:
    """The threshold that best splits values in two (Otsu, IEEE Trans. SMC 9, 1979)."""
    counts, edges = np.histogram(values, 128, (0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1:][np.nanargmax(np.nan_to_num(between, nan=-1))])


def _fitted(ink: Floats) -> Floats:
    """The inked part, scaled so that its longer side is 20 pixels, in the middle of 28x28."""
    strong = ink > 0.5
    rows, columns = _extent(strong.sum(axis=1)), _extent(strong.sum(axis=0))
    if rows is None or columns is None:
        return np.zeros((SIZE, SIZE), np.float32)
    part = ink[rows, columns]
    scale = BOX / max(part.shape)
    part = _thickened(part, scale)
    height, width = (max(1, round(size * BOX / max(part.shape))) for size in part.shape)
    small = _resized(part, width, height)
    out = np.zeros((SIZE, SIZE), np.float32)
    top, left = (SIZE - height) // 2, (SIZE - width) // 2
    out[top : top + height, left : left + width] = small
    return out


def _extent(counts: NDArray[Any]) -> slice | None:
    inked = np.flatnonzero(counts)
    return slice(int(inked[0]), int(inked[-1]) + 1) if len(inked) else None


def _thickened(part: Floats, scale: float) -> Floats:
    """Widen lines that would be thinner than `THIN` pixels after scaling.

    The mean width of a line is twice its area over the length of its outline.
    """
    inside = np.pad(part > 0.5, 1)
    outline = sum(int((inside != np.roll(inside, 1, axis)).sum()) for axis in (0, 1)) * (
        np.pi / 4
    )  # a slanted edge is counted once per row and once per column
    width = 2 * int(inside.sum()) / max(outline, 1)
    missing = THIN / scale - width
    if missing < 1:
        return part
    grow = 2 * round(missing / 2) + 1
    padded = Pillow.fromarray(quantised(np.pad(part, grow // 2)))
    return np.asarray(padded.filter(ImageFilter.MaxFilter(grow)), np.float32) / 255


def _shrunk(ink: Floats) -> Floats:
    """The whole picture in 28x28, its aspect ratio kept, in the middle."""
    height, width = (max(1, round(size * SIZE / max(ink.shape))) for size in ink.shape)
    out = np.zeros((SIZE, SIZE), np.float32)
    top, left = (SIZE - height) // 2, (SIZE - width) // 2
    out[top : top + height, left : left + width] = _resized(ink, width, height)
    return out


def _resized(values: Floats, width: int, height: int) -> Floats:
    image = Pillow.fromarray(values.astype(np.float32))
    resampling = Pillow.Resampling.BOX if width < values.shape[1] else Pillow.Resampling.BILINEAR
    small: Floats = np.asarray(image.resize((width, height), resampling))
    return np.clip(small, 0, 1)


def _placed(grid: Floats, center: bool) -> Image:
    """Quantised, and with ``center`` moved by whole pixels to the middle."""
    if center and grid.any():
        row, column = centre_of_mass(grid)
        down, right = round(CENTRE - row), round(CENTRE - column)
        padded = np.pad(grid, SIZE)
        grid = padded[SIZE - down : 2 * SIZE - down, SIZE - right : 2 * SIZE - right]
    return quantised(grid)

"""An image file to grey values of a bounded size, whatever is in the file.

A few kilobytes may hold thirty million pixels: the size is looked at before anything is decoded,
JPEG is decoded at a fraction of its size, everything is shrunk before any arithmetic, and what a
large one took is given back to the machine. Who serves many lets them take turns.
"""

import ctypes
import io
import sys
import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, ImageOps, UnidentifiedImageError
from PIL import Image as Pillow

from nnviz.errors import InputError

Floats = NDArray[Any]  # float32

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_SIDE = 10_000  # pixels
MOST_PIXELS = 30_000_000
WORKING_SIDE = 960  # pixels: larger images are shrunk to this first
LARGE = 2_000_000  # pixels: memory of larger ones is given back at once
ON_ITS_SIDE = (5, 6, 7, 8)  # orientations of EXIF 2.3 in which rows and columns change places
DEPTHS = (8, 10, 12, 14, 16)  # bits that cameras and scanners store in 16


class Decoded(NamedTuple):
    """Grey values 0..1, and the size of the picture in the file as the camera was held."""

    grey: Floats
    width: int
    height: int


def decode(data: bytes, side: int = WORKING_SIDE) -> Decoded:
    """A PNG, JPEG or WebP file as grey values, turned upright, at most ``side`` long.

    Raises `InputError`: ``not_an_image`` for other or broken files, ``image_too_large``.
    """
    try:
        return _decoded(data, side)
    except InputError:
        raise
    except Pillow.DecompressionBombError as error:
        raise _too_large("more pixels than that") from error
    except UnidentifiedImageError as error:  # its words name an object in memory
        raise InputError(
            "not_an_image", f"Expected a PNG, JPEG or WebP image; got {kind_of(data)}."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as error:
        raise InputError(
            "not_an_image",
            f"Expected a PNG, JPEG or WebP image; got one that is broken ({error}).",
        ) from error


def kind_of(data: bytes) -> str:
    """What a file that is not read seems to be, from its first bytes."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"):
            return "HEIC, the iPhone's format"
        return "AVIF" if brand in (b"avif", b"avis") else "a film"
    starts = {b"GIF8": "GIF", b"BM": "BMP", b"%PDF": "PDF", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
    for start, name in starts.items():
        if data.startswith(start):
            return name
    return f"{len(data):,} bytes of something else"


def _decoded(data: bytes, side: int) -> Decoded:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        image: Pillow.Image = Pillow.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise _too_large(f"{width:,} x {height:,}")
    image.draft("L", (side, side))
    image.load()
    small = _shrunk_to_work_on(image, side)
    is_turned = small.getexif().get(ExifTags.Base.Orientation) in ON_ITS_SIDE
    upright = ImageOps.exif_transpose(small)
    grey = np.asarray(_grey(upright), np.float32) / 255
    del image, small, upright
    if width * height > LARGE:
        _give_memory_back()
    return Decoded(grey, *((height, width) if is_turned else (width, height)))


def _shrunk_to_work_on(image: Pillow.Image, side: int) -> Pillow.Image:
    """At most ``side`` long, in a mode that `_grey` knows: grey, RGB, with alpha, or deep."""
    if image.mode.startswith("I"):  # 16 bits; Pillow shrinks I;16 only in its newer versions
        image = image.convert("I")
    elif "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("L")
    image.thumbnail((side, side), Pillow.Resampling.BOX)
    return image


def _grey(image: Pillow.Image) -> Pillow.Image:
    """8-bit grey; transparency is paper: white, or black where the drawing itself is light."""
    if image.mode == "I":
        deep = np.asarray(image)
        most = 2 ** next((bits for bits in DEPTHS if deep.max() < 2**bits), DEPTHS[-1]) - 1
        return Pillow.fromarray((np.clip(deep / most, 0, 1) * 255 + 0.5).astype(np.uint8))
    if "A" not in image.getbands():
        return image.convert("L")
    rgba = image.convert("RGBA")
    alpha = np.asarray(rgba.getchannel("A"), np.float64) / 255
    grey = np.asarray(rgba.convert("RGB").convert("L"), np.float64)
    mean = (grey * alpha).sum() / max(alpha.sum(), 1e-9)
    paper = 0.0 if mean > 127 else 255.0
    return Pillow.fromarray((grey * alpha + paper * (1 - alpha) + 0.5).astype(np.uint8))


def _give_memory_back() -> None:
    """Have the C library return what it keeps of a large picture, where it can (glibc)."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


def _too_large(got: str) -> InputError:
    return InputError(
        "image_too_large",
        f"Expected an image of at most {MOST_SIDE:,} pixels a side and {MOST_PIXELS:,} in all; "
        f"got {got}.",
    )

"""How many loops the lines of a drawing close: areas of paper that ink shuts in.

An area is paper, values below 100 of 255, whose pixels touch along their sides; it is a loop when
no way along sides leads from it to the edge of the image and it has at least two pixels. (One
pixel that happens to be left light inside a thick line is none.) More than two count as two.

A row of pixels is one whole number, a bit a pixel, so that an area grows by shifts of whole rows;
with the edge it has 64 bits, and an image at most 62 pixels across.
"""

import numpy as np
from numpy.typing import NDArray

PAPER = 100  # values below it are paper
SMALLEST = 2  # pixels of a loop
MOST = 2
CHUNK = 2000  # images worked on at once

Rows = NDArray[np.uint64]  # (N, height + 2)
ONE = np.uint64(1)


def count(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The loops, 0, 1 or 2, of images (N, height, width) of 0 (paper) to 255 (ink)."""
    counts = np.empty(len(images), np.uint8)
    for start in range(0, len(images), CHUNK):
        part = slice(start, start + CHUNK)
        counts[part] = _count(images[part])
    return counts


def _count(images: NDArray[np.uint8]) -> NDArray[np.intp]:
    paper = _rows(images < PAPER)
    outside = np.zeros_like(paper)
    outside[:, 0] = paper[:, 0]  # the edge, from which all of the outside is reached
    shut_in = paper & ~_grown(outside, paper)
    loops = np.zeros(len(images), np.intp)
    left = np.flatnonzero(shut_in.any(axis=1))
    while len(left):
        areas = shut_in[left]
        area = _grown(_first_pixel(areas), areas)
        loops[left] += np.bitwise_count(area).sum(axis=1) >= SMALLEST
        shut_in[left] = areas & ~area
        left = left[shut_in[left].any(axis=1)]
    return np.minimum(loops, MOST)


def _rows(paper: NDArray[np.bool_]) -> Rows:
    """Rows as whole numbers, with an edge of paper around; bit 0 is the edge on the left."""
    edged = np.pad(paper, ((0, 0), (1, 1), (1, 1)), constant_values=True)
    bits = ONE << np.arange(edged.shape[2], dtype=np.uint64)
    rows: Rows = (edged * bits).sum(axis=2, dtype=np.uint64)
    return rows


def _grown(area: Rows, within: Rows) -> Rows:
    """The area with everything that is connected to it along sides."""
    while True:
        wider = area | (area << ONE) | (area >> ONE)
        wider[:, 1:] |= area[:, :-1]
        wider[:, :-1] |= area[:, 1:]
        wider &= within
        if np.array_equal(wider, area):
            return area
        area = wider


def _first_pixel(areas: Rows) -> Rows:
    """One pixel of every image: the lowest bit of the first row that has any."""
    first, everyone = (areas != 0).argmax(axis=1), np.arange(len(areas))
    row = areas[everyone, first]
    pixel = np.zeros_like(areas)
    pixel[everyone, first] = row & (~row + ONE)
    return pixel

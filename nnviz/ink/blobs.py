"""Connected pixels of a mask, with what is needed to judge them: size, place, touch of the edge."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]


class Blobs(NamedTuple):
    """Blobs of a mask; blob ``i`` has the label ``i + 1``. Boxes end one behind the last pixel."""

    labels: Indices  # H x W, 0 where the mask is not
    area: Indices
    top: Indices
    left: Indices
    bottom: Indices
    right: Indices

    @property
    def longer(self) -> Indices:
        """Pixels of each box's longer side."""
        longer: Indices = np.maximum(self.bottom - self.top, self.right - self.left)
        return longer


def blobs_of(mask: Mask) -> Blobs:
    """Label connected pixels, corners included.

    Pixels are joined into runs along rows, runs that touch the row below into trees, and every tree
    is flattened by pointing each run at the least run it reaches, until nothing changes.
    """
    width = mask.shape[1] + 2  # a gap between rows, so that no run reaches round the edge
    padded = np.zeros((mask.shape[0], width), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded.ravel(), prepend=0)
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)  # ends: one behind
    root = _joined(starts, ends, width)
    _, blob = np.unique(root, return_inverse=True)
    labels = np.zeros(mask.shape, np.intp)
    labels[mask] = np.repeat(blob + 1, ends - starts)
    count = int(blob.max(initial=-1)) + 1
    rows, columns = starts // width, starts % width - 1
    return Blobs(
        labels,
        np.bincount(blob, ends - starts, count).astype(np.intp),
        _least(blob, rows, count),
        _least(blob, columns, count),
        -_least(blob, -rows - 1, count),
        -_least(blob, -(columns + ends - starts), count),
    )


def _joined(starts: Indices, ends: Indices, width: int) -> Indices:
    """For each run the least run of its blob."""
    first = np.searchsorted(ends, starts + width)  # of the next row, those that reach this run
    last = np.searchsorted(starts, ends + width, side="right")
    counts = np.maximum(last - first, 0)
    above = np.repeat(np.arange(len(starts)), counts)
    below = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - first, counts)
    root = np.arange(len(starts))
    while True:
        least = np.minimum(root[above], root[below])
        changed = root.copy()
        for side in (root[above], root[below], above, below):
            np.minimum.at(changed, side, least)
        changed = changed[changed]
        if np.array_equal(changed, root):
            return root
        root = changed


def _least(blob: Indices, values: Indices, count: int) -> Indices:
    least = np.full(count, np.iinfo(np.intp).max)
    np.minimum.at(least, blob, values)
    return least

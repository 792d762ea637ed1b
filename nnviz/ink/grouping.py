"""Which blobs belong together: the strokes of one digit, and not those of the next."""

from typing import NamedTuple

import numpy as np

from nnviz.ink.blobs import Blobs, Indices, Mask


class Group(NamedTuple):
    """A digit's blobs: their pixels, their box (one behind the last pixel), how dark they are."""

    mask: Mask
    top: int
    left: int
    bottom: int
    right: int
    contrast: float

    @property
    def side(self) -> int:
        """Pixels of the box's longer side."""
        return max(self.bottom - self.top, self.right - self.left)


def clusters_of(blobs: Blobs, parts: list[int]) -> list[list[int]]:
    """Blobs that are strokes of one digit: boxes overlap or are close."""
    clusters = [[i] for i in parts]
    merged = True
    while merged:
        merged = False
        for a in range(len(clusters)):
            for b in range(a + 1, len(clusters)):
                if _belong(box_of(blobs, clusters[a]), box_of(blobs, clusters[b])):
                    clusters[a] += clusters.pop(b)
                    merged = True
                    break
            if merged:
                break
    return clusters


def _belong(a: Indices, b: Indices) -> bool:
    size = max(a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1])
    down, across = gap(a[0], a[2], b[0], b[2]), gap(a[1], a[3], b[1], b[3])
    if max(down, across) < 0.06 * size:
        return True
    heights = sorted((a[2] - a[0], b[2] - b[0]))
    narrower = min(a[3] - a[1], b[3] - b[1])
    is_bar = heights[0] < 0.5 * heights[1] and -across > 0.3 * narrower  # of a 5, above its bow
    return bool(is_bar and down < 0.25 * size)


def gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Pixels between two intervals; negative where they overlap."""
    return int(max(start, other_start) - min(end, other_end))


def add_small(blobs: Blobs, clusters: list[list[int]], small: Indices, longest: int) -> None:
    """Give a digit the small pieces beside it that are long enough to be strokes, not specks."""
    for cluster in clusters:
        top, left, bottom, right = box_of(blobs, cluster)
        down = np.maximum(np.maximum(blobs.top[small] - bottom, top - blobs.bottom[small]), 0)
        across = np.maximum(np.maximum(blobs.left[small] - right, left - blobs.right[small]), 0)
        away, longer = np.maximum(down, across), blobs.longer[small]
        near = (away <= 0.12 * longest) & (longer >= 0.15 * longest)
        near |= (away <= 0.03 * longest) & (longer >= 0.04 * longest)
        cluster += [int(i) for i in small[near][:200]]


def box_of(blobs: Blobs, cluster: list[int]) -> Indices:
    """Top, left, bottom and right of several blobs."""
    return np.array(
        [
            blobs.top[cluster].min(),
            blobs.left[cluster].min(),
            blobs.bottom[cluster].max(),
            blobs.right[cluster].max(),
        ]
    )

"""Masks of pixels to be judged: boxes, and every way to turn them."""

import numpy as np


def turned(mask: np.ndarray) -> list[np.ndarray]:
    """The mask with each of its sides on top, and mirrored."""
    return [
        side
        for quarter in range(4)
        for side in (np.rot90(mask, quarter), np.rot90(mask, quarter).T)
    ]


def filled(shape: tuple[int, int], *boxes: tuple[int, int, int, int]) -> np.ndarray:
    """A mask with these boxes: top, left, bottom, right."""
    mask = np.zeros(shape, bool)
    for top, left, bottom, right in boxes:
        mask[top:bottom, left:right] = True
    return mask

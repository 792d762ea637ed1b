"""Which blobs of a picture may be strokes of a digit, and which are tables, frames and lines."""

import numpy as np

from nnviz.ink.blobs import Blobs, Mask
from nnviz.ink.paper import LEAST_CONTRAST, Floats, spread

LEAST_STEP = 0.08  # of the brightest paper: less is the grain of a table
MOST_STROKES = 5  # that one meets on a line down through a digit
MARGIN = 0.1  # of a side: what is long and nowhere but there is a frame's


def on_edge(blobs: Blobs, shape: tuple[int, ...]) -> Mask:
    """Which blobs touch the picture's edge, or all but touch it."""
    near = 2  # pixels: a frame's or a line's end is blurred there
    on_edge: Mask = (
        (blobs.top <= near)
        | (blobs.left <= near)
        | (blobs.bottom >= shape[0] - near)
        | (blobs.right >= shape[1] - near)
    )
    return on_edge


def along_edge(blobs: Blobs, shape: tuple[int, ...]) -> Mask:
    """Whether much of a blob lies on the picture's edge, or it reaches from edge to edge."""
    border = np.concatenate(
        [blobs.labels[0], blobs.labels[-1], blobs.labels[:, 0], blobs.labels[:, -1]]
    )
    contact = np.bincount(border, minlength=len(blobs.area) + 1)[1:]
    across = (blobs.bottom - blobs.top >= 0.98 * shape[0]) | (
        blobs.right - blobs.left >= 0.98 * shape[1]
    )
    along: Mask = across & (contact > 0) | (contact > 0.4 * blobs.longer)
    return along


def least_step(grey: Floats) -> float:
    """How much lighter the paper beside a stroke must be, in a picture of that light."""
    return max(LEAST_CONTRAST / 3, LEAST_STEP * float(np.quantile(grey[::4, ::4], 0.95)))


def is_real(grey: Floats, blobs: Blobs, i: int, least: float) -> bool:
    """Whether the picture steps to paper all round a blob, by ``least`` or more.

    Closing's own corners do not.
    """
    far = 3
    rows = slice(max(0, blobs.top[i] - far - 1), blobs.bottom[i] + far + 1)
    columns = slice(max(0, blobs.left[i] - far - 1), blobs.right[i] + far + 1)
    inside = blobs.labels[rows, columns] == i + 1
    if _is_ruled(inside) or _is_in_margin(blobs, i, grey.shape):
        return False
    ring = spread(inside, far) & ~spread(inside, far - 1)
    part = grey[rows, columns]
    within = float(part[inside & spread(~inside, far)].mean())  # beside the outline: light may fall
    step = float(np.median(part[ring])) - within if ring.any() else 0.0
    if step <= least:
        return False
    return float((part[ring] > within + 0.3 * step).mean()) > 0.75


def _is_in_margin(blobs: Blobs, i: int, shape: tuple[int, ...]) -> bool:
    """Whether a blob is long and only in the picture's outer tenth, as a frame or a piece of it."""
    if blobs.longer[i] < 3 * MARGIN * max(shape):
        return False
    down, across = (round(side * MARGIN) for side in shape)
    inner = blobs.labels[down : shape[0] - down, across : shape[1] - across] == i + 1
    return bool(inner.sum() < 0.1 * blobs.area[i])


def _is_ruled(inside: Mask) -> bool:
    """Whether a blob is ruled lines: more strokes across than a digit has."""
    slabs = np.array_split(inside, 8, axis=1)
    crossed = np.stack([slab.mean(axis=1) > 0.4 for slab in slabs if slab.size])
    strokes = (crossed[:, 1:] & ~crossed[:, :-1]).sum(axis=1)
    return float(np.median(strokes)) > MOST_STROKES


def without_frames(blobs: Blobs, among: list[int]) -> list[int]:
    """Leave out blobs drawn around another one: no digit has a separate one inside."""

    def is_frame(i: int) -> bool:
        return any(
            blobs.top[i] < blobs.top[j]
            and blobs.left[i] < blobs.left[j]
            and blobs.bottom[i] > blobs.bottom[j]
            and blobs.right[i] > blobs.right[j]
            and _hugs_its_box(blobs, i)
            for j in among
            if blobs.longer[j] >= 0.1 * blobs.longer[i]
        )

    return [i for i in among if not is_frame(i)]


def _hugs_its_box(blobs: Blobs, i: int) -> bool:
    """Whether a blob follows all four sides of its box, as a rectangle does and no digit."""
    part = blobs.labels[blobs.top[i] : blobs.bottom[i], blobs.left[i] : blobs.right[i]] == i + 1
    deep = max(3, max(part.shape) // 12)
    sides = (part[:deep].any(0), part[-deep:].any(0), part[:, :deep].any(1), part[:, -deep:].any(1))
    return all(float(side.mean()) > 0.8 for side in sides)

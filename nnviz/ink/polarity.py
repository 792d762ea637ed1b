"""Whether a picture is dark on light or light on dark, from the digits it would hold as either.

What is light may be a digit on a board, but also the paper between a digit and a table, or the hole
of a 0: what is a sheet to write on, or has dark only for its outline, is no digit.
"""

import numpy as np

from nnviz.ink.blobs import Indices, Mask, blobs_of
from nnviz.ink.grouping import Group
from nnviz.ink.judging import along_edge
from nnviz.ink.paper import Floats, spread


def is_light_on_dark(grey: Floats, dark: list[Group], light: list[Group]) -> bool:
    """Whether the light groups are digits, and the dark ones holes in them or nothing."""
    if not dark or not light:
        return bool(light)
    of_dark, of_light = (max(groups, key=lambda group: group.side) for groups in (dark, light))
    if is_sheet(grey, of_light) or not _is_free(grey, of_light):
        return False
    if is_sheet(1 - grey, of_dark):
        return True
    if _holds(of_light, of_dark) or _holds(of_dark, of_light):
        return of_light.side > of_dark.side
    return of_light.contrast * of_light.side > 1.5 * of_dark.contrast * of_dark.side


def _holds(outer: Group, inner: Group) -> bool:
    middle = ((inner.top + inner.bottom) / 2, (inner.left + inner.right) / 2)
    return (
        outer.side > inner.side
        and outer.top <= middle[0] <= outer.bottom
        and outer.left <= middle[1] <= outer.right
    )


def is_sheet(grey: Floats, group: Group) -> bool:
    """Whether a light group is a part of something to write on, and no digit.

    All that is as light and connected with it goes along the picture's edge, or is, with its holes
    filled, a rectangle however it is turned and not as narrow as a 1.
    """
    blobs = blobs_of(grey > _between(grey, group))
    own = blobs.labels[group.top : group.bottom, group.left : group.right][group.mask]
    i = int(np.bincount(own).argmax()) - 1
    if i < 0:
        return False
    if along_edge(blobs, grey.shape)[i]:
        return True
    return _is_rectangle(
        blobs.labels[blobs.top[i] : blobs.bottom[i], blobs.left[i] : blobs.right[i]] == i + 1
    )


def _is_free(grey: Floats, group: Group) -> bool:
    """Whether what lies around a light group is dark, and not only its outline as in a loop."""
    part, inside = _around(grey, group, max(4, group.side // 2))
    outside = ~spread(inside, 2)
    return float((part[outside] < _between(grey, group)).mean()) > 0.7 if outside.any() else True


def _between(grey: Floats, group: Group) -> float:
    """The tone half way from a group to what is beside it."""
    part, inside = _around(grey, group, 4)
    ring = spread(inside, 3) & ~spread(inside, 2)
    tones = [float(np.median(part[where])) for where in (inside, ring) if where.any()]
    return sum(tones) / len(tones)


def _around(grey: Floats, group: Group, far: int) -> tuple[Floats, Mask]:
    """The picture as far around a group, and where in it the group is."""
    top, left = max(0, group.top - far), max(0, group.left - far)
    part = grey[top : group.bottom + far, left : group.right + far]
    inside = np.zeros(part.shape, bool)
    rows, columns = group.mask.shape
    inside[group.top - top :, group.left - left :][:rows, :columns] = group.mask
    return part, inside


def _is_rectangle(mask: Mask) -> bool:
    filled = _filled_rows(mask) & _filled_rows(mask.T).T
    rows, columns = _row_ends(filled)
    angles = np.radians(np.arange(0, 90, 3))
    along = np.ptp(np.outer(np.cos(angles), columns) + np.outer(np.sin(angles), rows), axis=1) + 1
    up = np.ptp(np.outer(-np.sin(angles), columns) + np.outer(np.cos(angles), rows), axis=1) + 1
    best = int((along * up).argmin())
    long, short = max(along[best], up[best]), min(along[best], up[best])
    return float(filled.sum() / (long * short)) > 0.84 and long < 3.5 * short


def _row_ends(mask: Mask) -> tuple[Indices, Indices]:
    """Rows and columns of every row's first and last pixel: how far a mask reaches, they tell."""
    rows = np.flatnonzero(mask.any(axis=1))
    first = mask[rows].argmax(axis=1)
    last = mask.shape[1] - 1 - mask[rows, ::-1].argmax(axis=1)
    return np.concatenate([rows, rows]), np.concatenate([first, last])


def _filled_rows(mask: Mask) -> Mask:
    """Every row filled from its first to its last pixel."""
    before = np.maximum.accumulate(mask, axis=1)
    after = np.maximum.accumulate(mask[:, ::-1], axis=1)[:, ::-1]
    return before & after

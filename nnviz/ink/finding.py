"""Where the digits are in a picture, and which of ink and paper is the darker.

At several levels of darkness, connected blobs are judged: by size, by touching the picture's edge
(tables, frames, strips and ruled lines do; a digit hardly ever), and by whether their outline is a
step in the picture at all. The level that shows the strongest digits wins; what lies near a digit
and is long enough to be a stroke belongs to it, and a speck to none.
"""

from typing import NamedTuple

import numpy as np

from nnviz.ink.blobs import Blobs, Mask, blobs_of
from nnviz.ink.grouping import Group, add_small, box_of, clusters_of, gap
from nnviz.ink.judging import along_edge, is_real, least_step, on_edge, without_frames
from nnviz.ink.paper import LEAST_CONTRAST, Floats, darkness
from nnviz.ink.polarity import is_light_on_dark, is_sheet

SQUARE = 1 / 3  # of the shorter side: no stroke is wider
LEVELS = LEAST_CONTRAST * 1.4 ** np.arange(6)
LEAST_SIDE = 0.03  # of the picture's longer side: smaller blobs are specks
LEAST_PIXELS = 6
MOST_DIGITS = 12
FLATTEST = 3.0  # times as wide as high: flatter is a piece of a line
SHORTEST = 0.35  # of the longest blob: shorter ones only add to a digit
SHORTEST_DIGIT = 0.5  # of the longest digit
LEAST_SHARE = 0.35  # of the pen's darkness: the faintest stroke of a digit
SAME = 0.6  # share that two boxes must have in common to be one digit's at two levels


class Finding(NamedTuple):
    """The digits of a picture in reading order, and whether they are darker than the paper."""

    groups: list[Group]
    dark_on_light: bool


def find_groups(grey: Floats) -> Finding:
    """The digits in grey values 0..1, none on blank paper."""
    dark, light = _groups(grey), _groups(1 - grey)
    if not dark and light and is_sheet(grey, max(light, key=lambda group: group.side)):
        return Finding([], dark_on_light=True)  # blank paper on a table
    if is_light_on_dark(grey, dark, light):
        return Finding(light, dark_on_light=False)
    return Finding(dark, dark_on_light=True)


def square_of(grey: Floats) -> int:
    """The closing's square, odd."""
    return max(5, int(min(grey.shape) * SQUARE)) | 1


def _groups(grey: Floats) -> list[Group]:
    """The dark digits, at the level of darkness that shows them best."""
    dark, noise = darkness(grey, square_of(grey))
    levels = [float(level) for level in LEVELS if level >= min(5 * noise, LEVELS[-1])]
    found = [(level, groups) for level in levels if (groups := _at_level(grey, dark, level))]
    if not found:
        return []
    best = max(found, key=lambda each: _score(each[1], grey))[1]
    main = max(best, key=lambda group: group.side)
    for level, groups in found:  # the lowest level that shows the same shows all of it
        if level >= LEAST_SHARE * main.contrast and any(
            _overlap(main, each) > SAME for each in groups
        ):
            return groups
    return best


def _score(groups: list[Group], grey: Floats) -> float:
    """How much the largest digit stands out and fills the picture."""
    main = max(groups, key=lambda group: group.side)
    return main.contrast * float(np.sqrt(min(1.0, 4 * main.side / max(grey.shape))))


def _at_level(grey: Floats, dark: Floats, level: float) -> list[Group]:
    blobs = blobs_of(dark > level)
    judged = _judged(grey, blobs)
    if not judged:
        return []
    longest = blobs.longer[judged[0]]
    parts = [i for i in judged if blobs.longer[i] >= SHORTEST * longest]
    flat = blobs.right - blobs.left > FLATTEST * (blobs.bottom - blobs.top)
    clusters = [each for each in clusters_of(blobs, parts) if not flat[each].all()]
    if not clusters:
        return []
    small = (blobs.longer < SHORTEST * longest) & ~on_edge(blobs, grey.shape)
    add_small(blobs, clusters, np.flatnonzero(small), longest)
    groups = [_group(blobs, dark, each) for each in clusters]
    tallest, boldest = max(each.side for each in groups), max(each.contrast for each in groups)
    kept = [
        each
        for each in groups
        if each.side >= SHORTEST_DIGIT * tallest and each.contrast >= 0.5 * boldest
    ]
    return _in_reading_order(sorted(kept, key=lambda group: -group.side)[:MOST_DIGITS])


def _judged(grey: Floats, blobs: Blobs) -> list[int]:
    """The blobs that may be strokes, the longest first; on the edge only where there are no others.

    A digit cut off by the picture's edge touches it, but not along much of its length.
    """
    large = blobs.longer >= max(LEAST_PIXELS, LEAST_SIDE * max(grey.shape))
    edge, least = on_edge(blobs, grey.shape), least_step(grey)
    inside = [i for i in _longest_first(blobs, large & ~edge) if is_real(grey, blobs, i, least)]
    if inside := without_frames(blobs, inside):
        return inside
    cut_off = large & edge & ~along_edge(blobs, grey.shape)
    return [i for i in _longest_first(blobs, cut_off) if is_real(grey, blobs, i, least)][:1]


def _longest_first(blobs: Blobs, among: Mask, most: int = 40) -> list[int]:
    chosen = np.flatnonzero(among)
    order = np.argsort(-blobs.longer[chosen], kind="stable")
    return [int(i) for i in chosen[order][:most]]


def _group(blobs: Blobs, dark: Floats, cluster: list[int]) -> Group:
    chosen = np.zeros(len(blobs.area) + 1, bool)
    chosen[np.array(cluster) + 1] = True
    top, left, bottom, right = (int(side) for side in box_of(blobs, cluster))
    mask = chosen[blobs.labels[top:bottom, left:right]]
    contrast = float(np.quantile(dark[top:bottom, left:right][mask], 0.75))
    return Group(mask, top, left, bottom, right, contrast)


def _in_reading_order(groups: list[Group]) -> list[Group]:
    """Line by line, from left to right; a digit is in a line when its middle is."""
    waiting, ordered = sorted(groups, key=lambda group: group.top), []
    while waiting:
        first = waiting[0]
        line = [each for each in waiting if (each.top + each.bottom) / 2 <= first.bottom]
        line = line or [first]
        ordered += sorted(line, key=lambda group: group.left)
        waiting = [each for each in waiting if not any(each is taken for taken in line)]
    return ordered


def _overlap(a: Group, b: Group) -> float:
    down = -gap(a.top, a.bottom, b.top, b.bottom)
    across = -gap(a.left, a.right, b.left, b.right)
    if down <= 0 or across <= 0:
        return 0.0
    areas = ((each.bottom - each.top) * (each.right - each.left) for each in (a, b))
    return down * across / (sum(areas) - down * across)

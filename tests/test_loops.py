"""Loops: areas of paper that ink shuts in, counted in the image."""

import numpy as np
import pytest

from nnviz.datasets import mnist
from nnviz.ink import loops


def drawn(*rows: str) -> np.ndarray:
    """``#`` is ink, ``.`` paper; the last values on either side of the line between them."""
    return np.array([[100 if c == "#" else 99 for c in row] for row in rows], np.uint8)


RING = ("......", ".####.", ".#..#.", ".####.", "......")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("....", "...."), 0),
        (("####", "####"), 0),
        (RING, 1),
        (("......", ".####.", ".#.##.", ".####.", "......"), 0),  # one pixel is none
        (("......", ".####.", ".#..#.", ".###..", "......"), 1),  # corners do not let out
        (("......", ".####.", ".#..#.", ".##.#.", "......"), 0),  # a gap does
        (("####..", "#..###", "###..#", "..####"), 2),  # corners do not join
        (("####", "#..#", "####"), 1),  # ink at the edge shuts in, too
        (("###", "#..", "#.#"), 0),  # the edge is outside
        (("#########", "#..#..#..", "#########"), 2),
        (("##########", "#..#..#..#", "##########"), 2),  # three count as two
    ],
)
def test_what_is_shut_in_is_counted(rows: tuple[str, ...], expected: int) -> None:
    assert loops.count(drawn(*rows)[None]).tolist() == [expected]
    assert loops.count(drawn(*rows).T[None]).tolist() == [expected]


def by_hand(image: np.ndarray) -> int:
    """The same, pixel by pixel."""
    paper = np.pad(image < 100, 1, constant_values=True)
    areas, unseen = [], set(zip(*np.nonzero(paper), strict=True))
    while unseen:
        area, waiting = set(), [next(iter(unseen))]
        while waiting:
            y, x = waiting.pop()
            if (y, x) in unseen:
                unseen.remove((y, x))
                area.add((y, x))
                waiting += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
        areas.append(area)
    return min(2, sum((0, 0) not in area and len(area) >= 2 for area in areas))


def test_digits_have_as_many_as_are_found_pixel_by_pixel() -> None:
    images = mnist.load().test.images[:200]
    assert loops.count(images).tolist() == [by_hand(image) for image in images]


@pytest.mark.parametrize("across", [1, 61, 62])
def test_the_widest_image_has_its_edges_too(across: int) -> None:
    """62 pixels and the edge are all bits of a row: a bay on either side is open."""
    bay, hole = np.full((5, across), 255, np.uint8), np.full((5, across), 255, np.uint8)
    bay[1:3, 0] = bay[2:4, -1] = 0
    hole[1:4, 1:-1] = 0
    assert loops.count(np.stack([bay, hole])).tolist() == [0, int(across > 2)]


def test_loops_are_no_digit_in_disguise() -> None:
    """An eighth of the zeros is open, many twos have one: as measured beforehand."""
    test = mnist.load().test
    found = loops.count(test.images)
    shares = {
        (digit, loop): float(np.mean(found[test.labels == digit] == loop))
        for digit in (0, 2, 6, 8, 9)
        for loop in range(3)
    }
    assert shares[0, 0] == pytest.approx(0.122, abs=0.001)
    assert shares[2, 1] == pytest.approx(0.304, abs=0.001)
    assert shares[6, 0] == pytest.approx(0.238, abs=0.001)
    assert shares[8, 2] == pytest.approx(0.626, abs=0.001)
    assert shares[9, 0] == pytest.approx(0.203, abs=0.001)

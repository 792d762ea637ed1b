"""Which blobs are strokes of one digit: where each bound is, to the pixel."""

import numpy as np
import pytest

from nnviz.ink import grouping
from nnviz.ink.blobs import Blobs
from nnviz.ink.grouping import Group


def boxes(*each: tuple[int, int, int, int]) -> Blobs:
    """Blobs that are only boxes: top, left, bottom, right."""
    top, left, bottom, right = np.array(each).T
    return Blobs(
        np.zeros((1, 1), np.intp), (bottom - top) * (right - left), top, left, bottom, right
    )


@pytest.mark.parametrize(
    ("one", "other", "belong"),
    [
        ((0, 0, 100, 50), (0, 55, 50, 90), True),  # 5 of 100 away
        ((0, 0, 100, 50), (0, 56, 50, 90), False),  # 6
        ((0, 0, 50, 100), (55, 0, 105, 40), True),
        ((0, 0, 50, 100), (56, 0, 110, 40), False),
        ((0, 0, 50, 40), (55, 0, 60, 100), True),  # the wider of the two counts
        ((0, 0, 20, 40), (44, 10, 144, 50), True),  # a bar above: 24 of 100 away
        ((0, 0, 20, 40), (45, 10, 145, 50), False),  # 25
        ((0, 0, 49, 40), (70, 10, 170, 50), True),  # less than half as high
        ((0, 0, 50, 40), (70, 10, 170, 50), False),
        ((0, 0, 20, 40), (40, 27, 140, 90), True),  # 13 of 40 above it
        ((0, 0, 20, 40), (40, 28, 140, 90), False),  # 12
        ((0, 0, 20, 40), (10, 60, 110, 90), False),  # beside
    ],
)
def test_which_boxes_are_one_digits(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int], belong: bool
) -> None:
    there = [tuple(side + 300 for side in each) for each in (one, other)]
    for pair in ((one, other), (other, one), there, there[::-1]):
        found = grouping.clusters_of(boxes(*pair), [0, 1])
        assert sorted(map(sorted, found)) == ([[0, 1]] if belong else [[0], [1]])


def test_what_grows_together_may_reach_further() -> None:
    three = boxes((0, 0, 10, 10), (0, 200, 10, 210), (0, 60, 100, 100), (0, 12, 100, 58))
    found = grouping.clusters_of(three, [0, 1, 2, 3])
    assert sorted(map(sorted, found)) == [[0, 2, 3], [1]]
    assert grouping.box_of(three, [0, 2, 3]).tolist() == [0, 0, 100, 100]
    assert [grouping.gap(0, 5, 8, 9), grouping.gap(8, 9, 0, 5), grouping.gap(0, 5, 3, 9)] == [
        3,
        3,
        -2,
    ]


@pytest.mark.parametrize(
    ("away", "longer", "added"),
    [
        (12, 15, True),
        (13, 15, False),
        (12, 14, False),
        (3, 4, True),
        (4, 4, False),
        (3, 3, False),
        (-5, 4, True),
    ],
)
def test_small_pieces_beside_a_digit_are_its_strokes_or_specks(
    away: int, longer: int, added: bool
) -> None:
    """In hundredths of the longest: 12 away and 15 long, or 3 away and 4 long."""
    digit = (200, 200, 300, 250)
    for piece in (
        (200 - away - longer, 210, 200 - away, 212),
        (300 + away, 210, 300 + away + longer, 212),
        (210, 200 - away - longer, 212, 200 - away),
        (210, 250 + away, 212, 250 + away + longer),
    ):
        clusters = [[0]]
        grouping.add_small(boxes(digit, piece), clusters, np.array([1]), 100)
        assert clusters == [[0, 1] if added else [0]]


def test_what_lies_over_a_digit_is_not_away_at_all() -> None:
    clusters = [[0]]
    grouping.add_small(boxes((0, 0, 20, 10), (5, 5, 6, 6)), clusters, np.array([1]), 20)
    assert clusters == [[0, 1]]


def test_a_digit_is_given_two_hundred_small_pieces_at_most() -> None:
    clusters = [[0]]
    every = boxes((0, 0, 100, 50), *[(10, 10, 30, 12)] * 300)
    grouping.add_small(every, clusters, np.arange(1, 301), 100)
    assert clusters == [list(range(201))]


def test_a_groups_side_is_its_boxs_longer() -> None:
    assert Group(np.ones((1, 1), bool), 3, 5, 10, 9, 1.0).side == 7
    assert Group(np.ones((1, 1), bool), 3, 5, 10, 19, 1.0).side == 14

"""Dark on light or light on dark: sheets, outlines and holes are no digits."""

import numpy as np
import pytest

from nnviz.ink import paper, polarity
from nnviz.ink.grouping import Group
from nnviz.ink.polarity import _row_ends
from tests.masks import filled, turned


def group_of(mask: np.ndarray, contrast: float = 0.5) -> Group:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left, bottom, right = rows[0], columns[0], rows[-1] + 1, columns[-1] + 1
    return Group(
        mask[top:bottom, left:right], int(top), int(left), int(bottom), int(right), contrast
    )


def rotated(height: float, width: float, angle: float, shape: int = 200) -> np.ndarray:
    y, x = np.indices((shape, shape)) - (shape - 1) / 2
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return (np.abs(cos * x + sin * y) <= width / 2) & (np.abs(cos * y - sin * x) <= height / 2)


@pytest.mark.parametrize("angle", [0, 9, 30, 45, 60, 87])
@pytest.mark.parametrize(("height", "sheet"), [(100, True), (45, True), (30, True), (27, False)])
def test_a_rectangle_is_a_sheet_however_it_is_turned(
    angle: float, height: float, sheet: bool
) -> None:
    """Up to 3.5 times as long as wide: longer may be a 1."""
    mask = rotated(height, 100, angle)
    mask &= ~rotated(height / 2, 20, angle)  # what is written on it
    assert bool(polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))) is sheet


def test_a_rectangle_as_long_as_a_1_is_no_sheet() -> None:
    for height, sheet in ((70, False), (69, True)):
        mask = filled((100, 60), (10, 20, 10 + height, 40))
        assert bool(polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))) is sheet


def test_a_sheet_is_more_than_0_84_of_its_rectangle() -> None:
    for torn, sheet in ((40, False), (39, True)):  # 800 pixels of 5000 are missing, or 780
        mask = filled((120, 70), (10, 10, 110, 60))
        mask[10 : 10 + torn, 40:60] = False
        assert bool(polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))) is sheet


def test_what_is_no_lighter_than_half_way_is_no_part_of_a_sheet() -> None:
    y, x = np.indices((60, 60)) - 30
    disk = y**2 + x**2 < 324
    bridge = (np.abs(y) < 3) & (x > 0) & ~disk | (x > 27)
    for tone, sheet in ((0.5, False), (0.51, True)):
        grey = np.where(disk, 0.75, np.where(bridge, tone, 0.25))
        assert bool(polarity.is_sheet(grey, group_of(disk))) is sheet
    assert not polarity.is_sheet(np.full((60, 60), 0.5), group_of(disk)), "nothing is lighter"


def test_a_digit_is_no_sheet_but_what_goes_along_the_edge_is() -> None:
    y, x = np.indices((100, 100)) - 50
    disk = x**2 + y**2 < 900
    ell = filled((100, 100), (20, 20, 80, 30), (70, 20, 80, 70))
    for mask in (disk, ell):
        assert not polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))
    for mask in turned(ell | filled((100, 100), (70, 20, 72, 100), (0, 98, 100, 100))):
        assert polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))


@pytest.mark.parametrize(("cut", "sheet"), [(38, True), (42, False)])
def test_a_sheet_fills_nearly_all_of_its_rectangle(cut: int, sheet: bool) -> None:
    """Of 100 x 50 with a corner torn off: 0.84 and more."""
    y, x = np.indices((120, 120))
    mask = filled((120, 120), (10, 30, 110, 80)) & ((x - 30) + (y - 10) >= cut)
    assert bool(polarity.is_sheet(np.where(mask, 0.9, 0.1), group_of(mask))) is sheet


def test_the_tone_between_a_group_and_what_is_beside_it() -> None:
    mask = filled((40, 40), (10, 10, 30, 20))
    grey = np.full((40, 40), 0.9)
    grey[paper.spread(mask, 3) & ~paper.spread(mask, 2)] = 0.3
    grey[mask] = 0.7
    assert polarity._between(grey, group_of(mask)) == pytest.approx(0.5)
    assert polarity._between(grey[10:30, 10:20], group_of(mask[10:30, 10:20])) == pytest.approx(0.7)


def test_light_is_free_that_has_dark_around_and_not_only_an_outline() -> None:
    mask = filled((80, 80), (30, 35, 50, 45))
    for wide, free in ((2, False), (5, False), (10, True)):
        dark = paper.spread(mask, wide)
        grey = np.where(mask, 0.9, np.where(dark, 0.1, 0.9))
        assert polarity._is_free(grey, group_of(mask)) is free


def test_seven_tenths_of_what_is_around_are_dark() -> None:
    """From three pixels away to half a side: 800 pixels, 72 of them three away."""
    mask = filled((60, 60), (20, 27, 40, 33))
    near = paper.spread(mask, 3) & ~paper.spread(mask, 2)
    far = np.argwhere(filled((60, 60), (10, 17, 50, 43)) & ~paper.spread(mask, 3))
    assert (near.sum(), len(far)) == (72, 728)
    for dark, free in ((487, False), (488, False), (489, True), (495, True)):
        grey = np.where(mask | ~near, 0.9, 0.1)
        grey[tuple(far[:dark].T)] = 0.1
        assert polarity._is_free(grey, group_of(mask)) is free


def test_around_what_is_small_four_pixels_are_looked_at() -> None:
    mask = filled((40, 40), (16, 16, 24, 20))
    grey = np.where(mask | ~paper.spread(mask, 4), 0.9, 0.1)
    assert polarity._is_free(grey, group_of(mask))
    alone = np.ones((6, 6), bool)
    assert polarity._is_free(np.full((6, 6), 0.9), group_of(alone)), "there is nothing around"


@pytest.mark.parametrize(
    ("inner", "held"),
    [
        ((5, 25, 15, 35), True),  # its middle lies on the side above
        ((4, 25, 15, 35), False),
        ((45, 25, 55, 35), True),
        ((45, 25, 56, 35), False),
        ((20, 15, 30, 25), True),
        ((20, 14, 30, 25), False),
        ((20, 35, 30, 45), True),
        ((20, 35, 30, 46), False),
        ((10, 20, 49, 40), True),
        ((10, 20, 50, 40), False),  # as large
    ],
)
def test_what_is_larger_holds_what_has_its_middle_inside(
    inner: tuple[int, int, int, int], held: bool
) -> None:
    one = np.ones((1, 1), bool)
    outer, other = Group(one, 10, 20, 50, 40, 0.5), Group(one, *inner, 0.5)
    assert polarity._holds(outer, other) is held


def test_a_sheet_is_no_digit_whatever_lies_beside_it() -> None:
    """Light: it is written on, or lies there. Dark: what is light on it is written."""
    sheet, pen = filled((100, 120), (20, 10, 80, 60)), filled((100, 120), (30, 90, 36, 96))
    pen |= filled((100, 120), (36, 90, 50, 92))
    grey = np.where(sheet, 0.9, np.where(pen, 0.1, 0.5))
    assert not polarity.is_light_on_dark(grey, [group_of(pen)], [group_of(sheet)])
    board = filled((100, 120), (10, 10, 90, 110))
    chalk = filled((100, 120), (40, 40, 44, 60), (44, 40, 60, 43))
    grey = np.where(chalk, 0.9, np.where(board, 0.1, 0.6))
    assert polarity.is_light_on_dark(grey, [group_of(board & ~chalk)], [group_of(chalk)])


def test_light_that_is_only_an_outlines_inside_is_no_digit() -> None:
    light = filled((100, 120), (20, 20, 80, 26), (74, 20, 80, 70))
    outline = paper.spread(light, 2) & ~light
    pen = filled((100, 120), (30, 90, 36, 96), (36, 90, 50, 92))
    grey = np.where(outline | pen, 0.1, 0.9)
    assert not polarity.is_light_on_dark(grey, [group_of(pen, 0.1)], [group_of(light, 0.9)])


def test_light_on_something_dark_that_is_larger_and_no_sheet_is_a_spot() -> None:
    y, x = np.indices((120, 120)) - 60
    disk = y**2 + x**2 < 2500
    spot = (np.abs(x) < 2) & (np.abs(y) < 12) | (y == 11) & (np.abs(x) < 8)
    grey = np.where(spot, 0.9, np.where(disk, 0.1, 0.6))
    groups = ([group_of(disk & ~spot, 0.1)], [group_of(spot, 0.9)])
    assert not polarity.is_light_on_dark(grey, *groups)


@pytest.mark.parametrize(
    ("light_contrast", "light_side", "answer"),
    [(0.5, 31, True), (0.5, 30, False), (0.9, 17, True), (0.9, 16, False)],
)
def test_what_stands_out_more_by_half_is_the_ink(
    light_contrast: float, light_side: int, answer: bool
) -> None:
    """Neither holds the other: contrast times side, of the dark 0.5 times 20."""
    y, x = np.indices((120, 120))
    grey = np.full((120, 120), 0.5)
    dark = (np.abs(x - 80) < 10) & (np.abs(y - 30) < 2) | (np.abs(x - 80) < 2) & (y >= 20) & (
        y < 40
    )
    start = 70
    light = (x >= 20) & (x < 23) & (y >= start) & (y < start + light_side)
    light |= (x >= 20) & (x < 30) & (y >= start) & (y < start + 3)
    grey[dark], grey[light] = 0.1, 0.9
    groups = ([group_of(dark, 0.5)], [group_of(light, light_contrast)])
    assert bool(polarity.is_light_on_dark(grey, *groups)) is answer


def test_of_two_that_hold_each_other_the_larger_is_the_ink() -> None:
    y, x = np.indices((120, 120)) - 60
    away = np.hypot(x, y)
    ring, hole = (away > 15) & (away < 25), away < 15
    for ink, answer in ((0.9, True), (0.1, False)):
        grey = np.where(ring, ink, 1 - ink)
        light, dark = (ring, hole) if ink > 0.5 else (hole, ring)
        assert polarity.is_light_on_dark(grey, [group_of(dark)], [group_of(light)]) is answer


def test_without_one_of_both_the_other_is_the_ink() -> None:
    grey = np.full((50, 50), 0.5)
    group = group_of(filled((50, 50), (20, 20, 30, 25)))
    assert polarity.is_light_on_dark(grey, [], [group])
    assert not polarity.is_light_on_dark(grey, [group], [])
    assert not polarity.is_light_on_dark(grey, [], [])


def test_how_far_a_mask_reaches_is_told_by_the_ends_of_its_rows() -> None:
    """In every direction: a sheet is judged by hundreds of points, not by all its pixels."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        mask = rng.random((30, 40)) < rng.uniform(0.002, 0.5)
        mask[5, 7] = True
        every, ends = np.nonzero(mask), _row_ends(mask)
        assert len(ends[0]) <= 60
        for angle in np.linspace(0, np.pi, 13):
            far = [
                np.cos(angle) * columns + np.sin(angle) * rows for rows, columns in (every, ends)
            ]
            assert np.ptp(far[0]) == pytest.approx(np.ptp(far[1]))

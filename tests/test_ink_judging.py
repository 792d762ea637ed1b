"""Which blobs may be strokes of a digit: where each bound is, to the pixel."""

import itertools

import numpy as np
import pytest

from nnviz.ink import judging, paper
from nnviz.ink.blobs import blobs_of
from tests.masks import filled, turned


def test_two_pixels_beside_the_edge_are_on_it() -> None:
    for row, column in itertools.product(range(12), range(15)):
        mask = filled((12, 15), (row, column, row + 1, column + 1))
        near = row <= 2 or column <= 2 or row >= 9 or column >= 12
        assert judging.on_edge(blobs_of(mask), mask.shape).tolist() == [near]


@pytest.mark.parametrize(
    ("mask", "along"),
    [
        (filled((50, 40), (0, 20, 49, 21)), True),  # from edge to edge, but for a fiftieth
        (filled((50, 40), (0, 20, 48, 21)), False),
        (filled((100, 40), (1, 20, 99, 21)), False),  # as long, and touches neither
        (filled((50, 40), (0, 10, 10, 15)), True),  # half of its length lies on the edge
        (filled((50, 40), (0, 10, 10, 14)), False),  # two fifths
        (filled((50, 40), (1, 10, 5, 20)), False),  # beside it
    ],
)
def test_what_lies_along_the_edge(mask: np.ndarray, along: bool) -> None:
    for each in turned(mask):
        assert judging.along_edge(blobs_of(each), each.shape).tolist() == [along]


def test_each_blob_is_judged_by_its_own_place() -> None:
    mask = filled((50, 40), (0, 0, 3, 30), (20, 20, 24, 30), (30, 3, 40, 6), (44, 32, 50, 40))
    blobs = blobs_of(mask)
    assert judging.along_edge(blobs, mask.shape).tolist() == [True, False, False, True]


def test_the_least_step_is_of_the_paper_and_never_nothing() -> None:
    grey = np.random.default_rng(2).random((33, 29))
    bright = np.quantile(grey[::4, ::4], 0.95)
    assert judging.least_step(grey) == pytest.approx(0.08 * bright)
    assert judging.least_step(grey / 4) == pytest.approx(0.04)


BLOB = filled((60, 60), (20, 22, 40, 30))
NO_STEP = 0.05


def is_real(grey: np.ndarray, mask: np.ndarray = BLOB, least: float = NO_STEP) -> bool:
    return judging.is_real(grey, blobs_of(mask), 0, least)


def test_a_blob_is_real_that_steps_to_paper_by_the_least_all_round() -> None:
    for step, real in ((0.04, False), (0.06, True), (0.5, True)):
        assert is_real(np.where(BLOB, 0.4, 0.4 + step)) is real
    assert not is_real(np.where(BLOB, 0.25, 0.5), least=0.25), "no more than the least"
    assert not is_real(np.where(BLOB, 0.5, 0.25)), "darker all round"


def test_three_quarters_of_what_is_three_pixels_away_are_paper() -> None:
    """The step is the median's there; paper is what is lighter by three tenths of it."""
    ring = np.argwhere(paper.spread(BLOB, 3) & ~paper.spread(BLOB, 2))
    for share, real in ((0.2, True), (0.24, True), (0.25, False), (0.4, False)):
        for tone, counts in ((0.2, False), (0.3, False), (0.31, True)):
            grey = np.where(BLOB, 0.0, 1.0)
            grey[tuple(ring[: round(share * len(ring))].T)] = tone
            assert is_real(grey) is (real or counts)
    for away in (1, 2, 4, 5):  # what is nearer or farther does not count
        other = paper.spread(BLOB, away) & ~paper.spread(BLOB, away - 1)
        assert is_real(np.where(BLOB | other, 0.0, 1.0))


def test_light_may_fall_on_the_middle_of_what_is_broad() -> None:
    """What counts of a blob is three pixels along its outline."""
    mask = filled((80, 80), (20, 20, 60, 60))
    inner = filled((80, 80), (23, 23, 57, 57))
    outline = mask & ~inner
    assert is_real(np.where(outline, 0.2, np.where(inner, 1.0, 0.3)), mask)
    assert not is_real(np.where(outline, 0.3, np.where(inner, 0.0, 0.3)), mask)
    half = np.where(outline, 0.2, 0.3)
    half[filled((80, 80), (22, 22, 58, 58)) & outline] = 0.4  # the third pixel is light
    within = half[outline].mean()
    assert is_real(half, mask, 0.299 - within)
    assert not is_real(half, mask, 0.301 - within)


def test_a_blob_in_a_corner_is_seen_as_far_as_the_picture_goes() -> None:
    for box in ((0, 0, 12, 4), (0, 0, 12, 1)):
        for mask in turned(filled((40, 50), box)):
            assert is_real(np.where(mask, 0.1, 0.9), mask)


def test_a_blob_with_no_paper_as_far_away_is_not_real() -> None:
    mask = np.ones((30, 30), bool)
    mask[1::4, 1::4] = False
    assert not is_real(np.where(mask, 0.1, 0.9), mask)


@pytest.mark.parametrize(("lines", "real"), [(5, True), (6, False)])
def test_more_than_five_strokes_across_are_ruled(lines: int, real: bool) -> None:
    mask = filled((140, 90), (20, 20, 21 + 10 * lines, 23))
    for line in range(lines):
        mask[24 + 10 * line : 27 + 10 * line, 20:75] = True
    assert is_real(np.where(mask, 0.1, 0.9), mask) is real


@pytest.mark.parametrize(
    ("box", "real"),
    [
        ((3, 30, 6, 61), False),  # three tenths of the picture, in its outer tenth
        ((3, 30, 6, 60), True),  # shorter
        ((9, 30, 12, 61), True),  # two thirds of it farther inside
        ((3, 30, 11, 61), True),  # an eighth
        ((1, 30, 11, 61), True),  # a tenth
    ],
)
def test_what_is_long_and_only_in_the_margin_is_a_frames(
    box: tuple[int, int, int, int], real: bool
) -> None:
    for mask in turned(filled((100, 100), box)):
        assert is_real(np.where(mask, 0.1, 0.9), mask) is real


def test_the_margin_is_a_tenth_of_each_side() -> None:
    for box, real in (((2, 50, 5, 111), False), ((3, 50, 6, 111), True)):
        for mask in turned(filled((50, 200), box)):
            assert is_real(np.where(mask, 0.1, 0.9), mask) is real
    mask = filled((100, 100), (0, 30, 10, 61), (10, 40, 11, 45))
    assert not is_real(np.where(mask, 0.1, 0.9), mask), "a sixtieth of it is farther inside"
    mask = filled((50, 200), (10, 3, 40, 5))
    assert is_real(np.where(mask, 0.1, 0.9), mask), "shorter than three tenths of the longer side"


def rectangle(top: int, left: int, bottom: int, right: int, thick: int = 1) -> np.ndarray:
    outer = filled((60, 60), (top, left, bottom, right))
    return outer & ~filled((60, 60), (top + thick, left + thick, bottom - thick, right - thick))


@pytest.mark.parametrize(
    ("inner", "around"),
    [
        ((20, 20, 24, 22), True),
        ((20, 20, 23, 22), False),  # a speck, shorter than a tenth
        ((54, 20, 58, 22), False),  # outside
    ],
)
def test_what_is_drawn_around_a_digit_is_a_frame(
    inner: tuple[int, int, int, int], around: bool
) -> None:
    for each in turned(rectangle(10, 10, 50, 48) | filled((60, 60), inner)):
        blobs = blobs_of(each)
        frame = int(np.argmax(blobs.longer))
        kept = judging.without_frames(blobs, [0, 1])
        assert kept == ([1 - frame] if around else [0, 1])
        assert judging.without_frames(blobs, [frame]) == [frame]


@pytest.mark.parametrize(("missing", "hugs"), [(7, True), (8, False)])
def test_a_frame_follows_four_fifths_of_all_four_sides(missing: int, hugs: bool) -> None:
    mask = rectangle(10, 10, 50, 50)
    mask[10:13, 20 : 20 + missing] = False
    for each in turned(mask | filled((60, 60), (25, 25, 35, 30))):
        assert len(judging.without_frames(blobs_of(each), [0, 1])) == (1 if hugs else 2)


def test_what_reaches_as_far_as_the_frame_is_not_inside() -> None:
    mask = rectangle(10, 10, 50, 50)
    mask[10, 20:27] = False
    for each in turned(mask | filled((60, 60), (10, 23, 20, 24))):
        assert judging.without_frames(blobs_of(each), [0, 1]) == [0, 1]
    for each in turned(mask | filled((60, 60), (12, 23, 22, 24))):
        assert len(judging.without_frames(blobs_of(each), [0, 1])) == 1


@pytest.mark.parametrize(("wide", "ruled"), [(2, False), (3, True)])
def test_a_stroke_across_fills_more_than_two_fifths_of_an_eighth(wide: int, ruled: bool) -> None:
    mask = np.zeros((80, 40), bool)
    for column in range(wide):
        mask[5::10, column::5] = True
    assert judging._is_ruled(mask) is ruled


def test_a_side_is_a_twelfth_deep_and_three_pixels_at_least() -> None:
    for side, deep in ((24, 3), (48, 4)):
        for bent, hugs in ((deep - 1, True), (deep, False)):
            mask = np.zeros((60, 60), bool)
            mask[0:side, [0, side - 1]] = mask[side - 1, 0:side] = True
            mask[bent, 0:side] = True  # one side lies lower, and its box is held by the ends
            for each in turned(mask):
                assert judging._hugs_its_box(blobs_of(each), 0) is hugs

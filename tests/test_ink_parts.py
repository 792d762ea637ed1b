"""What finding a digit in a picture is made of, each part by its definition, to the pixel."""

import itertools

import numpy as np
import pytest
from PIL import Image, ImageFilter

from nnviz.ink import grouping, judging, paper, polarity
from nnviz.ink.blobs import Blobs, blobs_of
from nnviz.ink.grouping import Group

# The paper


def test_what_is_spread_is_all_within_so_many_pixels() -> None:
    mask = np.random.default_rng(0).random((17, 23)) < 0.02
    inked = np.argwhere(mask)
    every = np.argwhere(np.ones_like(mask))
    far = np.abs(every[:, None] - inked).max(axis=2).min(axis=1).reshape(mask.shape)
    for by in (0, 1, 2, 3, 5):
        np.testing.assert_array_equal(paper.spread(mask, by), far <= by)


@pytest.mark.parametrize("light", [1.0, 0.6])
def test_darkness_is_what_is_missing_of_the_paper_beside(light: float) -> None:
    """With a table that is as dark as ink, and under a weak lamp."""
    rng = np.random.default_rng(1)
    grey = light * (0.9 - 0.1 * rng.random((47, 61)))
    grey[:, 40:] *= 0.2
    grey[10:30, 12:15] *= 0.3
    grey = grey.astype(np.float32)
    smooth = Image.fromarray(np.round(grey * 255).astype(np.uint8))
    smooth = np.asarray(smooth.filter(ImageFilter.GaussianBlur(0.7)), np.float64) / 255
    around = np.pad(smooth, 4, mode="edge")
    shape = (9, 9)
    most = np.lib.stride_tricks.sliding_window_view(around, shape).max(axis=(2, 3))
    around = np.pad(most, 4, mode="edge")
    sheet = np.lib.stride_tricks.sliding_window_view(around, shape).min(axis=(2, 3))
    least = 0.35 * np.quantile(sheet[::4, ::4], 0.95)
    assert (sheet < least).mean() > 0.2, "the table is darker than any paper"
    missing = (sheet - smooth) / np.maximum(sheet, least)
    low, lower = np.quantile(missing[::2, ::2], [0.25, 0.05])
    dark, noise = paper.darkness(grey, 9)
    np.testing.assert_allclose(dark, np.clip(missing - low, 0, 1), atol=1e-5)
    assert noise == pytest.approx(low - lower, abs=1e-6)
    assert dark[12:28, 13].min() > 0.5


def test_of_a_black_picture_nothing_is_dark() -> None:
    black = np.zeros((20, 20), np.float32)
    dark, noise = paper.darkness(black, 5)
    assert not dark.any()
    assert noise == 0
    black[10, 10] = 1 / 255  # of which the light is a thousandth at least
    assert np.isfinite(paper.darkness(black, 5)[0]).all()


# Which blobs may be strokes


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
    assert not is_real(np.where(BLOB, 0.5, 0.25)), "darker all round"


def test_three_quarters_of_what_is_three_pixels_away_are_paper() -> None:
    """The step is the median's there; paper is what is lighter by three tenths of it."""
    ring = np.argwhere(paper.spread(BLOB, 3) & ~paper.spread(BLOB, 2))
    for share, real in ((0.2, True), (0.24, True), (0.26, False), (0.4, False)):
        for tone, counts in ((0.2, False), (0.29, False), (0.31, True)):
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
    for mask in turned(filled((40, 50), (0, 0, 12, 4))):
        assert is_real(np.where(mask, 0.1, 0.9), mask)


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
    ],
)
def test_what_is_long_and_only_in_the_margin_is_a_frames(
    box: tuple[int, int, int, int], real: bool
) -> None:
    for mask in turned(filled((100, 100), box)):
        assert is_real(np.where(mask, 0.1, 0.9), mask) is real


def test_the_margin_is_a_tenth_of_each_side() -> None:
    for box, real in (((2, 50, 5, 111), False), ((3, 50, 6, 111), True)):
        mask = filled((50, 200), box)
        assert is_real(np.where(mask, 0.1, 0.9), mask) is real
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


@pytest.mark.parametrize(("missing", "hugs"), [(7, True), (9, False)])
def test_a_frame_follows_four_fifths_of_all_four_sides(missing: int, hugs: bool) -> None:
    mask = rectangle(10, 10, 50, 50)
    mask[10:13, 20 : 20 + missing] = False
    for each in turned(mask | filled((60, 60), (25, 25, 35, 30))):
        assert len(judging.without_frames(blobs_of(each), [0, 1])) == (1 if hugs else 2)


def test_a_side_is_a_twelfth_deep_and_three_pixels_at_least() -> None:
    for side, deep in ((24, 3), (48, 4)):
        for bent, hugs in ((deep - 1, True), (deep, False)):
            mask = np.zeros((60, 60), bool)
            mask[0:side, [0, side - 1]] = mask[side - 1, 0:side] = True
            mask[bent, 0:side] = True  # one side lies lower, and its box is held by the ends
            for each in turned(mask):
                assert judging._hugs_its_box(blobs_of(each), 0) is hugs


# Which blobs belong together


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
    for pair in ((one, other), (other, one)):
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


def test_a_digit_is_given_two_hundred_small_pieces_at_most() -> None:
    clusters = [[0]]
    every = boxes((0, 0, 100, 50), *[(10, 10, 30, 12)] * 300)
    grouping.add_small(every, clusters, np.arange(1, 301), 100)
    assert clusters == [list(range(201))]


def test_a_groups_side_is_its_boxs_longer() -> None:
    assert Group(np.ones((1, 1), bool), 3, 5, 10, 9, 1.0).side == 7
    assert Group(np.ones((1, 1), bool), 3, 5, 10, 19, 1.0).side == 14


# Dark on light or light on dark


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


@pytest.mark.parametrize(
    ("light_contrast", "light_side", "answer"),
    [(0.5, 31, True), (0.5, 29, False), (0.9, 17, True), (0.9, 16, False)],
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

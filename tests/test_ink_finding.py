"""Where the digits of a picture are: each bound to the pixel, on pictures of few rectangles."""

import numpy as np
import pytest

from nnviz.ink import finding
from nnviz.ink.blobs import blobs_of
from nnviz.ink.finding import LEVELS, Finding
from nnviz.ink.grouping import Group
from nnviz.ink.paper import LEAST_CONTRAST
from tests.masks import filled

SHAPE = (200, 200)
Box = tuple[int, int, int, int]


def group(top: int, left: int, bottom: int, right: int, contrast: float = 0.8) -> Group:
    mask = np.ones((bottom - top, right - left), bool)
    return Group(mask, top, left, bottom, right, contrast)


def box(found: Group) -> Box:
    return found.top, found.left, found.bottom, found.right


def inked(*boxes: Box, shape: tuple[int, int] = SHAPE) -> np.ndarray:
    """How dark each pixel is: ink 0.8 in these boxes."""
    return 0.8 * filled(shape, *boxes)


def at_level(dark: np.ndarray, level: float = 0.5) -> list[Box]:
    return [box(each) for each in finding._at_level(0.9 - dark, dark, level)]


def test_what_the_constants_say() -> None:
    assert finding.LEAST_SIDE == 0.03
    assert (finding.LEAST_PIXELS, finding.MOST_DIGITS, finding.FLATTEST) == (6, 12, 3.0)
    assert (finding.SHORTEST, finding.SHORTEST_DIGIT) == (0.35, 0.5)
    assert (finding.LEAST_SHARE, finding.SAME) == (0.35, 0.6)
    expected = [LEAST_CONTRAST * 1.4**power for power in range(6)]
    assert LEVELS.tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("shape", "square"), [((30, 90), 11), ((90, 33), 11), ((9, 9), 5), ((16, 40), 5), ((21, 21), 7)]
)
def test_the_square_is_a_third_of_the_shorter_side_and_odd(
    shape: tuple[int, int], square: int
) -> None:
    assert finding.square_of(np.zeros(shape)) == square


@pytest.mark.parametrize("is_sheet", [False, True])
@pytest.mark.parametrize("is_light", [False, True])
@pytest.mark.parametrize("dark", [[], [group(0, 0, 5, 5)]], ids=["no dark", "dark"])
@pytest.mark.parametrize("light", [[], [group(0, 0, 9, 3), group(0, 5, 4, 9)]])
def test_which_of_dark_and_light_is_the_ink(
    monkeypatch: pytest.MonkeyPatch,
    dark: list[Group],
    light: list[Group],
    is_light: bool,
    is_sheet: bool,
) -> None:
    """Light that is a sheet, where nothing is dark, is paper; else `is_light_on_dark` says."""
    grey = np.full((4, 4), 0.25)
    grey[0] = 0.5
    asked = []

    def groups_of(given: np.ndarray) -> list[Group]:
        if np.array_equal(given, grey):
            return dark
        np.testing.assert_array_equal(given, 1 - grey)
        return light

    def sheet(given: np.ndarray, largest: Group) -> bool:
        assert largest is light[0]
        asked.append(largest)
        return is_sheet

    monkeypatch.setattr(finding, "_groups", groups_of)
    monkeypatch.setattr(finding, "is_sheet", sheet)
    monkeypatch.setattr(finding, "is_light_on_dark", lambda *given: is_light)
    found = finding.find_groups(grey)
    assert len(asked) == (not dark and bool(light))
    if asked and is_sheet:
        assert found == Finding([], True)
    else:
        assert found == (Finding(light, False) if is_light else Finding(dark, True))


def levels_of(
    monkeypatch: pytest.MonkeyPatch, noise: float, found: dict[int, list[Group]]
) -> tuple[list[Group], list[int]]:
    """The groups that are taken when each level shows these, and the levels that were looked at."""
    looked: list[int] = []

    def at(grey: np.ndarray, dark: np.ndarray, level: float) -> list[Group]:
        looked.append(LEVELS.tolist().index(level))
        return found.get(looked[-1], [])

    monkeypatch.setattr(finding, "darkness", lambda grey, square: (grey, noise))
    monkeypatch.setattr(finding, "_at_level", at)
    return finding._groups(np.zeros(SHAPE)), looked


def test_levels_are_at_least_five_times_the_noise_and_the_highest_is_always_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for noise, first in ((0.0, 0), (LEVELS[1] / 5, 1), (LEVELS[3] / 5.5, 3), (0.9, 5), (100.0, 5)):
        assert levels_of(monkeypatch, float(noise), {})[1] == list(range(first, 6)), noise


def test_nothing_at_any_level_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert levels_of(monkeypatch, 0.0, {})[0] == []


def test_the_lowest_level_that_shows_the_same_digit_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the pen's darkness at least 0.35, and the boxes have more than 0.6 in common."""
    strong, small = group(0, 0, 100, 100, 0.4), group(150, 150, 180, 170, 0.5)
    for other, taken in (
        (group(0, 0, 100, 62, 0.3), True),
        (group(0, 0, 100, 60, 0.3), False),
        (group(0, 0, 100, 55, 0.3), False),
    ):
        low, high = [small, other], [small, strong]
        found, _ = levels_of(monkeypatch, 0.0, {1: low, 3: high})
        assert found is (low if taken else high)
    faint = [group(0, 0, 100, 100, 0.2)]
    for contrast, taken in ((LEVELS[1] / 0.34, False), (LEVELS[1] / 0.35, True)):
        best = [group(0, 0, 100, 100, float(contrast))]
        found, _ = levels_of(monkeypatch, 0.0, {1: faint, 4: best})
        assert found is (faint if taken else best)


def test_the_level_whose_largest_digit_stands_out_most_is_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide, bold = [group(0, 0, 40, 10, 0.5)], [group(100, 100, 110, 140, 0.6)]
    assert levels_of(monkeypatch, 0.0, {0: wide, 1: bold})[0] is bold
    assert levels_of(monkeypatch, 0.0, {0: bold, 1: wide})[0] is bold


def test_a_score_is_contrast_and_up_to_a_quarter_of_the_picture_size() -> None:
    grey = np.zeros((100, 400))
    few = group(0, 0, 9, 2, 0.9)
    for side, size in ((25, 0.5), (100, 1.0), (300, 1.0)):
        found = [few, group(0, 0, 10, side, 0.6)]
        assert finding._score(found, grey) == pytest.approx(0.6 * size)


def test_darker_than_the_level_is_ink() -> None:
    dark = inked((50, 50, 120, 70))
    assert at_level(dark, 0.79) == [(50, 50, 120, 70)]
    assert at_level(dark, 0.8) == []
    assert at_level(np.zeros(SHAPE)) == []


def test_what_is_three_times_as_wide_as_high_and_more_is_a_line() -> None:
    assert at_level(inked((100, 40, 120, 100))) == [(100, 40, 120, 100)]
    assert at_level(inked((100, 40, 120, 101))) == []
    # beside something that is not flat it is a part of the digit
    assert at_level(inked((100, 40, 120, 101), (60, 40, 99, 60))) == [(60, 40, 120, 101)]
    assert at_level(inked((150, 40, 170, 101), (20, 40, 99, 60))) == [(20, 40, 99, 60)]


def test_a_short_piece_adds_to_a_digit_and_is_none() -> None:
    """Shorter than 0.35 of the longest blob: beside a digit a piece of it, far away a speck."""
    tall = (20, 50, 120, 70)
    assert at_level(inked(tall, (20, 76, 54, 84))) == [(20, 50, 120, 84)]
    assert at_level(inked(tall, (20, 120, 54, 128))) == [tall]
    # as long as that it is a digit's stroke, but half as long as the digit it would have to be
    assert at_level(inked(tall, (20, 120, 55, 128))) == [tall]


def test_what_is_exactly_short_enough_is_a_part_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A blob is among the parts or among the small pieces, and never among both."""
    given: list[tuple[list[int], list[int]]] = []

    def add(blobs: object, clusters: list[list[int]], small: np.ndarray, longest: int) -> None:
        assert longest == 100
        given.append((sorted(i for each in clusters for i in each), small.tolist()))

    monkeypatch.setattr(finding, "add_small", add)
    for length, is_part in ((34, False), (35, True), (36, True)):
        dark = inked((20, 50, 120, 70), (20, 120, 20 + length, 140))
        finding._at_level(0.9 - dark, dark, 0.5)
        assert given.pop() == (([0, 1], []) if is_part else ([0], [1]))
    dark = inked((20, 50, 120, 70), (20, 2, 50, 9))  # on the edge: no piece of anything
    finding._at_level(0.9 - dark, dark, 0.5)
    assert given.pop() == ([1], [])


def test_digits_are_half_as_large_and_half_as_bold_as_the_greatest() -> None:
    tall = (20, 50, 120, 70)
    assert at_level(inked(tall, (20, 120, 70, 140))) == [tall, (20, 120, 70, 140)]
    assert at_level(inked(tall, (20, 120, 69, 140))) == [tall]
    for contrast, kept in ((0.4, True), (0.39, False)):
        dark = inked(tall)
        dark[20:110, 120:140] = contrast
        assert len(at_level(dark, 0.3)) == 1 + kept


def test_the_twelve_largest_are_kept_in_the_order_of_reading() -> None:
    boxes = [(20, 10 + 35 * i, 80 - i, 25 + 35 * i) for i in range(14)]
    dark = inked(*boxes, shape=(200, 520))
    assert at_level(dark) == boxes[:12]


def test_a_blob_has_a_least_size() -> None:
    """Six pixels, and three hundredths of the picture's longer side."""

    def judged(length: int, shape: tuple[int, int]) -> list[int]:
        mask = filled(shape, (10, 10, 10 + length, 14))
        return finding._judged(np.where(mask, 0.1, 0.9), blobs_of(mask))

    assert (judged(5, (60, 60)), judged(6, (60, 60))) == ([], [0])
    assert (judged(11, (60, 400)), judged(12, (60, 400))) == ([], [0])


def test_what_the_edge_cuts_off_counts_where_nothing_else_does_and_only_the_longest() -> None:
    mask = filled(SHAPE, (0, 50, 70, 70), (0, 120, 90, 140))
    grey = np.where(mask, 0.1, 0.9)
    assert finding._judged(grey, blobs_of(mask)) == [1]
    inside = mask | filled(SHAPE, (120, 20, 150, 40))
    assert finding._judged(np.where(inside, 0.1, 0.9), blobs_of(inside)) == [2]


def test_the_longest_come_first_and_of_equals_the_first_forty_of_them() -> None:
    mask = filled((20, 500), *((2, 2 + 10 * i, 4 + i % 3, 4 + 10 * i) for i in range(45)))
    blobs = blobs_of(mask)
    expected = sorted(range(45), key=lambda i: -blobs.longer[i])
    assert finding._longest_first(blobs, np.ones(45, bool)) == expected[:40]
    among = np.arange(45) % 2 == 1
    assert finding._longest_first(blobs, among) == [i for i in expected if i % 2]
    assert finding._longest_first(blobs, among, 3) == [i for i in expected if i % 2][:3]


def test_a_group_is_its_blobs_pixels_and_as_dark_as_its_upper_quarter() -> None:
    mask = filled((12, 12), (1, 1, 3, 3), (5, 6, 9, 8), (10, 10, 12, 12))
    dark = np.arange(144.0).reshape(12, 12) / 144
    found = finding._group(blobs_of(mask), dark, [0, 1])
    assert box(found) == (1, 1, 9, 8)
    expected = filled((12, 12), (1, 1, 3, 3), (5, 6, 9, 8))
    np.testing.assert_array_equal(found.mask, expected[1:9, 1:8])
    assert found.contrast == pytest.approx(np.quantile(dark[expected], 0.75))
    last = finding._group(blobs_of(mask), dark, [2])
    assert (box(last), last.mask.all()) == ((10, 10, 12, 12), True)


def test_lines_are_read_from_above_and_from_the_left() -> None:
    """A digit is in a line when its middle is not below the foot of the line's first."""
    first, right, left = group(10, 50, 40, 60), group(12, 90, 60, 99), group(14, 10, 44, 20)
    for bottom, in_line in ((60, True), (61, False)):
        low = group(20, 0, bottom, 5)  # its middle at 40, or half a pixel below
        found = finding._in_reading_order([right, low, first, left])
        expected = [low, left, first, right] if in_line else [left, first, right, low]
        assert [box(each) for each in found] == [box(each) for each in expected]
    places = [(100 * row, 30 * at) for row in range(3) for at in range(2)]
    shuffled = [places[at] for at in (3, 0, 5, 2, 4, 1)]
    found = finding._in_reading_order([group(y, x, y + 40, x + 20) for y, x in shuffled])
    assert [box(each)[:2] for each in found] == places
    assert finding._in_reading_order([]) == []


def test_the_share_that_two_boxes_have_in_common() -> None:
    one = group(10, 20, 50, 40)  # 800
    assert finding._overlap(one, one) == 1
    assert finding._overlap(one, group(30, 30, 60, 60)) == pytest.approx(200 / (800 + 900 - 200))
    for apart in (group(60, 20, 90, 40), group(10, 50, 50, 60), group(60, 70, 90, 90)):
        assert finding._overlap(one, apart) == finding._overlap(apart, one) == 0
    for corner in (group(49, 20, 89, 40), group(10, 39, 50, 59)):
        assert 0 < finding._overlap(one, corner) < 0.04

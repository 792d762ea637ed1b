"""A digit's ink fitted into 28x28, by the definition of each step."""

import numpy as np
import pytest

from nnviz.ink import fitting
from nnviz.ink.pixels import centre_of_mass


def grid(top: int, left: int, part: np.ndarray) -> np.ndarray:
    """28x28 with a part at its place."""
    whole = np.zeros((28, 28), np.float32)
    whole[top : top + part.shape[0], left : left + part.shape[1]] = part
    return whole


def bar(height: int, width: int, around: int = 0, tone: float = 1.0) -> np.ndarray:
    return np.pad(np.full((height, width), tone, np.float32), around)


@pytest.mark.parametrize("size", [(7, 3), (1, 50), (12, 12)])
def test_a_pens_width_is_twice_the_area_by_the_outline(size: tuple[int, int]) -> None:
    """A slanted edge is counted along both axes: an outline is shorter by π/4."""
    height, width = size
    expected = 2 * height * width / (2 * (height + width) * np.pi / 4)
    for around in (0, 1, 5):
        assert fitting.pen_width(bar(height, width, around) > 0) == pytest.approx(expected)
    assert fitting.pen_width(np.zeros((4, 5), bool)) == 0


def test_other_sizes_are_means_or_in_between() -> None:
    values = np.random.default_rng(0).random((12, 8)).astype(np.float32)
    means = values.reshape(6, 2, 4, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(fitting.resized(values, 4, 6), means, atol=1e-6)
    np.testing.assert_array_equal(fitting.resized(values, 8, 12), values)
    two = np.array([[0, 1]], np.float32)
    np.testing.assert_allclose(fitting.resized(two, 4, 1), [[0, 0.25, 0.75, 1]], atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "box"),
    [
        ((56, 28), (0, 7, 28, 14)),
        ((28, 56), (7, 0, 14, 28)),
        ((56, 26), (0, 7, 28, 13)),
        ((100, 1), (0, 13, 28, 1)),
        ((1, 100), (13, 0, 1, 28)),
    ],
)
def test_a_whole_picture_is_shrunk_into_the_middle(
    shape: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    top, left, height, width = box
    expected = grid(top, left, bar(height, width))
    np.testing.assert_allclose(fitting.shrunk(np.ones(shape, np.float32)), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "box"),
    [((40, 20), (4, 9, 20, 10)), ((20, 40), (9, 4, 10, 20)), ((40, 38), (4, 4, 20, 19))],
)
def test_strong_ink_fills_the_box_and_what_is_faint_around_it_does_not_count(
    shape: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    top, left, height, width = box
    for place in ((0, 0), (3, 30), (31, 2)):
        ink = np.full((100, 100), 0.5, np.float32)
        ink[place[0] : place[0] + shape[0], place[1] : place[1] + shape[1]] = 0.6
        expected = grid(top, left, bar(height, width, tone=0.6))
        np.testing.assert_allclose(fitting.fitted(ink), expected, atol=1e-6)
    assert not fitting.fitted(np.full((30, 30), 0.5, np.float32)).any()


def test_a_line_thinner_than_two_pixels_is_thickened_to_two() -> None:
    """100 x 1: two pixels are 10 here, it is 1.26 wide; 8.7 are missing, which is 4 a side."""
    thick = fitting._thickened(bar(100, 1), 0.2)
    np.testing.assert_array_equal(thick, bar(108, 9))
    assert np.count_nonzero(fitting.fitted(bar(100, 1, 6))) == 40
    np.testing.assert_allclose(fitting.fitted(bar(100, 1, 6))[4:24, 13:15], 1)
    np.testing.assert_array_equal(fitting._thickened(bar(1, 100), 0.2), bar(9, 108))
    one = fitting.fitted(bar(20, 1))  # 0.8 are missing: too little to be widened
    np.testing.assert_array_equal(one, grid(4, 13, bar(20, 1)))


@pytest.mark.parametrize(("missing", "wider"), [(0.9, 0), (1.1, 2), (2.9, 2), (3.1, 4), (5.1, 6)])
def test_lines_are_widened_by_what_is_missing(missing: float, wider: int) -> None:
    """To whole pixels on either side; the tone stays, and faint ink does not count as a line."""
    line = bar(30, 4)
    line[:, 0] = 0.5
    scale = 2 / (fitting.pen_width(line > 0.5) + missing)
    widened = fitting._thickened(line, scale)
    assert widened.shape == (30 + wider, 4 + wider)
    assert set(np.round(widened, 2).ravel().tolist()) == {1.0, 0.5}
    if not wider:
        np.testing.assert_array_equal(widened, line)
    else:
        assert np.count_nonzero(widened[0] == 1) == 3 + wider


@pytest.mark.parametrize(("down", "right"), [(0, 0), (8, 3), (-7, -4), (0, 11), (-9, 0)])
def test_the_middle_is_moved_by_whole_pixels(down: int, right: int) -> None:
    digit = np.random.default_rng(1).random((9, 6)).astype(np.float32)
    whole = grid(10 + down, 11 + right, digit)
    moved = fitting.placed(whole, center=True)
    assert np.abs(np.array(centre_of_mass(moved.astype(float))) - 14).max() <= 0.505
    np.testing.assert_array_equal(moved, fitting.placed(grid(10, 11, digit), center=True))
    plain = fitting.placed(whole, center=False)
    np.testing.assert_array_equal(plain, np.floor(whole * 255 + 0.5))
    found, there = np.argwhere(moved).min(axis=0), np.argwhere(plain).min(axis=0)
    np.testing.assert_array_equal(moved, np.roll(plain, found - there, axis=(0, 1)))


def test_an_empty_grid_has_no_middle_and_stays() -> None:
    assert not fitting.placed(np.zeros((28, 28), np.float32), center=True).any()

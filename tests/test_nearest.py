"""Ink beside its definition: every pixel's distance from every segment, in float64, one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nnviz import ink
from nnviz.ink import nearest
from nnviz.ink.pixels import BOX, CENTRE
from nnviz.ink.strokes import EDGE, PEN, SMALLEST

Floats = NDArray[np.float64]
PIXELS = np.stack(np.meshgrid(np.arange(28.0), np.arange(28.0)), axis=-1)  # (28, 28, [x, y])


def plain_ink(strokes: list[Floats], pen: float, edge: float) -> Floats:
    """``clip((pen + edge) / 2 − distance, 0, edge) / edge`` of strokes in pixel indices."""
    distances = np.full((28, 28), np.inf)
    for stroke in strokes:
        for start, end in zip(stroke, [*stroke[1:], stroke[-1]], strict=True):
            extent, square = end - start, ((end - start) ** 2).sum()
            t = np.clip((PIXELS - start) @ extent / square, 0, 1) if square else np.zeros((28, 28))
            away = np.linalg.norm(PIXELS - start - t[..., None] * extent, axis=-1)
            distances = np.minimum(distances, away)
    return np.clip((pen + edge) / 2 - distances, 0, edge) / edge


def plain(strokes: list[Floats], center: bool, pen: float = PEN, edge: float = EDGE) -> Floats:
    """What `ink.from_strokes` rounds: 0..255."""
    if not center:
        return plain_ink([stroke * 28 - 0.5 for stroke in strokes], pen, edge) * 255
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (BOX - pen) / max(float((high - low).max()), SMALLEST)
    placed = [(stroke - (low + high) / 2) * scale + 13.5 for stroke in strokes]
    first = plain_ink(placed, pen, edge)
    middle = np.array([(first * PIXELS[..., axis]).sum() for axis in (0, 1)]) / first.sum()
    return plain_ink([stroke + CENTRE - middle for stroke in placed], pen, edge) * 255


coordinates = st.floats(-1, 2, width=32)
some_strokes = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12), min_size=1, max_size=5
)


@given(some_strokes, st.booleans())
def test_any_strokes_are_inked_as_defined(strokes: list, center: bool) -> None:
    expected = plain([np.array(stroke) for stroke in strokes], center)
    assert np.abs(ink.from_strokes(strokes, center) - expected).max() < 0.6  # a half by rounding


@pytest.mark.parametrize("pen", [0.5, 1.8, 3.2, 7.0])
@pytest.mark.parametrize("edge", [0.3, 1.2])
@pytest.mark.parametrize("center", [True, False])
def test_any_pen_is_inked_as_defined(pen: float, edge: float, center: bool) -> None:
    rng = np.random.default_rng(3)
    strokes = [rng.random((count, 2)).astype(np.float32) for count in (7, 1, 3)]
    found = ink.from_strokes(strokes, center, pen, edge)
    expected = plain([stroke.astype(float) for stroke in strokes], center, pen, edge)
    assert np.abs(found - expected).max() < 0.6


@pytest.mark.parametrize("center", [True, False])
def test_points_that_repeat_or_nearly_do_have_no_direction_and_are_inked(center: bool) -> None:
    tiny = np.float32(1e-7)
    place = np.array([0.25, 0.5], np.float32)
    strokes = [
        np.stack(
            [place, place, place + np.float32([tiny, 0]), place - np.float32([0, tiny]), place]
        )
    ]
    expected = plain([stroke.astype(float) for stroke in strokes], center)
    assert np.abs(ink.from_strokes(strokes, center) - expected).max() < 0.6


def test_pieces_by_parts_are_the_same_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    strokes = [np.random.default_rng(4).random((100, 2))]
    expected = ink.from_strokes(strokes)
    monkeypatch.setattr(nearest, "CHUNK", 7)
    np.testing.assert_array_equal(ink.from_strokes(strokes), expected)


def test_moved_strokes_are_as_far_away_as_strokes_that_lie_there() -> None:
    points = np.random.default_rng(5).uniform(9, 17, (2, 20)).astype(np.float32)
    pieces = nearest.Pieces(points, [20], 1.6, inside=True)
    for right, down in [
        (0.0, 0.0),
        (3.0, -2.0),
        (0.4, 0.0),
        (0.0, -0.3),
        (-0.4, 0.5),
        (7.3, 6.9),
        (-6.6, -7.5),
    ]:
        there = points + np.array([[right], [down]], np.float32)
        expected = nearest.Pieces(there, [20], 1.6, inside=True).distances()
        np.testing.assert_allclose(pieces.distances(right, down), expected, atol=1e-5)


@pytest.mark.parametrize(("start", "by"), [(1.0, 13.0), (26.0, -12.0), (26.5, -12.8)])
def test_a_thin_point_may_be_moved_from_an_edge_to_the_middle(start: float, by: float) -> None:
    point = np.full((2, 1), start, np.float32)
    for right, down in [(by, by), (by, 0.0), (0.0, by)]:
        expected = np.linalg.norm(PIXELS - start - np.array([right, down]), axis=-1)
        found = nearest.Pieces(point, [1], 0.6, inside=True).distances(right, down)
        np.testing.assert_allclose(found, np.minimum(expected, 0.6), atol=1e-5)


@pytest.mark.parametrize("pen", [14.0, 30.0])
def test_a_pen_as_wide_as_the_grid_reaches_it_from_outside(pen: float) -> None:
    strokes = [[[-0.2, 0.5], [-0.1, 0.2], [0.3, -0.2]], [[1.3, 1.2], [1.1, 0.8]]]
    expected = plain([np.array(stroke) for stroke in strokes], False, pen)
    assert np.abs(ink.from_strokes(strokes, False, pen) - expected).max() < 0.6


def test_strokes_far_outside_take_no_part() -> None:
    far = [[[-9.0, -9.0], [-8.0, 9.0]], [[0.4, 0.4], [0.6, 0.6]]]
    np.testing.assert_array_equal(
        ink.from_strokes(far, center=False), ink.from_strokes(far[1:], center=False)
    )

"""Strokes as a sequence in time: steps of one length, wherever and however fast they are drawn."""

import itertools
import math

import numpy as np
import pytest

from nnviz.errors import InputError
from nnviz.ink import movement
from nnviz.ink.movement import STEPS, STRETCH, from_strokes


def test_a_line_becomes_steps_of_one_length() -> None:
    m = from_strokes([[[0.2, 0.1], [0.2, 0.3], [0.2, 0.9]]])
    assert m.shape == (48, 5)
    assert m.dtype == np.float32
    np.testing.assert_allclose(m[:, 0], 0, atol=1e-6)
    np.testing.assert_allclose(m[:, 1], np.linspace(-1, 1, 48), atol=1e-6)
    np.testing.assert_allclose(m[1:, 3], STRETCH * 2 / 47, atol=1e-5)
    assert m[0, 2:].tolist() == [0, 0, 0]
    assert not m[:, 4].any()


def test_the_longer_side_is_2_and_the_middle_is_0() -> None:
    m = from_strokes([[[0.1, 0.5], [0.9, 0.5], [0.9, 0.7]]])
    np.testing.assert_allclose([m[:, 0].min(), m[:, 0].max()], [-1, 1], atol=1e-6)
    np.testing.assert_allclose([m[:, 1].min(), m[:, 1].max()], [-0.25, 0.25], atol=1e-6)


def test_place_size_and_speed_do_not_matter() -> None:
    rng = np.random.default_rng(0)
    curve = [[0.3 + 0.2 * math.sin(t), 0.4 + 0.3 * math.cos(t / 2)] for t in np.linspace(0, 5, 80)]
    plain = from_strokes([curve])
    moved = from_strokes([[[0.1 + 0.5 * x, 0.2 + 0.5 * y] for x, y in curve]])
    np.testing.assert_allclose(plain, moved, atol=1e-4)
    slower = []
    for one, other in itertools.pairwise(curve):
        slower += [
            [a + (b - a) * share for a, b in zip(one, other, strict=True)]
            for share in np.sort(rng.random(rng.integers(1, 9)))
        ]
    slower = [curve[0], *slower, curve[-1]]
    np.testing.assert_allclose(plain[:, :2], from_strokes([slower])[:, :2], atol=0.02)


def test_between_strokes_the_pen_is_lifted() -> None:
    m = from_strokes([[[0.0, 0.0], [0.0, 0.3]], [[0.0, 0.6], [0.0, 0.9]]])
    way = (m[:, 1] + 1) / 2
    np.testing.assert_array_equal(m[:, 4], (way > 1 / 3 + 1e-6) & (way < 2 / 3 - 1e-6))
    assert 14 <= m[:, 4].sum() <= 16


def test_the_direction_of_the_pen_matters() -> None:
    stroke = [[0.2, 0.1], [0.5, 0.5], [0.4, 0.9]]
    there, back = from_strokes([stroke]), from_strokes([stroke[::-1]])
    np.testing.assert_allclose(there[:, :2], back[::-1, :2], atol=1e-6)
    np.testing.assert_allclose(there[1:, 2:4], -back[:0:-1, 2:4], atol=1e-5)


@pytest.mark.parametrize("strokes", [[], [[]], [[], []]])
def test_nothing_drawn_is_nothing(strokes: list) -> None:
    assert not from_strokes(strokes).any()


@pytest.mark.parametrize(
    "strokes", [[[[0.5, 0.5]]], [[[0.5, 0.5]] * 3], [[[0.5, 0.5]], [[0.5, 0.5]]]]
)
def test_a_dot_stays_where_it_is(strokes: list) -> None:
    m = from_strokes(strokes)
    assert np.isfinite(m).all()
    assert not m.any()


def test_two_dots_are_a_lifted_way() -> None:
    m = from_strokes([[[0.2, 0.5]], [[0.8, 0.5]]])
    np.testing.assert_allclose(m[:, 0], np.linspace(-1, 1, STEPS), atol=1e-6)
    assert m[1:-1, 4].all()
    assert m[[0, -1], 4].tolist() == [0, 0]


@pytest.mark.parametrize(
    "strokes", ["abc", [[["a", 1]]], [[[0.1, 0.2, 0.3]]], [[[float("nan"), 0]]], [[[1e9, 0]]]]
)
def test_what_are_no_strokes_is_refused(strokes: object) -> None:
    with pytest.raises(InputError):
        from_strokes(strokes)  # type: ignore[arg-type]


def test_features_are_named_in_order() -> None:
    assert movement.FEATURES == ("x", "y", "dx", "dy", "lifted")

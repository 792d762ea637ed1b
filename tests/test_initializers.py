"""How weights begin: the widths of the distributions, and rows or columns at right angles."""

from typing import cast

import numpy as np
import pytest

from nnviz import initializers


class Asked:
    """A generator that tells what it was asked for."""

    def uniform(self, low: float, high: float, shape: tuple[int, ...]) -> tuple:
        return low, high, *shape

    def normal(self, mean: float, deviation: float, shape: tuple[int, ...]) -> tuple:
        return mean, deviation, *shape


ASKED = cast(np.random.Generator, Asked())


@pytest.mark.parametrize(
    ("shape", "fan_in", "fan_out"),
    [((7, 11), 7, 11), ((3, 5, 7, 11), 105, 165), ((1, 2, 3, 4), 6, 8)],
)
def test_the_width_follows_from_the_fans_of_a_kernel(
    shape: tuple[int, ...], fan_in: int, fan_out: int
) -> None:
    limit = (6 / (fan_in + fan_out)) ** 0.5
    assert initializers.glorot_uniform(shape, ASKED) == pytest.approx((-limit, limit, *shape))
    assert initializers.he_normal(shape, ASKED) == pytest.approx((0, (2 / fan_in) ** 0.5, *shape))
    assert not initializers.zeros(shape, ASKED).any()


@pytest.mark.parametrize("shape", [(6, 4), (4, 6), (5, 5), (2, 3, 4), (1, 2, 5)])
def test_rows_or_columns_stand_at_right_angles(shape: tuple[int, ...]) -> None:
    made = initializers.orthogonal(shape, np.random.default_rng(3))
    assert made.shape == shape
    matrix = made.reshape(-1, shape[-1])
    rows, columns = matrix.shape
    tall = matrix if rows >= columns else matrix.T
    np.testing.assert_allclose(tall.T @ tall, np.eye(min(rows, columns)), atol=1e-12)
    drawn = np.random.default_rng(3).normal(size=tall.shape)
    rest = tall.T @ drawn  # of the drawn numbers' QR with a positive diagonal, which is one alone
    np.testing.assert_allclose(np.tril(rest, -1), 0, atol=1e-12)
    assert (np.diag(rest) > 0).all()

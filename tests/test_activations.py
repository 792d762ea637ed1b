"""Activations: known values, derivatives, and no number too large for them."""

import numpy as np
import pytest

from nnviz import activations
from nnviz.errors import InputError
from tests.gradients import assert_close, central_differences

NAMES = list(activations.ACTIVATIONS)
EXTREMES = [
    [-1e4, -800.0, -1.0, 0.0, 1.0, 800.0, 1e4],
    [-1e4] * 7,
    [1e4] * 7,
    [7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0],
]


@pytest.mark.parametrize("name", NAMES)
def test_the_derivative_equals_central_differences(name: str) -> None:
    rng = np.random.default_rng(0)
    activation, z, weights = activations.get(name), rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    dz = activation.backward(weights.copy(), z, activation.forward(z))
    expected = central_differences(lambda: float((activation.forward(z) * weights).sum()), z)
    assert_close(dz, expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_inputs_stay_finite_and_keep_their_dtype(name: str, dtype: type) -> None:
    activation, z = activations.get(name), np.array(EXTREMES, dtype)
    a = activation.forward(z)
    dz = activation.backward(np.ones_like(z), z, a)
    assert a.dtype == dz.dtype == dtype
    assert np.isfinite(a).all()
    assert np.isfinite(dz).all()


@pytest.mark.parametrize("name", NAMES)
def test_out_receives_the_result_and_may_be_the_input(name: str) -> None:
    activation, z = activations.get(name), np.random.default_rng(1).normal(size=(3, 4))
    expected, out, same = activation.forward(z.copy()), np.empty_like(z), z.copy()
    assert activation.forward(z, out=out) is out
    activation.forward(same, out=same[:])  # another view of the same memory
    np.testing.assert_array_equal(out, expected)
    np.testing.assert_array_equal(same, expected)
    turned = np.full(z.T.shape, np.nan).T
    activation.forward(z, out=turned)
    np.testing.assert_array_equal(turned, expected)


def test_softmax_is_positive_and_sums_to_one() -> None:
    a = activations.get("softmax").forward(np.random.default_rng(2).normal(0, 9, (100, 10)))
    assert (a > 0).all()
    np.testing.assert_allclose(a.sum(axis=1), 1)


def test_known_values() -> None:
    z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_allclose(activations.get("sigmoid").forward(z), 1 / (1 + np.exp(-z)))
    np.testing.assert_allclose(activations.get("relu").forward(z), [0, 0, 3])
    np.testing.assert_allclose(activations.get("tanh").forward(z), np.tanh(z))
    np.testing.assert_allclose(activations.get("linear").forward(z), z)


@pytest.mark.parametrize("name", ["swish", None, ["relu"]])
def test_an_unknown_name_is_told_with_the_known_ones(name: object) -> None:
    with pytest.raises(InputError, match=r"sigmoid.*got"):
        activations.get(name)  # type: ignore[arg-type]


def test_which_stay_within_one_whatever_comes() -> None:
    bounded = {name for name, each in activations.ACTIVATIONS.items() if each.bounded}
    assert bounded == {"sigmoid", "tanh", "softmax"}


def test_a_softmax_is_over_the_last_axis_of_any_number() -> None:
    rng, softmax = np.random.default_rng(1), activations.get("softmax")
    z, da = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    a = softmax.forward(z)
    dz = softmax.backward(da, z, a)
    for at in np.ndindex(2, 3):
        one = np.exp(z[at]) / np.exp(z[at]).sum()
        np.testing.assert_allclose(a[at], one)
        slopes = np.diag(one) - np.outer(one, one)
        np.testing.assert_allclose(dz[at], slopes @ da[at])

"""Losses: their means, stability, and what they refuse. Gradients are held in test_network."""

import numpy as np
import pytest

from nnviz import losses
from nnviz.activations import Linear, Sigmoid, Softmax
from nnviz.errors import InputError
from nnviz.layers import LayerTrace


def output(z: np.ndarray, activation=None) -> LayerTrace:
    activation = activation or Softmax()
    return LayerTrace(z, z, activation.forward(z), activation)


def test_cross_entropy_is_the_mean_of_the_negative_log_probabilities() -> None:
    z = np.array([[1.0, 2.0, 0.5], [0.1, 0.2, 3.0]])
    p = Softmax().forward(z)
    expected = -np.log([p[0, 1], p[1, 0]]).mean()
    assert losses.CrossEntropy().value(output(z), np.array([1, 0])) == pytest.approx(expected)


def test_cross_entropy_of_impossible_certainty_is_finite() -> None:
    z = np.array([[1e4, -1e4]], np.float32)
    assert losses.CrossEntropy().value(output(z), np.array([1])) == pytest.approx(2e4)
    gradient = losses.CrossEntropy().gradient(output(z), np.array([1]))
    np.testing.assert_allclose(gradient, [[1, -1]])


def test_class_numbers_and_one_hot_targets_mean_the_same() -> None:
    trace, labels = output(np.random.default_rng(0).normal(size=(5, 4))), np.array([0, 3, 1, 2, 0])
    for loss in (losses.CrossEntropy(), losses.CrossEntropy(0.2), losses.MeanSquaredError()):
        one_hot = np.eye(4)[labels]
        assert loss.value(trace, labels) == pytest.approx(loss.value(trace, one_hot))
        np.testing.assert_allclose(loss.gradient(trace, labels), loss.gradient(trace, one_hot))


def test_targets_need_not_add_up_to_one() -> None:
    """``L = mean(s log Σ_j e^z_j − Σ_k y_k z_k)`` with ``s = Σ_k y_k``, and its slope."""
    z, y = np.array([[0.3, -1.0, 2.0], [1.5, 0.2, 0.1]]), np.array([[0.5, 0, 0], [1.0, 2.0, 0]])
    s = y.sum(axis=1, keepdims=True)
    e = np.exp(z)
    value = (s[:, 0] * np.log(e.sum(axis=1)) - (y * z).sum(axis=1)).mean()
    assert losses.CrossEntropy().value(output(z), y) == pytest.approx(value)
    slope = (s * e / e.sum(axis=1, keepdims=True) - y) / 2
    np.testing.assert_allclose(losses.CrossEntropy().gradient(output(z), y), slope)


def test_logits_of_a_linear_layer_give_the_softmax_gradient() -> None:
    z, labels = np.random.default_rng(1).normal(size=(3, 4)), np.array([0, 1, 3])
    loss = losses.CrossEntropy()
    np.testing.assert_allclose(
        loss.gradient(output(z, Linear()), labels), loss.gradient(output(z), labels)
    )


def test_several_outputs_count_by_the_mean_of_their_losses() -> None:
    rng = np.random.default_rng(2)
    z, labels = rng.normal(size=(4, 3, 5)), rng.integers(0, 5, (4, 3))
    loss = losses.CrossEntropy()
    single = [loss.value(output(z[:, step]), labels[:, step]) for step in range(3)]
    assert loss.value(output(z), labels) == pytest.approx(np.mean(single))
    parts = [loss.gradient(output(z[:, step]), labels[:, step]) / 3 for step in range(3)]
    np.testing.assert_allclose(loss.gradient(output(z), labels), np.stack(parts, axis=1))


def test_mean_squared_error_is_the_mean_over_outputs_and_samples() -> None:
    z = np.zeros((2, 2))
    trace = output(z, Sigmoid())
    assert losses.MeanSquaredError().value(trace, np.array([[1.0, 0.5], [0.5, 0.0]])) == 0.125


@pytest.mark.parametrize(
    ("name", "smoothing"), [("hinge", 0.0), ("mean_squared_error", 0.1), ("cross_entropy", 1.0)]
)
def test_unknown_losses_and_settings_are_refused(name: str, smoothing: float) -> None:
    with pytest.raises(InputError, match="Expected"):
        losses.get(name, smoothing)


def test_cross_entropy_behind_a_sigmoid_layer_is_refused() -> None:
    with pytest.raises(InputError, match="softmax or linear"):
        losses.check_fits(losses.CrossEntropy(), Sigmoid())

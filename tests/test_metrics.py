"""What a network is measured by, in numbers worked out by hand."""

import numpy as np
import pytest

from nnviz import metrics


def test_the_confusion_counts_what_was_read_as_what() -> None:
    read, labels = np.array([1, 1, 0, 2, 3]), np.array([0, 1, 0, 1, 3], np.uint8)
    counts = metrics.confusion_matrix(read, labels, 4)
    wanted = [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    np.testing.assert_array_equal(counts, wanted)
    shares = metrics.per_class_accuracy(counts)
    np.testing.assert_array_equal(shares, [0.5, 0.5, np.nan, 1])
    assert metrics.confusion_matrix(np.array([9]), np.array([3])).shape == (10, 10)


def test_a_class_is_right_where_its_activation_is_the_greatest() -> None:
    a = np.array([[[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], [[0.3, 0.3, 0.4], [0.2, 0.6, 0.2]]])
    assert metrics.score(a, np.array([[1, 0], [2, 0]])) == 0.75
    assert metrics.error(a, np.array([[1, 0], [2, 0]])) is None


def test_numbers_are_measured_by_the_variance_they_account_for() -> None:
    a, y = np.array([[1.0], [2.0], [6.0]]), np.array([[2.0], [2.0], [5.0]])
    assert metrics.score(a, y) == pytest.approx(1 - 2 / 6)
    assert metrics.error(a, y) == pytest.approx(2 / 3)
    assert np.isnan(metrics.r_squared(a, np.ones((3, 1))))

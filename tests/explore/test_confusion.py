"""Counts become measures with intervals; confidence is held against being right."""

import numpy as np
import pytest

from nnviz.datasets import disputed, mnist
from nnviz.explore.calibration import calibrate
from nnviz.explore.confusion import class_measures, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [  # Newcombe, Statistics in Medicine 17, 1998, table I, method 3
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_an_interval_is_the_published_one(
    successes: int, trials: int, interval: tuple[float, float]
) -> None:
    found = wilson(np.array(successes), np.array(trials))
    assert [float(each) for each in found] == pytest.approx(interval, abs=5e-5)


def test_an_interval_holds_its_share_and_stays_within_one() -> None:
    for trials in (0, 1, 2, 17, 10_000):
        successes = np.arange(trials + 1)
        low, high = wilson(successes, np.full(trials + 1, trials))
        share = successes / max(trials, 1)
        assert (low >= 0).all()
        assert (high <= 1).all()
        assert (low <= share).all()
        assert (share <= high).all() if trials else (low, high) == (0, 1)
        assert high - low == pytest.approx((high - low)[::-1])


def test_measures_of_classes_are_counted_one_by_one() -> None:
    rng = np.random.default_rng(1)
    labels, predictions = rng.integers(0, 4, 300), rng.integers(0, 3, 300)
    matrix = np.zeros((5, 5), np.int64)
    for label, prediction in zip(labels, predictions, strict=True):
        matrix[label, prediction] += 1
    found = class_measures(matrix)
    for k in range(3):
        hits = sum((labels == k) & (predictions == k))
        precision, recall = hits / sum(predictions == k), hits / sum(labels == k)
        assert found.precision[k] == pytest.approx(precision)
        assert found.recall[k] == pytest.approx(recall)
        assert found.f1[k] == pytest.approx(2 * precision * recall / (precision + recall))
    assert np.isnan(found.precision[3])
    assert found.recall[3] == found.f1[3] == 0
    assert np.isnan([found.precision[4], found.recall[4], found.f1[4]]).all()


def test_a_bin_takes_its_upper_edge_and_tells_who_is_right() -> None:
    found = calibrate(np.array([0.0, 0.1, 0.1001, 0.95, 1.0]), np.array([0, 1, 0, 1, 1], bool))
    assert found.counts.tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert found.correct.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert found.confidence[[0, 1, 9]] == pytest.approx([0.05, 0.1001, 0.975])
    assert np.isnan(found.confidence[2:9]).all()
    assert found.error == pytest.approx((2 * 0.45 + 0.1001 + 2 * 0.025) / 5)


def test_who_says_what_comes_to_pass_is_calibrated() -> None:
    rng = np.random.default_rng(2)
    confidences = rng.random(100_000)
    honest = calibrate(confidences, rng.random(100_000) < confidences)
    boastful = calibrate(confidences, rng.random(100_000) < confidences / 2)
    assert honest.error < 0.01
    assert boastful.error == pytest.approx(0.25, abs=0.01)


def test_disputed_digits_have_the_labels_they_are_said_to_have() -> None:
    labels = mnist.load().test.labels
    for each in disputed.MNIST_TEST:
        assert labels[each.index] == each.label != each.guess
        assert each.given + each.guessed + each.neither == 5
        assert each.given < 3
    assert len(disputed.PLACES) == len(disputed.MNIST_TEST) == 15


def test_one_digit_is_enough_to_tell_a_share_and_a_calibration() -> None:
    measures = class_measures(np.array([[1, 0, 0], [0, 1, 1], [0, 0, 0]]))
    np.testing.assert_array_equal(measures.precision, [1, 1, 0])
    np.testing.assert_array_equal(measures.recall, [1, 0.5, np.nan])
    told = calibrate(np.array([0.75]), np.array([True]))
    assert told.error == 0.25
    assert told.counts.tolist() == [0] * 7 + [1, 0, 0]

"""What a network takes for what over the test digits, how sure it is, and what it misreads."""

import numpy as np
from numpy.typing import NDArray

from nnviz import metrics
from nnviz.datasets import disputed
from nnviz.explore.calibration import Calibration, calibrate
from nnviz.explore.confusion import class_measures, wilson
from nnviz.web.schemas.explore.confusions import (
    ClassMeasure,
    ConfidenceBin,
    Confusion,
    Interval,
    Misreading,
)
from nnviz.web.studies.chosen import Chosen
from nnviz.web.studies.predictions import Predictions


def confusion(chosen: Chosen, read: Predictions) -> Confusion:
    """The matrix with each class's measures, the accuracy's interval and the calibration."""
    matrix = metrics.confusion_matrix(read.predictions, read.labels)
    correct, total = int(matrix.trace()), len(read.labels)
    calibration = calibrate(read.confidences, read.predictions == read.labels)
    return Confusion(
        chosen.model,
        total,
        correct,
        correct / total,
        interval(correct, total),
        matrix.tolist(),
        _classes(matrix),
        _bins(calibration),
        calibration.error,
        float(read.confidences.mean(dtype=np.float64)),
    )


def misreading(model: str, read: Predictions) -> Misreading:
    """Which digits are misread, in order, and as what."""
    places = np.flatnonzero(read.predictions != read.labels)
    return Misreading(model, places.tolist(), read.predictions[places].tolist())


def misread(read: Predictions, label: int | None, prediction: int | None) -> NDArray[np.intp]:
    """The places of misread digits, the surest first; of one label or one prediction only."""
    wrong = read.predictions != read.labels
    if label is not None:
        wrong &= read.labels == label
    if prediction is not None:
        wrong &= read.predictions == prediction
    places = np.flatnonzero(wrong)
    return places[np.argsort(-read.confidences[places], kind="stable")]


def is_disputed(index: int) -> bool:
    """Whether people doubt a test digit's label."""
    return index in disputed.PLACES


def interval(successes: int, trials: int) -> Interval:
    """The 95% interval of a share."""
    low, high = wilson(np.array(successes), np.array(trials))
    return [float(low), float(high)]


def _classes(matrix: NDArray[np.int64]) -> list[ClassMeasure]:
    measures = class_measures(matrix)
    predicted, actual, hits = matrix.sum(axis=0), matrix.sum(axis=1), matrix.diagonal()
    return [
        ClassMeasure(
            label,
            int(actual[label]),
            int(predicted[label]),
            number(measures.precision[label]),
            number(measures.recall[label]),
            number(measures.f1[label]),
            interval(int(hits[label]), int(predicted[label])),
            interval(int(hits[label]), int(actual[label])),
        )
        for label in range(len(matrix))
    ]


def _bins(found: Calibration) -> list[ConfidenceBin]:
    return [
        ConfidenceBin(
            float(found.edges[i]),
            float(found.edges[i + 1]),
            int(count),
            number(found.confidence[i]),
            int(found.correct[i]) / int(count) if count else None,
            interval(int(found.correct[i]), int(count)),
        )
        for i, count in enumerate(found.counts)
    ]


def number(value: float) -> float | None:
    """A number that JSON knows; None for one that cannot be told."""
    return float(value) if np.isfinite(value) else None

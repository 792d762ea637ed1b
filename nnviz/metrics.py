"""How well a network reads: classes by accuracy, numbers by R² and their mean error.

Targets tell which it is: whole numbers are classes, others are numbers in the shape of the output.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def are_classes(targets: Array) -> bool:
    """Whether these are class numbers and not measured numbers."""
    return np.asarray(targets).dtype.kind in "iub"


def score(a: Array, targets: Array) -> float:
    """The measure of an output's activations: accuracy of classes, R² of numbers."""
    if are_classes(targets):
        return accuracy(a.argmax(axis=-1), targets)
    return r_squared(a, targets)


def accuracy(predictions: Array, labels: Array) -> float:
    """The share of predictions that equal their label, 0 to 1."""
    return float(np.mean(np.asarray(predictions) == np.asarray(labels)))


def r_squared(predictions: Array, targets: Array) -> float:
    """``R² = 1 − Σ (a − y)² / Σ (y − ȳ)²``: the part of the variance that is accounted for.

    1 is perfect, 0 no better than always saying the mean; NaN when all targets are the same.
    """
    y = np.asarray(targets, np.float64)
    total = np.square(y - y.mean(axis=0)).sum()
    missed = np.square(np.asarray(predictions, np.float64) - y).sum()
    return float(1 - missed / total) if total else float("nan")


def mean_absolute_error(predictions: Array, targets: Array) -> float:
    """``mean |a − y|``, in the targets' unit."""
    return float(np.mean(np.abs(np.asarray(predictions, np.float64) - targets)))


def error(a: Array, targets: Array) -> float | None:
    """The mean absolute error of an output's activations that are numbers; None of classes."""
    return None if are_classes(targets) else mean_absolute_error(a, targets)


def confusion_matrix(predictions: Array, labels: Array, classes: int = 10) -> NDArray[np.int64]:
    """``C[i, j]``: how often class i was read as j; its rows add up to the class sizes."""
    cells = np.asarray(labels).astype(np.int64) * classes + np.asarray(predictions)
    counts: NDArray[np.int64] = np.bincount(cells, minlength=classes * classes)
    return counts.reshape(classes, classes)


def per_class_accuracy(confusion: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of each class that was read right; NaN for a class with no sample."""
    sizes = confusion.sum(axis=1)
    share = np.full(len(sizes), np.nan)
    np.divide(confusion.diagonal(), sizes, out=share, where=sizes > 0)
    return share

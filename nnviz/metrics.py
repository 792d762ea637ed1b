"""How well a network reads: accuracy, per class and as a confusion matrix."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def accuracy(predictions: Array, labels: Array) -> float:
    """The share of predictions that equal their label, 0 to 1."""
    return float(np.mean(np.asarray(predictions) == np.asarray(labels)))


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

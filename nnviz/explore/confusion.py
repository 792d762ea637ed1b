"""What is taken for what: counts, precision and recall of every class, and how sure they are.

A share that was counted has an interval: of 10,000 digits 9,695 right say that the rate behind it
lies, 19 times in 20, where Wilson's interval says (Wilson: Probable inference, the law of
succession, and statistical inference, JASA 22, 1927). It stays within 0..1 and holds for few
samples, too, where ``p ± 1.96 √(p(1 − p)/n)`` does not.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Floats = NDArray[np.float64]

Z = 1.959963984540054  # of the normal distribution, 95% lie within ± Z


def wilson(successes: Array, trials: Array) -> tuple[Floats, Floats]:
    """The 95% interval of a share, for arrays of any one shape.

    ``(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)``; 0 to 1 where there is no trial.
    """
    n = np.asarray(trials, np.float64)
    known = np.maximum(n, 1)
    p = np.asarray(successes, np.float64) / known
    middle = p + Z**2 / (2 * known)
    half = Z * np.sqrt(p * (1 - p) / known + Z**2 / (4 * known**2))
    whole = 1 + Z**2 / known
    low, high = (middle - half) / whole, (middle + half) / whole
    # rounding must not leave 0..1, nor the share itself
    low = np.where(p <= 0, 0, np.minimum(low, p))
    high = np.where(p >= 1, 1, np.maximum(high, p))
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


@dataclass(frozen=True, slots=True)
class ClassMeasures:
    """For each class (K,), NaN where nothing can be told.

    ``precision``: of those read as the class, the share that is of it; ``recall``: of those that
    are of it, the share read as it; ``f1`` their harmonic mean.
    """

    precision: Floats
    recall: Floats
    f1: Floats


def class_measures(matrix: NDArray[np.int64]) -> ClassMeasures:
    """From a confusion matrix (K, K), row: class, column: prediction.

    ``precision_k = C_kk / Σ_i C_ik``, ``recall_k = C_kk / Σ_j C_kj``,
    ``F1 = 2 C_kk / (Σ_i C_ik + Σ_j C_kj)``.
    """
    hits = matrix.diagonal()
    predicted, actual = matrix.sum(axis=0), matrix.sum(axis=1)
    return ClassMeasures(
        _share(hits, predicted), _share(hits, actual), _share(2 * hits, predicted + actual)
    )


def _share(part: Array, whole: Array) -> Floats:
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share

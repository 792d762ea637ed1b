"""When it says 90%, how often is it right?

Predictions are put into bins by confidence; in each the share that is right should be the mean
confidence. The mean distance, weighted by how many there are, is the expected calibration error
(Guo, Pleiss, Sun and Weinberger: On calibration of modern neural networks, ICML 2017, eq. 3).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability curve: for each bin ``edges[i] < confidence ≤ edges[i + 1]``.

    ``counts`` (bins,), the ``correct`` ones among them, and ``confidence``, their mean, NaN where
    there are none; ``error = Σ counts/N · |correct/counts − confidence|``.
    """

    edges: Floats
    counts: NDArray[np.int64]
    correct: NDArray[np.int64]
    confidence: Floats
    error: float


def calibrate(confidences: NDArray[Any], right: NDArray[np.bool_], bins: int = BINS) -> Calibration:
    """How confidences (N,) of 0..1 go with being right (N,); a confidence of 0 is in the first bin.

    The bins are equally wide.
    """
    edges = np.linspace(0, 1, bins + 1)
    confidences = np.asarray(confidences, np.float64)
    places = np.clip(np.searchsorted(edges, confidences, side="left") - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins)
    correct = np.bincount(places[right], minlength=bins)
    totals = np.bincount(places, weights=confidences, minlength=bins)
    mean = np.full(bins, np.nan)
    np.divide(totals, counts, out=mean, where=counts > 0)
    error = float(np.abs(correct - totals).sum() / max(1, len(confidences)))
    return Calibration(edges, counts, correct, mean, error)

"""Digits of MNIST as they are told: by label, page by page."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.web.studies.chosen import part_of


def digits_told(
    split: str,
    label: int | None,
    offset: int,
    limit: int,
    among: NDArray[np.intp] | None = None,
) -> dict[str, Any]:
    """Some of a split's digits with that label, out of those places or all, from the offset on.

    Raises `InputError` (``unknown_split``).
    """
    part = part_of(split)
    fitting = np.arange(len(part)) if among is None else among
    if label is not None:
        fitting = fitting[part.labels[fitting] == label]
    found = [
        {
            "index": int(index),
            "label": int(part.labels[index]),
            "pixels": part.images[index].ravel(),
        }
        for index in fitting[offset : offset + limit]
    ]
    asked = {"dataset": "mnist", "split": split, "label": label}
    return {**asked, "total": len(fitting), "offset": offset, "limit": limit, "digits": found}

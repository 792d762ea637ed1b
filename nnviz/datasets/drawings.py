"""Digits drawn with a pen, from a file of JSON lines."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.errors import InputError


def read(
    path: str | Path, taken: Callable[[ink.Strokes], NDArray[Any]] = ink.from_strokes
) -> tuple[NDArray[Any], NDArray[np.uint8]]:
    """Drawn digits, inked as the browser's are: images (N, 28, 28) and labels (N,).

    ``taken`` makes an input of strokes, if it shall be another.
    Each line holds ``{"label": 3, "strokes": [[[x, y], …], …]}``. Raises `InputError`.
    """
    try:
        lines = Path(path).read_text("utf-8").splitlines()
        drawings = [json.loads(line) for line in lines if line.strip()]
        labels = np.array([drawing["label"] for drawing in drawings], np.uint8)
        strokes = [drawing["strokes"] for drawing in drawings]
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise InputError(
            "broken_dataset",
            f"Expected {path} to hold a JSON object with label and strokes a line; got {error!r}.",
        ) from error
    if not strokes:
        raise InputError("broken_dataset", f"Expected at least one drawing in {path}; got none.")
    return np.stack([taken(each) for each in strokes]), labels

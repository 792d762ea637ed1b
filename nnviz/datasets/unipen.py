"""UNIPEN: 2,673 digits as a pen drew them, by 121 writers (files/pen/LICENSE.md: CC BY 4.0)."""

import gzip
import json
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError

FILE = Path(__file__).parent / "files" / "pen" / "unipen_digits.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One digit: its points (M, 2) in 0..1 with y down, how many each stroke has, who wrote it."""

    points: NDArray[np.float64]
    sizes: tuple[int, ...]
    label: int
    writer: str


@cache
def load() -> tuple[Drawing, ...]:
    """All drawings, in the file's order; raises `InputError` (``broken_dataset``)."""
    try:
        lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
        return tuple(_drawing(json.loads(line)) for line in lines)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise InputError("broken_dataset", f"{FILE.name} cannot be read: {error!r}.") from error


def _drawing(line: dict[str, object]) -> Drawing:
    strokes = [stroke for stroke in line["strokes"] if stroke]  # type: ignore[attr-defined]
    points = np.concatenate([np.array(stroke, np.float64) for stroke in strokes])
    sizes = tuple(len(stroke) for stroke in strokes)
    return Drawing(points, sizes, int(str(line["label"])), str(line["writer"]))

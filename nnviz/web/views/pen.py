"""Movements of pens, page by page."""

from typing import Literal, cast

import numpy as np
from flask import Blueprint, Response, request

from nnviz import problems
from nnviz.datasets.unipen import Drawing
from nnviz.errors import InputError
from nnviz.problems.digits import DIGIT
from nnviz.web.replies import struct_reply
from nnviz.web.requests import only, whole_number
from nnviz.web.schemas.pen import PenDrawing, PenPage

blueprint = Blueprint("pen", __name__, url_prefix="/api/datasets")

SIDE = 0.7  # of the pad: how long the longer side of a drawing is
DECIMALS = 4


@blueprint.get("/unipen/<split>")
def drawings(split: str) -> Response:
    """Drawings as the pen made them, in the order of their part; of one digit with ``label``."""
    query = only(request.args.to_dict(), "label", "offset", "limit")
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    label = whole_number(query, "label", None, 0, 9)
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    return struct_reply(_page(cast(Literal["train", "test"], split), label, offset, limit))


def _page(split: Literal["train", "test"], label: int | None, offset: int, limit: int) -> PenPage:
    problem = problems.get("pen")
    every = problem.examples(split, (DIGIT,)).drawings
    wanted = [i for i, each in enumerate(every) if label is None or each.label == label]
    found = [_drawing(i, every[i]) for i in wanted[offset : offset + limit]]
    data = problem.data
    return PenPage(data.name, split, data.licence, data.source, len(wanted), offset, limit, found)


def _drawing(index: int, drawing: Drawing) -> PenDrawing:
    """In the middle of the pad, its longer side ``SIDE``."""
    low, high = drawing.points.min(axis=0), drawing.points.max(axis=0)
    scale = SIDE / max(float((high - low).max()), 1e-6)
    points = (drawing.points - (low + high) / 2) * scale + 0.5
    rounded = np.round(points, DECIMALS).tolist()
    ends = np.cumsum(drawing.sizes).tolist()
    starts = [0, *ends[:-1]]
    strokes = [
        [(x, y) for x, y in rounded[start:end]] for start, end in zip(starts, ends, strict=True)
    ]
    return PenDrawing(index, drawing.label, strokes)

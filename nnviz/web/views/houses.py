"""The houses of Ames, page by page."""

from typing import Literal, cast

from flask import Blueprint, Response, request

from nnviz import problems
from nnviz.errors import InputError
from nnviz.problems.tabular import Tabular
from nnviz.web.replies import struct_reply
from nnviz.web.requests import only, whole_number
from nnviz.web.schemas.houses import House, HousePage

blueprint = Blueprint("houses", __name__, url_prefix="/api/datasets")


@blueprint.get("/ames/<split>")
def houses(split: str) -> Response:
    """Houses as they were sold, in the order of their part."""
    query = only(request.args.to_dict(), "offset", "limit")
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    return struct_reply(_page(cast(Literal["train", "test"], split), offset, limit))


def _page(split: Literal["train", "test"], offset: int, limit: int) -> HousePage:
    problem = cast(Tabular, problems.get("houses"))
    rows, target = problem.rows(split), problem.outputs[0].name
    total = len(rows[target])
    found = [
        House(
            index,
            {feature.name: float(rows[feature.name][index]) for feature in problem.features},
            float(rows[target][index]),
        )
        for index in range(offset, min(offset + limit, total))
    ]
    return HousePage("ames", split, total, offset, limit, found)

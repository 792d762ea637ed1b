"""The digits of MNIST, page by page."""

from typing import Any

import numpy as np
from flask import Blueprint, Response, request
from numpy.typing import NDArray

from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.errors import InputError
from nnviz.web.current import long_work, served_models
from nnviz.web.evaluation import misread
from nnviz.web.replies import array_reply, compressed
from nnviz.web.requests import only, whole_number

blueprint = Blueprint("digits", __name__, url_prefix="/api/datasets")


@blueprint.get("/mnist/<split>")
def digits(split: str) -> Response:
    """Digits of MNIST, by label, page by page."""
    query = only(request.args.to_dict(), "label", "offset", "limit", "mistakes_of")
    part = _part(split)
    label = whole_number(query, "label", None, 0, 9)
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    among = _misread(query["mistakes_of"], split) if "mistakes_of" in query else None
    reply = {"dataset": "mnist", "split": split, "label": label}
    return compressed(array_reply({**reply, **_page(part, label, offset, limit, among)}))


def _part(split: str) -> Part:
    if split not in ("train", "test"):
        raise InputError("unknown_split", f"Expected the split train or test; got {split!r}.")
    dataset = mnist.load()
    return dataset.train if split == "train" else dataset.test


def _misread(model_id: str, split: str) -> NDArray[np.intp]:
    if split != "test":
        raise InputError("bad_query", f"Expected mistakes_of with the split test; got {split!r}.")
    return misread(long_work(), served_models()[model_id])


def _page(
    part: Part, label: int | None, offset: int, limit: int, among: NDArray[np.intp] | None
) -> dict[str, Any]:
    """Some of the digits with that label, out of those places or all, from the offset on."""
    fitting = np.arange(len(part)) if among is None else among
    if label is not None:
        fitting = fitting[part.labels[fitting] == label]
    chosen = fitting[offset : offset + limit]
    found = [
        {
            "index": int(index),
            "label": int(part.labels[index]),
            "pixels": part.images[index].ravel(),
        }
        for index in chosen
    ]
    return {"total": len(fitting), "offset": offset, "limit": limit, "digits": found}

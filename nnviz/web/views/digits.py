"""The digits of MNIST: filtered and page by page, or all their labels and pictures."""

import gzip
from dataclasses import asdict
from functools import lru_cache

import numpy as np
from flask import Blueprint, Response, request
from numpy.typing import NDArray

from nnviz import problems
from nnviz.datasets import disputed, mnist
from nnviz.errors import InputError
from nnviz.web.current import long_work, model_registry
from nnviz.web.evaluation import misread
from nnviz.web.replies import FOR_EVER, array_reply, compressed, prepared, struct_reply
from nnviz.web.requests import only, whole_number
from nnviz.web.schemas.explore.confusions import MisreadingList
from nnviz.web.studies import confusions
from nnviz.web.studies.chosen import choose, part_of
from nnviz.web.studies.digits import digits_told
from nnviz.web.studies.predictions import predictions

blueprint = Blueprint("digits", __name__, url_prefix="/api/datasets")

AT_ONCE = 1000  # pictures of a page
PACKED_PAGES = 70  # all of them: some 200 kB each
LEVEL = 6


@blueprint.get("/mnist/<split>")
def digits(split: str) -> Response:
    """Digits of MNIST, by label, page by page."""
    query = only(request.args.to_dict(), "label", "offset", "limit", "mistakes_of")
    part_of(split)
    label = whole_number(query, "label", None, 0, 9)
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    among = _misread(query["mistakes_of"], split) if "mistakes_of" in query else None
    return compressed(array_reply(digits_told(split, label, offset, limit, among)))


@blueprint.get("/mnist/<split>/labels")
def labels(split: str) -> Response:
    """The label of every digit of a split, and which of them people doubt."""
    part = part_of(split)
    doubted = [asdict(each) for each in disputed.MNIST_TEST] if split == "test" else []
    told = {"dataset": "mnist", "split": split, "total": len(part)}
    told |= {"labels": part.labels, "disputed": doubted}
    response = compressed(array_reply(told))
    response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/mnist/test/misreadings")
def misreadings() -> Response:
    """Which test digits each model that ships misreads, and as what."""
    read = [
        (registered.model.id, predictions(long_work(), choose(long_work(), registered)))
        for registered in model_registry().shipped()
        if registered.model.problem == problems.Digits.id
    ]
    models = [confusions.misreading(model, each) for model, each in read]
    total = len(mnist.load().test)
    return struct_reply(MisreadingList("mnist", "test", total, models))


@blueprint.get("/mnist/<split>/images/<page>")
def images(split: str, page: str) -> Response:
    """The pictures of 1,000 digits, a byte for a pixel."""
    last = len(part_of(split)) // AT_ONCE - 1
    number = whole_number({"page": page}, "page", 0, 0, last) or 0
    response = prepared(
        lambda: _pictures(split, number),
        lambda: _packed(split, number),
        "application/octet-stream",
    )
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _pictures(split: str, page: int) -> bytes:
    return part_of(split).images[page * AT_ONCE : (page + 1) * AT_ONCE].tobytes()


@lru_cache(PACKED_PAGES)
def _packed(split: str, page: int) -> bytes:
    return gzip.compress(_pictures(split, page), LEVEL, mtime=0)


def _misread(model_id: str, split: str) -> NDArray[np.intp]:
    if split != "test":
        raise InputError("bad_query", f"Expected mistakes_of with the split test; got {split!r}.")
    return misread(long_work(), model_registry()[model_id])

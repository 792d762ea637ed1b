"""A table's row for which a number is told: how it goes in, what each feature makes of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from flask import Request
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.explain.contributions import Contributions
from nnviz.features import Feature, NumberOutput, encode
from nnviz.models.model_file import Model
from nnviz.web.requests import read_json
from nnviz.web.schemas.edits import Edits
from nnviz.web.schemas.reading.given import GivenFeatures


class NumberRow(NamedTuple):
    """A row as it came and as the network reads it, what reads it, what it says; the edits."""

    given: dict[str, float | str]
    x: NDArray[np.float32]
    features: tuple[Feature, ...]
    output: NumberOutput
    edits: Edits


def read_number_row(request: Request, model: Model) -> NumberRow:
    """The row that a request is about; raises `InputError` (``wrong_problem``) where no number is
    said of rows.
    """
    output = model.outputs[0]
    if not model.features or not isinstance(output, NumberOutput):
        raise InputError(
            "wrong_problem",
            f"Expected a model that says a number of a table's row; got {model.id!r}.",
        )
    wanted = read_json(request, GivenFeatures)
    x = encode(model.features, wanted.features)
    return NumberRow(wanted.features, x, model.features, output, wanted.edits)


def told_parts(row: NumberRow, found: Contributions) -> dict[str, Any]:
    """The arithmetic of both ends, and each feature's part in the output's unit."""
    output = row.output
    return {
        "output": output.name,
        "unit": output.unit,
        "a": found.a,
        "mean": output.mean,
        "sd": output.sd,
        "prediction": output.mean + output.sd * found.a,
        "average": output.mean + output.sd * found.average,
        "features": list(_parts(row, found)),
    }


def _parts(row: NumberRow, found: Contributions) -> Iterator[dict[str, Any]]:
    at = 0
    for feature in row.features:
        part = float(found.parts[at : at + feature.inputs].sum())
        is_number = not feature.categories
        yield {
            "name": feature.name,
            "unit": feature.unit,
            "value": row.given[feature.name],
            "mean": feature.mean if is_number else None,
            "sd": feature.sd if is_number else None,
            "input": float(row.x[at]) if is_number else None,
            "part": row.output.sd * part,
        }
        at += feature.inputs

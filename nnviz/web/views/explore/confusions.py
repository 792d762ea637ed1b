"""What a model says of every digit, what it takes for what, and what it misreads.

Asked by GET for the model itself, by POST for the model with edits made.
"""

from typing import Any

import numpy as np
from flask import Blueprint, Response, request

from nnviz.datasets import mnist
from nnviz.web.current import long_work, model_registry
from nnviz.web.replies import array_reply, compressed, struct_reply
from nnviz.web.requests import edits_of, only, whole_number
from nnviz.web.studies import confusions
from nnviz.web.studies.chosen import Chosen, choose
from nnviz.web.studies.predictions import predictions

blueprint = Blueprint("confusions", __name__, url_prefix="/api/models/<model_id>")

BOTH = ["GET", "POST"]
PLACES = 6  # that probabilities are rounded to: 60,000 of them are sent


@blueprint.route("/predictions/<split>", methods=BOTH)
def predicted(model_id: str, split: str) -> Response:
    """What the model says of every digit of a split."""
    chosen = _chosen(model_id)
    read = predictions(long_work(), chosen, split)
    told = {
        "model": chosen.model,
        "split": split,
        "total": len(read.labels),
        "predictions": read.predictions,
        "confidences": np.round(read.confidences.astype(np.float64), PLACES),
        "label_probabilities": np.round(read.label_probabilities.astype(np.float64), PLACES),
    }
    return compressed(array_reply(told))


@blueprint.route("/confusion", methods=BOTH)
def confusion(model_id: str) -> Response:
    """What the model takes for what, over the test digits."""
    chosen = _chosen(model_id)
    return struct_reply(confusions.confusion(chosen, predictions(long_work(), chosen)))


@blueprint.route("/mistakes", methods=BOTH)
def mistakes(model_id: str) -> Response:
    """Misread digits, the surest first, page by page."""
    query = only(request.args.to_dict(), "label", "prediction", "offset", "limit")
    label = whole_number(query, "label", None, 0, 9)
    prediction = whole_number(query, "prediction", None, 0, 9)
    offset = whole_number(query, "offset", 0, 0, 10**9) or 0
    limit = whole_number(query, "limit", 20, 1, 100) or 20
    chosen = _chosen(model_id)
    read = predictions(long_work(), chosen)
    places = confusions.misread(read, label, prediction)
    images = mnist.load().test.images
    digits: list[dict[str, Any]] = [
        {
            "index": int(place),
            "label": int(read.labels[place]),
            "pixels": images[place].ravel(),
            "prediction": int(read.predictions[place]),
            "confidence": read.confidences[place],
            "label_probability": read.label_probabilities[place],
            "disputed": confusions.is_disputed(int(place)),
        }
        for place in places[offset : offset + limit]
    ]
    told = {"model": chosen.model, "total": len(places), "offset": offset, "limit": limit}
    told |= {"label": label, "prediction": prediction, "digits": digits}
    return compressed(array_reply(told))


def _chosen(model_id: str) -> Chosen:
    return choose(long_work(), model_registry()[model_id], edits_of(request))

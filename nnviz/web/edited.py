"""A model's network with edits made.

Cheap edits are made for the request alone; dear ones, steps of learning above all, are long work:
made once, beside the requests, and kept for who asks with the same edits again, as a page does for
every stroke.
"""

import hashlib
from collections.abc import Sequence

import msgspec
import numpy as np
from msgspec.structs import replace

from nnviz.edits import Edit, LearnEdit, apply
from nnviz.edits.price import price
from nnviz.ink import SIZE
from nnviz.models.model_file import Model
from nnviz.network import Network
from nnviz.problems import Digits
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.model_registry import RegisteredModel

CHEAP = 40_000_000  # operations: some ten milliseconds


def labelled(model: Model, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with the labels that a learned image itself has for further outputs."""
    if len(model.outputs) == 1 or model.problem != Digits.id:
        return list(edits)
    return [_labelled(model, edit) if isinstance(edit, LearnEdit) else edit for edit in edits]


def _labelled(model: Model, edit: LearnEdit) -> LearnEdit:
    if edit.further:
        return edit
    image = np.array(edit.pixels, np.uint8).reshape(SIZE, SIZE)
    return replace(edit, further=Digits().further_labels(image, model.outputs))


def edited(work: LongWork, registered: RegisteredModel, edits: Sequence[Edit]) -> Network:
    """The network with the edits made; without edits the model's own.

    Raises `InputError`: what `apply` raises, ``too_dear`` for edits over the price, and what
    `LongWork.result` raises.
    """
    network = registered.model.network
    if not edits:
        return network
    edits = labelled(registered.model, edits)
    if price(network, edits) <= CHEAP:
        return apply(network, edits)
    return work.result(
        ("edited", edits_key(registered, edits)),
        lambda check: apply(network, edits, check),
        lambda made: made.parameters.nbytes,
    )


def edits_key(registered: RegisteredModel, edits: Sequence[Edit]) -> tuple[str, bytes]:
    """What tells a model with edits from every other."""
    return registered.sha256, hashlib.sha256(msgspec.json.encode(edits)).digest()

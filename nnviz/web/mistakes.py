"""Which test digits a network reads wrong: found once, kept as places in the test set."""

from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.web.served import ServedModel

_places: dict[str, NDArray[np.intp]] = {}  # by the content's hash
_lock = Lock()


def mistakes(served: ServedModel) -> NDArray[np.intp]:
    """The places of the digits whose most probable class is not their label, in order."""
    with _lock:  # the same answer need not be worked out twice at once
        found = _places.get(served.sha256)
        if found is None:
            answers = served.model.network.predict(test_images()).argmax(axis=1)
            labels = mnist.load().test.labels
            found = _places[served.sha256] = np.flatnonzero(answers != labels)
    return found


@cache
def test_images() -> NDArray[np.float32]:
    """The test set as networks read it, float32: made once, 31 MB."""
    return ink.to_input(mnist.load().test.images)

"""How a network reads MNIST's test set: its confusion matrix, and which digits it reads wrong."""

import time
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nnviz import ink, metrics
from nnviz.datasets import mnist
from nnviz.network import Network
from nnviz.web.schemas.readings import Evaluation
from nnviz.web.served import ServedModel
from nnviz.web.turns import Turns

_turns = Turns("the test set", waiting=1)  # 10,000 digits must not starve those who draw
_misread: dict[str, NDArray[np.intp]] = {}  # places in the test set, by the content's hash
_misread_lock = Lock()


def evaluate(model_id: str, network: Network) -> Evaluation:
    """How the network reads the 10,000 digits of the test set; raises `InputError` (``busy``)."""
    labels = mnist.load().test.labels
    with _turns.take():
        start = time.perf_counter()
        answers = network.predict(test_images()).argmax(axis=1)
        seconds = time.perf_counter() - start
    confusion = metrics.confusion_matrix(answers, labels)
    correct = int(confusion.trace())
    return Evaluation(
        model_id, len(labels), correct, correct / len(labels), confusion.tolist(), seconds
    )


def misread(served: ServedModel) -> NDArray[np.intp]:
    """The places of the digits whose most probable class is not their label, in order."""
    with _misread_lock:  # the same answer need not be worked out twice at once
        found = _misread.get(served.sha256)
        if found is None:
            answers = served.model.network.predict(test_images()).argmax(axis=1)
            labels = mnist.load().test.labels
            found = _misread[served.sha256] = np.flatnonzero(answers != labels)
    return found


@cache
def test_images() -> NDArray[np.float32]:
    """The test set as networks read it, float32: made once, 31 MB."""
    return ink.to_input(mnist.load().test.images)

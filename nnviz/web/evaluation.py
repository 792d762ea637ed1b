"""How a network reads MNIST's test set: its confusion matrix, and which digits it reads wrong.

Reading 10,000 digits takes seconds of a large network, so it is long work: beside the requests, one
at a time, with what came of it kept for who asks again.
"""

import time
from collections.abc import Hashable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz import ink, metrics
from nnviz.datasets import mnist
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.schemas.readings import Evaluation
from nnviz.web.served import ServedModel

EVALUATION = 4_000  # bytes that one is counted as


def evaluate(work: LongWork, network: Network, key: Hashable) -> Evaluation:
    """How the network reads the 10,000 digits of the test set; ``key`` tells networks apart.

    Raises `InputError` as `LongWork.result` does.
    """

    def read(check: Check) -> Evaluation:
        labels, start = mnist.load().test.labels, time.perf_counter()
        confusion = metrics.confusion_matrix(_answers(network, check), labels)
        seconds, correct = time.perf_counter() - start, int(confusion.trace())
        return Evaluation(
            "", len(labels), correct, correct / len(labels), confusion.tolist(), seconds
        )

    return work.result(("evaluation", key), read, lambda evaluation: EVALUATION)


def misread(work: LongWork, served: ServedModel) -> NDArray[np.intp]:
    """The places of the digits whose most probable class is not their label, in order.

    Raises `InputError` as `LongWork.result` does.
    """

    def read(check: Check) -> NDArray[np.intp]:
        return np.flatnonzero(_answers(served.model.network, check) != mnist.load().test.labels)

    return work.result(("misread", served.sha256), read, lambda places: places.nbytes)


def _answers(network: Network, check: Check) -> NDArray[np.intp]:
    """The most probable class of every test digit, in parts between which ``check`` may end it."""
    images, context, at_once = test_images(), Context(reuse=True), network.workload.read_at_once
    answers = np.empty(len(images), np.intp)
    for start in range(0, len(images), at_once):
        check()
        part = slice(start, start + at_once)
        answers[part] = network.forward(images[part], context)[0].argmax(axis=1)
    return answers


@cache
def test_images() -> NDArray[np.float32]:
    """The test set as networks read it, float32: made once, 31 MB."""
    return ink.to_input(mnist.load().test.images)

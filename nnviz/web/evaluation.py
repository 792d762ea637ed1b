"""How a network reads its test set: its confusion matrix or R², and which digits it reads wrong.

Reading 10,000 digits takes seconds of a large network, so it is long work: beside the requests, one
at a time, with what came of it kept for who asks again.
"""

import time
from collections.abc import Hashable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz import ink, metrics, problems
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.features import NumberOutput
from nnviz.layers.base import Context
from nnviz.models.model_file import Model
from nnviz.models.scores import posed, told
from nnviz.network import Network
from nnviz.samples import as_read
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.model_registry import RegisteredModel
from nnviz.web.schemas.reading.evaluations import Evaluation, NumberEvaluation

EVALUATION = 4_000  # bytes that one is counted as


def evaluate(
    work: LongWork, model: Model, network: Network, key: Hashable
) -> Evaluation | NumberEvaluation:
    """How a model's network, edited or not, reads the test set of its problem.

    ``key`` tells networks apart. Raises `InputError` as `LongWork.result` does.
    """

    def read(check: Check) -> Evaluation | NumberEvaluation:
        problem = posed(model)
        examples, part = problem.examples("test", model.outputs), problem.test_name
        inputs = test_images() if problem.id == problems.Digits.id else as_read(examples.inputs)
        start = time.perf_counter()
        answers = _answers(network, inputs, check)
        seconds, output = time.perf_counter() - start, model.outputs[0]
        accuracy, numbers = told(answers, model.outputs, examples, part)
        targets, scores = examples.targets[output.name], {**accuracy, **numbers}
        total = len(targets)
        if isinstance(output, NumberOutput):
            error = numbers[f"{part}_mae"]
            return NumberEvaluation(
                model.id, total, numbers[part], error, output.unit, seconds, scores
            )
        classes = len(output.classes)
        confusion = metrics.confusion_matrix(answers[0].argmax(axis=1), targets, classes)
        correct = int(confusion.trace())
        return Evaluation(
            model.id, total, correct, correct / total, confusion.tolist(), seconds, scores
        )

    return work.result(("evaluation", key), read, lambda evaluation: EVALUATION)


def measured(
    work: LongWork, model: Model, network: Network, key: Hashable
) -> tuple[dict[str, float], dict[str, float]]:
    """A model's accuracy and scores on the test set of its problem, as a model file has them."""
    found = evaluate(work, model, network, key).scores
    return ({}, found) if isinstance(model.outputs[0], NumberOutput) else (found, {})


def of_digits(model: Model) -> Model:
    """The model itself; raises `InputError` (``wrong_problem``) unless it reads digits' images."""
    if model.problem != problems.Digits.id:
        raise InputError(
            "wrong_problem",
            f"Expected a model that reads images of digits; {model.id!r} is of {model.problem!r}.",
        )
    return model


def misread(work: LongWork, registered: RegisteredModel) -> NDArray[np.intp]:
    """The places of the digits whose most probable class is not their label, in order.

    Raises `InputError` as `LongWork.result` does, and for a model that is not of digits.
    """
    network = of_digits(registered.model).network

    def read(check: Check) -> NDArray[np.intp]:
        answers = _answers(network, test_images(), check)[0].argmax(axis=1)
        return np.flatnonzero(answers != mnist.load().test.labels)

    return work.result(("misread", registered.sha256), read, lambda places: places.nbytes)


def _answers(
    network: Network, inputs: NDArray[np.float32], check: Check
) -> list[NDArray[np.float32]]:
    """Every output's activations for all inputs, in parts between which ``check`` may end it."""
    context, at_once = Context(reuse=True, steps_of=()), network.workload.read_at_once
    answers = [
        np.empty((len(inputs), *layer.output_shape), np.float32) for layer in network.output_layers
    ]
    for start in range(0, len(inputs), at_once):
        check()
        part = slice(start, start + at_once)
        _, trace = network.forward(inputs[part], context)
        for answer, output in zip(answers, trace.outputs, strict=True):
            answer[part] = output.a
    return answers


@cache
def test_images() -> NDArray[np.float32]:
    """The test set as networks read it, float32: made once, 31 MB."""
    return ink.to_input(mnist.load().test.images)

"""Memory as it is told, against memory as it is taken."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from nnviz import losses
from nnviz.layers import (
    LSTM,
    AveragePooling2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    SimpleRNN,
)
from nnviz.layers.base import Context
from nnviz.network import Gradients, Network
from nnviz.workload import FEWEST_READ, MOST_READ, READING_BYTES

IMAGE, ROWS, COLUMN = (28, 28, 1), (28, 28), (784,)
SMALL = 0.2e6  # bytes that a pass takes whatever the network

NETWORKS: dict[str, Callable[[], list[Layer]]] = {
    "dense": lambda: [Dense(512, "relu", input_shape=COLUMN), Dense(64, "sigmoid")],
    "a filter larger than the image": lambda: [
        Conv2D(1, 80, "relu", padding="same", input_shape=IMAGE),
        Flatten(),
    ],
    "convolutions": lambda: [
        Conv2D(8, 5, "relu", padding="same", input_shape=IMAGE),
        MaxPooling2D(),
        Conv2D(16, 5, "relu", padding="same"),
        MaxPooling2D(),
        Flatten(),
        Dropout(0.25),
    ],
    "strides": lambda: [
        Conv2D(8, 3, "relu", input_shape=IMAGE),
        Conv2D(8, 7, "sigmoid", strides=3, padding="same"),
        AveragePooling2D(3, strides=1, padding="same"),
        Flatten(),
    ],
    "a window larger than the image": lambda: [
        Conv2D(2, 3, "relu", input_shape=IMAGE),
        MaxPooling2D(60, strides=1, padding="same"),
        Flatten(),
    ],
    "lstm": lambda: [LSTM(32, return_sequences=True, input_shape=ROWS), LSTM(32)],
    "rnn": lambda: [SimpleRNN(64, return_sequences=True, input_shape=ROWS), Dense(16), Flatten()],
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("samples", [20, 60])
def test_a_pass_takes_what_is_told_and_hardly_less(name: str, samples: int) -> None:
    network = Network([*NETWORKS[name](), Dense(10, "softmax")])
    rng = np.random.default_rng(0)
    x, labels = rng.random((samples, 784), np.float32), rng.integers(0, 10, samples)
    gradients, loss = Gradients(network), losses.get("cross_entropy", 0.0)
    tracemalloc.start()
    try:
        context = Context(training=True, rng=rng, reuse=True)
        for _ in range(2):
            _, trace = network.forward(x, context)
            network.backward(trace, loss.gradient(trace.output, labels), gradients, context)
        trained = tracemalloc.get_traced_memory()[1]
        del trace, context
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        network.forward(x, Context(reuse=True))
        read = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    work = network.workload
    for told, taken in (
        (work.training_bytes(samples), trained),
        (work.reading_bytes(samples), read),
    ):
        assert taken <= 1.05 * told + SMALL
        assert told <= 1.8 * taken + SMALL


def test_operations_are_those_of_the_formulas() -> None:
    dense = Network([Dense(10, "softmax", input_shape=COLUMN)]).workload
    assert dense.products == 2 * 784 * 10
    assert dense.back_products == dense.products  # no gradient of the input is wanted
    convolution = Network([Conv2D(3, 5, strides=2, input_shape=IMAGE)]).workload
    assert convolution.products == 2 * (12 * 12 * 3) * (5 * 5)
    lstm = Network([LSTM(4, input_shape=ROWS)]).workload
    assert lstm.products == 2 * 28 * (4 * 4) * (28 + 4 + 1)
    assert Network([Flatten(input_shape=IMAGE)]).workload.products == 0


def test_reading_takes_fewer_samples_at_once_where_each_takes_much() -> None:
    small = Network([Dense(10, input_shape=COLUMN)]).workload
    assert small.read_at_once == MOST_READ
    middle = Network([Conv2D(32, 3, padding="same", input_shape=IMAGE)]).workload
    assert FEWEST_READ < middle.read_at_once < MOST_READ
    assert 0.9 * READING_BYTES < middle.reading_bytes(middle.read_at_once) <= READING_BYTES
    large = Network([Conv2D(1, 80, padding="same", input_shape=IMAGE)]).workload
    assert large.read_at_once == FEWEST_READ
    assert large.reading_bytes(FEWEST_READ) > READING_BYTES


def test_a_network_reads_the_same_in_any_number_of_pieces() -> None:
    network = Network([Conv2D(32, 3, padding="same", input_shape=IMAGE), Flatten(), Dense(10)])
    x = np.random.default_rng(0).random((700, 28, 28), np.float32)
    assert network.workload.read_at_once < len(x)
    np.testing.assert_allclose(network.predict(x), network(x), rtol=1e-4, atol=1e-5)

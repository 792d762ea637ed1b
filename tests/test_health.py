"""What a training's checkpoints say goes wrong."""

import math
from dataclasses import replace

import numpy as np
import pytest

from nnviz.explain import health
from nnviz.explain.health import Checkpoint, LayerHealth
from nnviz.layers import LSTM, Conv2D, Dense, Flatten
from nnviz.network import Gradients, Network
from nnviz.samples import Samples
from nnviz.training import Trainer
from nnviz.training.config import TrainingConfig

RNG = np.random.default_rng(7)
X = RNG.random((64, 12), np.float32)
LABELS = RNG.integers(0, 4, 64)


def network(initializer: str | None, activation: str = "sigmoid") -> Network:
    return Network(
        [
            Dense(
                6,
                activation,
                name="hidden1",
                kernel_initializer=initializer,
                input_shape=(12,),
            ),
            Dense(5, activation, name="hidden2", kernel_initializer=initializer),
            Dense(4, "softmax", name="output", kernel_initializer=initializer),
        ]
    )


def trained(net: Network, batches: int = 300) -> Trainer:
    config = TrainingConfig(epochs=batches, batch_size=64, learning_rate=0.5, optimizer="sgd")
    trainer = Trainer(net, Samples(X, LABELS), config)
    for _ in range(batches):
        trainer.advance()
    return trainer


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_units_that_begin_alike_stay_alike_and_those_that_do_not_are_told_apart(
    activation: str,
) -> None:
    for initializer, alike in (("zeros", True), (None, False)):
        trainer = trained(network(initializer, activation))
        layers = health.measure(trainer.network, trainer.gradients, X)
        assert [layer.alike for layer in layers[:-1]] == [alike, alike], initializer


def test_filters_and_the_units_of_an_lstm_are_compared_too() -> None:
    for layer, rest in (
        (Conv2D(3, 2, name="conv1", input_shape=(4, 4, 1)), [Flatten(name="flatten")]),
        (LSTM(3, name="lstm", input_shape=(4, 5)), []),
    ):
        net = Network([layer, *rest, Dense(4, "softmax", name="output")])
        probe = RNG.random((5, *layer.input_shape), np.float32)
        assert not health.measure(net, Gradients(net), probe)[0].alike
        for array in layer.params.values():
            if array.ndim > 1:  # every unit gets the weights of the first, gate by gate
                units = array.reshape(-1, 3)
                units[...] = units[:, :1]
        assert health.measure(net, Gradients(net), probe)[0].alike


def test_a_single_unit_is_not_alike() -> None:
    hidden = Dense(1, "sigmoid", name="hidden1", input_shape=(12,))
    net = Network([hidden, Dense(4, "softmax", name="output")])
    assert not health.measure(net, Gradients(net), X)[0].alike


def layer(silent: int = 0, alike: bool = False) -> LayerHealth:
    return LayerHealth("hidden1", 0.1, 0.1, silent, 6, alike)


def checkpoint(batch: int, loss: float, accuracy: float, *hidden: LayerHealth) -> Checkpoint:
    output = replace(layer(), name="output")
    return Checkpoint(batch, loss, accuracy, loss, accuracy, [*hidden, output])


START = checkpoint(0, 2.3, 0.1, layer())


@pytest.mark.parametrize(
    ("last", "problems"),
    [
        (checkpoint(400, 0.5, 0.9, layer()), []),
        (checkpoint(400, 2.3, 0.1, layer()), ["nothing_learned"]),
        (checkpoint(400, 2.3, 0.1, layer(alike=True, silent=6)), ["alike"]),
        (checkpoint(400, 0.9, 0.7, layer(alike=True)), ["alike"]),
        (checkpoint(400, 0.5, 0.9, layer(silent=3)), ["silent"]),
        (checkpoint(400, 0.5, 0.9, layer(silent=2)), []),
        (checkpoint(400, 9.0, 0.1, layer()), ["rising"]),
        (checkpoint(400, math.nan, 0.1, layer(alike=True)), ["diverged"]),
    ],
)
def test_what_goes_wrong_is_told_by_its_cause(last: Checkpoint, problems: list[str]) -> None:
    assert health.diagnose([START, last]) == problems


def met(batch: int, loss: float, validation_loss: float, accuracy: float = 0.9) -> Checkpoint:
    return replace(checkpoint(batch, loss, accuracy, layer()), validation_loss=validation_loss)


@pytest.mark.parametrize(
    ("way", "problems"),
    [
        ([met(0, math.nan, 2.3), met(100, 0.4, 0.4), met(200, 0.1, 0.47)], ["overfitting"]),
        # what is learned from has risen, too: that is no overfitting
        ([met(0, math.nan, 2.3), met(100, 0.4, 0.4), met(200, 0.41, 0.47)], []),
        # not far enough above the best
        ([met(0, math.nan, 2.3), met(100, 0.4, 0.4), met(200, 0.1, 0.45)], []),
        # it was best before anything was learned
        ([met(0, 0.5, 0.4), met(100, 0.4, 0.5), met(200, 0.1, 0.5)], []),
        # one trouble is enough: a loss that rises is not called overfitting, too
        ([met(0, 3.0, 1.0), met(100, 0.4, 0.9), met(200, 0.1, 1.31)], ["rising"]),
        ([met(0, 3.0, 1.0), met(100, 0.4, 0.9), met(200, 0.1, 1.29)], ["overfitting"]),
        ([met(0, 2.3, 2.3, 0.1), met(299, 2.3, 2.3, 0.1)], []),
        ([met(0, 2.3, 2.3, 0.1), met(300, 2.3, 2.3, 0.149)], ["nothing_learned"]),
        ([met(0, 2.3, 2.3, 0.1), met(300, 2.3, 2.3, 0.15)], []),
        ([replace(met(0, 2.3, 2.3), layers=[layer(silent=6), layer()])], []),  # nothing done yet
        ([], []),
    ],
)
def test_each_trouble_begins_at_its_own_line(way: list[Checkpoint], problems: list[str]) -> None:
    assert health.diagnose(way) == problems


def test_the_output_may_be_silent_or_alike() -> None:
    last = replace(
        checkpoint(400, 0.5, 0.9, layer()), layers=[layer(), layer(silent=6, alike=True)]
    )
    assert health.diagnose([START, last]) == []


def test_from_zero_weights_it_is_told_before_the_first_batch() -> None:
    assert health.diagnose([checkpoint(0, 2.3, 0.1, layer(silent=6, alike=True))]) == ["alike"]

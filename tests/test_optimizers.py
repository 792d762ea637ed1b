"""Optimizers take PyTorch's steps; schedules, clipping and averaging do what they say."""

from pathlib import Path

import numpy as np
import pytest

from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.training import optimizers, schedules
from nnviz.training.averaging import ExponentialMovingAverage
from nnviz.training.optimizers import SGD

GOLDEN = np.load(Path(__file__).parent / "golden" / "golden.npz")
START, STEPS = GOLDEN["optimizer/start"], GOLDEN["optimizer/gradients"]


def network() -> Network:
    """One 4x3 kernel with the golden start, and biases of one."""
    made = Network([Dense(3, input_shape=(4,), name="only")], dtype=np.float64)
    made.set_parameters({"only/W": START, "only/b": np.ones(3)})
    return made


CASES = {
    "sgd": lambda n: optimizers.create("sgd", n),
    "sgd-l2": lambda n: optimizers.create("sgd", n, weight_decay=0.05),
    "momentum": lambda n: optimizers.create("sgd", n, momentum=0.9),
    "nesterov": lambda n: SGD(n, momentum=0.9, nesterov=True),
    "adam": lambda n: optimizers.create("adam", n),
    "adam-l2": lambda n: optimizers.create("adam", n, weight_decay=0.05),
    "adamw": lambda n: optimizers.create("adamw", n, weight_decay=0.05),
}


@pytest.mark.parametrize("name", CASES)
def test_five_steps_equal_pytorch_and_biases_do_not_decay(name: str) -> None:
    made = network()
    optimizer = CASES[name](made)
    for gradient in STEPS:
        flat = np.concatenate([gradient.ravel(), np.zeros(3)])
        optimizer.step(made.parameters, flat, 0.01 if "adam" in name else 0.1)
    expected = GOLDEN[f"optimizer/{name}"]
    np.testing.assert_allclose(made.named_parameters()["only/W"], expected, rtol=1e-9)
    np.testing.assert_array_equal(made.named_parameters()["only/b"], 1)


@pytest.mark.parametrize(
    "settings",
    [
        {"name": "lion"},
        {"name": "adam", "momentum": 0.9},
        {"name": "sgd", "momentum": 1.0},
        {"name": "adamw", "weight_decay": -0.1},
        {"name": "adamw", "weight_decay": float("nan")},
    ],
)
def test_unknown_optimizers_and_settings_are_refused(settings: dict) -> None:
    with pytest.raises(InputError, match="Expected"):
        optimizers.create(network=network(), **settings)


def test_clipping_shortens_long_gradients_only() -> None:
    g = np.array([3.0, 4.0])
    assert optimizers.clip_by_norm(g, 10) == 5
    np.testing.assert_array_equal(g, [3, 4])
    assert optimizers.clip_by_norm(g, 1) == 5
    np.testing.assert_allclose(g, [0.6, 0.8])


def test_schedules_begin_peak_and_end_where_they_should() -> None:
    assert schedules.get("constant")(0.7) == 1
    cosine = schedules.get("cosine")
    assert [cosine(0), cosine(1)] == pytest.approx([1, 0])
    one_cycle = schedules.get("one_cycle")
    assert one_cycle(0) == pytest.approx(1 / 25)
    assert one_cycle(0.3) == pytest.approx(1)
    assert one_cycle(1) == pytest.approx(1e-4)
    rates = [one_cycle(t) for t in np.linspace(0, 1, 101)]
    assert max(rates) == pytest.approx(1)
    assert np.all(np.diff(rates[:31]) > 0)
    assert np.all(np.diff(rates[30:]) < 0)
    with pytest.raises(InputError, match="constant"):
        schedules.get("warm")


def test_the_average_follows_the_weights_and_forgets_the_start() -> None:
    average = ExponentialMovingAverage(np.full(2, 100.0), decay=0.9)
    for _ in range(200):
        average.update(np.array([1.0, -1.0]))
    np.testing.assert_allclose(average.average, [1, -1], atol=1e-6)
    first = ExponentialMovingAverage(np.zeros(1), decay=0.999)
    first.update(np.ones(1))
    np.testing.assert_allclose(first.average, 1 - 2 / 11)


def test_what_is_not_named_is_plain() -> None:
    net = Network([Dense(2, input_shape=(3,))])
    sgd, adam = optimizers.SGD(net), optimizers.Adam(net)
    assert (sgd.weight_decay, sgd.momentum, sgd.nesterov) == (0, 0, False)
    assert (adam.weight_decay, adam.beta1, adam.beta2, adam.epsilon) == (0, 0.9, 0.999, 1e-8)
    assert optimizers.Optimizer(net).weight_decay == 0


def test_nesterov_needs_a_momentum_and_decay_stays_below_one() -> None:
    net = Network([Dense(2, input_shape=(3,))])
    made = optimizers.create("sgd", net, 0.99, momentum=0.5, nesterov=True)
    assert isinstance(made, optimizers.SGD)
    assert made.nesterov
    for wrong in ({"nesterov": True}, {"weight_decay": 1.0}, {"weight_decay": -0.1}):
        with pytest.raises(InputError):
            optimizers.create("sgd", net, **wrong)  # type: ignore[arg-type]

"""Convolution, pooling, recurrence: held to central differences, PyTorch, and one by one."""

from pathlib import Path

import numpy as np
import pytest

from nnviz import layers as kinds
from nnviz.errors import InputError
from nnviz.layers import (
    LSTM,
    AveragePooling2D,
    Context,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Reshape,
    SimpleRNN,
)
from nnviz.network import Gradients, Network
from tests.gradients import assert_close, central_differences

GOLDEN = np.load(Path(__file__).parent / "golden" / "layers.npz")

CONVOLUTIONS = {
    f"conv-{size}-{kernel}-{strides}-{padding}": (
        lambda size=size, kernel=kernel, strides=strides, padding=padding: Conv2D(
            3, kernel, "tanh", strides=strides, padding=padding, input_shape=size
        )
    )
    for size in [(7, 5, 2), (8, 8, 1), (6, 9, 3), (8, 4, 4)]
    for kernel in [(1, 1), (2, 3), (3, 3)]
    for strides in [1, (2, 1), 3]
    for padding in ["valid", "same"]
}
POOLS = {
    f"{kind.kind}-{size}-{pool}-{strides}-{padding}": (
        lambda kind=kind, size=size, pool=pool, strides=strides, padding=padding: kind(
            pool, strides=strides, padding=padding, input_shape=size
        )
    )
    for kind in (MaxPooling2D, AveragePooling2D)
    for size in [(7, 5, 2), (6, 6, 3)]
    for pool, strides in [(2, None), (3, 2), ((1, 2), None), (2, 1), (2, 3)]
    for padding in ["valid", "same"]
}
OTHERS = {
    "dense": lambda: Dense(3, "tanh", input_shape=(4,)),
    "dense-steps": lambda: Dense(3, "tanh", input_shape=(5, 4)),
    "flatten": lambda: Flatten(input_shape=(3, 4, 2)),
    "reshape": lambda: Reshape((6, 4), input_shape=(3, 4, 2)),
    "dropout": lambda: Dropout(0.5, input_shape=(3, 4)),
    "lstm": lambda: LSTM(3, input_shape=(5, 2)),
    "lstm-sequences": lambda: LSTM(3, return_sequences=True, input_shape=(5, 2)),
    "lstm-one-step": lambda: LSTM(3, input_shape=(1, 2)),
    "rnn": lambda: SimpleRNN(3, input_shape=(5, 2)),
    "rnn-sequences": lambda: SimpleRNN(3, return_sequences=True, input_shape=(5, 2)),
}
LAYERS = {**CONVOLUTIONS, **POOLS, **OTHERS}


def alone(layer: Layer) -> Network:
    """A network of this one layer in float64, with parameters that are all in use."""
    network = Network([layer], rng=1, dtype=np.float64)
    network.parameters += np.random.default_rng(2).normal(0, 0.3, network.parameters.size)
    return network


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("name", LAYERS)
def test_gradients_equal_central_differences(name: str, batch: int) -> None:
    network, rng = alone(LAYERS[name]()), np.random.default_rng(3)
    layer = network.layers[0]
    x = rng.normal(size=(batch, *network.input_shape))
    result, trace = network.forward(x)
    weights = rng.normal(size=result.shape)

    def value() -> float:
        return float((network(x) * weights).sum())

    part = trace.layers[0]
    dz = layer.activation.backward(weights, part.z, part.a)
    gradients = network.backward(trace, dz, input_gradient=True)
    assert_close(gradients.input, central_differences(value, x))
    if gradients.flat.size:
        assert_close(gradients.flat, central_differences(value, network.parameters))


@pytest.mark.parametrize("name", LAYERS)
def test_a_batch_equals_one_by_one_and_reused_buffers_change_nothing(name: str) -> None:
    network, rng = alone(LAYERS[name]()), np.random.default_rng(4)
    context, gradients = Context(reuse=True), Gradients(network)
    for size in (4, 2, 4):
        x = rng.normal(size=(size, *network.input_shape))
        whole = network(x)
        np.testing.assert_allclose(np.concatenate([network(one[None]) for one in x]), whole)
        result, trace = network.forward(x, context)
        np.testing.assert_array_equal(result, whole)
        dz = rng.normal(size=whole.shape)
        fresh = network.backward(network.forward(x)[1], dz.copy(), input_gradient=True)
        network.backward(trace, dz.copy(), gradients, context, input_gradient=True)
        np.testing.assert_array_equal(gradients.flat, fresh.flat)
        np.testing.assert_array_equal(gradients.input, fresh.input)


@pytest.mark.parametrize("name", LAYERS)
def test_for_results_alone_the_results_are_the_same(name: str) -> None:
    network, rng = alone(LAYERS[name]()), np.random.default_rng(6)
    context = Context(reuse=True, steps_of=())
    for size in (4, 1, 4):
        x = rng.normal(size=(size, *network.input_shape))
        np.testing.assert_array_equal(network.forward(x, context)[0], network(x))


@pytest.mark.parametrize("name", ["lstm", "lstm-sequences"])
def test_a_frozen_copy_reads_the_same_and_follows_no_change_of_another(name: str) -> None:
    network = alone(LAYERS[name]())
    x = np.random.default_rng(7).normal(size=(1, *network.input_shape))
    frozen, before = network.frozen(), network(x)
    for _ in range(2):
        np.testing.assert_array_equal(frozen(x), before)
    with pytest.raises(ValueError, match="read-only"):
        frozen.parameters += 1
    changed = frozen.copy()
    changed.parameters += 0.1
    expected = alone(LAYERS[name]())
    expected.parameters[...] = changed.parameters
    np.testing.assert_array_equal(changed(x), expected(x))
    np.testing.assert_array_equal(changed.frozen()(x), expected(x))
    np.testing.assert_array_equal(frozen(x), before)


def test_only_the_layers_that_are_named_keep_every_step() -> None:
    network = Network([LSTM(3, input_shape=(5, 2), return_sequences=True), LSTM(2)])
    first, second = network.layers
    x = np.random.default_rng(8).normal(size=(1, 5, 2)).astype(np.float32)
    _, whole = network.forward(x)
    _, part = network.forward(x, Context(steps_of=[second.name]))
    shared, all_steps = (first.shown(trace.layers[0]) for trace in (part, whole))
    kept = second.shown(part.layers[1])["z"]
    np.testing.assert_array_equal(kept, second.shown(whole.layers[1])["z"])
    np.testing.assert_array_equal(shared["a"], all_steps["a"])
    assert not np.array_equal(shared["z"], all_steps["z"])


def test_for_results_alone_steps_share_their_memory() -> None:
    array = Context(steps_of=()).steps("lstm", "cells", (5, 3, 2), np.float32)
    array[0] = 1
    assert array.shape == (5, 3, 2)
    assert (array == 1).all()


@pytest.mark.parametrize("name", LAYERS)
def test_float32_stays_float32(name: str) -> None:
    network = Network([LAYERS[name]()])
    _, trace = network.forward(np.ones((2, *network.input_shape)))
    part = trace.layers[0]
    assert part.z.dtype == part.a.dtype == np.float32
    gradients = network.backward(trace, np.ones_like(part.z), input_gradient=True)
    assert gradients.flat.dtype == gradients.input.dtype == np.float32


@pytest.mark.parametrize("name", LAYERS)
def test_a_config_builds_the_same_layer(name: str) -> None:
    network = Network([LAYERS[name]()])
    assert Network.from_json(network.to_json()).to_json() == network.to_json()


GOLDEN_LAYERS = {
    "conv-valid": lambda: Conv2D(4, 3, input_shape=(8, 7, 2)),
    "conv-same": lambda: Conv2D(4, 5, padding="same", input_shape=(8, 6, 2)),
    "conv-strided": lambda: Conv2D(4, 3, strides=2, input_shape=(8, 7, 2)),
    "max-pool": lambda: MaxPooling2D(2, input_shape=(8, 7, 2)),
    "max-pool-overlap": lambda: MaxPooling2D(3, strides=2, input_shape=(8, 7, 2)),
    "average-pool": lambda: AveragePooling2D(2, input_shape=(8, 7, 2)),
    "lstm": lambda: LSTM(5, return_sequences=True, input_shape=(6, 3)),
    "rnn": lambda: SimpleRNN(5, return_sequences=True, input_shape=(6, 3)),
}


@pytest.mark.parametrize("name", GOLDEN_LAYERS)
def test_forward_and_backward_equal_pytorch(name: str) -> None:
    network = Network([GOLDEN_LAYERS[name]()], dtype=np.float64)
    layer = network.layers[0]
    for parameter in layer.params:
        layer.params[parameter][...] = GOLDEN[f"{name}/{parameter}"]
    result, trace = network.forward(GOLDEN[f"{name}/x"])
    np.testing.assert_allclose(result, GOLDEN[f"{name}/a"], rtol=1e-10, atol=1e-12)
    gradients = network.backward(trace, GOLDEN[f"{name}/da"].copy(), input_gradient=True)
    assert_close(gradients.input, GOLDEN[f"{name}/dx"])
    for parameter in layer.params:
        assert_close(gradients.layers[0][parameter], GOLDEN[f"{name}/d{parameter}"])


@pytest.mark.parametrize("samples", [1, 2])
def test_an_lstm_keeps_its_gates_cell_and_hidden_state_of_every_step(samples: int) -> None:
    layer = LSTM(4, input_shape=(6, 3))
    network = alone(layer)
    x = np.random.default_rng(5).normal(size=(samples, 6, 3))
    result, trace = network.forward(x)
    shown = layer.shown(trace.layers[0])
    gates = shown["gates"]
    assert isinstance(gates, dict)
    kept = {**gates, "c": shown["z"], "h": shown["a"]}
    w, u, b = (layer.params[name] for name in "WUb")
    h = c = np.zeros((samples, 4))
    for step in range(6):
        z = x[:, step] @ w + h @ u + b
        i, f, o = (1 / (1 + np.exp(-z[:, at : at + 4])) for at in (0, 4, 12))
        g = np.tanh(z[:, 8:12])
        c = f * c + i * g
        h = o * np.tanh(c)
        for name, expected in {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}.items():
            np.testing.assert_allclose(kept[name][:, step], expected)
    np.testing.assert_allclose(result, h)


def test_a_simple_rnn_keeps_z_and_h_of_every_step() -> None:
    layer = SimpleRNN(4, input_shape=(6, 3))
    network = alone(layer)
    x = np.random.default_rng(5).normal(size=(2, 6, 3))
    _, trace = network.forward(x)
    shown = layer.shown(trace.layers[0])
    h, z = np.zeros((2, 4)), np.empty((2, 6, 4))
    for step in range(6):
        z[:, step] = x[:, step] @ layer.params["W"] + h @ layer.params["U"] + layer.params["b"]
        h = np.tanh(z[:, step])
    np.testing.assert_allclose(shown["z"], z)
    np.testing.assert_allclose(shown["a"], np.tanh(z))


def test_an_lstms_forget_gate_begins_open() -> None:
    layer = LSTM(4, input_shape=(6, 3))
    Network([layer])
    np.testing.assert_array_equal(layer.params["b"], [0] * 4 + [1] * 4 + [0] * 8)


def test_dropout_leaves_out_its_share_in_training_and_nothing_in_reading() -> None:
    network, x = Network([Dropout(0.25, input_shape=(1000,))]), np.ones((20, 1000), np.float32)
    np.testing.assert_array_equal(network(x), x)
    training = Context(training=True, rng=np.random.default_rng(0))
    result, trace = network.forward(x, training)
    assert np.mean(result == 0) == pytest.approx(0.25, abs=0.02)
    np.testing.assert_allclose(result[result > 0], 1 / 0.75, rtol=1e-6)
    gradients = network.backward(trace, x.copy(), input_gradient=True)
    np.testing.assert_array_equal(gradients.input, result)


def test_a_cnn_and_an_lstm_read_images_of_28x28() -> None:
    cnn = Network(
        [
            Conv2D(8, 5, "relu", padding="same", input_shape=(28, 28, 1)),
            MaxPooling2D(),
            Conv2D(16, 5, "relu", padding="same"),
            MaxPooling2D(),
            Flatten(),
            Dense(10, "softmax"),
        ]
    )
    lstm = Network([LSTM(64, input_shape=(28, 28)), Dense(10, "softmax")])
    assert (cnn.parameter_count, lstm.parameter_count) == (11_274, 24_458)
    images = np.random.default_rng(0).random((3, 28, 28))
    for network in (cnn, lstm):
        np.testing.assert_allclose(network(images).sum(axis=1), 1, rtol=1e-5)
    assert [layer.output_shape for layer in cnn.layers[:4]] == [
        (28, 28, 8),
        (14, 14, 8),
        (14, 14, 16),
        (7, 7, 16),
    ]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([Conv2D(3, 3, input_shape=(28, 28))], r"'conv2d1'.*3 axes.*\(28, 28\)"),
        ([Conv2D(3, 5, input_shape=(4, 9, 1))], r"at least 5 x 5.*\(4, 9, 1\)"),
        ([MaxPooling2D(3, input_shape=(2, 9, 1))], r"'max_pooling2d1'.*at least 3 x 3"),
        ([MaxPooling2D(input_shape=(9,))], "3 axes"),
        ([LSTM(3, input_shape=(28,))], r"'lstm1'.*steps x features.*\(28,\)"),
        ([Conv2D(3, 3, input_shape=(9, 9, 1)), Dense(3)], r"'dense2'.*Flatten"),
        ([Reshape((5, 5), input_shape=(24,))], r"5 x 5.*\(24,\)"),
    ],
)
def test_shapes_that_do_not_fit_name_the_layer(layers: list[Layer], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Network(layers)


@pytest.mark.parametrize(
    "config",
    [
        {"kind": "conv2d", "filters": 0, "kernel_size": 3},
        {"kind": "conv2d", "filters": 3, "kernel_size": [3]},
        {"kind": "conv2d", "filters": 3, "kernel_size": "3"},
        {"kind": "conv2d", "filters": 3, "kernel_size": 3, "padding": "full"},
        {"kind": "max_pooling2d", "pool_size": -2},
        {"kind": "dropout", "rate": 1},
        {"kind": "dropout", "rate": "half"},
        {"kind": "lstm", "units": 2.5},
        {"kind": "reshape", "target_shape": [0, 3]},
    ],
)
def test_bad_settings_are_refused(config: dict) -> None:
    with pytest.raises(InputError):
        kinds.from_json(config)


@pytest.mark.parametrize(
    ("size", "window", "stride", "before"), [(8, 4, 1, 1), (9, 4, 3, 0), (7, 2, 2, 0), (8, 5, 1, 2)]
)
def test_the_odd_pixel_of_same_padding_lies_after_the_input(
    size: int, window: int, stride: int, before: int
) -> None:
    """As TensorFlow shares it out: of 3 missing pixels 1 before and 2 after."""
    conv = Conv2D(1, window, strides=stride, padding="same", input_shape=(size, size, 1))
    network = Network([conv], rng=0)
    kernel = np.arange(window * window, dtype=np.float32).reshape(window, window)
    network.layers[0].params["W"][..., 0, 0] = kernel
    image = np.random.default_rng(1).random((size, size)).astype(np.float32)
    padded = np.pad(image, ((before, window), (before, window)))
    count = -(-size // stride)
    wanted = [
        [
            (padded[row : row + window, column : column + window] * kernel).sum()
            for column in range(0, count * stride, stride)
        ]
        for row in range(0, count * stride, stride)
    ]
    np.testing.assert_allclose(network(image[None, ..., None])[0, ..., 0], wanted, rtol=1e-4)


@pytest.mark.parametrize("kind", kinds.LAYERS.values(), ids=kinds.LAYERS)
def test_every_kind_says_what_its_units_compute(kind: type[kinds.Layer]) -> None:
    """What learns is a sum or gates; what only selects passes values on, or chooses of a window."""
    learns = "initialize" in {name for base in kind.__mro__[:-2] for name in vars(base)}
    assert (kind.arithmetic in ("sum", "gates")) == learns
    assert (kind.arithmetic == "gates") == (kind is kinds.LSTM)
    assert kind.arithmetic != "none" or kind.selects

"""The network: golden values from PyTorch, gradients, parameters in one vector, clear errors."""

from pathlib import Path

import numpy as np
import pytest

from nnviz import losses
from nnviz.errors import InputError
from nnviz.layers import Context, Dense
from nnviz.network import Network
from tests.gradients import assert_close, central_differences

GOLDEN = np.load(Path(__file__).parent / "golden" / "golden.npz")
HIDDEN = ("sigmoid", "relu", "tanh")


def perceptron(activation: str, output: str = "softmax") -> Network:
    """7-5-4-3 with the weights of the golden model, float64."""
    network = Network(
        [
            Dense(5, activation, input_shape=(7,), name="0"),
            Dense(4, activation, name="1"),
            Dense(3, output, name="2"),
        ],
        dtype=np.float64,
    )
    network.set_parameters(
        {f"{n}/{kind}": GOLDEN[f"{activation}/{kind}{n}"] for n in range(3) for kind in "Wb"}
    )
    return network


def classic() -> Network:
    return Network(
        [Dense(16, "sigmoid", input_shape=(784,)), Dense(16, "sigmoid"), Dense(10, "softmax")]
    )


def test_784_16_16_10_has_13002_parameters() -> None:
    network = classic()
    assert network.weight_count == 784 * 16 + 16 * 16 + 16 * 10 == 12_960
    assert network.bias_count == 16 + 16 + 10 == 42
    assert network.parameter_count == 13_002


@pytest.mark.parametrize("activation", HIDDEN)
def test_forward_equals_pytorch(activation: str) -> None:
    _, trace = perceptron(activation).forward(GOLDEN["x"])
    np.testing.assert_allclose(trace.output.z, GOLDEN[f"{activation}/logits"], rtol=1e-12)


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("loss_name", ["cross_entropy", "smoothed", "mean_squared_error"])
def test_loss_and_gradients_equal_pytorch(activation: str, loss_name: str) -> None:
    squared = loss_name == "mean_squared_error"
    network = perceptron(activation, "sigmoid" if squared else "softmax")
    smoothing = 0.1 if loss_name == "smoothed" else 0.0
    loss = losses.get("mean_squared_error" if squared else "cross_entropy", smoothing)
    _, trace = network.forward(GOLDEN["x"])
    dz = loss.gradient(trace.output, GOLDEN["labels"])
    gradients = network.backward(trace, dz, input_gradient=True)

    key = f"{activation}/{loss_name}"
    assert loss.value(trace.output, GOLDEN["labels"]) == pytest.approx(float(GOLDEN[f"{key}/loss"]))
    assert_close(gradients.input, GOLDEN[f"{key}/dx"])
    for number in range(3):
        assert_close(gradients.layers[number]["W"], GOLDEN[f"{key}/dW{number}"])
        assert_close(gradients.layers[number]["b"], GOLDEN[f"{key}/db{number}"])


@pytest.mark.parametrize("batch", [1, 5])
@pytest.mark.parametrize("activation", [*HIDDEN, "linear", "softmax"])
def test_gradients_equal_central_differences(activation: str, batch: int) -> None:
    rng = np.random.default_rng(3)
    layers = [Dense(3, activation, input_shape=(5,)), Dense(4, "softmax")]
    network = Network(layers, rng=4, dtype=np.float64)
    network.parameters += rng.normal(0, 0.1, network.parameters.size)
    x, labels, loss = rng.normal(size=(batch, 5)), rng.integers(0, 4, batch), losses.CrossEntropy()

    def value() -> float:
        return loss.value(network.forward(x)[1].output, labels)

    _, trace = network.forward(x)
    dz = loss.gradient(trace.output, labels)
    gradients = network.backward(trace, dz, input_gradient=True)
    assert_close(gradients.flat, central_differences(value, network.parameters))
    assert_close(gradients.input, central_differences(value, x))


def test_dense_treats_every_step_of_a_sequence_alike() -> None:
    rng = np.random.default_rng(5)
    network = Network([Dense(3, "tanh", input_shape=(4, 2))], rng=6, dtype=np.float64)
    x = rng.normal(size=(5, 4, 2))
    _, trace = network.forward(x)
    assert trace.output.a.shape == (5, 4, 3)
    loss, targets = losses.MeanSquaredError(), rng.normal(size=(5, 4, 3))

    def value() -> float:
        return loss.value(network.forward(x)[1].output, targets)

    gradients = network.backward(trace, loss.gradient(trace.output, targets), input_gradient=True)
    assert_close(gradients.flat, central_differences(value, network.parameters))
    assert_close(gradients.input, central_differences(value, x))


def test_a_batch_gives_what_its_samples_give_one_by_one() -> None:
    network, x = classic(), np.random.default_rng(7).random((9, 784), np.float32)
    one_by_one = np.concatenate([network(sample[None]) for sample in x])
    np.testing.assert_allclose(network(x), one_by_one, rtol=1e-5)
    np.testing.assert_allclose(network.predict(x, batch_size=4), one_by_one, rtol=1e-5)
    assert network.predict(x[:0]).shape == (0, 10)


def test_reused_buffers_give_the_same_numbers() -> None:
    network, rng, context = classic(), np.random.default_rng(8), Context(reuse=True)
    for size in (6, 3, 6, 8):
        x = rng.random((size, 784), np.float32)
        np.testing.assert_array_equal(network.forward(x, context)[0], network.forward(x)[0])


def test_images_fit_an_input_of_784_and_float32_stays() -> None:
    network, images = classic(), np.random.default_rng(9).random((2, 28, 28))
    result = network(images)
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, network(images.reshape(2, 784)))


def test_layers_read_the_flat_vector_itself() -> None:
    network = classic()
    network.parameters[...] = 0
    assert all(not array.any() for array in network.named_parameters().values())
    np.testing.assert_allclose(network(np.ones((1, 784))), 0.1)


def test_the_same_seed_gives_the_same_weights() -> None:
    np.testing.assert_array_equal(classic().parameters, classic().parameters)
    other = Network.from_json(classic().to_json(), rng=1)
    assert (other.parameters != classic().parameters).any()


def test_a_config_builds_the_same_architecture() -> None:
    config = classic().to_json()
    assert Network.from_json(config).to_json() == config


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "architecture as an object"),
        ({"layers": "dense"}, "architecture as an object"),
        ({"layers": [], "input_shape": [4]}, "1 to 64 layers; got 0"),
        ({"layers": [{"kind": "dense", "units": 3}], "input_shape": [0]}, r"got \[0\]"),
        ({"layers": [{"kind": "dense", "units": 3}], "input_shape": 784}, "got 784"),
        ({"layers": [{"kind": "dense", "units": 10**9}], "input_shape": [4]}, "units"),
        ({"layers": [{"kind": "dense", "units": True}], "input_shape": [4]}, "units"),
        ({"layers": [{"kind": "dense"}], "input_shape": [4]}, "units"),
        ({"layers": [{"kind": "dense", "units": 3, "size": 1}], "input_shape": [4]}, "'size'"),
        ({"layers": [{"kind": "magic"}], "input_shape": [4]}, "'magic'"),
        ({"layers": ["dense"], "input_shape": [4]}, "'dense'"),
        ({"layers": [{"kind": "dense", "units": 20000}], "input_shape": [20000]}, "400,020,000"),
    ],
)
def test_a_bad_config_is_refused_with_what_was_expected(config: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Network.from_json(config)


@pytest.mark.parametrize("shape", [(784,), (2, 783), (2, 28, 29), ()])
def test_a_wrong_input_names_the_layer_and_both_shapes(shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=r"Layer 'dense1'.*784.*got shape") as caught:
        classic()(np.zeros(shape))
    assert caught.value.code == "wrong_shape"


def test_a_first_layer_without_input_shape_and_a_name_twice_are_refused() -> None:
    with pytest.raises(InputError, match="input_shape"):
        Network([Dense(3)])
    with pytest.raises(InputError, match="once each"):
        Network([Dense(3, input_shape=(2,), name="a"), Dense(3, name="a")])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda named: named.pop("dense1/b"), "Expected arrays"),
        (lambda named: named.update({"dense1/b": np.zeros(17)}), r"\(16,\); got shape \(17,\)"),
        (lambda named: named.update({"dense1/b": np.full(16, np.nan)}), "finite"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_and_nothing_changes(change, message: str) -> None:
    network = classic()
    before, named = network.parameters.copy(), dict(network.named_parameters())
    named["dense1/W"] = named["dense1/W"] + 1
    change(named)
    with pytest.raises(InputError, match=message):
        network.set_parameters(named)
    np.testing.assert_array_equal(network.parameters, before)

"""Several outputs on one trunk, outputs that are numbers: forward, losses, gradients, training."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nnviz import losses
from nnviz.edits import TemperatureEdit, apply, one_step
from nnviz.errors import InputError
from nnviz.features import ClassOutput, NumberOutput
from nnviz.layers import Dense
from nnviz.metrics import r_squared, score
from nnviz.models.model_file import Model, architecture, from_bytes, to_bytes
from nnviz.models.scores import shares
from nnviz.network import Network
from nnviz.problems import Examples
from nnviz.samples import Samples
from nnviz.training import Trainer, evaluate, train
from nnviz.training.config import TrainingConfig
from nnviz.training.events import EpochEnd
from tests.gradients import assert_close, central_differences

RNG = np.random.default_rng(4)
X = RNG.normal(size=(5, 4))
COLOURS, SIZES = np.array([0, 2, 1, 2, 0]), np.array([1, 0, 0, 1, 1])
LENGTHS = RNG.normal(size=(5, 1))


def forked(second: Dense, dtype: type = np.float64) -> Network:
    layers = [
        Dense(6, "tanh", input_shape=(4,), name="hidden"),
        Dense(3, "softmax", name="colour"),
        second,
    ]
    return Network(layers, rng=1, dtype=dtype, heads=2)


def two_classes(dtype: type = np.float64) -> Network:
    return forked(Dense(2, "softmax", name="size"), dtype)


def mean_loss(network: Network, loss: losses.Loss, targets: Sequence[np.ndarray]) -> float:
    _, trace = network.forward(X)
    each = [loss.value(part, y) for part, y in zip(trace.outputs, targets, strict=True)]
    return sum(each) / len(each)


def test_every_head_reads_the_trunk() -> None:
    network = two_classes()
    a, trace = network.forward(X)
    hidden, colour, size = trace.layers
    assert trace.outputs == [colour, size]
    assert colour.x is hidden.a
    assert size.x is hidden.a
    np.testing.assert_array_equal(a, colour.a)
    layers = {layer.name: layer.params for layer in network.layers}
    h = np.tanh(X @ layers["hidden"]["W"] + layers["hidden"]["b"])
    for name, part in (("colour", colour), ("size", size)):
        z = h @ layers[name]["W"] + layers[name]["b"]
        e = np.exp(z)
        np.testing.assert_allclose(part.a, e / e.sum(axis=1, keepdims=True), rtol=1e-12)


@pytest.mark.parametrize("name", ["cross_entropy", "mean_squared_error"])
def test_the_gradient_of_the_mean_loss_is_what_moving_each_number_tells(name: str) -> None:
    network, loss, targets = two_classes(), losses.get(name), (COLOURS, SIZES)
    _, trace = network.forward(X)
    asked = [loss.gradient(part, y) / 2 for part, y in zip(trace.outputs, targets, strict=True)]
    seen: dict[str, np.ndarray] = {}
    gradients = network.backward(trace, asked, input_gradient=True, seen=seen)
    slopes = central_differences(lambda: mean_loss(network, loss, targets), network.parameters)
    assert_close(gradients.flat, slopes)
    x_slopes = central_differences(lambda: mean_loss(network, loss, targets), X)
    assert_close(gradients.input, x_slopes)
    assert set(seen) == {"hidden", "colour", "size"}


def test_the_gradient_of_a_linear_output_s_squared_error_is_2_a_minus_y_over_n() -> None:
    network = Network(
        [Dense(3, "relu", input_shape=(4,)), Dense(1, name="length")], rng=2, dtype=np.float64
    )
    loss = losses.MeanSquaredError()
    a, trace = network.forward(X)
    assert loss.value(trace.output, LENGTHS) == pytest.approx(np.mean((a - LENGTHS) ** 2))
    dz = loss.gradient(trace.output, LENGTHS)
    np.testing.assert_allclose(dz, 2 * (a - LENGTHS) / 5, rtol=1e-12)
    gradients = network.backward(trace, dz)

    def value() -> float:
        _, found = network.forward(X)
        return loss.value(found.output, LENGTHS)

    assert_close(gradients.flat, central_differences(value, network.parameters))


def samples(count: int = 400) -> Samples:
    """Points whose quadrant is one question, and whose half another."""
    rng = np.random.default_rng(7)
    x = rng.uniform(-1, 1, (count, 4)).astype(np.float32)
    colours = (x[:, 0] > 0) * 1 + (x[:, 1] > 0)
    return Samples(x, (colours.astype(np.uint8), (x[:, 2] > 0).astype(np.uint8)))


def test_both_heads_learn_and_each_loss_is_told() -> None:
    network, config = two_classes(np.float32), TrainingConfig(80, 16, learning_rate=0.02)
    ends = [each for each in train(network, samples(), samples(), config) if type(each) is EpochEnd]
    first, last = ends[0], ends[-1]
    for end in ends:
        assert len(end.losses) == len(end.validation) == 2
        assert end.loss == pytest.approx(sum(end.losses) / 2)
        assert end.validation_loss == pytest.approx(sum(each.loss for each in end.validation) / 2)
    assert all(after < before for after, before in zip(last.losses, first.losses, strict=True))
    assert min(each.score for each in last.validation) > 0.93
    assert last.validation_score == last.validation[0].score


def test_pieces_of_a_batch_add_up_to_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    config = TrainingConfig(epochs=2, batch_size=100, optimizer="sgd", learning_rate=0.1)
    whole, pieces = two_classes(), two_classes()
    ends = [Trainer(network, samples(), config) for network in (whole, pieces)]
    monkeypatch.setattr(ends[1], "_piece", 30)
    for _ in range(8):
        one, other = (trainer.advance() for trainer in ends)
        np.testing.assert_allclose(one.losses, other.losses)
        np.testing.assert_allclose(one.scores, other.scores)
    np.testing.assert_allclose(whole.parameters, pieces.parameters, rtol=1e-9)


def test_a_batch_s_score_of_numbers_has_r_squared_as_its_mean() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(90, 4)).astype(np.float32)
    y = (x @ [[1.0], [2.0], [0.0], [-1.0]] + rng.normal(0, 0.1, (90, 1))).astype(np.float32)
    network = Network([Dense(1, input_shape=(4,))], rng=5)
    config = TrainingConfig(1, 90, loss="mean_squared_error", optimizer="sgd", learning_rate=1e-9)
    found = Trainer(network, Samples(x, y), config).advance().score
    assert found == pytest.approx(r_squared(network(x), y), rel=1e-4)
    (told,) = evaluate(network, Samples(x, y), losses.MeanSquaredError())
    assert told.score == pytest.approx(found, rel=1e-4)


def test_scores_are_accuracy_of_classes_and_r_squared_of_numbers() -> None:
    assert score(np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([1, 1])) == 0.5
    y = np.array([[0.0], [2.0], [4.0]])
    assert score(y, y) == 1
    assert score(np.full((3, 1), 2.0), y) == 0
    assert score(np.array([[0.0], [2.0], [2.0]]), y) == pytest.approx(1 - 4 / 8)
    assert np.isnan(score(y, np.ones((3, 1))))


def test_targets_for_another_number_of_outputs_are_refused() -> None:
    only = Samples(X.astype(np.float32), COLOURS)
    with pytest.raises(InputError, match="targets for 2 outputs; got 1"):
        Trainer(two_classes(), only)
    numbers = Samples(X, (COLOURS, RNG.normal(size=(5, 3))))
    with pytest.raises(InputError, match="'length' with the shape of its targets"):
        Trainer(forked(Dense(1, name="length")), numbers)


def test_each_variant_may_have_targets_of_its_own() -> None:
    inputs = np.zeros((2, 3, 1), np.float32)
    targets = [(np.full(3, 7),), (np.full(3, 8),)]
    varied = Samples(inputs, targets[0], variants=True, labels_of=targets)
    for epoch, expected in enumerate([7, 8, 7]):
        [(_, [labels])] = varied.batches(epoch, 3, np.arange(3))
        assert labels.tolist() == [expected] * 3


def test_the_architecture_is_written_down_with_its_heads() -> None:
    network = two_classes()
    written = network.to_json()
    assert written["heads"] == 2
    assert architecture(network) == "4-6-3+2"
    again = Network.from_json(written, rng=None)
    assert [layer.name for layer in again.output_layers] == ["colour", "size"]
    assert again.parameter_count == network.parameter_count
    assert "heads" not in Network([Dense(2, input_shape=(4,))]).to_json()


@pytest.mark.parametrize("heads", [0, 3, 1.0, True, "2"])
def test_a_wrong_number_of_heads_is_refused(heads: object) -> None:
    with pytest.raises(InputError, match="Expected heads as a whole number 1 to 2"):
        Network.from_json({**two_classes().to_json(), "heads": heads})


def test_a_model_of_two_heads_survives_being_written(tmp_path: object) -> None:
    model = Model("two", "Two heads", two_classes(np.float32))
    again = from_bytes(to_bytes(model))
    assert [output.name for output in again.outputs] == ["colour", "size"]
    assert again.outputs == model.outputs
    for one, other in zip(model.network.predict_all(X), again.network.predict_all(X), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_step_on_both_labels_descends_the_mean_of_both_losses() -> None:
    network, loss = two_classes(), losses.CrossEntropy()
    explained = one_step.explain(network, X[0], (2, 1))
    assert [each.name for each in explained.outputs] == ["colour", "size"]
    assert [each.label for each in explained.outputs] == [2, 1]
    assert explained.loss == pytest.approx(sum(each.loss for each in explained.outputs) / 2)

    def mean() -> float:
        _, trace = network.forward(X[:1])
        pairs = zip(trace.outputs, (np.array([2]), np.array([1])), strict=True)
        return sum(loss.value(part, y) for part, y in pairs) / 2

    assert explained.loss == pytest.approx(mean())
    slopes = central_differences(mean, network.parameters)
    before = network.parameters.copy()
    one_step.take(network, X[0], (2, 1), 0.1)
    np.testing.assert_allclose(network.parameters, before - 0.1 * slopes, rtol=1e-5, atol=1e-8)
    for head, asked in enumerate(explained.outputs):
        wanted = (asked.target - asked.output) / 2
        name = ("colour", "size")[head]
        np.testing.assert_allclose(explained.nudges[name], wanted, atol=1e-12)


@pytest.mark.parametrize("labels", [(), (3,), (2, 2), (2, 1, 0), -1])
def test_labels_that_are_no_classes_are_refused(labels: object) -> None:
    with pytest.raises(InputError, match="Expected"):
        one_step.explain(two_classes(), X[0], labels)  # type: ignore[arg-type]


def test_a_label_teaches_the_first_head_only() -> None:
    network = two_classes()
    before = network.copy()
    one_step.take(network, X[0], 2, 0.1)
    changed = {
        name: bool((array != before.named_parameters()[name]).any())
        for name, array in network.named_parameters().items()
    }
    assert changed["hidden/W"]
    assert changed["colour/W"]
    assert not changed["size/W"]
    assert set(one_step.explain(before, X[0], 2).nudges) == {"hidden", "colour"}


def test_temperature_softens_every_head() -> None:
    network = two_classes(np.float32)
    softened = apply(network, [TemperatureEdit(2.0)])
    for one, other in zip(network.predict_all(X), softened.predict_all(X), strict=True):
        assert other.max() < one.max()


def test_a_trainer_descends_the_mean_of_the_losses() -> None:
    network, loss = two_classes(), losses.CrossEntropy()
    slopes = central_differences(
        lambda: mean_loss(network, loss, (COLOURS, SIZES)), network.parameters
    )
    config = TrainingConfig(1, 5, optimizer="sgd", learning_rate=1e-9)
    trainer = Trainer(network, Samples(X, (COLOURS, SIZES)), config)
    trainer.advance()
    assert_close(trainer.gradients.flat, slopes)


def test_classes_and_numbers_may_stand_side_by_side() -> None:
    network = forked(Dense(1, name="length"))
    told, trace = network.forward(X)
    config = TrainingConfig(1, 5, loss="mean_squared_error", optimizer="sgd", learning_rate=1e-9)
    end = Trainer(network, Samples(X, (COLOURS, LENGTHS)), config).advance()
    right = np.mean(told.argmax(axis=1) == COLOURS)
    assert end.scores == pytest.approx((right, r_squared(trace.outputs[1].a, LENGTHS)))


def test_scores_are_named_by_their_part_and_further_outputs_by_their_own_name() -> None:
    outputs = (ClassOutput("colour", tuple("abc")), NumberOutput("length", "m", 10, 2))
    network = forked(Dense(1, name="length"), np.float32)
    examples = Examples(X.astype(np.float32), {"colour": COLOURS, "length": LENGTHS})
    accuracy, scores = shares(network, outputs, examples, "test")
    assert set(accuracy) == {"test"}
    assert set(scores) == {"test_length", "test_length_mae"}
    a = network.predict_all(X)[1]
    assert scores["test_length"] == pytest.approx(r_squared(a, LENGTHS), rel=1e-5)
    assert scores["test_length_mae"] == pytest.approx(2 * np.abs(a - LENGTHS).mean(), rel=1e-5)


GOLDEN = np.load(Path(__file__).parent / "golden" / "heads.npz")


def golden_network(name: str, *layers: Dense) -> Network:
    network = Network(layers, rng=None, dtype=np.float64, heads=len(layers) - 1)
    network.set_parameters({key: GOLDEN[f"{name}/{key}"] for key in network.named_parameters()})
    return network


def assert_gradients(name: str, network: Network, trace: object, dz: list[np.ndarray]) -> None:
    gradients = network.backward(trace, dz, input_gradient=True)  # type: ignore[arg-type]
    for layer, found in zip(network.layers, gradients.layers, strict=True):
        for key, value in found.items():
            golden = GOLDEN[f"{name}/{layer.name}/d{key}"]
            np.testing.assert_allclose(value, golden, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(gradients.input, GOLDEN[f"{name}/dx"], rtol=1e-9, atol=1e-12)


def test_two_heads_give_pytorchs_losses_and_gradients() -> None:
    network = golden_network(
        "heads",
        Dense(6, "sigmoid", input_shape=(5,), name="hidden"),
        Dense(4, "softmax", name="digit"),
        Dense(3, "softmax", name="loops"),
    )
    _, trace = network.forward(GOLDEN["heads/x"])
    loss, targets = losses.CrossEntropy(), (GOLDEN["heads/digits"], GOLDEN["heads/counts"])
    pairs = list(zip(trace.outputs, targets, strict=True))
    told = [loss.value(part, y) for part, y in pairs]
    np.testing.assert_allclose(told, GOLDEN["heads/losses"], rtol=1e-10)
    assert_gradients("heads", network, trace, [loss.gradient(part, y) / 2 for part, y in pairs])


def test_a_linear_output_gives_pytorchs_value_loss_and_gradients() -> None:
    network = golden_network(
        "number", Dense(6, "relu", input_shape=(5,), name="hidden"), Dense(1, name="price")
    )
    a, trace = network.forward(GOLDEN["number/x"])
    loss, prices = losses.MeanSquaredError(), GOLDEN["number/prices"]
    np.testing.assert_allclose(a, GOLDEN["number/a"], rtol=1e-10)
    np.testing.assert_allclose(
        loss.value(trace.output, prices), GOLDEN["number/losses"][0], rtol=1e-10
    )
    assert_gradients("number", network, trace, [loss.gradient(trace.output, prices)])

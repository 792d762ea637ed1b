"""What a training tells as it goes; one that was put down goes on as if it had not been."""

import itertools

import numpy as np
import pytest

from nnviz import losses, training
from nnviz.errors import InputError
from nnviz.layers import Dense, Dropout, Flatten
from nnviz.metrics import r_squared
from nnviz.network import Network
from nnviz.samples import Samples
from nnviz.training import Trainer, evaluate
from nnviz.training.config import TrainingConfig
from nnviz.training.events import EpochEnd, Progress

COUNT, BATCH = 25, 10  # an epoch has batches of 10, 10 and 5
CONFIG = TrainingConfig(epochs=2, batch_size=BATCH, averaging=0.9, seed=4)


def network() -> Network:
    return Network([Dense(6, "tanh", input_shape=(3,)), Dense(4, "softmax")], rng=5)


def samples(seed: int = 6) -> Samples:
    rng = np.random.default_rng(seed)
    return Samples(rng.normal(size=(COUNT, 3)).astype(np.float32), rng.integers(0, 4, COUNT))


def test_events_tell_the_means_so_far_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock moves an eighth of a second each time one looks at it."""
    ticks = itertools.count(1)
    monkeypatch.setattr(training.time, "perf_counter", lambda: next(ticks) / 8)
    monkeypatch.setattr(training, "PROGRESS_EVERY", 0.25)
    told = list(training.train(network(), samples(), samples(7), CONFIG))
    trainer = Trainer(network(), samples(), CONFIG)
    batches = [trainer.advance() for _ in range(6)]

    def mean(*chosen: int) -> float:
        parts = [batches[each] for each in chosen]
        return sum(each.loss * each.samples for each in parts) / sum(e.samples for e in parts)

    progress = [each for each in told if isinstance(each, Progress)]
    assert [(each.epoch, each.samples_seen, each.samples_total) for each in progress] == [
        (1, 10, 50),
        (1, 25, 50),
        (2, 35, 50),
        (2, 50, 50),
    ]
    assert [each.loss for each in progress] == pytest.approx(
        [mean(0), mean(0, 1, 2), mean(3), mean(3, 4, 5)]
    )
    rates = [8 * 10 / 2, 8 * 25 / 4, 8 * 35 / 7, 8 * 50 / 9]
    assert [each.samples_per_second for each in progress] == pytest.approx(rates)
    assert {each.learning_rate for each in progress} == {0.001}
    ends = [each for each in told if isinstance(each, EpochEnd)]
    assert [each.seconds for each in ends] == [0.5, 0.5]
    assert [each.loss for each in ends] == pytest.approx([mean(0, 1, 2), mean(3, 4, 5)])
    (last,) = trainer.validate_each(samples(7))
    assert ends[1].validation == (last,)
    assert trainer.validate(samples(7)) == (last.loss, last.score)


def test_a_batch_tells_where_it_is_and_the_rate_that_holds() -> None:
    trainer = Trainer(network(), samples(), CONFIG, {1: 0.5, 3: 0.25, 4: 0.125})
    assert (trainer.batches_an_epoch, trainer.batches, trainer.done) == (3, 6, False)
    told = [trainer.advance() for _ in range(6)]
    assert [each.batch for each in told] == [1, 2, 3, 4, 5, 6]
    assert [each.epoch for each in told] == [1, 1, 1, 2, 2, 2]
    assert [each.samples for each in told] == [10, 10, 5] * 2
    assert [each.ends_epoch for each in told] == [False, False, True] * 2
    assert [each.learning_rate for each in told] == [0.5, 0.5, 0.25, 0.125, 0.125, 0.125]
    assert (trainer.epoch, trainer.batch, trainer.done) == (2, 6, True)
    assert np.isnan(trainer.validate(None)).all()


def test_the_last_of_two_batches_has_the_schedules_end() -> None:
    config = TrainingConfig(epochs=2, batch_size=COUNT, learning_rate=1.0, schedule="cosine")
    trainer = Trainer(network(), samples(), config)
    rates = [trainer.advance().learning_rate for _ in range(2)]
    assert rates == pytest.approx([trainer.schedule(0.0), trainer.schedule(1.0)])


@pytest.mark.parametrize("done", [0, 1, 3, 4])
def test_a_training_that_was_put_down_goes_on_as_if_it_had_not_been(done: int) -> None:
    numbers: list[int] = []

    def noted(x: np.ndarray, number: int) -> np.ndarray:
        numbers.append(number)
        return x

    data = Samples(samples().inputs, samples().labels, vary=noted)
    whole = Trainer(network(), data, CONFIG, {2: 0.05})
    for _ in range(6):
        whole.advance()
    assert numbers == [0, 1, 2, 3, 4, 5]
    first = Trainer(network(), data, CONFIG, {2: 0.05})
    for _ in range(done):
        first.advance()
    arrays, values = first.state()
    assert values["average_steps"] == done
    kept = {name: array.copy() for name, array in arrays.items()}
    numbers.clear()
    second = Trainer(network(), data, CONFIG)
    second.advance()  # somewhere else
    second.restore(kept, values)
    second.changes = {2: 0.05}
    numbers.clear()
    for _ in range(6 - done):
        second.advance()
    assert numbers == list(range(done, 6))
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)
    wrong = {name: array for name, array in kept.items() if name != "average"}
    with pytest.raises(InputError, match="checkpoint"):
        second.restore(wrong, values)
    with pytest.raises(InputError, match="checkpoint"):
        second.restore({**kept, "parameters": np.zeros(3)}, values)


def test_without_an_average_the_state_has_none() -> None:
    trainer = Trainer(network(), samples(), TrainingConfig(epochs=1, batch_size=BATCH))
    trainer.advance()
    arrays, values = trainer.state()
    assert "average" not in arrays
    assert values["average_steps"] == 0
    trainer.restore({name: array.copy() for name, array in arrays.items()}, values)
    assert trainer.best_parameters() is trainer.network.parameters


def numbers_of(targets: np.ndarray) -> tuple[Network, Samples]:
    net = Network([Dense(targets.shape[1], input_shape=(3,))], rng=2)
    return net, Samples(samples().inputs, targets)


def test_a_score_of_numbers_is_the_part_of_all_targets_variance() -> None:
    y = np.random.default_rng(8).normal(3, 2, (COUNT, 2)).astype(np.float32)
    net, data = numbers_of(y)
    before = net.copy()
    config = TrainingConfig(epochs=1, batch_size=COUNT, loss="mean_squared_error")
    told = Trainer(net, data, config).advance()
    a = before(data.inputs)
    assert told.score == pytest.approx(r_squared(a, y), rel=1e-4)
    assert told.loss == pytest.approx(np.square(a - y).mean(), rel=1e-4)
    same = np.full((COUNT, 2), 3.0, np.float32)
    net, data = numbers_of(same)  # targets without any variance count as if it were 1
    missed = np.square(net(data.inputs) - same).sum() / COUNT
    assert Trainer(net, data, config).advance().score == pytest.approx(1 - missed, rel=1e-4)
    for wrong in (y[:, :1], y[..., None]):
        with pytest.raises(InputError, match="shape of its targets"):
            Trainer(network(), Samples(samples().inputs, wrong), config)
    with pytest.raises(InputError, match="1 outputs; got 2"):
        Trainer(net, Samples(samples().inputs, (same, same)), config)


@pytest.mark.parametrize("size", [None, 7, COUNT])
def test_an_evaluation_in_any_batches_is_the_mean_over_all(size: int | None) -> None:
    net, data, loss = network(), samples(), losses.get("cross_entropy")
    (told,) = evaluate(net, data, loss, size)
    a = net(data.inputs)
    labels = data.targets[0]
    assert told.loss == pytest.approx(-np.log(a[np.arange(COUNT), labels]).mean(), rel=1e-5)
    assert told.score == np.mean(a.argmax(axis=1) == labels)
    assert told.error is None


def test_dropout_is_drawn_while_training_and_by_the_trainings_seed() -> None:
    def trained(seed: int) -> np.ndarray:
        net = Network([Dropout(0.5, input_shape=(3,)), Dense(4, "softmax")], rng=1)
        config = TrainingConfig(epochs=1, batch_size=COUNT, seed=seed, optimizer="sgd")
        Trainer(net, samples(), config).advance()
        return net.parameters

    np.testing.assert_array_equal(trained(1), trained(1))
    assert np.abs(trained(1) - trained(2)).max() > 1e-5


def test_two_outputs_share_the_trunks_gradient_evenly() -> None:
    def gradients(heads: int) -> np.ndarray:
        layers = [Dense(5, "tanh", input_shape=(3,)), *(Dense(4, "softmax") for _ in range(heads))]
        net = Network(layers, rng=None, heads=heads)
        rng = np.random.default_rng(3)
        first = rng.normal(size=3 * 5 + 5).astype(np.float32)
        head = rng.normal(size=5 * 4 + 4).astype(np.float32)
        net.parameters[...] = np.concatenate([first, *[head] * heads])
        labels = samples().targets[0]
        config = TrainingConfig(epochs=1, batch_size=COUNT, optimizer="sgd", learning_rate=1.0)
        trainer = Trainer(net, Samples(samples().inputs, (labels,) * heads), config)
        trainer.advance()
        return trainer.gradients.flat

    one, two = gradients(1), gradients(2)
    np.testing.assert_allclose(two[:20], one[:20], atol=1e-6)  # the mean of two that are the same
    np.testing.assert_allclose(two[20:44], one[20:] / 2, atol=1e-6)


def test_a_network_too_large_for_the_cache_is_worked_on_one_by_one() -> None:
    assert training.piece_of(Network([Flatten(input_shape=(500_000,))])) == 1
    assert training.piece_of(Network([Flatten(input_shape=(2100,)), Flatten()])) == 50


def test_an_evaluation_reads_the_first_variant() -> None:
    net, data, loss = network(), samples(), losses.get("cross_entropy")
    varied = Samples(np.stack([data.inputs, 9 + data.inputs]), data.labels, variants=True)
    assert evaluate(net, varied, loss) == evaluate(net, data, loss)

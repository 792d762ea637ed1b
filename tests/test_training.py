"""The training loop: it learns, repeats itself exactly, tells what happens and refuses nonsense."""

import numpy as np
import pytest

from nnviz import training
from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.samples import Samples, as_read
from nnviz.training import train
from nnviz.training.config import TrainingConfig
from nnviz.training.events import EpochEnd, Progress


def blobs(count: int = 300) -> Samples:
    """Three clouds of points that a small network can tell apart."""
    rng = np.random.default_rng(0)
    labels = np.arange(count) % 3
    centres = np.array([[2, 0], [-2, 1], [0, -3]])
    return Samples((centres[labels] + rng.normal(0, 0.4, (count, 2))).astype(np.float32), labels)


def small(output: str = "softmax") -> Network:
    return Network([Dense(8, "tanh", input_shape=(2,)), Dense(3, output)], rng=1)


def last(events) -> EpochEnd:
    return [event for event in events if isinstance(event, EpochEnd)][-1]


@pytest.mark.parametrize(
    ("loss", "output"), [("cross_entropy", "softmax"), ("mean_squared_error", "sigmoid")]
)
@pytest.mark.parametrize(
    ("optimizer", "learning_rate"), [("sgd", 0.5), ("adam", 0.02), ("adamw", 0.02)]
)
def test_it_learns(loss: str, output: str, optimizer: str, learning_rate: float) -> None:
    config = TrainingConfig(
        epochs=30, batch_size=16, loss=loss, optimizer=optimizer, learning_rate=learning_rate
    )
    end = last(train(small(output), blobs(), blobs(90), config))
    assert end.validation_score > 0.98


def test_the_same_seed_gives_the_same_weights_and_losses() -> None:
    config = TrainingConfig(epochs=3, averaging=0.9, gradient_clip=1.0, schedule="one_cycle")
    one, other = small(), small()
    losses = [
        [
            event.loss
            for event in train(network, blobs(), None, config)
            if isinstance(event, EpochEnd)
        ]
        for network in (one, other)
    ]
    assert losses[0] == losses[1]
    np.testing.assert_array_equal(one.parameters, other.parameters)


def test_another_seed_takes_another_way() -> None:
    one, other = small(), small()
    list(train(one, blobs(), None, TrainingConfig(epochs=1, seed=1)))
    list(train(other, blobs(), None, TrainingConfig(epochs=1, seed=2)))
    assert (one.parameters != other.parameters).any()


def test_every_sample_is_seen_once_an_epoch_whatever_the_batch_size() -> None:
    samples = Samples(np.arange(10, dtype=np.float32)[:, None], np.arange(10) % 2)
    order = np.random.default_rng(0).permutation(10)
    seen = [x[:, 0].tolist() for x, _ in samples.batches(0, 4, order)]
    assert [len(batch) for batch in seen] == [4, 4, 2]
    assert sorted(value for batch in seen for value in batch) == list(range(10))


def test_bytes_are_scaled_and_variants_taken_in_turn() -> None:
    variants = np.stack([np.full((4, 2, 2), 255, np.uint8), np.zeros((4, 2, 2), np.uint8)])
    samples = Samples(variants, np.zeros(4, np.uint8), variants=True)
    for epoch, expected in enumerate([1.0, 0.0, 1.0]):
        [(x, _)] = samples.batches(epoch, 4, np.arange(4))
        assert x.dtype == np.float32
        np.testing.assert_allclose(x, np.full((4, 4), expected), rtol=1e-6)


def test_events_tell_progress_and_the_end_of_every_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "PROGRESS_EVERY", 0.0)
    config = TrainingConfig(epochs=2, batch_size=10)
    events = list(train(small(), blobs(300), None, config))
    ends = [event for event in events if isinstance(event, EpochEnd)]
    progress = [event for event in events if isinstance(event, Progress)]
    assert [end.epoch for end in ends] == [1, 2]
    assert len(progress) > 30  # of 60 batches, two of which end an epoch
    assert [event.samples_seen for event in progress] == sorted(
        event.samples_seen for event in progress
    )
    assert all(event.samples_seen <= event.samples_total == 600 for event in progress)
    assert all(np.isfinite(event.loss) and event.samples_per_second > 0 for event in progress)


def test_with_averaging_the_network_ends_with_the_averaged_weights() -> None:
    averaged, live = small(), small()
    config = TrainingConfig(epochs=2, learning_rate=0.05)
    list(train(live, blobs(), None, config))
    end = last(
        train(
            averaged,
            blobs(),
            blobs(90),
            TrainingConfig(epochs=2, learning_rate=0.05, averaging=0.99),
        )
    )
    assert (averaged.parameters != live.parameters).any()
    predicted = averaged(blobs(90).inputs).argmax(axis=1)
    assert end.validation_score == np.mean(predicted == blobs(90).labels)


@pytest.mark.parametrize(
    "settings",
    [
        {"epochs": 0},
        {"batch_size": 1.5},
        {"learning_rate": 0},
        {"learning_rate": float("nan")},
        {"averaging": 1.0},
        {"gradient_clip": -1.0},
        {"speed": 3},
    ],
)
def test_settings_out_of_range_are_refused(settings: dict) -> None:
    with pytest.raises(InputError):
        TrainingConfig.from_json(settings)


def test_settings_survive_being_written_down() -> None:
    config = TrainingConfig(epochs=3, optimizer="adamw", weight_decay=0.1)
    assert TrainingConfig.from_json(config.to_json()) == config


def test_inputs_without_labels_are_refused() -> None:
    with pytest.raises(InputError, match="as many inputs as labels"):
        Samples(np.zeros((3, 2)), np.zeros(4))
    with pytest.raises(InputError, match="as many inputs as labels"):
        Samples(np.zeros((0, 2)), np.zeros(0))


def test_samples_are_the_first_variants_and_batches_are_counted_from_none() -> None:
    numbers: list[int] = []

    def noted(x: np.ndarray, number: int) -> np.ndarray:
        numbers.append(number)
        return x

    variants = np.arange(24, dtype=np.float32).reshape(2, 4, 3)
    samples = Samples(variants, np.arange(4), variants=True, vary=noted)
    first = samples.first(3)
    np.testing.assert_array_equal(first.inputs, variants[0, :3])
    np.testing.assert_array_equal(first.targets[0], [0, 1, 2])
    assert len(list(samples.batches(0, 2, np.arange(4)))) == 2
    assert len(list(samples.batches(0, 2, np.arange(4), 7))) == 2
    assert numbers == [0, 1, 7, 8]
    np.testing.assert_allclose(as_read(np.array([[0, 51, 255]], np.uint8)), [[0, 0.2, 1]])
    assert as_read(variants) is variants

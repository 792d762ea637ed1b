"""The training loop against the same loop written out plainly, in float64 and in one piece."""

import math

import numpy as np
import pytest

from nnviz import training
from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.network import Network
from nnviz.samples import Samples
from nnviz.training import Trainer
from nnviz.training.config import TrainingConfig

COUNT, BATCH = 31, 13  # two batches of 13 and one of 5
RATE, CLIP, DECAY = 0.4, 0.4, 0.9


def network() -> Network:
    return Network([Dense(6, "tanh", input_shape=(3,)), Dense(4, "softmax")], rng=5)


def samples() -> Samples:
    rng = np.random.default_rng(6)
    return Samples(rng.normal(size=(COUNT, 3)).astype(np.float32), rng.integers(0, 4, COUNT))


def one_cycle(t: float) -> float:
    rise, fall = t / 0.3, (t - 0.3) / 0.7
    if t < 0.3:
        return 1 / 25 + (1 - 1 / 25) * (1 - math.cos(math.pi * rise)) / 2
    return 1e-4 + (1 - 1e-4) * (1 + math.cos(math.pi * fall)) / 2


class Plain:
    """``W₁ b₁ W₂ b₂``: a tanh and a softmax layer trained by gradient descent."""

    def __init__(self, start: Network) -> None:
        self.parts = [np.array(p, np.float64) for p in start.named_parameters().values()]
        self.average = [part.copy() for part in self.parts]
        self.steps = 0

    def gradient(self, x: np.ndarray, y: np.ndarray) -> tuple[float, float, list[np.ndarray]]:
        w1, b1, w2, b2 = self.parts
        h = np.tanh(x @ w1 + b1)
        e = np.exp(h @ w2 + b2)
        p = e / e.sum(axis=1, keepdims=True)
        at = np.arange(len(x))
        dz = p.copy()
        dz[at, y] -= 1
        dz /= len(x)
        dh = (dz @ w2.T) * (1 - h**2)
        loss = -np.log(p[at, y]).mean()
        return loss, (p.argmax(axis=1) == y).mean(), [x.T @ dh, dh.sum(0), h.T @ dz, dz.sum(0)]

    def step(self, gradient: list[np.ndarray], rate: float, clip: float) -> None:
        length = math.sqrt(sum(float((g**2).sum()) for g in gradient))
        scale = min(1.0, clip / length) if clip else 1.0
        for part, g in zip(self.parts, gradient, strict=True):
            part -= rate * scale * g
        self.steps += 1
        decay = min(DECAY, (1 + self.steps) / (10 + self.steps))
        for mean, part in zip(self.average, self.parts, strict=True):
            mean += (1 - decay) * (part - mean)


@pytest.mark.parametrize("clip", [0.0, CLIP])
@pytest.mark.parametrize("piece", [COUNT, 5], ids=["in one piece", "in pieces of 5, 5 and 3"])
def test_weights_losses_and_rates_equal_the_plain_loop(
    monkeypatch: pytest.MonkeyPatch, piece: int, clip: float
) -> None:
    monkeypatch.setattr(training, "piece_of", lambda _: piece)
    config = TrainingConfig(
        epochs=4,
        batch_size=BATCH,
        optimizer="sgd",
        learning_rate=RATE,
        schedule="one_cycle",
        gradient_clip=clip,
        averaging=DECAY,
        seed=3,
    )
    net, data = network(), samples()
    trainer, plain = Trainer(net, data, config), Plain(net)
    rng = np.random.default_rng(config.seed)
    x, y = data.inputs.astype(np.float64), data.targets[0]
    clipped = 0
    for _ in range(config.epochs):
        order = rng.permutation(COUNT)
        for start in range(0, COUNT, BATCH):
            chosen = order[start : start + BATCH]
            loss, right, gradient = plain.gradient(x[chosen], y[chosen])
            clipped += math.sqrt(sum(float((g**2).sum()) for g in gradient)) > CLIP
            rate = RATE * one_cycle(plain.steps / 11)  # 12 batches: t from 0 to 1
            plain.step(gradient, rate, clip)
            end = trainer.advance()
            assert end.loss == pytest.approx(loss, rel=1e-4)
            assert end.score == pytest.approx(right)
            assert end.learning_rate == pytest.approx(rate, rel=1e-6)
            if not trainer.done:
                for own, wanted in zip(net.named_parameters().values(), plain.parts, strict=True):
                    np.testing.assert_allclose(own, wanted, atol=2e-6)
    assert 0 < clipped < plain.steps  # the limit was met, and not always
    assert trainer.done
    for own, wanted in zip(net.named_parameters().values(), plain.average, strict=True):
        np.testing.assert_allclose(own, wanted, atol=2e-6)


def test_one_batch_alone_takes_the_first_rate() -> None:
    data = Samples(samples().inputs, samples().targets[0])
    trainer = Trainer(network(), data, TrainingConfig(epochs=1, batch_size=COUNT))
    assert trainer.advance().learning_rate == trainer.config.learning_rate


@pytest.mark.parametrize("name", ["beta1", "beta2", "momentum", "averaging"])
def test_a_share_of_all_is_refused_and_one_just_below_is_not(name: str) -> None:
    with pytest.raises(InputError, match="Expected"):
        TrainingConfig.from_json({name: 1.0})
    assert getattr(TrainingConfig.from_json({name: 0.99999}), name) == 0.99999

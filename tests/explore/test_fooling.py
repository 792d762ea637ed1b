"""Small pushes and dials: what they must keep to, against plain arithmetic."""

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explore import adversarial
from nnviz.explore import slopes as explore_slopes
from nnviz.explore.adversarial import Goal, attack, search, sums, sums_and_slopes
from nnviz.explore.distortions import DIALS, _steps, dial, distort
from nnviz.layers import Dense
from nnviz.network import Network

PART = mnist.load().test[:40]
X = ink.to_input(PART.images).reshape(-1, 784)
AWAY = Goal(PART.labels.astype(np.intp), targeted=False)
TO_THREE = Goal(np.full(40, 3), targeted=True)
RELU = models.load("mlp-relu").network


@pytest.mark.parametrize("method", adversarial.METHODS)
@pytest.mark.parametrize("epsilon", [0.0, 0.03, 0.2])
def test_no_pixel_is_pushed_further_than_it_may(method: str, epsilon: float) -> None:
    pushed = attack(RELU, X, AWAY, np.full(40, epsilon), method)
    assert np.abs(pushed - X).max() <= epsilon + 1e-6
    assert pushed.min() >= 0
    assert pushed.max() <= 1
    z = [AWAY.score(sums(RELU, each)) for each in (X, pushed)]
    if epsilon:
        assert (z[1] > z[0]).mean() > 0.9


def test_one_push_of_a_weighted_sum_is_epsilon_times_all_its_weights() -> None:
    network = Network([Dense(10, "softmax", input_shape=(784,))], 1, np.float64)
    x = np.full((1, 784), 0.5)
    w = network.layers[0].params["W"]
    goal = Goal(np.array([4]), targeted=True)
    z = sums(network, x)
    others = np.where(np.arange(10) == 4, -np.inf, z[0])
    slope = w[:, 4] - w[:, others.argmax()]
    found, at = sums_and_slopes(network, x, goal)
    assert at[0] == pytest.approx(slope)
    assert goal.score(found)[0] == pytest.approx(z[0, 4] - others.max())
    pushed = attack(network, x, goal, np.array([0.1]), "fgsm")
    assert pushed[0] - x[0] == pytest.approx(0.1 * np.sign(slope))
    rival = sums(network, pushed)[0, [4, others.argmax()]]
    gained = (rival[0] - rival[1]) - (z[0, 4] - others.max())
    assert gained == pytest.approx(0.1 * np.abs(slope).sum())


def test_a_goal_is_reached_when_its_score_is_above_zero() -> None:
    z = np.random.default_rng(0).normal(size=(40, 10))
    for goal in (AWAY, TO_THREE):
        assert ((goal.score(z) > 0) == goal.reached(z)).all()
        others = [np.delete(row, own).max() for row, own in zip(z, goal.digits, strict=True)]
        ahead = z[np.arange(40), goal.digits] - others
        assert goal.score(z) == pytest.approx(ahead if goal.targeted else -ahead)
    assert (TO_THREE.reached(z) == (z.argmax(axis=1) == 3)).all()
    assert (AWAY.reached(z) == (z.argmax(axis=1) != PART.labels)).all()


def test_parts_of_a_batch_fit_and_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sums_and_slopes(RELU, X, AWAY)
    for most, sizes in ((10**12, [40]), (15 * RELU.workload.training_bytes(1), [15, 15, 10])):
        monkeypatch.setattr(explore_slopes, "BYTES", most)
        parts = [len(X[part]) for part in explore_slopes.parts(RELU, 40)]
        assert parts == sizes
        for one, other in zip(whole, sums_and_slopes(RELU, X, AWAY), strict=True):
            assert one == pytest.approx(other, abs=1e-4)
    monkeypatch.setattr(explore_slopes, "BYTES", 1)
    assert len(list(explore_slopes.parts(RELU, 40))) == 40


def test_many_steps_find_what_one_does_not() -> None:
    epsilon = np.full(40, 0.06)
    fooled = {
        method: AWAY.reached(sums(RELU, attack(RELU, X, AWAY, epsilon, method))).mean()
        for method in adversarial.METHODS
    }
    assert fooled["pgd"] >= fooled["fgsm"] > 0.3


@pytest.mark.parametrize("method", adversarial.METHODS)
def test_the_smallest_push_is_enough_and_a_little_less_is_not(method: str) -> None:
    found = search(RELU, X[0], AWAY[np.array([0])], method)
    assert found.smallest is not None
    fine = 1 / (adversarial.GRID * adversarial.FINE)
    for epsilon, enough in ((found.smallest, True), (found.smallest - fine, False)):
        pushed = attack(RELU, X[:1], AWAY[np.array([0])], np.array([epsilon]), method)
        assert (sums(RELU, pushed).argmax() != PART.labels[0]) == enough
    assert found.z[0] == pytest.approx(sums(RELU, X[:1])[0], abs=1e-4)


@pytest.mark.parametrize("smallest", [1, 15, 16, 17, 48, 49, 64, 210])
@pytest.mark.parametrize("method", adversarial.METHODS)
def test_the_smallest_push_is_told_in_parts_of_512(
    monkeypatch: pytest.MonkeyPatch, method: str, smallest: int
) -> None:
    """A sum that is the mean of the pixels needs as much as is set: half a part less."""
    network = Network([Dense(2, "softmax", input_shape=(784,))], None, np.float64)
    network.layers[0].params["W"][:, 1] = 1 / 784
    network.layers[0].params["b"][1] = -0.5 - (smallest - 0.5) / 512
    passes, plain = [], adversarial.sums_and_slopes

    def counted(network: Network, x: np.ndarray, goal: Goal) -> tuple:
        passes.append(len(x))
        return plain(network, x, goal)

    monkeypatch.setattr(adversarial, "sums_and_slopes", counted)
    found = search(network, np.full(784, 0.5), Goal(np.array([1]), targeted=True), method)
    assert found.smallest == smallest / 512
    assert found.epsilons.tolist() == [each / 32 for each in range(33)]
    if method == "pgd":
        assert sum(passes) == adversarial.PASSES


def test_what_is_there_already_needs_no_push_and_what_never_is_has_none() -> None:
    seven = Goal(np.array([7]), targeted=True)
    assert PART.labels[0] == 7
    assert search(RELU, X[0], seven, "fgsm").smallest == 0
    deaf = Network([Dense(10, "softmax", input_shape=(784,))], None)
    deaf.layers[0].params["b"][1] = 1
    assert search(deaf, X[0], seven, "pgd").smallest is None
    with pytest.raises(InputError, match="fgsm, pgd"):
        attack(RELU, X, AWAY, np.zeros(40), "guess")


@pytest.mark.parametrize("kind", DIALS)
def test_the_neutral_place_of_a_dial_changes_nothing(kind: str) -> None:
    turns, rng = dial(kind), np.random.default_rng(0)
    assert turns.neutral in turns.amounts
    assert list(turns.amounts) == sorted(turns.amounts)
    assert (distort(PART.images, kind, turns.neutral, rng) == PART.images).all()
    changed = distort(PART.images, kind, turns.amounts[-1], rng)
    assert changed.shape == PART.images.shape
    assert changed.dtype == np.uint8
    assert (changed != PART.images).any()


def test_dials_do_what_their_units_say() -> None:
    rng, spot = np.random.default_rng(0), np.zeros((1, 28, 28), np.uint8)
    spot[0, 10, 18] = 255
    right = distort(spot, "shift_x", 3, rng)
    assert np.argwhere(right[0]).tolist() == [[10, 21]]
    down = distort(spot, "shift_y", -4, rng)
    assert np.argwhere(down[0]).tolist() == [[6, 18]]
    assert (distort(spot, "shift_x", 10, rng) == 0).all(), "it has left the image"
    quarter = distort(spot, "turn", 90, rng)[0]  # right above the middle goes to right below it
    assert np.argwhere(quarter > 200).tolist() == [[18, 17]]
    half = distort(spot, "turn", 180, rng)[0]
    assert np.argwhere(half > 200).tolist() == [[17, 9]]
    assert distort(spot, "thickness", 1, rng)[0].astype(bool).sum() == 9
    assert distort(spot, "thickness", 2, rng)[0].astype(bool).sum() == 25
    assert not distort(spot, "thickness", -1, rng).any()
    part = distort(spot, "thickness", 0.5, rng)[0]
    assert sorted(set(part.ravel().tolist())) == [0, 128, 255]
    larger = distort(PART.images, "scale", 1.4, rng)
    assert larger.sum() > 1.5 * PART.images.sum(dtype=np.int64)
    noise = distort(np.full((50, 28, 28), 128, np.uint8), "noise", 0.1, rng).astype(float)
    assert noise.std() == pytest.approx(25.5, rel=0.05)
    with pytest.raises(InputError, match="Expected a kind"):
        distort(spot, "melt", 1, rng)


def test_each_dial_has_its_amounts() -> None:
    amounts = {
        "shift_x": list(range(-10, 11)),
        "shift_y": list(range(-10, 11)),
        "turn": list(range(-180, 181, 15)),
        "scale": [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6],
        "thickness": [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4],
        "noise": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
    }
    assert {kind: list(each.amounts) for kind, each in DIALS.items()} == amounts
    assert {kind: each.neutral for kind, each in DIALS.items() if each.neutral} == {"scale": 1}


def test_steps_reach_from_end_to_end() -> None:
    assert _steps(-2, 4, 1.5) == (-2, -0.5, 1, 2.5, 4)
    assert _steps(0.1, 0.5, 0.1) == (0.1, 0.2, 0.3, 0.4, 0.5)


def test_noise_is_in_parts_of_full_ink_and_ends_at_paper_and_ink() -> None:
    found = distort(PART.images, "noise", 0.5, np.random.default_rng(1))
    noise = np.random.default_rng(1).standard_normal(PART.images.shape, np.float32)
    wanted = np.clip(PART.images + 127.5 * noise, 0, 255)
    assert np.abs(found - wanted).max() <= 0.501


@pytest.mark.parametrize("amount", [-2.0, -1.25, 0.5, 1.75])
def test_thickness_is_the_most_or_the_least_of_a_neighbourhood(amount: float) -> None:
    image = PART.images[1].astype(float)
    found = distort(PART.images[1:2], "thickness", amount, np.random.default_rng(0))[0]
    extreme = np.max if amount > 0 else np.min

    def once(before: np.ndarray) -> np.ndarray:
        made = np.empty_like(before)
        for y, x in np.ndindex(28, 28):
            made[y, x] = extreme(before[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2])
        return made

    for _ in range(int(abs(amount))):
        image = once(image)
    image += (once(image) - image) * (abs(amount) % 1)
    assert np.abs(found - image).max() <= 0.501

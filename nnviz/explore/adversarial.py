"""How little fools it: the smallest pushes that change an answer.

A network's sum is nearly linear in its input. Moving every pixel by ε in the direction of its slope
changes the sum by ``ε Σ |w|``: 784 pushes too small to see add up to a large one (Goodfellow,
Shlens and Szegedy: Explaining and harnessing adversarial examples, ICLR 2015). What is pushed is
the score

``s = z_target − max_{j≠target} z_j``, or without a target ``s = max_{j≠old} z_j − z_old``,

which is above 0 exactly when the answer is the wanted one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import unknown
from nnviz.explore.slopes import output_place, parts, read_to, slopes
from nnviz.network import Network

Array = NDArray[Any]

STEPS = 10  # of projected gradient descent
STRIDE = 2.5  # times ε that all steps together may go
GRID = 32  # steps from 0 to 1 at which the attack is tried
FINE = 16  # steps between two of those
PASSES = (GRID + 1 + FINE) * STEPS  # forward and back, of `search` at most


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted of each sample (N,): to become ``target``, or to be ``old`` no more."""

    digits: NDArray[np.intp]
    targeted: bool

    def __getitem__(self, chosen: NDArray[np.intp]) -> "Goal":
        return Goal(self.digits[chosen], self.targeted)

    def reached(self, z: Array) -> NDArray[np.bool_]:
        """Where the sums z (N, K) say what is wanted."""
        said = z.argmax(axis=1)
        reached: NDArray[np.bool_] = (said == self.digits) == self.targeted
        return reached

    def weights(self, z: Array) -> Array:
        """``∂s/∂z`` (N, K): 1 and −1 at the two classes that decide."""
        rows, others = np.arange(len(z)), z.copy()
        others[rows, self.digits] = -np.inf
        found = np.zeros_like(z)
        sign = 1 if self.targeted else -1
        found[rows, self.digits] = sign
        found[rows, others.argmax(axis=1)] = -sign
        return found

    def score(self, z: Array) -> Array:
        """s (N,)."""
        score: Array = (self.weights(z) * z).sum(axis=1)
        return score


@dataclass(frozen=True, slots=True)
class Search:
    """The attack at each ε of a grid (M,): what is said, and the least ε that reaches the goal.

    ``z`` (M, K) are the sums; ``smallest`` is None where no ε up to 1 does.
    """

    epsilons: Array
    z: Array
    smallest: float | None


def sums_and_slopes(network: Network, x: Array, goal: Goal) -> tuple[Array, Array]:
    """z (N, K), and ``∂s/∂x`` (N, 784)."""
    at, found = output_place(network), []
    for part in parts(network, len(x)):
        traces = read_to(network, x[part], at)
        weights = goal[np.arange(len(x))[part]].weights(traces[-1].z)
        found.append((traces[-1].z, slopes(network, traces, at, weights)))
    z, slope = (np.concatenate(each) for each in zip(*found, strict=True))
    return z, slope.reshape(len(x), -1)


def sums(network: Network, x: Array) -> Array:
    """z (N, K) of the first output."""
    at = output_place(network)
    return np.concatenate([read_to(network, x[part], at)[-1].z for part in parts(network, len(x))])


def fgsm(network: Network, x: Array, goal: Goal, epsilon: Array) -> Array:
    """One push: ``clip(x + ε · sign(∂s/∂x), 0, 1)``, (N, 784); ``epsilon`` (N,)."""
    _, slope = sums_and_slopes(network, x, goal)
    pushed: Array = np.clip(x + epsilon[:, None] * np.sign(slope), 0, 1)
    return pushed.astype(network.dtype)


def pgd(network: Network, x: Array, goal: Goal, epsilon: Array) -> Array:
    """Many small pushes, each kept within ε of x and within 0..1.

    ``x ← clip(x + α sign(∂s/∂x), x₀ ± ε)``, ``α = 2.5 ε / steps``. (Madry et al.: Towards deep
    learning models resistant to adversarial attacks, ICLR 2018; without their random start.)
    """
    wide = epsilon[:, None].astype(network.dtype)
    low, high = np.maximum(x - wide, 0), np.minimum(x + wide, 1)
    pushed = x
    for _ in range(STEPS):
        _, slope = sums_and_slopes(network, pushed, goal)
        pushed = np.clip(pushed + wide * (STRIDE / STEPS) * np.sign(slope), low, high)
    return pushed.astype(network.dtype)


METHODS: Mapping[str, Callable[[Network, Array, Goal, Array], Array]] = {"fgsm": fgsm, "pgd": pgd}


def attack(network: Network, x: Array, goal: Goal, epsilon: Array, method: str) -> Array:
    """Inputs ``x`` (N, 784) of 0..1 pushed, each pixel by its sample's ``epsilon`` (N,) at most.

    Raises `InputError` (``out_of_range``) for a method that is not one of `METHODS`.
    """
    if method not in METHODS:
        raise unknown(METHODS, method, "a method", "out_of_range")
    return METHODS[method](network, np.asarray(x, network.dtype), goal, np.asarray(epsilon))


def search(network: Network, x: Array, goal: Goal, method: str) -> Search:
    """Try one input (784,) at every ε of a grid, then more finely before the first that does it."""

    def tried(epsilons: Array) -> Array:
        many = np.repeat(np.asarray(x, network.dtype)[None], len(epsilons), axis=0)
        goals = Goal(np.repeat(goal.digits, len(epsilons)), goal.targeted)
        return sums(network, attack(network, many, goals, epsilons, method))

    def reached(z: Array) -> NDArray[np.bool_]:
        return Goal(np.repeat(goal.digits, len(z)), goal.targeted).reached(z)

    epsilons = np.linspace(0, 1, GRID + 1)
    z = tried(epsilons)
    found = np.flatnonzero(reached(z))
    if not len(found):
        return Search(epsilons, z, None)
    first = int(found[0])
    if first == 0:
        return Search(epsilons, z, 0.0)
    fine = np.linspace(epsilons[first - 1], epsilons[first], FINE + 1)[1:]
    done = np.flatnonzero(reached(tried(fine)))
    return Search(epsilons, z, float(fine[done[0]] if len(done) else epsilons[first]))

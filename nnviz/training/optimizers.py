"""Optimizers: how a gradient becomes a change of the parameters.

Each works in place on the network's flat vector ``p`` with the flat gradient ``g``; the learning
rate comes with every step, so a schedule or a hand on a slider may change it at any time. Weight
decay acts on weights, never on biases: for SGD and Adam as L2 (``λp`` joins the gradient), for
AdamW decoupled (``p`` shrinks by ``ηλp`` beside the step; Loshchilov and Hutter, ICLR 2019).
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.network import Network

Array = NDArray[Any]


class Optimizer:
    """The base: weight decay, the step count and the state that a checkpoint keeps."""

    name: ClassVar[str]
    decoupled = False

    def __init__(self, network: Network, weight_decay: float = 0.0) -> None:
        self.weight_decay = weight_decay
        self.steps = 0
        self.state: dict[str, Array] = {}
        self._weights = network.weight_slices()
        self._scratch = np.empty_like(network.parameters)

    def step(self, p: Array, g: Array, learning_rate: float) -> None:
        """Change ``p`` by one step against ``g``; ``g`` may be overwritten."""
        self.steps += 1
        if self.weight_decay:
            for part in self._weights:
                if self.decoupled:
                    p[part] *= 1 - learning_rate * self.weight_decay
                else:
                    g[part] += self.weight_decay * p[part]
        self._update(p, g, learning_rate)

    def _update(self, p: Array, g: Array, learning_rate: float) -> None:
        raise NotImplementedError


class SGD(Optimizer):
    """``p ← p − η g``; with momentum μ: ``v ← μv + g``, ``p ← p − η v``.

    Nesterov's form steps along ``g + μv`` (Sutskever et al., ICML 2013).
    """

    name = "sgd"

    def __init__(
        self,
        network: Network,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(network, weight_decay)
        self.momentum = momentum
        self.nesterov = nesterov
        if momentum:
            self.state["velocity"] = np.zeros_like(network.parameters)

    def _update(self, p: Array, g: Array, learning_rate: float) -> None:
        direction, scratch = g, self._scratch
        if self.momentum:
            velocity = self.state["velocity"]
            velocity *= self.momentum
            velocity += g
            direction = velocity
            if self.nesterov:
                direction = np.multiply(velocity, self.momentum, out=scratch)
                direction += g
        p -= np.multiply(direction, learning_rate, out=scratch)


class Adam(Optimizer):
    """``m ← β₁m + (1 − β₁)g``, ``v ← β₂v + (1 − β₂)g²``, ``p ← p − η m̂ / (√v̂ + ε)``.

    ``m̂`` and ``v̂`` are m and v divided by ``1 − βᵗ`` (Kingma and Ba, ICLR 2015). The factors
    ``1 − β`` are kept out of the sums and put into the step's two constants: fewer passes over the
    parameters, the same step.
    """

    name = "adam"

    def __init__(
        self,
        network: Network,
        weight_decay: float = 0.0,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(network, weight_decay)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.state["m"] = np.zeros_like(network.parameters)
        self.state["v"] = np.zeros_like(network.parameters)

    def _update(self, p: Array, g: Array, learning_rate: float) -> None:
        m, v, step = self.state["m"], self.state["v"], self._scratch
        m *= self.beta1
        m += g
        v *= self.beta2
        v += np.multiply(g, g, out=step)
        m_scale = (1 - self.beta1) / (1 - self.beta1**self.steps)
        v_scale = ((1 - self.beta2) / (1 - self.beta2**self.steps)) ** 0.5
        np.sqrt(v, out=step)
        step += self.epsilon / v_scale
        np.divide(m, step, out=step)
        step *= learning_rate * m_scale / v_scale
        p -= step


class AdamW(Adam):
    """Adam with decoupled weight decay."""

    name = "adamw"
    decoupled = True


OPTIMIZERS: dict[str, type[Optimizer]] = {
    optimizer.name: optimizer for optimizer in (SGD, Adam, AdamW)
}


def create(
    name: str,
    network: Network,
    weight_decay: float = 0.0,
    *,
    momentum: float = 0.0,
    nesterov: bool = False,
    beta1: float = 0.9,
    beta2: float = 0.999,
) -> Optimizer:
    """The optimizer of that name for this network.

    ``momentum`` and ``nesterov`` belong to sgd alone, the betas to adam and adamw. Raises
    `InputError` for a name there is none for and for settings out of their range.
    """
    if name not in OPTIMIZERS:
        known = ", ".join(OPTIMIZERS)
        raise InputError("unknown_optimizer", f"Expected an optimizer of {known}; got {name!r}.")
    if not 0 <= momentum < 1 or (momentum and name != SGD.name):
        raise InputError(
            "out_of_range",
            f"Expected momentum 0 ≤ μ < 1, with sgd only; got {momentum} for {name}.",
        )
    if nesterov and not momentum:
        raise InputError("out_of_range", "Expected nesterov with a momentum above 0; got none.")
    if not 0 <= weight_decay < 1:
        raise InputError("out_of_range", f"Expected weight decay 0 ≤ λ < 1; got {weight_decay}.")
    if name == SGD.name:
        return SGD(network, weight_decay, momentum, nesterov)
    return (AdamW if name == AdamW.name else Adam)(network, weight_decay, beta1, beta2)


def clip_by_norm(g: Array, most: float) -> float:
    """Scale ``g`` in place so that its Euclidean length is at most ``most``; return its length."""
    length = float(np.sqrt(np.dot(g, g)))
    if length > most:
        g *= most / length
    return length

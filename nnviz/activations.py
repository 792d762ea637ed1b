"""Activation functions and their derivatives, one under the other.

`forward` computes ``a = f(z)``; `backward` turns ``da = ∂L/∂a`` into ``dz = ∂L/∂z``. Both keep the
dtype and the shape, and write into ``out`` when it is given (it may be the input itself).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import look_up

Array = NDArray[Any]


class Activation:
    """A function applied to every element of ``z`` (softmax: to every last axis)."""

    name: str
    bounded = True  # whether a stays within −1..1 whatever z is

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return ``a = f(z)``."""
        raise NotImplementedError

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """Return ``dz = da · f′(z)``, from ``z`` or from ``a = f(z)``, whichever is cheaper."""
        raise NotImplementedError


class Linear(Activation):
    """``a = z``."""

    name = "linear"
    bounded = False

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return ``z`` itself, or its copy in ``out``."""
        if out is None or np.may_share_memory(z, out):
            return z
        np.copyto(out, z)
        return out

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """``dz = da``."""
        return self.forward(da, out)


class Sigmoid(Activation):
    """``a = 1 / (1 + e^−z)``, from 0 to 1."""

    name = "sigmoid"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return σ(z); the exponent is capped so that nothing overflows."""
        a: Array = np.negative(z, out=out)
        np.minimum(a, 88 if a.dtype == np.float32 else 709, out=a)
        np.exp(a, out=a)
        a += 1
        np.reciprocal(a, out=a)
        return a

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """``dz = da · a (1 − a)``."""
        slope = 1 - a
        slope *= a
        dz: Array = np.multiply(da, slope, out=out)
        return dz


class Tanh(Activation):
    """``a = tanh(z)``, from −1 to 1."""

    name = "tanh"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return tanh(z)."""
        a: Array = np.tanh(z, out=out)
        return a

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """``dz = da (1 − a²)``."""
        slope = a * a
        np.subtract(1, slope, out=slope)
        dz: Array = np.multiply(da, slope, out=out)
        return dz


class ReLU(Activation):
    """``a = max(z, 0)``."""

    name = "relu"
    bounded = False

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return z where it is positive, else 0.

        Beside zeros: beside one single number `np.maximum` takes four times as long.
        """
        if out is None or np.may_share_memory(z, out):
            zeros = np.zeros_like(z)
        else:
            zeros = out
            zeros.fill(0)
        a: Array = np.maximum(z, zeros, out=out)
        return a

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """``dz = da`` where z > 0, else 0 (0 at z = 0, as PyTorch has it)."""
        dz: Array = np.multiply(da, a > 0, out=out)
        return dz


class Softmax(Activation):
    """``a_k = e^z_k / Σ_j e^z_j`` over the last axis: positive, and its sum is 1."""

    name = "softmax"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """Return the probabilities; the largest z is taken off first, so nothing overflows."""
        a: Array = np.subtract(z, np.maximum.reduce(z, axis=-1, keepdims=True), out=out)
        np.exp(a, out=a)
        a /= np.add.reduce(a, axis=-1, keepdims=True)
        return a

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """``dz_k = a_k (da_k − Σ_j da_j a_j)``."""
        mean = np.sum(da * a, axis=-1, keepdims=True)
        dz: Array = np.subtract(da, mean, out=out)
        dz *= a
        return dz


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation for activation in (Linear(), Sigmoid(), Tanh(), ReLU(), Softmax())
}


def get(name: str) -> Activation:
    """The activation of that name; raises `InputError` for a name there is none for."""
    return look_up(ACTIVATIONS, name, "an activation", "unknown_activation")

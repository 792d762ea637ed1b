"""The fully connected layer: every unit sees every input."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnviz import initializers
from nnviz.layers.base import Array, Context, Layer, LayerTrace, Shape, checked_size


class Dense(Layer):
    """``z = x W + b``, ``a = σ(z)``.

    Shapes: x (N, inputs), W (inputs, units), b (units), z and a (N, units). The column ``W[:, j]``
    holds the weights of unit j. Applied to (N, T, inputs) it treats every step alike.
    """

    kind = "dense"
    arithmetic = "sum"

    def __init__(
        self,
        units: int,
        activation: str = "linear",
        *,
        kernel_initializer: str | None = None,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        """With no initializer named: He for ReLU, Glorot for the others."""
        super().__init__(name, input_shape, activation)
        self.units = checked_size(units, "units")
        default = "he_normal" if activation == "relu" else "glorot_uniform"
        self.kernel_initializer = kernel_initializer or default
        self._initialize_kernel = initializers.get(self.kernel_initializer)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept (inputs,) or (steps, inputs)."""
        if len(input_shape) > 2:
            raise self.wrong_shape("samples of 1 or 2 axes (put a Flatten before it)", input_shape)
        self.input_shape = input_shape
        self.output_shape = (*input_shape[:-1], self.units)
        return {"W": (input_shape[-1], self.units), "b": (self.units,)}

    def initialize(self, rng: np.random.Generator) -> None:
        """W by the initializer, b zero."""
        self.params["W"][...] = self._initialize_kernel(self.params["W"].shape, rng)
        self.params["b"][...] = 0

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """``z = x W + b``, ``a = σ(z)``."""
        shape = (*x.shape[:-1], self.units)
        product = np.dot if x.ndim == 2 else np.matmul  # the former begins sooner
        z = product(x, self.params["W"], out=context.out(self.name, "z", shape, x.dtype))
        z += self.params["b"]
        a = self.activation.forward(z, out=context.out(self.name, "a", shape, x.dtype))
        return LayerTrace(x, z, a, self.activation)

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """``dW = xᵀ dz``, ``db = Σ dz`` over the batch, ``dx = dz Wᵀ``."""
        flat_dz = dz.reshape(-1, self.units)
        flat_x = trace.x.reshape(len(flat_dz), -1)
        np.matmul(flat_x.T, flat_dz, out=gradients["W"])
        np.add.reduce(flat_dz, axis=0, out=gradients["b"])
        if not input_gradient:
            return None
        dx = context.array(self.name, "dx", trace.x.shape, dz.dtype)
        return np.matmul(dz, self.params["W"].T, out=dx)

    def to_json(self) -> dict[str, Any]:
        """Kind, name, units, activation, initializer."""
        return {
            **super().to_json(),
            "units": self.units,
            "activation": self.activation.name,
            "kernel_initializer": self.kernel_initializer,
        }

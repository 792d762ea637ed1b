"""Recurrent layers: the same cell at every step of a sequence, remembering what came before."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnviz import activations
from nnviz.initializers import glorot_uniform, orthogonal
from nnviz.layers.base import Array, Context, Layer, LayerTrace, Shape, checked_size


class Recurrent(Layer):
    """What both kinds share. x (N, T, D) → h (N, T, units), or the last step's (N, units).

    ``gates`` kernels lie side by side: W (D, gates · units), U (units, gates · units), b likewise.
    """

    gates = 1

    def __init__(
        self,
        units: int,
        *,
        return_sequences: bool = False,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name, input_shape)
        self.units = checked_size(units, "units")
        self.return_sequences = bool(return_sequences)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept (steps, features)."""
        if len(input_shape) != 2:
            raise self.wrong_shape("samples of 2 axes, steps x features", input_shape)
        self.input_shape = input_shape
        steps, features = input_shape
        self.output_shape = (steps, self.units) if self.return_sequences else (self.units,)
        wide = self.gates * self.units
        return {"W": (features, wide), "U": (self.units, wide), "b": (wide,)}

    def initialize(self, rng: np.random.Generator) -> None:
        """W Glorot, U orthogonal, b zero (an LSTM's forget gate: one)."""
        self.params["W"][...] = glorot_uniform(self.params["W"].shape, rng)
        self.params["U"][...] = orthogonal(self.params["U"].shape, rng)
        self.params["b"][...] = 0

    def _inputs(self, x: Array, context: Context) -> Array:
        """``x W + b`` of all steps at once, steps first: (T, N, gates · units)."""
        n, steps, features = x.shape
        by_step = context.array(self.name, "x", (steps, n, features), x.dtype)
        by_step[...] = x.transpose(1, 0, 2)
        wide = self.params["b"].size
        z = context.array(self.name, "zx", (steps, n, wide), x.dtype)
        np.matmul(by_step.reshape(-1, features), self.params["W"], out=z.reshape(steps * n, wide))
        z += self.params["b"]
        return z

    def _parameter_gradients(
        self, dz: Array, h: Array, trace: LayerTrace, gradients: Mapping[str, Array]
    ) -> None:
        """``dW = Σ xᵀ dz``, ``dU = Σ h_{t−1}ᵀ dz``, ``db = Σ dz``; dz (T, N, gates · units)."""
        steps, n, wide = dz.shape
        flat = dz.reshape(steps * n, wide)
        x = trace.x.transpose(1, 0, 2).reshape(steps * n, -1)
        np.matmul(x.T, flat, out=gradients["W"])
        before = h[:-1].reshape((steps - 1) * n, self.units)
        np.matmul(before.T, flat[n:], out=gradients["U"])
        np.add.reduce(flat, axis=0, out=gradients["b"])

    def _input_gradient(self, dz: Array) -> Array:
        dx: Array = np.matmul(dz, self.params["W"].T).transpose(1, 0, 2)
        return dx

    def _result(self, h: Array) -> Array:
        """From (T, N, units) to what the next layer reads."""
        return h.transpose(1, 0, 2) if self.return_sequences else h[-1]

    def _incoming(self, dh: Array, steps: int) -> Array:
        """∂L/∂h from outside for every step, (T, N, units)."""
        if self.return_sequences:
            return dh.transpose(1, 0, 2)
        outside = np.zeros((steps, *dh.shape), dh.dtype)
        outside[-1] = dh
        return outside

    def config(self) -> dict[str, Any]:
        """Kind, name, units, whether all steps are returned."""
        return {
            **super().config(),
            "units": self.units,
            "return_sequences": self.return_sequences,
        }


class SimpleRNN(Recurrent):
    """``z_t = x_t W + h_{t−1} U + b``, ``h_t = tanh(z_t)`` (Elman, Cognitive Science 14, 1990)."""

    kind = "simple_rnn"

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Step by step; ``extra["h"]`` is (N, T, units)."""
        z = self._inputs(x, context)
        h = context.array(self.name, "h", z.shape, x.dtype)
        for step in range(len(z)):
            if step:
                z[step] += h[step - 1] @ self.params["U"]
            np.tanh(z[step], out=h[step])
        a = self._result(h)
        return LayerTrace(x, a, a, self.activation, {"h": h.transpose(1, 0, 2)})

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """Back through the steps: ``dz_t = (dh_t + dz_{t+1} Uᵀ) (1 − h_t²)``."""
        h = trace.extra["h"].transpose(1, 0, 2)
        outside = self._incoming(dz, len(h))
        slopes = context.array(self.name, "dz", h.shape, dz.dtype)
        after: Array | None = None
        for step in reversed(range(len(h))):
            dh = outside[step] if after is None else outside[step] + after @ self.params["U"].T
            slopes[step] = dh * (1 - h[step] ** 2)
            after = slopes[step]
        self._parameter_gradients(slopes, h, trace, gradients)
        return self._input_gradient(slopes) if input_gradient else None


class LSTM(Recurrent):
    """Long short-term memory (Hochreiter and Schmidhuber, Neural Computation 9, 1997).

    ``i = σ(z_i)``, ``f = σ(z_f)``, ``g = tanh(z_g)``, ``o = σ(z_o)`` with
    ``[z_i z_f z_g z_o] = x_t W + h_{t−1} U + b``; then ``c_t = f c_{t−1} + i g`` and
    ``h_t = o tanh(c_t)``. The gates lie in Keras's order, i f g o.
    """

    kind = "lstm"
    gates = 4

    def initialize(self, rng: np.random.Generator) -> None:
        """As every recurrent layer, but the forget gate begins open (Jozefowicz et al., 2015)."""
        super().initialize(rng)
        self.params["b"][self.units : 2 * self.units] = 1

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Step by step; ``extra`` holds i, f, g, o, c and h of every step, (N, T, units) each."""
        u = self.units
        gates = self._inputs(x, context)  # (T, N, 4u), pre-activations that become i f g o
        shape = (*gates.shape[:2], u)
        c, tanh_c, h = (
            context.array(self.name, name, shape, x.dtype) for name in ("c", "tanh_c", "h")
        )
        scratch = context.array(self.name, "scratch", shape[1:], x.dtype)
        recurrent = context.array(self.name, "zh", gates.shape[1:], x.dtype)
        sigmoid = activations.get("sigmoid")
        for step in range(len(gates)):
            z = gates[step]
            if step:
                z += np.matmul(h[step - 1], self.params["U"], out=recurrent)
            sigmoid.forward(z[:, : 2 * u], out=z[:, : 2 * u])
            np.tanh(z[:, 2 * u : 3 * u], out=z[:, 2 * u : 3 * u])
            sigmoid.forward(z[:, 3 * u :], out=z[:, 3 * u :])
            np.multiply(z[:, :u], z[:, 2 * u : 3 * u], out=c[step])
            if step:
                c[step] += np.multiply(z[:, u : 2 * u], c[step - 1], out=scratch)
            np.tanh(c[step], out=tanh_c[step])
            np.multiply(z[:, 3 * u :], tanh_c[step], out=h[step])
        a = self._result(h)
        extra = {
            name: gates[:, :, place * u : (place + 1) * u].transpose(1, 0, 2)
            for place, name in enumerate("ifgo")
        }
        extra |= {"c": c.transpose(1, 0, 2), "h": h.transpose(1, 0, 2), "gates": gates}
        extra["tanh_c"] = tanh_c
        return LayerTrace(x, a, a, self.activation, extra)

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """Back through the steps.

        ``do = dh tanh(c) o(1 − o)``, ``dc += dh o (1 − tanh²(c))``, ``di = dc g i(1 − i)``,
        ``df = dc c_{t−1} f(1 − f)``, ``dg = dc i (1 − g²)``; then ``dc ← dc f``, ``dh = dz Uᵀ``.
        """
        u, gates, tanh_c = self.units, trace.extra["gates"], trace.extra["tanh_c"]
        c, h = trace.extra["c"].transpose(1, 0, 2), trace.extra["h"].transpose(1, 0, 2)
        outside = self._incoming(dz, len(gates))
        slopes = context.array(self.name, "dz", gates.shape, dz.dtype)
        # The slopes of the gates themselves do not wait for anything: all steps at once.
        np.subtract(1, gates, out=slopes)
        slopes *= gates
        g = gates[:, :, 2 * u : 3 * u]
        slopes[:, :, 2 * u : 3 * u] = 1 - g * g
        slope_c = gates[:, :, 3 * u :] * (1 - tanh_c * tanh_c)
        u_transposed = np.ascontiguousarray(self.params["U"].T)
        dc = np.zeros(c.shape[1:], dz.dtype)
        dh = outside[-1]
        for step in reversed(range(len(gates))):
            gate, slope = gates[step], slopes[step]
            dc += dh * slope_c[step]
            slope[:, 3 * u :] *= dh * tanh_c[step]
            slope[:, :u] *= dc * gate[:, 2 * u : 3 * u]
            slope[:, 2 * u : 3 * u] *= dc * gate[:, :u]
            if step:
                slope[:, u : 2 * u] *= dc * c[step - 1]
                dh = slope @ u_transposed + outside[step - 1]
                dc *= gate[:, u : 2 * u]
            else:
                slope[:, u : 2 * u] = 0
        self._parameter_gradients(slopes, h, trace, gradients)
        return self._input_gradient(slopes) if input_gradient else None

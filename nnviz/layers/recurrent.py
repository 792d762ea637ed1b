"""Recurrent layers: the same cell at every step of a sequence, remembering what came before.

Inside, a sample is a column: a step's entry is ``[x_t; h_{t−1}; 1]``, one column a sample, so that
all its pre-activations are one product with W, U and b, and each gate is one block of memory.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from nnviz.initializers import glorot_uniform, orthogonal
from nnviz.layers.base import Array, Context, Layer, LayerTrace, Shape, checked_size, each_of

BLOCK = 7  # steps whose slopes are computed together: few calls, and they stay in the cache


class Recurrent(Layer):
    """What both kinds share. x (N, T, D) → h (N, T, units), or the last step's (N, units).

    The kernels of all gates lie side by side: W (D, gates · units), U (units, gates · units), b
    likewise. ``order`` says in which order they are computed: as they lie, but from another one on.
    """

    order: ClassVar[list[int]] = [0]
    halved: ClassVar[int] = 0  # of how many gates, the first, z / 2 is computed in place of z

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
        self._made: tuple[Array | None, Array] = None, np.empty(0)  # W, and the kernel of it

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept (steps, features)."""
        if len(input_shape) != 2:
            raise self.wrong_shape("samples of 2 axes, steps x features", input_shape)
        self.input_shape = input_shape
        steps, features = input_shape
        self.output_shape = (steps, self.units) if self.return_sequences else (self.units,)
        wide = len(self.order) * self.units
        return {"W": (features, wide), "U": (self.units, wide), "b": (wide,)}

    def initialize(self, rng: np.random.Generator) -> None:
        """W Glorot, U orthogonal, b zero (an LSTM's forget gate: one)."""
        self.params["W"][...] = glorot_uniform(self.params["W"].shape, rng)
        self.params["U"][...] = orthogonal(self.params["U"].shape, rng)
        self.params["b"][...] = 0

    def to_json(self) -> dict[str, Any]:
        """Kind, name, units, whether all steps are returned."""
        return {
            **super().to_json(),
            "units": self.units,
            "return_sequences": self.return_sequences,
        }

    @property
    def bounded(self) -> bool:
        """h is a tanh, or a part of one."""
        return True

    @property
    def shown_shape(self) -> Shape:
        """Every step is shown, whatever comes out: (T, units)."""
        return self.input_shape[0], self.units

    # Columns

    def _kernel(self) -> Array:
        """W, U and b in one, gates in their computed order: (gates · units, D + units + 1).

        Of parameters that cannot change (`Network.frozen`) it is made once.
        """
        w, u, b = (self.params[name] for name in "WUb")
        made_of, kernel = self._made
        if made_of is not w:
            kernel = self._ordered(np.concatenate([w, u, b[np.newaxis]])).T
            kernel[: self.halved * self.units] *= kernel.dtype.type(0.5)
            if not w.flags.writeable:
                self._made = w, kernel
        return kernel

    def _ordered(self, parameter: Array) -> Array:
        """A copy of W, U or b with its gates in their computed order: the first, then on around."""
        first = self.order[0] * self.units
        return np.concatenate([parameter[..., first:], parameter[..., :first]], axis=-1)

    def _by_gate(self, parameter: Array) -> Array:
        return parameter.reshape(*parameter.shape[:-1], len(self.order), self.units)

    def _entries(self, x: Array, context: Context) -> tuple[Array, Array]:
        """``[x_t; h_{t−1}; 1]`` of T + 1 steps, (T + 1, D + units + 1, N), and the view of h.

        h is zero before the first step; the pass fills in the others.
        """
        n, steps, features = x.shape
        shape = (steps + 1, features + self.units + 1, n)
        entries = context.array(self.name, "entries", shape, x.dtype)
        entries[:steps, :features] = x.transpose(1, 2, 0)
        entries[:, -1] = 1
        h = entries[:, features:-1]
        h[0] = 0
        return entries, h

    def _trace(self, x: Array, h: Array, extra: dict[str, Array]) -> LayerTrace:
        """The trace, with every step's h or the last one's as the result; h (T + 1, units, N)."""
        extra["h"] = by_sample(h[1:])
        a = extra["h"] if self.return_sequences else np.ascontiguousarray(h[-1].T)
        return LayerTrace(x, a, a, self.activation, extra)

    def _incoming(self, dh: Array, step: int) -> Array | float:
        """∂L/∂h of one step from outside, (units, N) or 0."""
        if self.return_sequences:
            return dh[:, step].T
        return dh.T if step == self.input_shape[0] - 1 else 0.0

    def _parameter_gradients(
        self, dz: Array, entries: Array, gradients: Mapping[str, Array], context: Context
    ) -> None:
        """``Σ_t [x_t; h_{t−1}; 1] dz_tᵀ`` is dW, dU and db in one; dz (T, gates · units, N)."""
        both = []
        for name, columns in (("entries flat", entries[:-1]), ("dz flat", dz)):
            steps, rows, n = columns.shape
            flat = context.array(self.name, name, (rows, steps, n), dz.dtype)
            flat[...] = columns.transpose(1, 0, 2)
            both.append(flat.reshape(rows, steps * n))
        total = self._by_gate((both[1] @ both[0].T).T)
        features = self.input_shape[1]
        for name, part in (("W", total[:features]), ("U", total[features:-1]), ("b", total[-1])):
            self._by_gate(gradients[name])[..., self.order, :] = part

    def _input_gradient(self, dz: Array) -> Array:
        return by_sample(np.matmul(self._ordered(self.params["W"]), dz))


def by_sample(columns: Array) -> Array:
    """(T, values, N) seen as (N, T, values)."""
    return columns.transpose(2, 0, 1)


class SimpleRNN(Recurrent):
    """``z_t = x_t W + h_{t−1} U + b``, ``h_t = tanh(z_t)`` (Elman, Cognitive Science 14, 1990)."""

    kind = "simple_rnn"
    arithmetic = "sum"

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Step by step; ``extra["h"]`` is (N, T, units)."""
        kernel = self._kernel()
        entries, h = self._entries(x, context)
        z = context.steps(self.name, "z", (len(h) - 1, *h.shape[1:]), x.dtype)
        for step, entry in enumerate(entries[:-1]):
            np.tanh(kernel.dot(entry, z[step]), out=h[step + 1])
        return self._trace(x, h, {"entries": entries, "z": by_sample(z)})

    def shown(self, trace: LayerTrace) -> dict[str, Array | dict[str, Array]]:
        """z and h of every step."""
        return {"z": trace.extra["z"], "a": trace.extra["h"]}

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """Back through the steps: ``dz_t = (dh_t + U dz_{t+1}) (1 − h_t²)``."""
        h = trace.extra["h"].transpose(1, 2, 0)
        slopes = 1 - h * h
        recurrent: Array | float = 0.0
        for step in reversed(range(len(h))):
            slopes[step] *= recurrent + self._incoming(dz, step)
            recurrent = self.params["U"] @ slopes[step]
        self._parameter_gradients(slopes, trace.extra["entries"], gradients, context)
        return self._input_gradient(slopes) if input_gradient else None


class LSTM(Recurrent):
    """Long short-term memory (Hochreiter and Schmidhuber, Neural Computation 9, 1997).

    ``i = σ(z_i)``, ``f = σ(z_f)``, ``g = tanh(z_g)``, ``o = σ(z_o)`` with
    ``[z_i z_f z_g z_o] = x_t W + h_{t−1} U + b``; then ``c_t = f c_{t−1} + i g`` and
    ``h_t = o tanh(c_t)``. The gates lie in Keras's order, i f g o.

    They are computed as o i f g, with ``c_{t−1}`` below: the sigmoids are one block, so are the
    three that the cell's gradient meets, and [i f] · [g c] is one product.
    ``σ(z) = ½ + ½ tanh(z / 2)`` makes one tanh of all four.
    """

    kind = "lstm"
    arithmetic = "gates"
    order: ClassVar[list[int]] = [3, 0, 1, 2]
    halved: ClassVar[int] = 3

    def initialize(self, rng: np.random.Generator) -> None:
        """As every recurrent layer, but the forget gate begins open (Jozefowicz et al., 2015)."""
        super().initialize(rng)
        self.params["b"][self.units : 2 * self.units] = 1

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Step by step; ``extra["cells"]`` is (T + 1, 5 · units, N): o, i, f, g, and c before."""
        n, steps, u = len(x), self.input_shape[0], self.units
        kernel = self._kernel()
        entries, h = self._entries(x, context)
        cells = context.steps(self.name, "cells", (steps + 1, 5 * u, n), x.dtype)
        tanh_c = context.steps(self.name, "tanh_c", (steps, u, n), x.dtype)
        products = context.array(self.name, "products", (2 * u, n), x.dtype)
        cells[0, 4 * u :] = 0
        # each step's parts as views: to take them apart anew costs as much as to compute
        parts = [entries[:-1], cells[:, : 4 * u], cells[:, : 3 * u], cells[:, :u]]
        parts += [cells[:, u : 3 * u], cells[:, 3 * u :], cells[1:, 4 * u :], tanh_c, h[1:]]
        half = x.dtype.type(0.5)
        if n == 1:  # NumPy takes vectors sooner than columns, and halves sooner than one half
            parts, products = [part[..., 0] for part in parts], products[:, 0]
            half = np.full(3 * u, half)
        added, kept = products[:u], products[u:]  # i · g, f · c
        dot, tanh, multiply, add = kernel.dot, np.tanh, np.multiply, np.add
        for entry, gates, sigmoids, o, i_f, g_c, next_c, tanh_next, next_h in zip(
            *map(each_of, parts), strict=False
        ):
            dot(entry, gates)
            tanh(gates, gates)
            multiply(sigmoids, half, sigmoids)
            add(sigmoids, half, sigmoids)
            multiply(i_f, g_c, products)
            add(added, kept, next_c)
            tanh(next_c, tanh_next)
            multiply(o, tanh_next, next_h)
        return self._trace(x, h, {"cells": cells, "tanh_c": tanh_c, "entries": entries})

    def shown(self, trace: LayerTrace) -> dict[str, Array | dict[str, Array]]:
        """The cell c as z, h as a, and the gates, of every step."""
        u, cells = self.units, trace.extra["cells"]
        o, i, f, g = (by_sample(cells[:-1, at * u : (at + 1) * u]) for at in range(4))
        gates = {"i": i, "f": f, "g": g, "o": o}
        return {"z": by_sample(cells[1:, 4 * u :]), "a": trace.extra["h"], "gates": gates}

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
        ``df = dc c_{t−1} f(1 − f)``, ``dg = dc i (1 − g²)``; then ``dc ← dc f``, ``dh = U dz``.
        """
        u, cells, n = self.units, trace.extra["cells"], len(dz)
        recurrent_kernel = self._ordered(self.params["U"])
        slopes = context.array(self.name, "dz", (len(cells) - 1, 4 * u, n), dz.dtype)
        dc = context.array(self.name, "dc", (u, n), dz.dtype)
        dh = context.array(self.name, "dh", (u, n), dz.dtype)
        dc[...] = dh[...] = 0
        for start in reversed(range(0, len(slopes), BLOCK)):
            block = slice(start, start + BLOCK)
            slopes_c = self._slopes(trace, block, slopes[block], context)
            for step in reversed(range(start, start + len(slopes_c))):
                slope, slope_c = slopes[step], slopes_c[step - start]
                dh += self._incoming(dz, step)
                slope_c *= dh
                dc += slope_c
                slope[:u] *= dh
                cell_slopes = slope[u:].reshape(3, u, n)
                cell_slopes *= dc
                dc *= cells[step, 2 * u : 3 * u]
                np.matmul(recurrent_kernel, slope, out=dh)
        self._parameter_gradients(slopes, trace.extra["entries"], gradients, context)
        return self._input_gradient(slopes) if input_gradient else None

    def _slopes(self, trace: LayerTrace, steps: slice, slopes: Array, context: Context) -> Array:
        """What waits for no gradient, for several steps at once.

        Writes ``∂h/∂z_o`` and ``∂c/∂z`` of i, f and g into ``slopes`` (steps, 4 · units, N);
        returns ``∂h/∂c`` (steps, units, N).
        """
        u, tanh_c = self.units, trace.extra["tanh_c"][steps]
        cells = trace.extra["cells"][:-1][steps]
        o, i, g = cells[:, :u], cells[:, u : 2 * u], cells[:, 3 * u : 4 * u]
        sigmoid_slopes = slopes[:, : 3 * u]
        np.subtract(1, cells[:, : 3 * u], out=sigmoid_slopes)
        sigmoid_slopes *= cells[:, : 3 * u]
        slopes[:, :u] *= tanh_c
        slopes[:, u : 3 * u] *= cells[:, 3 * u :]  # i by g, f by c
        slope_g = np.multiply(g, g, out=slopes[:, 3 * u :])
        np.subtract(1, slope_g, out=slope_g)
        slope_g *= i
        slopes_c = context.array(self.name, "dtanh_c", tanh_c.shape, cells.dtype)
        np.multiply(tanh_c, tanh_c, out=slopes_c)
        np.subtract(1, slopes_c, out=slopes_c)
        slopes_c *= o
        return slopes_c

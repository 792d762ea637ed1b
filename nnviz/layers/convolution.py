"""The convolution: the same small filter, laid on every place of an image.

``z[n, y, x, f] = Σ_{i, j, c} x[n, s·y + i, s·x + j, c] · W[i, j, c, f] + b[f]``

As products of matrices. In memory the samples of a batch lie side by side, (H, C, W, N), however
the axes are counted (`Context.maps`). The input is copied once for each of the kernel's places
across; what its places down see needs no copy: windows over the rows of that memory, which overlap.
A row of the output is then one product, ``(filters, kh·kw·C) · (kh·kw·C, W'·N)``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nnviz import initializers
from nnviz.layers.base import (
    Array,
    Context,
    Layer,
    LayerTrace,
    Shape,
    Window,
    checked_padding,
    checked_pair,
    checked_size,
    in_memory,
    place_windows,
)


class Conv2D(Layer):
    """A 2-D convolution over (height, width, channels), with ``a = σ(z)``.

    Shapes: x (N, H, W, C), W (kh, kw, C, filters), b (filters,), z and a (N, H', W', filters).
    With padding ``valid`` H' = ⌊(H − kh) / s⌋ + 1; with ``same`` H' = ⌈H / s⌉ and zeros around,
    the odd one below and to the right, as Keras has it.
    """

    kind = "conv2d"
    arithmetic = "sum"
    window: Window
    _seen: "View"  # what the filters see of the input, and turned filters of dz
    _seen_back: "View"

    def __init__(
        self,
        filters: int,
        kernel_size: int | tuple[int, int] | list[int],
        activation: str = "linear",
        *,
        strides: int | tuple[int, int] | list[int] = 1,
        padding: str = "valid",
        kernel_initializer: str | None = None,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name, input_shape, activation)
        self.filters = checked_size(filters, "filters")
        self.kernel_size = checked_pair(kernel_size, "kernel_size")
        self.strides = checked_pair(strides, "strides")
        self.padding = checked_padding(padding)
        default = "he_normal" if activation == "relu" else "glorot_uniform"
        self.kernel_initializer = kernel_initializer or default
        self._initialize_kernel = initializers.get(self.kernel_initializer)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept (height, width, channels) no smaller than the kernel."""
        places, self.window = place_windows(
            self, input_shape, self.kernel_size, self.strides, self.padding
        )
        self.input_shape = input_shape
        self.output_shape = (*places, self.filters)
        (kh, _), (top, left) = self.kernel_size, self.window.before
        self._seen = View(self.kernel_size, places, self.strides, 1, (top, left))
        back = input_shape[0], places[1]
        self._seen_back = View((kh, 1), back, (1, 1), self.strides[0], (kh - 1 - top, 0))
        return {"W": (*self.kernel_size, input_shape[2], self.filters), "b": (self.filters,)}

    def initialize(self, rng: np.random.Generator) -> None:
        """W by the initializer, b zero."""
        self.params["W"][...] = self._initialize_kernel(self.params["W"].shape, rng)
        self.params["b"][...] = 0

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """``z = W · windows + b``, ``a = σ(z)``."""
        windows = self._windows_of(x, context)
        z = context.maps(self.name, "z", (len(x), *self.output_shape), x.dtype)
        by_row = in_memory(z).reshape(len(windows), self.filters, -1)  # (H', filters, W'·N)
        np.matmul(self.params["W"].reshape(-1, self.filters).T, windows, out=by_row)
        by_row += self.params["b"][:, np.newaxis]
        a = self.activation.forward(z, out=context.maps(self.name, "a", z.shape, x.dtype))
        return LayerTrace(x, z, a, self.activation, {"windows": windows})

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """``dW = Σ_rows windows · dzᵀ``, ``db = Σ dz``."""
        windows = trace.extra["windows"]
        d = _side_by_side(in_memory(dz), self.name, "dz", context)
        by_row = d.reshape(len(windows), self.filters, -1)
        shape = (len(windows), windows.shape[1], self.filters)
        of_rows = context.array(self.name, "dW", shape, dz.dtype)
        np.matmul(windows, by_row.transpose(0, 2, 1), out=of_rows)
        np.add.reduce(of_rows, axis=0, out=gradients["W"].reshape(shape[1:]))
        of_places = np.add.reduce(by_row, axis=0)  # then across: at once takes twice as long
        np.add.reduce(of_places, axis=1, out=gradients["b"])
        return self._input_gradient(d, context) if input_gradient else None

    def _input_gradient(self, dz: Array, context: Context) -> Array:
        """``dx`` is what turned filters make of ``dz``, spread by the strides.

        Down, they see windows, as `forward` does; what their places across give is computed apart,
        ``(kw·C, kh·filters) · (kh·filters, W'·N)``, and added where it belongs. So there is no copy
        of ``dz`` for each place: as a rule it has more channels than ``dx``.
        """
        kw, (height, width, channels) = self.kernel_size[1], self.input_shape
        windows = self._seen_back.windows(dz, self.name, "dz down", context)
        turned = self.params["W"][::-1].transpose(1, 2, 0, 3).reshape(kw * channels, -1)
        across = (height, kw, channels, *dz.shape[2:])
        parts = context.array(self.name, "dx across", across, dz.dtype)
        np.matmul(turned, windows, out=parts.reshape(height, kw * channels, -1))
        dx = context.maps(self.name, "dx", (dz.shape[3], *self.input_shape), dz.dtype)
        total = in_memory(dx)
        total.fill(0)
        for place in range(kw):
            offset = place - self.window.before[1]
            to, of = meeting(width, dz.shape[2], 1, self.strides[1], offset)
            total[:, :, to] += parts[:, place, :, of]
        return dx

    def _windows_of(self, x: Array, context: Context) -> Array:
        """What every row of places sees: (H', kh·kw·C, W'·N)."""
        values = _side_by_side(in_memory(x), self.name, "x", context)
        return self._seen.windows(values, self.name, "x across", context)

    # What it takes, in numbers for one sample

    @property
    def product_size(self) -> int:
        """Multiplications of the forward pass."""
        down, across, filters = self.output_shape
        return down * across * filters * self.patch_size

    @property
    def patch_size(self) -> int:
        """How many inputs a unit sees."""
        return self.kernel_size[0] * self.kernel_size[1] * self.input_shape[2]

    @property
    def copied_size(self) -> int:
        """What is copied of the input: side by side, and once for each place across."""
        (down, across, _), (height, width, channels) = self.output_shape, self.input_shape
        rows = (down - 1) * self.strides[0] + self.kernel_size[0]
        return (height * width + rows * self.kernel_size[1] * across) * channels

    @property
    def input_gradient_size(self) -> int:
        """What `backward` holds on the way to ``dx``, and that itself."""
        (height, width, channels), (kh, kw) = self.input_shape, self.kernel_size
        down = (height + kh - 1) * self.filters * self.output_shape[1]
        across = height * kw * channels * self.output_shape[1]
        return down + across + height * width * channels

    def to_json(self) -> dict[str, Any]:
        """Kind, name, filters, kernel size, strides, padding, activation, initializer."""
        return {
            **super().to_json(),
            "filters": self.filters,
            "kernel_size": list(self.kernel_size),
            "strides": list(self.strides),
            "padding": self.padding,
            "activation": self.activation.name,
            "kernel_initializer": self.kernel_initializer,
        }


@dataclass(frozen=True, slots=True)
class View:
    """How a kernel sees maps: places (down, across) ``steps`` apart, zeros around the maps.

    The kernel's rows and columns begin ``before`` the maps', whose rows lie ``spread`` apart.
    """

    kernel: tuple[int, int]
    places: tuple[int, int]
    steps: tuple[int, int]
    spread: int
    before: tuple[int, int]

    def windows(self, maps: Array, owner: str, name: str, context: Context) -> Array:
        """Of maps (H, C, W, N) what each row of places sees: (down, kh·kw·C, across·N)."""
        (kh, kw), (down, across) = self.kernel, self.places
        height, channels, width, n = maps.shape
        rows = (down - 1) * self.steps[0] + kh
        shape = (rows, kw, channels, across, n)
        copies = context.array(owner, name, shape, maps.dtype, fill=0)
        to, of = meeting(rows, height, 1, self.spread, self.before[0])
        for shift in range(kw):
            at, seen = meeting(across, width, self.steps[1], 1, self.before[1] - shift)
            copies[to, shift, :, at] = maps[of, :, seen]
        row, wide = copies.strides[0], copies.strides[2]
        return np.ndarray(
            (down, kh * kw * channels, across * n),
            maps.dtype,
            copies,
            strides=(self.steps[0] * row, wide, maps.itemsize),
        )


@lru_cache(1000)
def meeting(targets: int, sources: int, step: int, spread: int, offset: int) -> tuple[slice, slice]:
    """The places t and s for which ``t · step = s · spread + offset``; one of both factors is 1."""
    if spread == 1:
        first, last = max(0, -(-offset // step)), min(targets - 1, (sources - 1 + offset) // step)
        return _slice(first, last, 1), _slice(first * step - offset, last * step - offset, step)
    first, last = max(0, -(offset // spread)), min(sources - 1, (targets - 1 - offset) // spread)
    start, end = first * spread + offset, last * spread + offset
    return _slice(start, end, spread), _slice(first, last, 1)


def _slice(first: int, last: int, step: int) -> slice:
    return slice(first, last + 1, step) if last >= first else slice(0, 0)


def _side_by_side(maps: Array, owner: str, name: str, context: Context) -> Array:
    """Maps (H, C, W, N) whose samples lie side by side in memory; they themselves where they do."""
    if maps.flags.c_contiguous:
        return maps
    turned = context.array(owner, name, maps.shape, maps.dtype)
    np.copyto(turned, maps)
    return turned

"""The convolution: the same small filter, laid on every place of an image.

``z[n, y, x, f] = Σ_{i, j, c} x[n, s·y + i, s·x + j, c] · W[i, j, c, f] + b[f]``

As a product of matrices: every place's patch of inputs is a row, every filter a column. Patches of
neighbouring places overlap, so a row here covers a tile of 1, 2 x 2 or 4 x 4 places: its patch is
hardly larger, far fewer numbers are copied, and the filter stands t² times in a wider matrix, moved
by one place each time. The sums are the same.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnviz import initializers
from nnviz.layers.base import (
    Array,
    Context,
    Layer,
    LayerTrace,
    Shape,
    checked_padding,
    checked_pair,
    checked_size,
    place_windows,
)


class Conv2D(Layer):
    """A 2-D convolution over (height, width, channels), with ``a = σ(z)``.

    Shapes: x (N, H, W, C), W (kh, kw, C, filters), b (filters,), z and a (N, H', W', filters).
    With padding ``valid`` H' = ⌊(H − kh) / s⌋ + 1; with ``same`` H' = ⌈H / s⌉ and zeros around,
    the odd one below and to the right, as Keras has it.
    """

    kind = "conv2d"

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
        places, self._before = place_windows(
            self, input_shape, self.kernel_size, self.strides, self.padding
        )
        self.input_shape = input_shape
        self.output_shape = (*places, self.filters)
        self._tile = self._tile_of(self.output_shape, input_shape[2])
        return {"W": (*self.kernel_size, input_shape[2], self.filters), "b": (self.filters,)}

    def _tile_of(self, output_shape: Shape, channels: int) -> int:
        """How many places across a row covers: 4 pays while there are few channels."""
        if self.strides != (1, 1):
            return 1
        for tile in (4, 2) if channels <= 2 else (2,):
            if output_shape[0] % tile == 0 and output_shape[1] % tile == 0:
                return tile
        return 1

    def initialize(self, rng: np.random.Generator) -> None:
        """W by the initializer, b zero."""
        self.params["W"][...] = self._initialize_kernel(self.params["W"].shape, rng)
        self.params["b"][...] = 0

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """``z = patches · W + b``, ``a = σ(z)``."""
        n, (height, width, filters), t = len(x), self.output_shape, self._tile
        columns = self._columns(x, context)
        wide = self._wide_kernel(context)  # (patch, t·t·filters)
        tiled = context.array(self.name, "tiled", (len(columns), wide.shape[1]), x.dtype)
        np.matmul(columns, wide, out=tiled)
        z = context.array(self.name, "z", (n, height, width, filters), x.dtype)
        self._by_tile(z)[...] = tiled.reshape(n, height // t, width // t, t, t, filters)
        z += self.params["b"]
        a = self.activation.forward(z, out=context.array(self.name, "a", z.shape, x.dtype))
        return LayerTrace(x, z, a, self.activation, {"columns": columns})

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """``dW = patchesᵀ · dz``, ``db = Σ dz``, and ``dx`` adds up ``dz · Wᵀ`` patch by patch."""
        columns, t = trace.extra["columns"], self._tile
        tiled = context.array(self.name, "dz", (len(columns), t * t * self.filters), dz.dtype)
        n, (height, width, filters) = len(dz), self.output_shape
        tiled.reshape(n, height // t, width // t, t, t, filters)[...] = self._by_tile(dz)
        wide = context.array(self.name, "dW", (columns.shape[1], tiled.shape[1]), dz.dtype)
        np.matmul(columns.T, tiled, out=wide)
        self._fold_kernel(wide, gradients["W"])
        np.add.reduce(tiled.reshape(-1, filters), axis=0, out=gradients["b"])
        if not input_gradient:
            return None
        patches = context.array(self.name, "dcolumns", columns.shape, dz.dtype)
        np.matmul(tiled, self._wide_kernel(context).T, out=patches)
        return self._fold_patches(patches, n, context)

    # Patches and tiles

    @property
    def _patch(self) -> tuple[int, int]:
        """Height and width of the inputs that a tile of outputs sees."""
        return self.kernel_size[0] + self._tile - 1, self.kernel_size[1] + self._tile - 1

    @property
    def _steps(self) -> tuple[int, int]:
        """Inputs from one tile to the next."""
        return self.strides[0] * self._tile, self.strides[1] * self._tile

    def _by_tile(self, z: Array) -> Array:
        """A view (N, tiles down, tiles across, t, t, filters) of (N, H', W', filters)."""
        n, height, width, filters = z.shape
        t = self._tile
        return z.reshape(n, height // t, t, width // t, t, filters).transpose(0, 1, 3, 2, 4, 5)

    def _columns(self, x: Array, context: Context) -> Array:
        """Every tile's patch as a row: (N · tiles, patch height · patch width · C)."""
        n, height, width, channels = x.shape
        (ph, pw), (sh, sw), t = self._patch, self._steps, self._tile
        down, across = self.output_shape[0] // t, self.output_shape[1] // t
        size = (n, (down - 1) * sh + ph, (across - 1) * sw + pw, channels)
        padded = x
        if self.padding == "same":
            top, left = self._before
            padded = context.array(self.name, "padded", size, x.dtype)
            padded[...] = 0
            fits_down, fits_across = min(height, size[1] - top), min(width, size[2] - left)
            padded[:, top : top + fits_down, left : left + fits_across] = x[
                :, :fits_down, :fits_across
            ]
        windows = sliding_window_view(padded, (ph, pw), (1, 2))[:, ::sh, ::sw][:, :down, :across]
        columns = context.array(
            self.name, "columns", (n * down * across, ph * pw * channels), x.dtype
        )
        columns.reshape(n, down, across, ph, pw, channels)[...] = windows.transpose(
            0, 1, 2, 4, 5, 3
        )
        return columns

    def _wide_kernel(self, context: Context) -> Array:
        """The filters t² times, moved by one place each time: (patch, t·t·filters)."""
        kernel, t, (ph, pw) = self.params["W"], self._tile, self._patch
        kh, kw, channels, filters = kernel.shape
        if t == 1:
            return kernel.reshape(-1, filters)
        wide = context.array(self.name, "wide", (ph, pw, channels, t, t, filters), kernel.dtype)
        wide[...] = 0
        for down in range(t):
            for across in range(t):
                wide[down : down + kh, across : across + kw, :, down, across] = kernel
        return wide.reshape(ph * pw * channels, -1)

    def _fold_kernel(self, wide: Array, gradient: Array) -> None:
        """The adjoint of `_wide_kernel`: add up what the t² copies of a filter received."""
        t, (ph, pw) = self._tile, self._patch
        kh, kw, channels, filters = gradient.shape
        wide = wide.reshape(ph, pw, channels, t, t, filters)
        gradient[...] = 0
        for down in range(t):
            for across in range(t):
                gradient += wide[down : down + kh, across : across + kw, :, down, across]

    def _fold_patches(self, patches: Array, n: int, context: Context) -> Array:
        """The adjoint of `_columns`: every input adds up what the patches that see it received.

        The patches are cut into blocks of one step; blocks of equal place in their patch never
        overlap, so each is added for all patches at once.
        """
        (ph, pw), (sh, sw), t = self._patch, self._steps, self._tile
        height, width, channels = self.input_shape
        down, across = self.output_shape[0] // t, self.output_shape[1] // t
        patches = patches.reshape(n, down, across, ph, pw, channels)
        top, left = self._before
        rows = max(-(-(top + height) // sh), down + (ph - 1) // sh)
        columns = max(-(-(left + width) // sw), across + (pw - 1) // sw)
        total = context.array(
            self.name, "dpadded", (n, rows, sh, columns, sw, channels), patches.dtype
        )
        total[...] = 0
        for i in range(0, ph, sh):
            for j in range(0, pw, sw):
                block = patches[:, :, :, i : i + sh, j : j + sw].transpose(0, 1, 3, 2, 4, 5)
                y, x = i // sh, j // sw
                h, w = block.shape[2], block.shape[4]
                total[:, y : y + down, :h, x : x + across, :w] += block
        whole = total.reshape(n, rows * sh, columns * sw, channels)
        return whole[:, top : top + height, left : left + width]

    def config(self) -> dict[str, Any]:
        """Kind, name, filters, kernel size, strides, padding, activation, initializer."""
        return {
            **super().config(),
            "filters": self.filters,
            "kernel_size": list(self.kernel_size),
            "strides": list(self.strides),
            "padding": self.padding,
            "activation": self.activation.name,
            "kernel_initializer": self.kernel_initializer,
        }

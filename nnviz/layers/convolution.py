"""The convolution: the same small filter, laid on every place of an image.

``z[n, y, x, f] = Σ_{i, j, c} x[n, s·y + i, s·x + j, c] · W[i, j, c, f] + b[f]``

As a product of matrices: every place's patch of inputs is a row, every filter a column. Patches of
neighbouring places overlap, so a row here covers a tile of several places side by side: its patch
is hardly larger, far fewer numbers are copied, and the filter stands several times in a wider
matrix, moved by one place each time. The sums are the same.
"""

import math
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
    Window,
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
    window: Window

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
        self._tile = self._tile_of(places[1], input_shape[2])
        return {"W": (*self.kernel_size, input_shape[2], self.filters), "b": (self.filters,)}

    def _tile_of(self, places: int, channels: int) -> int:
        """How many places across a row covers: the fewer channels, the more pay."""
        if self.strides[1] != 1:
            return 1
        sizes = (7, 4, 2, 1) if channels <= 2 else (2, 1)
        return next(size for size in sizes if not places % size)

    def initialize(self, rng: np.random.Generator) -> None:
        """W by the initializer, b zero."""
        self.params["W"][...] = self._initialize_kernel(self.params["W"].shape, rng)
        self.params["b"][...] = 0

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """``z = patches · W + b``, ``a = σ(z)``."""
        columns = self._columns(x, context)
        z = context.array(self.name, "z", (len(x), *self.output_shape), x.dtype)
        by_tile = z.reshape(len(columns), -1)
        np.matmul(columns, self._wide_kernel(context), out=by_tile)
        by_tile += np.tile(self.params["b"], self._tile)
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
        columns = trace.extra["columns"]
        by_tile = dz.reshape(len(columns), -1)
        wide = context.array(self.name, "dW", (columns.shape[1], by_tile.shape[1]), dz.dtype)
        np.matmul(columns.T, by_tile, out=wide)
        self._fold_kernel(wide, gradients["W"])
        by_place = np.add.reduce(by_tile, axis=0).reshape(self._tile, self.filters)
        np.add.reduce(by_place, axis=0, out=gradients["b"])
        return self._input_gradient(by_tile, len(dz), context) if input_gradient else None

    # What it takes

    @property
    def product_shape(self) -> tuple[int, int, int]:
        """Rows, inner and columns of the product for one sample: tiles, patch, tile · filters."""
        (ph, pw), (down, across) = self._patch, self._tiles
        return down * across, ph * pw * self.input_shape[2], self._tile * self.filters

    @property
    def padded_size(self) -> int:
        """How many values one sample has with the padding around it; 0 where there is none."""
        if self.padding != "same":
            return 0
        (ph, pw), (sh, sw), (down, across) = self._patch, self._steps, self._tiles
        return ((down - 1) * sh + ph) * ((across - 1) * sw + pw) * self.input_shape[2]

    @property
    def input_gradient_size(self) -> int:
        """How many values `backward` holds on the way to one sample's ``dx``."""
        (ph, pw), (sh, _), (down, across) = self._patch, self._steps, self._tiles
        wide, (rows, columns) = pw * self.input_shape[2], self._gradient_places
        received = down * across * min(sh, ph) * wide
        return (
            rows * across * sh * wide
            + received
            + rows * columns * math.prod((*self._steps, self.input_shape[2]))
        )

    @property
    def _gradient_places(self) -> tuple[int, int]:
        """Down and across, how many steps hold everything that receives a gradient."""
        (ph, pw), (sh, sw), (down, across) = self._patch, self._steps, self._tiles
        (height, width), (top, left) = self.input_shape[:2], self.window.before
        return (
            max(-(-(top + height) // sh), down + (ph - 1) // sh),
            max(-(-(left + width) // sw), across + (pw - 1) // sw),
        )

    # Patches and tiles

    @property
    def _patch(self) -> tuple[int, int]:
        """Height and width of the inputs that a tile sees."""
        return self.kernel_size[0], self.kernel_size[1] + (self._tile - 1) * self.strides[1]

    @property
    def _steps(self) -> tuple[int, int]:
        """Inputs from one tile to the next."""
        return self.strides[0], self.strides[1] * self._tile

    @property
    def _tiles(self) -> tuple[int, int]:
        """Tiles down and across."""
        return self.output_shape[0], self.output_shape[1] // self._tile

    def _columns(self, x: Array, context: Context) -> Array:
        """Every tile's patch as a row: (N · tiles, patch height · patch width · C)."""
        n, height, width, channels = x.shape
        (ph, pw), (sh, sw), (down, across) = self._patch, self._steps, self._tiles
        padded = x
        if self.padding == "same":
            (top, left), rows, columns = (
                self.window.before,
                (down - 1) * sh + ph,
                (across - 1) * sw + pw,
            )
            padded = context.array(self.name, "padded", (n, rows, columns, channels), x.dtype)
            padded[...] = 0
            fits_down, fits_across = min(height, rows - top), min(width, columns - left)
            padded[:, top : top + fits_down, left : left + fits_across] = x[
                :, :fits_down, :fits_across
            ]
        windows = sliding_window_view(padded, (ph, pw), (1, 2))[:, ::sh, ::sw][:, :down, :across]
        shape = (n * down * across, ph * pw * channels)
        patches = context.array(self.name, "columns", shape, x.dtype)
        patches.reshape(n, down, across, ph, pw, channels)[...] = windows.transpose(
            0, 1, 2, 4, 5, 3
        )
        return patches

    def _wide_kernel(self, context: Context) -> Array:
        """The filters once for each place of a tile, moved by one each: (patch, tile · filters)."""
        kernel = self.params["W"]
        if self._tile == 1:
            return kernel.reshape(-1, self.filters)
        shape = (*self._patch, kernel.shape[2], self._tile, self.filters)
        wide = context.array(self.name, "wide", shape, kernel.dtype)
        wide[...] = 0
        for place in range(self._tile):
            wide[:, place : place + self.kernel_size[1], :, place] = kernel
        return wide.reshape(-1, self._tile * self.filters)

    def _fold_kernel(self, wide: Array, gradient: Array) -> None:
        """The adjoint of `_wide_kernel`: add up what the copies of a filter received."""
        wide = wide.reshape(*self._patch, gradient.shape[2], self._tile, self.filters)
        gradient[...] = 0
        for place in range(self._tile):
            gradient += wide[:, place : place + self.kernel_size[1], :, place]

    def _input_gradient(self, dz: Array, n: int, context: Context) -> Array:
        """``dz · Wᵀ``, where every input adds up what the patches that see it received.

        Patches are cut into blocks of one step: blocks of equal place in their patch never overlap.
        They are added up down the image first, then across it.
        """
        (ph, pw), (sh, sw), (down, across) = self._patch, self._steps, self._tiles
        height, width, channels = self.input_shape
        (top, left), wide, step = self.window.before, pw * channels, sw * channels
        kernel = self._wide_kernel(context).reshape(ph, wide, -1)
        rows, columns = self._gradient_places
        by_row = context.array(self.name, "drows", (n, rows, across, sh, wide), dz.dtype)
        by_row[...] = 0
        for i, start in enumerate(range(0, ph, sh)):
            part = kernel[start : start + sh].reshape(-1, dz.shape[1])
            received = context.array(self.name, f"d{len(part)}", (len(dz), len(part)), dz.dtype)
            np.matmul(dz, part.T, out=received)
            received = received.reshape(n, down, across, -1, wide)
            by_row[:, i : i + down, :, : received.shape[3]] += received
        by_row = by_row.transpose(0, 1, 3, 2, 4)
        total = context.array(self.name, "dx", (n, rows, sh, columns, step), dz.dtype)
        total[...] = 0
        for j, start in enumerate(range(0, wide, step)):
            block = by_row[..., start : start + step]
            total[..., j : j + across, : block.shape[-1]] += block
        whole = total.reshape(n, rows * sh, columns * sw, channels)
        return whole[:, top : top + height, left : left + width]

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

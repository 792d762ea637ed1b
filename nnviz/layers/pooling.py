"""Pooling: a window's greatest value or its mean, channel by channel."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from nnviz.layers.base import (
    Array,
    Context,
    Layer,
    LayerTrace,
    Shape,
    checked_padding,
    checked_pair,
    place_windows,
)


class Pooling2D(Layer):
    """What both kinds share: windows over (height, width), strides as large unless given.

    x (N, H, W, C) → a (N, H', W', C), with H' as for a convolution. There is nothing to learn.
    """

    def __init__(
        self,
        pool_size: int | tuple[int, int] | list[int] = 2,
        *,
        strides: int | tuple[int, int] | list[int] | None = None,
        padding: str = "valid",
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name, input_shape)
        self.pool_size = checked_pair(pool_size, "pool_size")
        self.strides = self.pool_size if strides is None else checked_pair(strides, "strides")
        self.padding = checked_padding(padding)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept (height, width, channels) no smaller than the window."""
        places, self._before = place_windows(
            self, input_shape, self.pool_size, self.strides, self.padding
        )
        self.input_shape = input_shape
        self.output_shape = (*places, input_shape[2])
        return {}

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """Every value of a window receives its part of ``dz`` (`_parts`)."""
        if not input_gradient:
            return None
        dx = context.array(self.name, "dx", trace.x.shape, dz.dtype)
        dx[...] = 0
        padded = self._padded(dx, 0, context, "dpadded")
        for values, part in zip(self._slices(padded), self._parts(dz, trace), strict=True):
            values += part
        return self._without_padding(padded)

    def _parts(self, dz: Array, trace: LayerTrace) -> Iterator[Array]:
        """For each place within the window, what it receives of ``dz``."""
        raise NotImplementedError

    def _padded(self, x: Array, fill: float, context: Context, name: str) -> Array:
        """The input with ``fill`` around it where windows reach beyond; itself where none does."""
        (top, left), (height, width) = self._before, x.shape[1:3]
        rows = (self.output_shape[0] - 1) * self.strides[0] + self.pool_size[0]
        columns = (self.output_shape[1] - 1) * self.strides[1] + self.pool_size[1]
        rows, columns = max(rows, top + height), max(columns, left + width)
        if (rows, columns) == (height, width):
            return x
        padded = context.array(self.name, name, (len(x), rows, columns, x.shape[3]), x.dtype)
        padded[...] = fill
        padded[:, top : top + height, left : left + width] = x
        return padded

    def _slices(self, padded: Array) -> Iterator[Array]:
        """For each place within the window, that value of every window: (N, H', W', C) views."""
        (height, width, _), (sh, sw) = self.output_shape, self.strides
        for i in range(self.pool_size[0]):
            for j in range(self.pool_size[1]):
                yield padded[:, i : i + sh * height : sh, j : j + sw * width : sw]

    def _without_padding(self, padded: Array) -> Array:
        (top, left), (height, width) = self._before, self.input_shape[:2]
        return padded[:, top : top + height, left : left + width]

    def config(self) -> dict[str, Any]:
        """Kind, name, window, strides, padding."""
        return {
            **super().config(),
            "pool_size": list(self.pool_size),
            "strides": list(self.strides),
            "padding": self.padding,
        }


class MaxPooling2D(Pooling2D):
    """``a = max`` over the window; the gradient goes to the first greatest value alone."""

    kind = "max_pooling2d"

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """The greatest value of each window, and (``argmax``) its place in the window."""
        padded = self._padded(x, -np.inf, context, "padded")
        slices = self._slices(padded)
        a = context.array(self.name, "a", (len(x), *self.output_shape), x.dtype)
        np.copyto(a, next(slices))
        places = context.array(self.name, "argmax", a.shape, np.uint16)
        places[...] = 0
        for place, values in enumerate(slices, 1):
            np.copyto(places, place, where=values > a)
            np.maximum(a, values, out=a)
        return LayerTrace(x, a, a, self.activation, {"argmax": places})

    def _parts(self, dz: Array, trace: LayerTrace) -> Iterator[Array]:
        """All of ``dz`` where the greatest value stood, else 0."""
        for place in range(self.pool_size[0] * self.pool_size[1]):
            yield dz * (trace.extra["argmax"] == place)


class AveragePooling2D(Pooling2D):
    """``a = mean`` over the window; with padding ``same`` over those of its values that exist."""

    kind = "average_pooling2d"

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """The mean of each window."""
        a = context.array(self.name, "a", (len(x), *self.output_shape), x.dtype)
        a[...] = 0
        for values in self._slices(self._padded(x, 0, context, "padded")):
            a += values
        a /= self._counts(x)
        return LayerTrace(x, a, a, self.activation)

    def _parts(self, dz: Array, trace: LayerTrace) -> Iterator[Array]:
        """An equal share each."""
        share = dz / self._counts(trace.x)
        for _ in range(self.pool_size[0] * self.pool_size[1]):
            yield share

    def _counts(self, x: Array) -> Array:
        """How many values of each window exist, (1, H', W', 1)."""
        ones = self._padded(np.ones_like(x[:1, :, :, :1]), 0, Context(), "ones")
        counts: Array = np.sum(list(self._slices(ones)), axis=0)
        return counts

"""Pooling: a window's greatest value or its mean, channel by channel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from nnviz.layers.base import (
    Array,
    Context,
    Layer,
    LayerTrace,
    Shape,
    Window,
    checked_padding,
    checked_pair,
    place_windows,
)


class Pooling2D(Layer):
    """What both kinds share: windows over (height, width), strides as large unless given.

    x (N, H, W, C) → a (N, H', W', C), with H' as for a convolution. There is nothing to learn.
    A window is taken along its two axes one after the other.
    """

    arithmetic = "pool"
    window: Window
    _along: list["Along"]  # rows, columns
    fill: ClassVar[float]  # what stands for a value outside the input

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
        places, self.window = place_windows(
            self, input_shape, self.pool_size, self.strides, self.padding
        )
        self.input_shape = input_shape
        self.output_shape = (*places, input_shape[2])
        self._along = [self._windows_along(axis) for axis in (1, 2)]
        return {}

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Down first, where rows lie in one piece; ``extra["down"]`` is what came of that."""
        padded = self._padded(x, context)
        shape = (len(x), self.output_shape[0], *padded.shape[2:])
        down = context.maps(self.name, "down", shape, x.dtype)
        along_rows, along_columns = self._along
        self._combine(along_rows.of(padded), down)
        a = context.maps(self.name, "a", (len(x), *self.output_shape), x.dtype)
        self._combine(along_columns.of(down), a)
        return LayerTrace(x, a, a, self.activation, {"padded": padded, "down": down})

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """Every value of a window receives its part of ``dz``: across first, then down."""
        if not input_gradient:
            return None
        d, (along_rows, along_columns) = dz, self._along
        for name, along, result in (
            ("down", along_columns, trace.a),
            ("padded", along_rows, trace.extra["down"]),
        ):
            values = trace.extra[name]
            received = context.maps(self.name, f"d{name}", values.shape, dz.dtype)
            if along.overlap or along.leave_out:
                received[...] = 0
            slices, places = along.of(values), along.of(received)
            targets = [None if along.overlap else place for place in places]
            for place, part in zip(places, self._parts(d, slices, result, targets), strict=True):
                if along.overlap:
                    place += part
                elif part is not place:
                    place[...] = part
            d = received
        (top, left), (height, width) = self.window.before, self.input_shape[:2]
        if d.shape[1:3] == (height, width):
            return d
        return d[:, top : top + height, left : left + width]

    def _combine(self, slices: list[Array], out: Array) -> None:
        """Write into ``out`` what comes of the window's values along one axis."""
        raise NotImplementedError

    def _parts(
        self, d: Array, slices: list[Array], result: Array, outs: list[Array | None]
    ) -> Iterator[Array]:
        """For each of the slices, what it receives of ``d = ∂L/∂result``, in ``outs`` or not."""
        raise NotImplementedError

    def _padded(self, x: Array, context: Context) -> Array:
        """The input with the padding around it; itself where no window reaches beyond."""
        (top, left), (height, width) = self.window.before, x.shape[1:3]
        rows, columns = self.padded_shape
        if (rows, columns) == (height, width):
            return x
        shape = (len(x), rows, columns, x.shape[3])
        padded = context.maps(self.name, "padded", shape, x.dtype, self.fill)
        padded[:, top : top + height, left : left + width] = x
        return padded

    @property
    def padded_shape(self) -> tuple[int, int]:
        """Height and width of the input with the padding around it."""
        (top, left), (height, width) = self.window.before, self.input_shape[:2]
        rows = (self.output_shape[0] - 1) * self.strides[0] + self.pool_size[0]
        columns = (self.output_shape[1] - 1) * self.strides[1] + self.pool_size[1]
        return max(rows, top + height), max(columns, left + width)

    def _windows_along(self, axis: int) -> "Along":
        size, stride = self.pool_size[axis - 1], self.strides[axis - 1]
        count, length = self.output_shape[axis - 1], self.padded_shape[axis - 1]
        reach = (count - 1) * stride + 1
        return Along(axis, size, stride, reach, stride < size, leave_out=length > size * count)

    def to_json(self) -> dict[str, Any]:
        """Kind, name, window, strides, padding."""
        return {
            **super().to_json(),
            "pool_size": list(self.pool_size),
            "strides": list(self.strides),
            "padding": self.padding,
        }


@dataclass(frozen=True, slots=True)
class Along:
    """How windows lie along one axis of maps (N, H, W, C)."""

    axis: int
    size: int  # a visitor may name millions, before it is refused: nothing is made for each here
    stride: int
    reach: int  # from the first window's place to the last one's, and that itself
    overlap: bool
    leave_out: bool  # whether some values are in no window

    def of(self, maps: Array) -> list[Array]:
        """For each place within the window that value of every window: views."""
        before = (slice(None),) * self.axis
        reach, stride = self.reach, self.stride
        return [maps[(*before, slice(at, at + reach, stride))] for at in range(self.size)]


class MaxPooling2D(Pooling2D):
    """``a = max`` over the window; the gradient goes to one greatest value alone, the first in the
    first column that has one.
    """

    kind = "max_pooling2d"
    selects = True
    fill = -np.inf

    def _combine(self, slices: list[Array], out: Array) -> None:
        np.maximum(slices[0], slices[-1], out=out)
        for values in slices[1:-1]:
            np.maximum(out, values, out=out)

    def _parts(
        self, d: Array, slices: list[Array], result: Array, outs: list[Array | None]
    ) -> Iterator[Array]:
        """All of ``d`` to the first that equals the result."""
        left = d
        for values, out, following in zip(slices, outs, outs[1:], strict=False):
            part = np.multiply(left, values == result, out=out)
            yield part
            is_last = following is outs[-1]
            left = np.subtract(left, part, out=following if is_last else None)
        yield left


class AveragePooling2D(Pooling2D):
    """``a = mean`` over the window; with padding ``same`` over those of its values that exist."""

    kind = "average_pooling2d"
    fill = 0.0

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """The sum of each window, divided by how many values it has."""
        trace = super().forward(x, context)
        trace.a *= self._share(x.dtype)
        return trace

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """An equal share for every value."""
        share = dz * self._share(dz.dtype)
        return super().backward(share, trace, gradients, context, input_gradient)

    def _combine(self, slices: list[Array], out: Array) -> None:
        np.copyto(out, slices[0])
        for values in slices[1:]:
            out += values

    def _parts(
        self, d: Array, slices: list[Array], result: Array, outs: list[Array | None]
    ) -> Iterator[Array]:
        for _ in slices:
            yield d

    def _share(self, dtype: DTypeLike) -> Array:
        """1 / how many values each window has, (H', W', 1)."""
        counts = []
        for axis in (0, 1):
            first = (
                np.arange(self.output_shape[axis]) * self.strides[axis] - self.window.before[axis]
            )
            last = np.minimum(first + self.pool_size[axis], self.input_shape[axis])
            counts.append(last - np.maximum(first, 0))
        return (1 / np.outer(*counts)[:, :, np.newaxis]).astype(dtype)

"""Layers that rearrange: the same numbers in another shape, or some of them left out."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnviz.errors import InputError
from nnviz.layers.base import Array, Context, Layer, LayerTrace, Shape, checked_shape


class Reshape(Layer):
    """``a`` is ``x`` in another shape; the number of values stays."""

    kind = "reshape"
    arithmetic = "none"
    selects = True

    def __init__(
        self,
        target_shape: Shape | list[int],
        *,
        input_shape: Shape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name, input_shape)
        self.target_shape = checked_shape(target_shape)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept any shape with as many values as the target's."""
        if int(np.prod(input_shape)) != int(np.prod(self.target_shape)):
            expected = f"as many values as {' x '.join(map(str, self.target_shape))}"
            raise self.wrong_shape(expected, input_shape)
        self.input_shape, self.output_shape = input_shape, self.target_shape
        return {}

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """The same values in the target's shape; maps are put into their axes' order."""
        a = context.array(self.name, "a", x.shape, x.dtype) if _are_turned(x) else x
        if a is not x:
            np.copyto(a, x)
        a = a.reshape(len(x), *self.output_shape)
        return LayerTrace(x, a, a, self.activation)

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """``dx`` is ``dz`` in the input's shape, and lies in memory as the input does."""
        dx = dz.reshape(trace.x.shape)
        if not _are_turned(trace.x):
            return dx
        turned = context.maps(self.name, "dx", dx.shape, dz.dtype)
        np.copyto(turned, dx)
        return turned

    def to_json(self) -> dict[str, Any]:
        """Kind, name, target shape."""
        return {**super().to_json(), "target_shape": list(self.target_shape)}


def _are_turned(x: Array) -> bool:
    """Whether these are maps that lie in memory as `Context.maps` lays them."""
    return x.ndim == 4 and not x.flags.c_contiguous


class Flatten(Reshape):
    """All values of a sample in one row, the last axis fastest."""

    kind = "flatten"

    def __init__(self, *, input_shape: Shape | None = None, name: str | None = None) -> None:
        Layer.__init__(self, name, input_shape)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept any shape."""
        self.input_shape = input_shape
        self.output_shape = (int(np.prod(input_shape)),)
        return {}

    def to_json(self) -> dict[str, Any]:
        """Kind and name."""
        return Layer.to_json(self)


class Dropout(Layer):
    """In training each value is left out with probability ``rate`` and the others divided by
    ``1 − rate``; in reading nothing happens (Srivastava et al., JMLR 15, 2014).
    """

    kind = "dropout"
    arithmetic = "none"
    selects = True

    def __init__(
        self, rate: float, *, input_shape: Shape | None = None, name: str | None = None
    ) -> None:
        super().__init__(name, input_shape)
        if not isinstance(rate, int | float) or not 0 <= rate < 1:
            raise InputError("out_of_range", f"Expected a rate 0 ≤ r < 1; got {rate!r}.")
        self.rate = float(rate)

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Accept any shape."""
        self.input_shape = self.output_shape = input_shape
        return {}

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """``a = x · mask / (1 − rate)`` in training, else x."""
        if not context.training or not self.rate:
            return LayerTrace(x, x, x, self.activation)
        if context.rng is None:
            raise ValueError("Dropout in training needs a Context with an rng.")
        kept = context.rng.random(x.shape, np.float32) >= self.rate
        mask = kept * x.dtype.type(1 / (1 - self.rate))
        a = np.multiply(x, mask, out=context.array(self.name, "a", x.shape, x.dtype))
        return LayerTrace(x, a, a, self.activation, {"mask": mask})

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """What was left out gets no gradient."""
        mask = trace.extra.get("mask")
        return dz if mask is None else dz * mask

    def to_json(self) -> dict[str, Any]:
        """Kind, name, rate."""
        return {**super().to_json(), "rate": self.rate}

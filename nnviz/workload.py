"""What a pass through layers takes: memory and arithmetic, computed from the shapes alone.

Counting parameters says little: one filter of 80 x 80 has 6,401 of them and works through 770,560
numbers for every digit. Every count here is for one sample, in numbers (not bytes) and in single
operations (a multiplication and its addition are two), and follows what the layers do: a
convolution copies patches, a recurrent layer keeps every step. tests/test_workload.py measures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import singledispatch
from typing import Self

from nnviz.layers import LSTM, Conv2D, Dense, Dropout
from nnviz.layers.base import Layer
from nnviz.layers.pooling import Pooling2D
from nnviz.layers.recurrent import BLOCK, Recurrent

NUMBER = 4  # bytes
READING_BYTES = 12_000_000  # that the layers' numbers may take, to stay in the processor's cache
GATHERED_BYTES = 128_000_000  # that activations may take which are gathered of many samples
MOST_READ = 1000  # samples at once: more are no faster
FEWEST_READ = 16  # fewer at once would be slow; a network that does not fit so takes more memory


@dataclass(frozen=True, slots=True)
class Workload:
    """What a pass takes, for each sample but ``fixed``, which is held once.

    ``read`` numbers are held in a forward pass, ``trained`` ones in a forward and a backward pass.
    Forward and backward are counted apart: operations in products of matrices, which are fast, and
    numbers that are worked on one by one (copied, compared, added), which are not.
    """

    read: int = 0
    trained: int = 0
    fixed: int = 0
    products: int = 0
    singles: int = 0
    back_products: int = 0
    back_singles: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        )

    @property
    def reading_operations(self) -> int:
        """Of a forward pass over one sample."""
        return self.products + self.singles

    @property
    def training_operations(self) -> int:
        """Of a forward and a backward pass over one sample."""
        return self.reading_operations + self.back_products + self.back_singles

    def reading_bytes(self, samples: int) -> int:
        """The memory of a forward pass over so many samples at once."""
        return NUMBER * (self.fixed + samples * self.read)

    def training_bytes(self, samples: int) -> int:
        """The memory of a forward and a backward pass over so many samples at once."""
        return NUMBER * (self.fixed + samples * self.trained)

    @property
    def read_at_once(self) -> int:
        """How many samples are best read at once: 1,000, fewer where these leave the cache.

        Never fewer than 16: `reading_bytes` tells what these take.
        """
        fitting = (READING_BYTES // NUMBER - self.fixed) // max(1, self.read)
        return max(FEWEST_READ, min(MOST_READ, fitting))


def of_layers(layers: Sequence[Layer]) -> Workload:
    """All layers of a network that is built, one after the other, and the input itself."""
    entered = math.prod(layers[0].input_shape)
    total = Workload(read=entered, trained=entered, singles=entered)
    for position, layer in enumerate(layers):
        total += of_layer(layer, position > 0)
    return total


@singledispatch
def of_layer(layer: Layer, input_gradient: bool) -> Workload:
    """A layer's part. The first layer has no ``input_gradient`` to compute.

    A layer that only rearranges takes nothing.
    """
    return Workload()


@of_layer.register
def _(layer: Dense, input_gradient: bool) -> Workload:
    """``z = x W + b`` at every step, ``dW = xᵀ dz``, ``dx = dz Wᵀ``."""
    inputs, outputs = math.prod(layer.input_shape), math.prod(layer.output_shape)
    products = 2 * inputs * layer.units
    return Workload(
        read=2 * outputs,
        trained=3 * outputs + inputs * input_gradient,
        products=products,
        singles=3 * outputs,
        back_products=products * (1 + input_gradient),
        back_singles=2 * outputs,
    )


@of_layer.register
def _(layer: Conv2D, input_gradient: bool) -> Workload:
    """Copies for each place across, times the filters; ``dx`` is as much once more."""
    outputs, copied = math.prod(layer.output_shape), layer.copied_size
    products, read = 2 * layer.product_size, copied + 2 * outputs
    back = layer.input_gradient_size if input_gradient else 0
    return Workload(
        read=read,
        trained=read + 2 * outputs + back,
        fixed=(layer.output_shape[0] + 2) * layer.patch_size * layer.filters,
        products=products,
        singles=copied + 3 * outputs,
        back_products=products * (1 + input_gradient),
        back_singles=3 * outputs + 2 * back,
    )


@of_layer.register
def _(layer: Pooling2D, input_gradient: bool) -> Workload:
    """Down first, then across; a comparison or an addition for every place within the window."""
    outputs = math.prod(layer.output_shape)
    rows, columns = layer.padded_shape
    channels, (down, across) = layer.output_shape[2], layer.pool_size
    padded, between = rows * columns * channels, columns * layer.output_shape[0] * channels
    copied = 0 if (rows, columns) == layer.input_shape[:2] else padded
    read, singles = copied + between + outputs, copied + between * down + outputs * across
    return Workload(
        read=read,
        trained=read + (padded + 4 * between + 2 * outputs) * input_gradient,
        singles=singles,
        back_singles=3 * singles * input_gradient,
    )


@of_layer.register
def _(layer: Dropout, input_gradient: bool) -> Workload:
    """A random number, a mask and a product for every value; nothing while reading."""
    values = math.prod(layer.input_shape)
    return Workload(trained=5 * values, back_singles=5 * values)


@of_layer.register
def _(layer: Recurrent, input_gradient: bool) -> Workload:
    """Every step is kept: its entry [x; h; 1], the gates, the cell; once more on the way back."""
    (steps, features), units = layer.input_shape, layer.units
    gates, entry = len(layer.order) * units, features + units + 1
    cell = 2 * units if isinstance(layer, LSTM) else 0  # c and tanh(c)
    read = (steps + 1) * (entry + gates + cell) + math.prod(layer.output_shape) + 2 * units
    back = steps * (2 * gates + entry + units) + BLOCK * (gates + units)
    products = 2 * steps * entry * gates
    return Workload(
        read=read,
        trained=read + back + steps * features * input_gradient,
        fixed=4 * entry * gates,
        products=products,
        singles=read,
        back_products=products + 2 * steps * gates * (units + features * input_gradient),
        back_singles=2 * back,
    )

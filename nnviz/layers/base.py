"""What every layer is: a name, a shape and parameters, and nothing else.

A layer keeps no result. `forward` hands out a `LayerTrace` and `backward` reads it, so one network
may be read by many threads at once. Buffers that are worth reusing belong to the caller's
`Context`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnviz import activations
from nnviz.activations import Activation
from nnviz.errors import InputError

Array = NDArray[Any]
Shape = tuple[int, ...]
Arithmetic = Literal["sum", "pool", "gates", "none"]

LIMIT = 20_000_000  # parameters and activations per sample; more is taken for a mistake


@dataclass(slots=True)
class LayerTrace:
    """One layer's part of a forward pass; the batch is the first axis of every array.

    ``x`` went in, ``z`` is the pre-activation, ``a = activation(z)`` came out; ``extra`` holds what
    only this kind of layer has (an LSTM's gates, the columns of a convolution).
    """

    x: Array
    z: Array
    a: Array
    activation: Activation
    extra: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """What a unit of a convolution or a pooling sees of the layer before, in (height, width).

    The unit at (y, x) sees from ``(y, x) · strides − before`` on, ``size`` far.
    """

    size: tuple[int, int]
    strides: tuple[int, int]
    before: tuple[int, int]


class Context:
    """How a pass is made: for training or for reading, with which randomness and buffers.

    With ``reuse`` the arrays of a pass are kept and overwritten by the next pass through the same
    context: fast, for one thread, and a trace is valid only until then. With ``steps_of``,
    names of layers, only these keep every step on the way to their results; the steps of others
    share their memory, and of their trace only what came out is valid.
    """

    def __init__(
        self,
        training: bool = False,
        rng: np.random.Generator | None = None,
        reuse: bool = False,
        steps_of: Collection[str] | None = None,
    ) -> None:
        self.training = training
        self.rng = rng
        self._steps_of = steps_of
        self._kept: dict[tuple[object, ...], Array] | None = {} if reuse else None

    def array(
        self, owner: str, name: str, shape: Shape, dtype: DTypeLike, fill: float | None = None
    ) -> Array:
        """An array; the same memory again for the same owner, name and shape.

        It is uninitialised, or with ``fill`` full of that when it is made: what is written there
        later stays, too.
        """
        if self._kept is None:
            return _made(shape, dtype, fill)
        key = (owner, name, shape, dtype)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _made(shape, dtype, fill)
        return kept

    def out(self, owner: str, name: str, shape: Shape, dtype: DTypeLike) -> Array | None:
        """The array that is kept under that name; None, for NumPy to make one, if none is kept."""
        return None if self._kept is None else self.array(owner, name, shape, dtype)

    def steps(self, owner: str, name: str, shape: Shape, dtype: DTypeLike) -> Array:
        """An uninitialised array whose first axis is steps, or the same step again and again."""
        if self._steps_of is None or owner in self._steps_of:
            return self.array(owner, name, shape, dtype)
        one = self.array(owner, name, shape[1:], dtype)
        return np.ndarray(shape, dtype, one, strides=(0, *one.strides))

    def maps(
        self, owner: str, name: str, shape: Shape, dtype: DTypeLike, fill: float | None = None
    ) -> Array:
        """An array of maps (N, H, W, C) whose samples lie side by side in memory, (H, C, W, N)."""
        n, height, width, channels = shape
        turned = (height, channels, width, n)
        return self.array(owner, name, turned, dtype, fill).transpose(3, 0, 2, 1)


def each_of(steps: Array) -> Iterable[Array]:
    """Every step; of steps that share their memory the same array again and again."""
    return steps if steps.strides[0] else repeat(steps[0], len(steps))


def in_memory(maps: Array) -> Array:
    """Maps (N, H, W, C) in the order in which `Context.maps` lays them: (H, C, W, N)."""
    return maps.transpose(1, 3, 2, 0)


def _made(shape: Shape, dtype: DTypeLike, fill: float | None) -> Array:
    if fill is None:
        return np.empty(shape, dtype)
    return np.full(shape, fill, dtype) if fill else np.zeros(shape, dtype)


class Layer:
    """The base of all layers.

    A subclass says in `build` which parameters it needs, in `initialize` how they begin, and gives
    the pass in `forward` and its derivative in `backward`. ``params`` maps a parameter's name to
    its array.
    """

    kind: ClassVar[str]
    arithmetic: ClassVar[Arithmetic]  # of a unit: w·a + b, one value of a window, gates, or none
    window: Window | None = None  # None: a unit sees the whole layer before
    selects: ClassVar[bool] = False  # in reading, each activation is one of its inputs, unchanged

    def __init__(
        self,
        name: str | None = None,
        input_shape: Shape | None = None,
        activation: str = "linear",
    ) -> None:
        self.name = name or ""
        self.given_input_shape = None if input_shape is None else checked_shape(input_shape)
        self.activation = activations.get(activation)
        self.input_shape: Shape = ()
        self.output_shape: Shape = ()
        self.params: dict[str, Array] = {}

    def build(self, input_shape: Shape) -> dict[str, Shape]:
        """Take the shape of one sample, set ``output_shape``, return the parameters' shapes."""
        raise NotImplementedError

    def initialize(self, rng: np.random.Generator) -> None:
        """Fill ``params`` with the values that training starts from."""

    def forward(self, x: Array, context: Context) -> LayerTrace:
        """Compute ``z`` and ``a`` for a batch ``x`` of shape (N, *input_shape)."""
        raise NotImplementedError

    def backward(
        self,
        dz: Array,
        trace: LayerTrace,
        gradients: Mapping[str, Array],
        context: Context,
        input_gradient: bool,
    ) -> Array | None:
        """From ``dz = ∂L/∂z`` write ∂L/∂parameter into ``gradients``; return ``dx = ∂L/∂x``.

        ``dx`` is None when ``input_gradient`` is false: the first layer's is seldom wanted.
        """
        raise NotImplementedError

    def shown(self, trace: LayerTrace) -> dict[str, Array | dict[str, Array]]:
        """What a reader sees of a trace: ``z``, ``a`` and what only this kind has, batch first."""
        return {"z": trace.z, "a": trace.a}

    @property
    def shown_shape(self) -> Shape:
        """The shape of one sample in `shown`; the output's, unless inner steps are shown too."""
        return self.output_shape

    def to_json(self) -> dict[str, Any]:
        """The layer's settings as JSON-able values; `from_json` builds the same layer again."""
        return {"kind": self.kind, "name": self.name}

    def wrong_shape(self, expected: str, got: Shape) -> InputError:
        """The error that names this layer, what it expected and what came."""
        return InputError(
            "wrong_shape",
            f"Layer {self.name!r} ({self.kind}) expected {expected}; got shape {got}.",
        )

    @property
    def bounded(self) -> bool:
        """Whether what comes out stays within −1..1."""
        return self.activation.bounded

    @property
    def parameter_count(self) -> int:
        """How many numbers training sets."""
        return sum(array.size for array in self.params.values())

    @property
    def bias_count(self) -> int:
        """How many of them are biases: parameters named ``b`` or with one axis."""
        return sum(array.size for array in self.params.values() if array.ndim == 1)


def checked_shape(shape: object) -> Shape:
    """A shape of one sample as a tuple of positive integers; raises `InputError`."""
    if (
        not isinstance(shape, tuple | list)
        or not shape
        or not all(type(size) is int and 0 < size <= LIMIT for size in shape)
        or int(np.prod([int(size) for size in shape], dtype=object)) > LIMIT
    ):
        raise InputError(
            "wrong_shape",
            f"Expected a shape of positive whole numbers, at most {LIMIT:,} values; got {shape!r}.",
        )
    return tuple(shape)


def checked_size(value: object, name: str, least: int = 1, most: int = LIMIT) -> int:
    """A whole number between ``least`` and ``most``; raises `InputError`."""
    if type(value) is not int or not least <= value <= most:
        raise InputError(
            "out_of_range", f"Expected {name} as a whole number {least} to {most:,}; got {value!r}."
        )
    return value


def checked_pair(value: object, name: str) -> tuple[int, int]:
    """One number for both axes, or one for each; raises `InputError`."""
    both = (value, value) if type(value) is int else value
    if not isinstance(both, tuple | list) or len(both) != 2:
        raise InputError("wrong_shape", f"Expected {name} as one or two numbers; got {value!r}.")
    return checked_size(both[0], name), checked_size(both[1], name)


def checked_padding(value: object) -> str:
    """``valid`` or ``same``; raises `InputError`."""
    if value not in ("valid", "same"):
        raise InputError("out_of_range", f"Expected padding 'valid' or 'same'; got {value!r}.")
    return str(value)


def place_windows(
    layer: Layer,
    input_shape: Shape,
    window: tuple[int, int],
    strides: tuple[int, int],
    padding: str,
) -> tuple[tuple[int, int], Window]:
    """How many places a window has down and across, and the window with its padding.

    ``valid``: ``⌊(size − window) / stride⌋ + 1`` places, no padding; ``same``: ``⌈size / stride⌉``
    places, the padding shared out evenly, the odd one after the input. Raises `InputError` for a
    sample that is no image or smaller than the window.
    """
    if len(input_shape) != 3:
        raise layer.wrong_shape("samples of 3 axes, height x width x channels", input_shape)
    places, before = [], []
    for size, extent, stride in zip(input_shape, window, strides, strict=False):
        count = -(-size // stride) if padding == "same" else (size - extent) // stride + 1
        missing = (count - 1) * stride + extent - size
        places.append(count)
        before.append(max(missing, 0) // 2 if padding == "same" else 0)
    if min(places) < 1:
        raise layer.wrong_shape(f"samples of at least {window[0]} x {window[1]}", input_shape)
    return (places[0], places[1]), Window(window, strides, (before[0], before[1]))

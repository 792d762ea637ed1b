"""The network: layers one after the other, and the trace of what they computed.

Built like a Keras ``Sequential``: only the first layer names its input shape, the rest infer
theirs. All parameters lie in one flat vector and the layers hold views of it, so an optimizer's
step, a copy or an average is one operation on one array. The trace of a forward pass is what
`backward` reads, what the JSON carries and what the picture shows.
"""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnviz import layers as layer_kinds
from nnviz import workload
from nnviz.errors import InputError
from nnviz.layers.base import LIMIT, Context, Layer, LayerTrace, checked_shape
from nnviz.workload import Workload

Array = NDArray[Any]
MOST_LAYERS = 64
LONGEST_NAME = 60


@dataclass(slots=True)
class Trace:
    """Every layer's part of one forward pass, in order."""

    layers: list[LayerTrace]

    @property
    def output(self) -> LayerTrace:
        """The last layer's part."""
        return self.layers[-1]


class Gradients:
    """∂L/∂parameter for every parameter: one flat vector, and each layer's views of it."""

    def __init__(self, network: "Network") -> None:
        self.flat = np.zeros_like(network.parameters)
        self.layers = [
            {name: self.flat[part].reshape(shape) for name, (part, shape) in places.items()}
            for places in network.places
        ]
        self.input: Array | None = None


class Network:
    """Layers in order, with their parameters.

    >>> network = Network([Dense(16, "sigmoid", input_shape=(784,)), Dense(10, "softmax")])

    ``rng`` makes the initial weights (a seed or a Generator; None leaves all 0); ``dtype`` is
    float32, or float64 for gradient checks. Raises `InputError` when shapes do not fit, naming the
    layer.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        rng: np.random.Generator | int | None = 0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        if not layers or len(layers) > MOST_LAYERS:
            raise InputError(
                "wrong_shape", f"Expected 1 to {MOST_LAYERS} layers; got {len(layers)}."
            )
        first = layers[0].given_input_shape
        if first is None:
            raise InputError("wrong_shape", "The first layer needs an input_shape.")
        self.layers = list(layers)
        self.input_shape = first
        self.dtype = np.dtype(dtype)
        self._name_layers()
        self.places: list[dict[str, tuple[slice, tuple[int, ...]]]] = []
        self.parameters = np.zeros(self._build(), self.dtype)
        self._give_out()
        if rng is not None:
            self.initialize(rng)

    def copy(self) -> Self:
        """The same network with parameters of its own."""
        other = copy(self)
        other.layers = [copy(layer) for layer in self.layers]
        other.parameters = self.parameters.copy()
        other._give_out()
        return other

    def _give_out(self) -> None:
        """Let the layers' parameters be views of the flat vector."""
        for layer, places in zip(self.layers, self.places, strict=True):
            layer.params = {
                name: self.parameters[part].reshape(shape) for name, (part, shape) in places.items()
            }

    def _name_layers(self) -> None:
        for position, layer in enumerate(self.layers, 1):
            layer.name = layer.name or f"{layer.kind}{position}"
        names = [layer.name for layer in self.layers]
        if longest := next((name for name in names if len(name) > LONGEST_NAME), None):
            raise InputError(
                "out_of_range",
                f"Expected a layer's name of at most {LONGEST_NAME} characters; got one of "
                f"{len(longest):,}, {longest[:20]!r}….",
            )
        if len(set(names)) < len(names):
            raise InputError("duplicate_name", f"Expected a name once each; got {names}.")

    def _build(self) -> int:
        """Infer the shapes, lay out the flat vector; return its length."""
        shape, total = self.input_shape, 0
        for layer in self.layers:
            places: dict[str, tuple[slice, tuple[int, ...]]] = {}
            for name, needed in layer.build(shape).items():
                size = math.prod(needed)
                places[name] = (slice(total, total + size), needed)
                total += size
            shape = checked_shape(layer.output_shape)
            self.places.append(places)
            if total > LIMIT:
                raise InputError(
                    "out_of_range",
                    f"Expected at most {LIMIT:,} parameters; "
                    f"up to layer {layer.name!r} there are {total:,}.",
                )
        return total

    def initialize(self, rng: np.random.Generator | int) -> None:
        """Give every parameter the value that training starts from."""
        generator = np.random.default_rng(rng)
        for layer in self.layers:
            layer.initialize(generator)

    # Passes

    def forward(self, x: Array, context: Context | None = None) -> tuple[Array, Trace]:
        """Read a batch: the last layer's activations, and the trace.

        ``x`` has shape (N, *input_shape), or any (N, …) with as many values per sample: images
        (N, 28, 28) fit an input of 784. It is cast to the network's dtype.
        """
        context = context or Context()
        a = self._entered(x)
        traces = []
        for layer in self.layers:
            trace = layer.forward(a, context)
            traces.append(trace)
            a = trace.a
        return a, Trace(traces)

    def __call__(self, x: Array) -> Array:
        """The last layer's activations for a batch."""
        return self.forward(x)[0]

    @property
    def workload(self) -> Workload:
        """What a pass over one sample takes."""
        return workload.of_layers(self.layers)

    def predict(self, x: Array, batch_size: int | None = None) -> Array:
        """The last layer's activations for many samples, in batches that bound the memory."""
        context, batch_size = Context(reuse=True), batch_size or self.workload.read_at_once
        parts = [
            self.forward(x[start : start + batch_size], context)[0].copy()
            for start in range(0, len(x), batch_size)
        ]
        empty = np.empty((0, *self.output_shape), self.dtype)
        return np.concatenate(parts) if parts else empty

    def backward(
        self,
        trace: Trace,
        dz: Array,
        gradients: Gradients | None = None,
        context: Context | None = None,
        input_gradient: bool = False,
        seen: dict[str, Array] | None = None,
    ) -> Gradients:
        """All gradients, from ``dz = ∂L/∂z`` of the last layer, layer by layer to the first.

        A loss gives that ``dz`` (`nnviz.losses`). ``gradients`` is overwritten when it is given;
        ``gradients.input`` is ∂L/∂x if ``input_gradient``, else None. ``seen`` gets ∂L/∂a of every
        layer by its name, of the last one ``dz``.
        """
        context = context or Context()
        gradients = gradients or Gradients(self)
        d: Array | None = dz
        for index in reversed(range(len(self.layers))):
            layer, part = self.layers[index], trace.layers[index]
            assert d is not None
            if seen is not None:
                seen[layer.name] = d.copy()
            if index < len(self.layers) - 1:
                d = layer.activation.backward(d, part.z, part.a, out=d)
            wanted = index > 0 or input_gradient
            d = layer.backward(d, part, gradients.layers[index], context, wanted)
        gradients.input = d
        return gradients

    def _entered(self, x: Array) -> Array:
        x = np.asarray(x)
        if x.shape[1:] != self.input_shape:
            if x.ndim < 2 or math.prod(x.shape[1:]) != math.prod(self.input_shape):
                expected = " x ".join(map(str, self.input_shape))
                raise self.layers[0].wrong_shape(f"a batch of samples of shape {expected}", x.shape)
            x = x.reshape(len(x), *self.input_shape)
        return x if x.dtype == self.dtype else x.astype(self.dtype)

    # Parameters

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the result for one sample."""
        return self.layers[-1].output_shape

    @property
    def parameter_count(self) -> int:
        """How many numbers training sets: weights and biases."""
        return int(self.parameters.size)

    @property
    def bias_count(self) -> int:
        """How many of the parameters are biases."""
        return sum(layer.bias_count for layer in self.layers)

    @property
    def weight_count(self) -> int:
        """How many of the parameters are weights."""
        return self.parameter_count - self.bias_count

    def weight_slices(self) -> list[slice]:
        """Where in the flat vector the weights lie: what decays, where biases do not."""
        return [part for places in self.places for part, shape in places.values() if len(shape) > 1]

    def named_parameters(self) -> dict[str, Array]:
        """``"layer/parameter"`` → array, the very memory the network reads."""
        return {
            f"{layer.name}/{name}": array
            for layer in self.layers
            for name, array in layer.params.items()
        }

    def set_parameters(self, named: Mapping[str, Array]) -> None:
        """Copy parameters in by name; names and shapes have to be exactly the network's.

        Raises `InputError` otherwise, or when a value is not finite.
        """
        own = self.named_parameters()
        if own.keys() != named.keys():
            raise InputError(
                "wrong_shape",
                f"Expected arrays {', '.join(sorted(own))}; got {', '.join(sorted(named))}.",
            )
        for name, array in own.items():
            given = np.asarray(named[name])
            if given.shape != array.shape:
                raise InputError(
                    "wrong_shape",
                    f"Expected {name} of shape {array.shape}; got shape {given.shape}.",
                )
            if not np.isfinite(given).all():
                raise InputError("not_finite", f"Expected finite numbers in {name}; got NaN or ∞.")
        for name, array in own.items():
            array[...] = named[name]

    # Architecture

    def to_json(self) -> dict[str, Any]:
        """The architecture as JSON-able values, without parameters."""
        return {
            "input_shape": list(self.input_shape),
            "layers": [layer.to_json() for layer in self.layers],
        }

    @classmethod
    def from_json(
        cls,
        config: object,
        rng: np.random.Generator | int | None = 0,
        dtype: DTypeLike = np.float32,
    ) -> Self:
        """Build what `to_json` describes; raises `InputError` for anything else."""
        if not isinstance(config, dict) or not isinstance(config.get("layers"), list):
            raise InputError(
                "wrong_type", "Expected an architecture as an object with input_shape and layers."
            )
        shape = checked_shape(config.get("input_shape"))
        layers = [
            layer_kinds.from_json(layer, None if position else shape)
            for position, layer in enumerate(config["layers"])
        ]
        return cls(layers, rng, dtype)

"""The network: layers one after the other, one or several outputs, and the trace of a pass.

Built like a Keras ``Sequential``: only the first layer names its input shape, the rest infer
theirs; with several heads the last layers all read the layer before them. All parameters lie in
one flat vector and the layers hold views of it, so an optimizer's step, a copy or an average is one
operation on one array. The trace of a forward pass is what `backward` reads, what the JSON carries
and what the picture shows.
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
from nnviz.layers.base import LIMIT, Context, Layer, LayerTrace, checked_shape, checked_size
from nnviz.workload import Workload

Array = NDArray[Any]
MOST_LAYERS = 64
LONGEST_NAME = 60


@dataclass(slots=True)
class Trace:
    """Every layer's part of one forward pass, in order; the last ``heads`` are the outputs."""

    layers: list[LayerTrace]
    heads: int = 1

    @property
    def outputs(self) -> list[LayerTrace]:
        """The part of every output, in order."""
        return self.layers[-self.heads :]

    @property
    def output(self) -> LayerTrace:
        """The first output's part."""
        return self.layers[-self.heads]


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
    float32, or float64 for gradient checks. The last ``heads`` layers are outputs that read the
    same layer, the trunk's last. Raises `InputError` when shapes do not fit, naming the layer.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        rng: np.random.Generator | int | None = 0,
        dtype: DTypeLike = np.float32,
        heads: int = 1,
    ) -> None:
        if not layers or len(layers) > MOST_LAYERS:
            raise InputError(
                "wrong_shape", f"Expected 1 to {MOST_LAYERS} layers; got {len(layers)}."
            )
        first = layers[0].given_input_shape
        if first is None:
            raise InputError("wrong_shape", "The first layer needs an input_shape.")
        self.layers = list(layers)
        self.heads = checked_size(heads, "heads", 1, max(1, len(layers) - 1))
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

    def frozen(self) -> Self:
        """A copy whose parameters cannot change: what layers make of them is made once."""
        other = self.copy()
        other.parameters.flags.writeable = False
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
        shape, total, trunk = self.input_shape, 0, len(self.layers) - self.heads
        for number, layer in enumerate(self.layers):
            places: dict[str, tuple[slice, tuple[int, ...]]] = {}
            for name, needed in layer.build(shape).items():
                size = math.prod(needed)
                places[name] = (slice(total, total + size), needed)
                total += size
            made = checked_shape(layer.output_shape)
            shape = made if number < trunk else shape
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
        """Read a batch: the first output's activations, and the trace, which has every output's.

        ``x`` has shape (N, *input_shape), or any (N, …) with as many values per sample: images
        (N, 28, 28) fit an input of 784. It is cast to the network's dtype.
        """
        context = context or Context()
        a, traces = self._entered(x), []
        for layer in self.layers[: -self.heads]:
            traces.append(layer.forward(a, context))
            a = traces[-1].a
        traces += [layer.forward(a, context) for layer in self.output_layers]
        trace = Trace(traces, self.heads)
        return trace.output.a, trace

    def __call__(self, x: Array) -> Array:
        """The first output's activations for a batch."""
        return self.forward(x)[0]

    @property
    def workload(self) -> Workload:
        """What a pass over one sample takes."""
        return workload.of_layers(self.layers)

    def predict(self, x: Array, batch_size: int | None = None) -> Array:
        """The first output's activations for many samples, in batches that bound the memory."""
        return self.predict_all(x, batch_size)[0]

    def predict_all(self, x: Array, batch_size: int | None = None) -> list[Array]:
        """Every output's activations for many samples."""
        context, batch_size = (
            Context(reuse=True, steps_of=()),
            batch_size or self.workload.read_at_once,
        )
        results = [
            np.empty((len(x), *layer.output_shape), self.dtype) for layer in self.output_layers
        ]
        for start in range(0, len(x), batch_size):
            batch = slice(start, start + batch_size)
            _, trace = self.forward(x[batch], context)
            for result, part in zip(results, trace.outputs, strict=True):
                result[batch] = part.a
        return results

    def backward(
        self,
        trace: Trace,
        dz: Array | Sequence[Array],
        gradients: Gradients | None = None,
        context: Context | None = None,
        input_gradient: bool = False,
        seen: dict[str, Array] | None = None,
    ) -> Gradients:
        """All gradients, from ``dz = ∂L/∂z`` of each output, layer by layer to the first.

        A loss gives a ``dz`` (`nnviz.losses`); with several outputs there is one for each, and what
        they ask of the trunk adds up: ``∂L/∂a = Σ ∂L/∂a`` by way of each head. ``gradients`` is
        overwritten when it is given; ``gradients.input`` is ∂L/∂x if ``input_gradient``, else None.
        ``seen`` gets ∂L/∂a of every layer by its name, of an output ``dz``.
        """
        context = context or Context()
        gradients = gradients or Gradients(self)
        parts = [dz] if isinstance(dz, np.ndarray) else list(dz)
        trunk = len(self.layers) - self.heads
        d: Array | None = None
        for index, own in reversed(list(enumerate(parts, trunk))):
            layer = self.layers[index]
            if seen is not None:
                seen[layer.name] = own.copy()
            wanted = index > 0 or input_gradient
            asked = layer.backward(
                own, trace.layers[index], gradients.layers[index], context, wanted
            )
            d = asked if d is None or asked is None else np.add(d, asked, out=d)
        for index in reversed(range(trunk)):
            layer, part = self.layers[index], trace.layers[index]
            assert d is not None
            if seen is not None:
                seen[layer.name] = d.copy()
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
    def output_layers(self) -> list[Layer]:
        """The layers whose activations are results, in order."""
        return self.layers[-self.heads :]

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the first output for one sample."""
        return self.output_layers[0].output_shape

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
        heads = {"heads": self.heads} if self.heads > 1 else {}
        return {
            "input_shape": list(self.input_shape),
            "layers": [layer.to_json() for layer in self.layers],
            **heads,
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
        return cls(layers, rng, dtype, config.get("heads", 1))

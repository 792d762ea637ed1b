"""Changes to a trained network's parameters: what a visitor does to it in the lab.

An edit is a value, a list of them is applied in order to a copy, and what comes out is a plain
network: its trace, its arithmetic and its file are as honest as the original's. The types check
requests and describe them, too.
"""

import math
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from nnviz.edits import one_step
from nnviz.errors import InputError, look_up
from nnviz.ink.pixels import PIXELS
from nnviz.layers.base import Layer
from nnviz.network import Network

Array = NDArray[Any]
Gate = Literal["i", "f", "g", "o"]

LARGEST = 1000.0  # of a weight, a shift, a factor
SHUT = -500.0  # a bias at which every sigmoid and softmax is 0 (below 1e-38)

LayerName = Annotated[str, Meta(description="The layer's name, as the model tells it.")]
Unit = Annotated[int, Meta(ge=0, description="The unit; of a convolution the filter.")]
Value = Annotated[float, Meta(ge=-LARGEST, le=LARGEST)]
Label = Annotated[int, Meta(ge=0, le=9)]


class UnitEdit(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An edit of one unit; of a recurrent layer ``gate`` picks one of i, f, g, o, else all."""

    layer: LayerName
    unit: Unit
    gate: Gate | None = None


class WeightsEdit(UnitEdit, frozen=True, tag="weights"):
    """Set single incoming weights: ``W[inputs] = values``, in the order the unit reads them.

    A convolution's inputs count row by row through its window, channels last.
    """

    inputs: Annotated[list[Annotated[int, Meta(ge=0)]], Meta(max_length=100_000)] = []
    values: Annotated[list[Value], Meta(max_length=100_000)] = []


class ScaleEdit(UnitEdit, frozen=True, tag="scale"):
    """Multiply all incoming weights: ``W ← factor · W``; the bias stays."""

    factor: Value = 1.0


class BiasEdit(UnitEdit, frozen=True, tag="bias"):
    """Move the bias: ``b ← b + shift``."""

    shift: Value = 0.0


class OffEdit(UnitEdit, frozen=True, tag="off"):
    """Switch the unit off: its weights 0, its bias such that its activation is 0 (below 1e-38)."""


class WholeEdit(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An edit of a layer's weights, or of every layer's."""

    layer: LayerName | None = None


class PruneEdit(WholeEdit, frozen=True, tag="prune"):
    """Set the smallest ``share`` of the weights, by size and layer by layer, to 0."""

    share: Annotated[float, Meta(ge=0, le=1)] = 0.0


class NoiseEdit(WholeEdit, frozen=True, tag="noise"):
    """Add Gaussian noise of ``amount`` times the standard deviation of the layer's weights."""

    amount: Annotated[float, Meta(ge=0, le=10)] = 0.0
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0


class TemperatureEdit(
    Struct, frozen=True, forbid_unknown_fields=True, tag="temperature", tag_field="kind"
):
    """``softmax(z / T)``: the outputs' weights and biases divided by T (Hinton et al., 2015).

    Above 1 the probabilities come closer together, below 1 the largest takes all.
    """

    value: Annotated[float, Meta(ge=0.01, le=100)] = 1.0


class LearnEdit(Struct, frozen=True, forbid_unknown_fields=True, tag="learn", tag_field="kind"):
    """Take ``times`` steps of gradient descent on one image of 784 pixels (`nnviz.edits.one_step`).

    ``further`` holds the labels of further outputs, in order; those without have no part in it.
    """

    pixels: Annotated[
        list[Annotated[int, Meta(ge=0, le=255)]], Meta(min_length=PIXELS, max_length=PIXELS)
    ]
    label: Label
    learning_rate: Annotated[float, Meta(gt=0, le=10)] = 0.1
    times: Annotated[int, Meta(ge=1, le=100)] = 1
    further: Annotated[tuple[Label, ...], Meta(max_length=8)] = ()


class FitEdit(Struct, frozen=True, forbid_unknown_fields=True, tag="fit", tag_field="kind"):
    """Take ``times`` steps of gradient descent on one input, of any problem, as it is read.

    ``targets`` holds what each of the first outputs should say: of classes the class's number, of
    an output that is a number its activation, ``(value − mean) / sd``.
    """

    inputs: Annotated[list[Value], Meta(min_length=1, max_length=10_000)]
    targets: Annotated[list[Value], Meta(min_length=1, max_length=8)]
    learning_rate: Annotated[float, Meta(gt=0, le=10)] = 0.1
    times: Annotated[int, Meta(ge=1, le=100)] = 1


Edit = (
    WeightsEdit
    | ScaleEdit
    | BiasEdit
    | OffEdit
    | PruneEdit
    | NoiseEdit
    | TemperatureEdit
    | LearnEdit
    | FitEdit
)


def read(text: str | bytes) -> list[Edit]:
    """The edits of a JSON list, as links and requests hold them.

    Raises `InputError` (``bad_edits``) for what is no such list.
    """
    try:
        return msgspec.json.decode(text, type=list[Edit])
    except msgspec.DecodeError as error:
        raise InputError("bad_edits", f"Expected a JSON list of edits; {error}.") from error


def apply(
    network: Network, edits: Sequence[Edit], check: Callable[[], None] = lambda: None
) -> Network:
    """A copy with the edits made, one after the other; without edits the network itself.

    ``check`` is called before each and may end it all by raising.
    Raises `InputError` for a layer, unit, gate or input that is not there (``unknown_layer``,
    ``out_of_range``, ``wrong_shape``) and when a number leaves float32 (``not_finite``).
    """
    if not edits:
        return network
    edited = network.copy()
    with np.errstate(over="ignore"):
        for edit in edits:
            check()
            _apply(edit, edited)
    if not np.isfinite(edited.parameters).all():
        raise InputError("not_finite", "Expected edits that keep all weights finite; got ∞.")
    return edited


@singledispatch
def _apply(edit: Edit, network: Network) -> None:
    raise TypeError(f"Expected an edit; got {type(edit).__name__}.")


@_apply.register
def _(edit: WeightsEdit, network: Network) -> None:
    layer = _layer(network, edit.layer)
    columns = _columns(layer, edit)
    if len(columns) > 1:
        raise InputError("wrong_shape", f"Expected a gate, i f g or o, of layer {edit.layer!r}.")
    kernel = layer.params["W"].reshape(-1, layer.params["W"].shape[-1])
    if len(edit.inputs) != len(edit.values):
        raise InputError(
            "wrong_shape",
            f"Expected a value for each of {len(edit.inputs)} inputs; got {len(edit.values)}.",
        )
    if edit.inputs and max(edit.inputs) >= len(kernel):
        raise _out_of_range("inputs", edit.layer, len(kernel), max(edit.inputs))
    kernel[edit.inputs, columns[0]] = edit.values


@_apply.register
def _(edit: ScaleEdit, network: Network) -> None:
    layer = _layer(network, edit.layer)
    for kernel in _kernels(layer):
        kernel[..., _columns(layer, edit)] *= edit.factor


@_apply.register
def _(edit: BiasEdit, network: Network) -> None:
    layer = _layer(network, edit.layer)
    layer.params["b"][_columns(layer, edit)] += edit.shift


@_apply.register
def _(edit: OffEdit, network: Network) -> None:
    layer = _layer(network, edit.layer)
    if edit.gate is not None:
        raise InputError("out_of_range", f"Expected a whole unit to switch off; got {edit.gate!r}.")
    for array in layer.params.values():
        array[..., _columns(layer, edit)] = 0
    if layer.kind == "lstm":  # h = o · tanh(c): the output gate shuts
        layer.params["b"][3 * layer.output_shape[-1] + edit.unit] = SHUT
    elif layer.activation.name in ("sigmoid", "softmax"):
        layer.params["b"][edit.unit] = SHUT


@_apply.register
def _(edit: PruneEdit, network: Network) -> None:
    def prune(kernel: Array) -> None:
        count = round(edit.share * kernel.size)
        flat = kernel.reshape(-1)
        if count:
            flat[np.argpartition(np.abs(flat), count - 1)[:count]] = 0

    _each_kernel(network, edit.layer, prune)


@_apply.register
def _(edit: NoiseEdit, network: Network) -> None:
    rng = np.random.default_rng(edit.seed)

    def disturb(kernel: Array) -> None:
        noise = rng.standard_normal(kernel.shape, np.float32)
        kernel += edit.amount * kernel.std() * noise

    _each_kernel(network, edit.layer, disturb)


@_apply.register
def _(edit: TemperatureEdit, network: Network) -> None:
    for layer in network.output_layers:
        for array in layer.params.values():
            array /= edit.value


@_apply.register
def _(edit: LearnEdit, network: Network) -> None:
    with np.errstate(invalid="ignore"):
        image = np.array(edit.pixels, np.float32) * np.float32(1 / 255)
        labels = (edit.label, *edit.further)
        one_step.take(network, image, labels, edit.learning_rate, edit.times)


@_apply.register
def _(edit: FitEdit, network: Network) -> None:
    size = math.prod(network.input_shape)
    if len(edit.inputs) != size:
        raise InputError(
            "wrong_shape", f"Expected {size} inputs, as the network reads; got {len(edit.inputs)}."
        )
    x = np.array(edit.inputs, network.dtype).reshape(network.input_shape)
    # a whole number is a class's; of an output that is a number it is the same number
    labels = [int(each) if each.is_integer() else each for each in edit.targets]
    with np.errstate(invalid="ignore"):
        one_step.take(network, x, labels, edit.learning_rate, edit.times)


def _layer(network: Network, name: str) -> Layer:
    """The layer of that name, if it has weights."""
    layers = {layer.name: layer for layer in network.layers if "W" in layer.params}
    return look_up(layers, name, "a layer", "unknown_layer")


def _kernels(layer: Layer) -> list[Array]:
    return [array for array in layer.params.values() if array.ndim > 1]


def _each_kernel(network: Network, name: str | None, change: Callable[[Array], None]) -> None:
    layers = network.layers if name is None else [_layer(network, name)]
    for layer in layers:
        for kernel in _kernels(layer):
            change(kernel)


def _columns(layer: Layer, edit: UnitEdit) -> list[int]:
    """Where a unit's parameters stand on the last axis: one place, or one for each gate."""
    units = layer.output_shape[-1]
    gates = layer.params["W"].shape[-1] // units
    if edit.unit >= units:
        raise _out_of_range("unit", edit.layer, units, edit.unit)
    if edit.gate is None:
        return [gate * units + edit.unit for gate in range(gates)]
    if gates == 1:
        raise InputError("out_of_range", f"Expected no gate: layer {edit.layer!r} has none.")
    return ["ifgo".index(edit.gate) * units + edit.unit]


def _out_of_range(name: str, layer: str, count: int, got: int) -> InputError:
    return InputError(
        "out_of_range", f"Expected {name} of {layer!r} from 0 to {count - 1}; got {got}."
    )

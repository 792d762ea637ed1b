"""The layers, each in the field's own words, and how to build one from its settings."""

import inspect
from typing import Any

from nnviz.errors import InputError, look_up
from nnviz.layers.base import Context, Layer, LayerTrace
from nnviz.layers.convolution import Conv2D
from nnviz.layers.dense import Dense
from nnviz.layers.pooling import AveragePooling2D, MaxPooling2D
from nnviz.layers.recurrent import LSTM, SimpleRNN
from nnviz.layers.shaping import Dropout, Flatten, Reshape

__all__ = [
    "LAYERS",
    "LSTM",
    "AveragePooling2D",
    "Context",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "LayerTrace",
    "MaxPooling2D",
    "Reshape",
    "SimpleRNN",
    "from_json",
]

LAYERS: dict[str, type[Layer]] = {
    layer.kind: layer
    for layer in (
        Dense,
        Conv2D,
        MaxPooling2D,
        AveragePooling2D,
        Flatten,
        Reshape,
        Dropout,
        LSTM,
        SimpleRNN,
    )
}


def from_json(config: object, input_shape: tuple[int, ...] | None = None) -> Layer:
    """Build the layer that `Layer.config` describes; raises `InputError` for what it does not know.

    ``input_shape`` is the shape of one sample; only the first layer of a network needs it.
    """
    if not isinstance(config, dict) or not isinstance(config.get("kind"), str):
        raise InputError(
            "wrong_type", f"Expected a layer as an object with a 'kind'; got {config!r}."
        )
    settings: dict[str, Any] = dict(config)
    kind = settings.pop("kind")
    layer = look_up(LAYERS, kind, "a layer", "unknown_layer")
    known = inspect.signature(layer).parameters.keys() - {"input_shape"}
    if unknown := settings.keys() - known:
        raise InputError(
            "unknown_field",
            f"A {kind} layer has no setting {', '.join(sorted(map(repr, unknown)))}; "
            f"it has {', '.join(sorted(known))}.",
        )
    if not isinstance(settings.get("name"), str | None):
        raise InputError("wrong_type", f"Expected a name as text; got {settings['name']!r}.")
    try:
        return layer(**settings, input_shape=input_shape)
    except TypeError as error:
        raise InputError("wrong_type", f"A {kind} layer cannot be built: {error}.") from error

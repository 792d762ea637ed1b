"""Every layer once more, straight from its formula, in float64 and with none of nnviz's code."""

import json

import numpy as np
from safetensors.numpy import load

from nnviz import models
from nnviz.web.model_registry import registered

Array = np.ndarray


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def softmax(z: Array) -> Array:
    e = np.exp(z - z.max())
    return e / e.sum()


SQUASH = {
    "sigmoid": sigmoid,
    "relu": lambda z: np.maximum(z, 0),
    "softmax": softmax,
    "linear": lambda z: z,
}


def shipped(name: str, pixels: Array) -> dict[str, dict[str, Array]]:
    """What a shipped model's layers must hold for these pixels (0..255), by the layer's name."""
    description = json.loads(registered(models.load(name)).description)
    weights = load((models.FOLDER / f"{name}.safetensors").read_bytes())
    found = layers({"input": {"pixels": pixels.ravel()}}, description, weights)
    return dict(zip((layer["name"] for layer in description["layers"]), found, strict=True))


def layers(reading: dict, description: dict, weights: dict[str, Array]) -> list[dict[str, Array]]:
    """What a reading must hold, layer by layer: z, a and, of an LSTM, its gates; x came in."""
    handed_on, found = entered(reading["input"]).reshape(description["input_shape"]), []
    trunk = len(description["layers"]) - len(description["outputs"])
    read = handed_on
    for place, layer in enumerate(description["layers"]):
        name, kind = layer["name"], layer["kind"]
        own = {
            each: weights[f"{name}/{each}"].astype(float)
            for each in ("W", "U", "b")
            if f"{name}/{each}" in weights
        }
        x = read = handed_on if place <= trunk else read  # every output reads the trunk's end
        if kind == "lstm":
            values = lstm(x, **own)
            handed_on = values["a"][-1]
        else:
            if kind == "dense":
                z = x.ravel() @ own["W"] + own["b"]
            elif kind == "conv2d":
                z = convolution(x, layer, **own)
            elif kind == "max_pooling2d":
                z = max_pooling(x, layer)
            else:
                assert kind in ("flatten", "dropout")
                z = x.ravel()
            handed_on = SQUASH[layer["activation"]](z)
            values = {"z": z, "a": handed_on}
        found.append({**values, "x": x})
    return found


def entered(told: dict) -> Array:
    """What went into the network, of an image, a row of features or a pen's way."""
    if "pixels" in told:
        return np.array(told["pixels"]) / 255
    return np.array(told["values"] if "values" in told else told["steps"])


def windows(x: Array, layer: dict) -> dict[tuple[int, int], Array]:
    """For every place of a layer what it sees of x, NaN where that is outside."""
    (high, wide), strides, before = (
        layer["window"][part] for part in ("size", "strides", "before")
    )
    room = ((before[0], high), (before[1], wide), (0, 0))
    padded = np.pad(x, room, constant_values=np.nan)
    return {
        (y, x): padded[y * strides[0] :, x * strides[1] :][:high, :wide]
        for y, x in np.ndindex(*layer["shape"][:2])
    }


def convolution(x: Array, layer: dict, W: Array, b: Array) -> Array:
    z = np.empty(layer["shape"])
    for place, seen in windows(x, layer).items():
        z[place] = np.einsum("ijc,ijcf->f", np.nan_to_num(seen), W) + b
    return z


def max_pooling(x: Array, layer: dict) -> Array:
    a = np.empty(layer["shape"])
    for place, seen in windows(x, layer).items():
        a[place] = np.nanmax(seen, axis=(0, 1))
    return a


def lstm(x: Array, W: Array, U: Array, b: Array) -> dict[str, Array]:
    h = c = np.zeros(len(U))
    steps: dict[str, list[Array]] = {name: [] for name in "ifgoc"}
    states = []
    for row in x:
        i, f, g, o = np.split(row @ W + h @ U + b, 4)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        states.append(h)
        for name, value in zip("ifgoc", (i, f, g, o, c), strict=True):
            steps[name].append(value)
    gates = {name: np.array(steps[name]) for name in "ifgo"}
    return {"z": np.array(steps["c"]), "a": np.array(states), "gates": gates}

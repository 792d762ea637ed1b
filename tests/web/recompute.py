"""Every layer once more, straight from its formula, in float64 and with none of nnviz's code."""

import numpy as np

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


def layers(reading: dict, description: dict, weights: dict[str, Array]) -> list[dict[str, Array]]:
    """What a reading must hold, layer by layer: z, a and, of an LSTM, its gates."""
    image = np.array(reading["input"]["pixels"]) / 255
    handed_on, found = image.reshape(description["input_shape"]), []
    for layer in description["layers"]:
        name, kind = layer["name"], layer["kind"]
        own = {
            each: weights[f"{name}/{each}"].astype(float)
            for each in ("W", "U", "b")
            if f"{name}/{each}" in weights
        }
        if kind == "lstm":
            values = lstm(handed_on, **own)
            handed_on = values["a"][-1]
        else:
            if kind == "dense":
                z = handed_on.ravel() @ own["W"] + own["b"]
            elif kind == "conv2d":
                z = convolution(handed_on, layer, **own)
            elif kind == "max_pooling2d":
                z = max_pooling(handed_on, layer)
            else:
                assert kind in ("flatten", "dropout")
                z = handed_on.ravel()
            handed_on = SQUASH[layer["activation"]](z)
            values = {"z": z, "a": handed_on}
        found.append(values)
    return found


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

"""Model files: safetensors with the architecture, the recipe and the measured accuracy inside.

The tensors are named ``layer/parameter`` in Keras layouts (Dense in x out); the metadata holds the
rest as JSON. There is no code in the file, every framework reads it, and what is read is checked
against the architecture before it is used.
"""

import json
import os
import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import safetensors
import safetensors.numpy
from msgspec import Struct

from nnviz.errors import InputError
from nnviz.features import ClassOutput, Feature, Output
from nnviz.network import Network

FORMAT = "1"
LARGEST = 100_000_000  # bytes
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
DIGITS = "digits"  # the problem of a file that names none
SLUG = 40  # characters of a title that an id made of it may hold
PASSING = {"flatten", "reshape", "dropout"}  # in a reading they only pass values on


class _Ends(Struct, omit_defaults=True):
    """What the numbers at a model's ends mean, in its file; older files have none of it."""

    problem: str = DIGITS
    features: tuple[Feature, ...] = ()
    outputs: tuple[Output, ...] = ()
    scores: dict[str, float] = {}


_ENDS = _Ends.__struct_fields__


def slug(title: str) -> str:
    """A title as an id: its small letters and digits, hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower())[:SLUG].strip("-") or "model"


@dataclass(frozen=True, slots=True)
class Model:
    """A network with what is known about it.

    ``problem`` is the problem's id, ``outputs`` says what each output of the network means, and
    ``features`` what the columns of a table that it reads are.
    ``accuracy`` maps a set (``validation``, ``mnist_test``, ``drawn``) to the share read right;
    ``scores`` is for numbers what that is for classes: R², mean absolute errors (``…_mae``);
    ``exposure`` gives each layer the activation that is shown at full brightness; ``recipe`` is
    everything needed to train it again.
    """

    id: str
    title: str
    network: Network
    recipe: dict[str, Any] = field(default_factory=dict)
    accuracy: dict[str, float] = field(default_factory=dict)
    exposure: tuple[float, ...] = ()
    problem: str = DIGITS
    features: tuple[Feature, ...] = ()
    outputs: tuple[Output, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.outputs:
            object.__setattr__(self, "outputs", default_outputs(self.network))

    @property
    def kind(self) -> str:
        """The family: the kind of the first layer that is not dense, else ``mlp``."""
        families = {"conv2d": "cnn", "lstm": "lstm", "simple_rnn": "rnn"}
        for layer in self.network.layers:
            if layer.kind in families:
                return families[layer.kind]
        return "mlp"

    @property
    def architecture(self) -> str:
        """The sizes from input to output: ``784-16-16-10``."""
        return architecture(self.network)

    def with_accuracy(self, **measured: float) -> "Model":
        """The same model with more measured accuracies."""
        return replace(self, accuracy={**self.accuracy, **measured})


def default_outputs(network: Network) -> tuple[Output, ...]:
    """Classes numbered from 0, as files that say nothing of their outputs have them."""
    layers = network.output_layers
    names = ["digit"] if len(layers) == 1 else [layer.name for layer in layers]
    return tuple(
        ClassOutput(name, tuple(map(str, range(layer.output_shape[-1]))))
        for name, layer in zip(names, layers, strict=True)
    )


def architecture(network: Network) -> str:
    """The sizes from input to output, as in ``784-16-16-10``; maps as ``8@28x28``.

    Several outputs as ``784-16-10+3``.
    """
    trunk = [layer for layer in network.layers[: -network.heads] if layer.kind not in PASSING]
    shapes = [network.input_shape, *(layer.output_shape for layer in trunk)]
    outputs = "+".join(_size(layer.output_shape) for layer in network.output_layers)
    return "-".join([*(_size(shape) for shape in shapes), outputs])


def _size(shape: tuple[int, ...]) -> str:
    if len(shape) == 3 and shape[2] > 1:
        return f"{shape[2]}@{shape[0]}x{shape[1]}"
    return "x".join(map(str, shape[:2]))


def to_bytes(model: Model) -> bytes:
    """The file's content; the same model always gives the same bytes."""
    tensors = model.network.named_parameters()
    about = {
        "id": model.id,
        "title": model.title,
        "architecture": model.network.to_json(),
        "recipe": model.recipe,
        "accuracy": model.accuracy,
        "exposure": list(model.exposure),
        **_ends(model),
    }
    # One metadata entry: the writer's order of several entries differs from run to run.
    metadata = {"nnviz": json.dumps({"format": FORMAT, **about}, sort_keys=True, allow_nan=False)}
    return safetensors.numpy.save(
        {name: np.ascontiguousarray(array) for name, array in sorted(tensors.items())}, metadata
    )


def _ends(model: Model) -> dict[str, Any]:
    """What the numbers at both ends mean, as far as a file without it does not mean the same."""
    outputs = () if model.outputs == default_outputs(model.network) else model.outputs
    ends: dict[str, Any] = msgspec.to_builtins(
        _Ends(model.problem, model.features, outputs, model.scores)
    )
    return ends


def save(path: str | os.PathLike[str], model: Model) -> None:
    """Write the file, whole or not at all."""
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(to_bytes(model))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(path: str | os.PathLike[str]) -> Model:
    """Read a model file; raises `InputError` (``broken_model_file``) for anything else."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise _broken(path.name, f"at most {LARGEST:,} bytes", f"{path.stat().st_size:,}")
        content = path.read_bytes()
    except OSError as error:
        raise _broken(path.name, "a file that can be read", str(error)) from error
    return from_bytes(content, path.name)


def from_bytes(content: bytes, name: str = "the file") -> Model:
    """Read a model file's content; raises `InputError` (``broken_model_file``)."""
    try:
        tensors = safetensors.numpy.load(content)
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        about = json.loads(header.get("__metadata__", {})["nnviz"])
    except (safetensors.SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _broken(name, "a safetensors file written by nnviz", _words(error)) from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise _broken(name, f"format {FORMAT}", repr(about)[:80])
    try:
        network = Network.from_json(about.get("architecture"), rng=None)
        network.set_parameters(tensors)
    except InputError as error:
        raise _broken(name, "an architecture and tensors that fit it", str(error)) from error
    return _checked(about, network, name)


def _checked(about: dict[str, Any], network: Network, name: str) -> Model:
    """The model, when every entry is of its type."""
    exposure, accuracy = about.get("exposure", []), about.get("accuracy", {})
    model_id, title = about.get("id"), about.get("title")
    if not isinstance(model_id, str) or not ID.fullmatch(model_id):
        raise _broken(name, "an id of small letters, digits and hyphens", repr(model_id)[:80])
    if not isinstance(title, str) or not 0 < len(title) <= 200:
        raise _broken(name, "a title of 1 to 200 characters", repr(title)[:80])
    if not _numbers(exposure, above=0) or len(exposure) not in (0, len(network.layers)):
        raise _broken(name, "one exposure above 0 for each layer", repr(exposure)[:80])
    if not isinstance(accuracy, dict) or not _numbers(list(accuracy.values()), 0, 1):
        raise _broken(name, "accuracies from 0 to 1", repr(accuracy)[:80])
    if not isinstance(about.get("recipe"), dict):
        raise _broken(name, "a recipe as an object", repr(about.get("recipe"))[:80])
    try:
        ends = msgspec.convert({key: about[key] for key in _ENDS if key in about}, _Ends)
    except msgspec.ValidationError as error:
        raise _broken(name, "a problem with its features and outputs", str(error)) from error
    model = Model(
        model_id,
        title,
        network,
        about["recipe"],
        accuracy,
        tuple(exposure),
        **msgspec.structs.asdict(ends),
    )
    _check_ends(model, name)
    return model


def _check_ends(model: Model, name: str) -> None:
    """Raise `InputError` unless features and outputs are as many as the network's numbers."""
    network = model.network
    units = [len(each.classes) if isinstance(each, ClassOutput) else 1 for each in model.outputs]
    if units != [layer.output_shape[-1] for layer in network.output_layers]:
        raise _broken(name, "outputs that fit the last layers", f"{units} of them")
    read = sum(feature.inputs for feature in model.features)
    if model.features and (read,) != network.input_shape:
        raise _broken(name, f"features for {network.input_shape} inputs", str(read))


def _numbers(values: object, least: float = 0, most: float = 1e9, above: float = -1) -> bool:
    return isinstance(values, list) and all(
        isinstance(value, int | float) and least <= value <= most and value > above
        for value in values
    )


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _broken(name: str, expected: str, got: str) -> InputError:
    return InputError("broken_model_file", f"Expected {name} to hold {expected}; got {got}.")

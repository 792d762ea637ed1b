"""The models as they are served: read once, with everything about them that never changes."""

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import msgspec

from nnviz import model_file
from nnviz.errors import InputError
from nnviz.model_file import Model
from nnviz.receptive_field import receptive_fields
from nnviz.web.schemas import (
    FieldDescription,
    LayerDescription,
    ModelDescription,
    ModelList,
    ModelSummary,
    WeightsFile,
    WindowDescription,
)


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model, its file's content, plain and by gzip, its hash, and its description as JSON."""

    model: Model
    content: bytes
    compressed: bytes
    sha256: str
    description: bytes


class ServedModels:
    """All models by id; ``listing`` is the JSON of the whole list."""

    def __init__(self, models: Iterable[Model], default: str) -> None:
        self._models: Mapping[str, ServedModel] = {model.id: _served(model) for model in models}
        listing = ModelList(default, [_summary(served.model) for served in self._models.values()])
        self.listing = msgspec.json.encode(listing)
        self.default = default

    def __getitem__(self, model_id: str) -> ServedModel:
        try:
            return self._models[model_id]
        except KeyError:
            known = ", ".join(self._models)
            raise InputError(
                "unknown_model", f"Expected a model out of {known}; got {model_id!r}."
            ) from None


def _served(model: Model) -> ServedModel:
    content = model_file.to_bytes(model)
    sha256 = hashlib.sha256(content).hexdigest()
    url = f"/api/models/{model.id}/weights?v={sha256}"
    description = ModelDescription(
        **msgspec.structs.asdict(_summary(model)),
        input_shape=list(model.network.input_shape),
        weight_count=model.network.weight_count,
        bias_count=model.network.bias_count,
        layers=_layers(model),
        weights=WeightsFile(url, sha256, len(content)),
        recipe=model.recipe,
        seed=model.recipe.get("training", {}).get("seed"),
    )
    compressed = gzip.compress(content, 9, mtime=0)
    return ServedModel(model, content, compressed, sha256, msgspec.json.encode(description))


def _summary(model: Model) -> ModelSummary:
    return ModelSummary(
        model.id,
        model.title,
        model.kind,
        model.architecture,
        model.network.parameter_count,
        model.accuracy,
    )


def _layers(model: Model) -> list[LayerDescription]:
    layers = model.network.layers
    fields = receptive_fields(model.network)
    exposures = model.exposure or (1.0,) * len(layers)
    return [
        LayerDescription(
            name=layer.name,
            kind=layer.kind,
            activation=layer.activation.name,
            input_shape=list(layer.input_shape),
            shape=list(layer.shown_shape),
            output_shape=list(layer.output_shape),
            window=WindowDescription(**asdict(layer.window)) if layer.window else None,
            receptive_field=FieldDescription(**asdict(field)) if field else None,
            parameters=layer.parameter_count,
            weights=layer.parameter_count - layer.bias_count,
            biases=layer.bias_count,
            exposure=exposure,
        )
        for layer, exposure, field in zip(layers, exposures, fields, strict=True)
    ]

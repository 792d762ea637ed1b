"""The models as they are served: read once, with everything about them that never changes."""

import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache, partial

import msgspec

from nnviz import model_file
from nnviz.errors import InputError
from nnviz.model_file import Model
from nnviz.receptive_field import receptive_fields
from nnviz.web.saved import SavedModels
from nnviz.web.schemas.models import (
    FieldDescription,
    LayerDescription,
    ModelDescription,
    ModelList,
    ModelSummary,
    WeightsFile,
    WindowDescription,
)

CHECKPOINTS = 128  # of training runs that are kept at hand

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model, its file's content, plain and by gzip, its hash, and its description as JSON."""

    model: Model
    content: bytes
    compressed: bytes
    sha256: str
    description: bytes


class ServedModels:
    """The models that ship, which never change, those that visitors saved, which may, and the
    checkpoints of training runs, which are not listed.
    """

    def __init__(
        self,
        models: Iterable[Model],
        default: str,
        saved: SavedModels,
        checkpoint: Callable[[str], Model | None] = lambda model_id: None,
    ) -> None:
        self._shipped: Mapping[str, ServedModel] = {model.id: served(model) for model in models}
        self._saved = saved
        self._checkpoint = lru_cache(CHECKPOINTS)(partial(_served_checkpoint, checkpoint))
        self._read: dict[str, ServedModel] = {}  # the saved ones that were asked for already
        self.default = default

    def __getitem__(self, model_id: str) -> ServedModel:
        found = (
            self._shipped.get(model_id) or self._from_file(model_id) or self._checkpoint(model_id)
        )
        if found is None:
            known = ", ".join([*self._shipped, *self._saved.ids()])
            raise InputError("unknown_model", f"Expected a model out of {known}; got {model_id!r}.")
        return found

    @property
    def listing(self) -> bytes:
        """The JSON of the whole list."""
        kept = [self._from_file(model_id) for model_id in self._saved.ids()]
        every = [*self._shipped.values(), *(served for served in kept if served)]
        summaries = [_summary(each.model, each.model.id in self._read) for each in every]
        return msgspec.json.encode(ModelList(self.default, summaries))

    def save(self, model: Model) -> ModelSummary:
        """Keep a model under an id of its own; raises `InputError`."""
        return _summary(self._saved.add(model), saved=True)

    def delete(self, model_id: str) -> None:
        """Delete a saved model; raises `InputError` for one that ships or that is not there."""
        self[model_id]
        if model_id in self._shipped:
            raise InputError(
                "not_deletable", f"Expected a model that was saved; {model_id!r} ships with nnviz."
            )
        self._read.pop(model_id, None)
        self._saved.delete(model_id)

    def _from_file(self, model_id: str) -> ServedModel | None:
        """A saved model; its file is read once, and gone means gone."""
        if not self._saved.has(model_id):
            self._read.pop(model_id, None)
            return None
        if model_id not in self._read:
            try:
                self._read[model_id] = served(self._saved.load(model_id), saved=True)
            except InputError as error:  # one broken file must not take the others along
                logger.warning("%s is left out: %s", model_id, error)
                return None
        return self._read[model_id]


def _served_checkpoint(
    checkpoint: Callable[[str], Model | None], model_id: str
) -> ServedModel | None:
    found = checkpoint(model_id)
    return served(found) if found else None


def served(model: Model, saved: bool = False) -> ServedModel:
    """Everything about a model that never changes, computed once."""
    content = model_file.to_bytes(model)
    sha256 = hashlib.sha256(content).hexdigest()
    url = f"/api/models/{model.id}/weights?v={sha256}"
    description = ModelDescription(
        **msgspec.structs.asdict(_summary(model, saved)),
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


def _summary(model: Model, saved: bool) -> ModelSummary:
    return ModelSummary(
        model.id,
        model.title,
        model.kind,
        model.architecture,
        model.network.parameter_count,
        model.accuracy,
        saved,
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

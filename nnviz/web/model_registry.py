"""The models as they are served: read once, with everything about them that never changes."""

import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Protocol

import msgspec

from nnviz.errors import InputError
from nnviz.explain.receptive_field import receptive_fields
from nnviz.models import model_file
from nnviz.models.model_file import Model
from nnviz.web.bounds.byte_cache import ByteCache
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

KEPT = 64_000_000  # bytes of saved models and checkpoints that are kept at hand
SUMMARY, SUMMARIES = 2_000, 400_000  # bytes that a line of the list counts as, and all of them

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A model, its file's content, maybe by gzip, too, its hash, and its description as JSON."""

    model: Model
    content: bytes
    compressed: bytes | None
    sha256: str
    description: bytes

    @property
    def bytes(self) -> int:
        """The memory that it takes: the file, the same numbers in the network, and the words."""
        weights = self.model.network.parameters.nbytes
        return len(self.content) + weights + len(self.description) + len(self.compressed or b"")


class Checkpoints(Protocol):
    """Where the checkpoints of training runs come from."""

    def model(self, model_id: str) -> Model | None:
        """The checkpoint that an id names; None when it is no such id."""

    def fingerprint(self, model_id: str) -> str | None:
        """What tells it from others; None when it is no such id."""


class ModelRegistry:
    """The models that ship, which never change, those that visitors saved, which may, and the
    checkpoints of training runs, which are not listed.

    Saved models and checkpoints share a cache of `KEPT` bytes; whether one is still there is asked
    every time, so that what one worker process deletes is gone in all.
    """

    def __init__(
        self, models: Iterable[Model], default: str, saved: SavedModels, checkpoints: Checkpoints
    ) -> None:
        self._shipped: Mapping[str, RegisteredModel] = {
            model.id: registered(model, packed=True) for model in models
        }
        self._saved, self._checkpoints = saved, checkpoints
        self._read: ByteCache[tuple[str, str], RegisteredModel] = ByteCache(KEPT)
        self._summaries: ByteCache[tuple[str, str], ModelSummary] = ByteCache(SUMMARIES)
        self.default = default

    def __getitem__(self, model_id: str) -> RegisteredModel:
        found = self._shipped.get(model_id) or self._from_file(model_id) or self._from_run(model_id)
        if found is None:
            told = f"Expected a model that is here; got {model_id!r}, which may have been deleted."
            raise InputError("unknown_model", told)
        return found

    def shipped(self) -> list[RegisteredModel]:
        """Those that ship, the simplest first."""
        return list(self._shipped.values())

    def summaries(self) -> list[ModelSummary]:
        """A line for each that ships and each that was saved."""
        shipped = [_summary(each.model, saved=False) for each in self._shipped.values()]
        kept = [self._summary(model_id) for model_id in self._saved.ids()]
        return [*shipped, *(each for each in kept if each)]

    def listing(self, may_change: Callable[[str | None], bool] = lambda maker: True) -> bytes:
        """The JSON of the whole list; ``may_change`` tells by a model's maker what is one's own."""
        every, makers = self.summaries(), self._saved.makers()
        mine = [each.id for each in every if each.saved and may_change(makers.get(each.id))]
        return msgspec.json.encode(ModelList(self.default, every, mine))

    def makers(self) -> dict[str, str]:
        """Who made each saved model, by its id, as far as that is known."""
        return self._saved.makers()

    def save(self, model: Model, maker: str | None = None) -> ModelSummary:
        """Keep a model under an id of its own; raises `InputError`."""
        return _summary(self._saved.add(model, maker), saved=True)

    def check(self, title: str, model: Model, maker: str | None = None) -> None:
        """Raise `InputError` unless a model of that size may be kept under that title.

        To be asked before anything is computed for it.
        """
        self._saved.check(title, model.network.parameters.nbytes, maker)

    def delete_all_of(self, maker: str) -> None:
        """Delete every model of a maker."""
        self._saved.delete_all_of(maker)

    def delete(self, model_id: str) -> None:
        """Delete a saved model; raises `InputError` for one that ships or that is not there."""
        self[model_id]
        if model_id in self._shipped:
            raise InputError(
                "not_deletable", f"Expected a model that was saved; {model_id!r} ships with nnviz."
            )
        self._saved.delete(model_id)

    def _summary(self, model_id: str) -> ModelSummary | None:
        """A saved model's line in the list, which outlasts the model in the cache."""
        key = model_id, self._saved.fingerprint(model_id) or ""
        summary = self._summaries.get(key)
        if summary is None and (found := self._from_file(model_id)):
            summary = _summary(found.model, saved=True)
            self._summaries.put(key, summary, SUMMARY)
        return summary

    def _from_file(self, model_id: str) -> RegisteredModel | None:
        """A saved model; its file is read once, and gone means gone."""
        fingerprint = self._saved.fingerprint(model_id)
        if fingerprint is None:
            return None
        try:
            return self._kept(model_id, fingerprint, self._saved.load, saved=True)
        except InputError as error:  # one broken file must not take the others along
            logger.warning("%s is left out: %s", model_id, error)
            return None

    def _from_run(self, model_id: str) -> RegisteredModel | None:
        fingerprint = self._checkpoints.fingerprint(model_id)
        if fingerprint is None:
            return None
        return self._kept(model_id, fingerprint, self._checkpoints.model)

    def _kept(
        self,
        model_id: str,
        fingerprint: str,
        load: Callable[[str], Model | None],
        saved: bool = False,
    ) -> RegisteredModel | None:
        """From the cache, else loaded into it."""
        found = self._read.get((model_id, fingerprint))
        if found is None and (model := load(model_id)):
            found = registered(model, saved)
            self._read.put((model_id, fingerprint), found, found.bytes)
        return found


def registered(model: Model, saved: bool = False, packed: bool = False) -> RegisteredModel:
    """Everything about a model that never changes, computed once.

    ``packed``: its file by gzip, too, which takes long and saves a tenth.
    """
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
        features=list(model.features),
    )
    compressed = gzip.compress(content, 9, mtime=0) if packed else None
    words = msgspec.json.encode(description)
    model = replace(model, network=model.network.frozen())
    return RegisteredModel(model, content, compressed, sha256, words)


def _summary(model: Model, saved: bool) -> ModelSummary:
    return ModelSummary(
        model.id,
        model.title,
        model.kind,
        model.architecture,
        [layer.kind for layer in model.network.layers],
        model.network.parameter_count,
        model.accuracy,
        saved,
        model.problem,
        list(model.outputs),
        model.scores,
    )


def _layers(model: Model) -> list[LayerDescription]:
    layers = model.network.layers
    fields = receptive_fields(model.network)
    exposures = model.exposure or (1.0,) * len(layers)
    return [
        LayerDescription(
            name=layer.name,
            kind=layer.kind,
            arithmetic=layer.arithmetic,
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

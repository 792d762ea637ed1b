"""What a training is made of, and how the shipped models were trained.

A `Recipe` is all that it takes: architecture, data, augmentation, settings, seed. The same recipe
gives the same weights, by the screen, the command line or `nnviz.train`.

Of the shipped ones everything was chosen on 5,000 digits held out of the training set; the test
set was only measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from nnviz.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnviz.layers.base import Layer, checked_size
from nnviz.network import Network
from nnviz.training import TrainingConfig, checked_rate

VALIDATION = 5_000  # training digits held out
MOST_SAMPLES = 60_000 - VALIDATION
FEWEST_SAMPLES = 10
MOST_VARIANTS = 100
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class RateChange:
    """From batch number ``batch`` (from 1) on the peak learning rate is another."""

    batch: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a training needs; with the same seed it gives the same weights.

    ``architecture`` is what `Network.to_config` writes; ``samples`` digits are learned from. With
    ``augmentation`` every batch gets variants of its own (``variants`` 0), or ``variants``
    augmented copies of the training set are made once and cycled through. ``changes`` are those of
    the learning rate by hand.
    """

    title: str
    architecture: dict[str, Any]
    training: TrainingConfig
    augmentation: AugmentationSettings | None = None
    samples: int = MOST_SAMPLES
    variants: int = 0
    variants_seed: int = 1
    changes: tuple[RateChange, ...] = field(default=())

    def __post_init__(self) -> None:
        title = self.title
        if not title.isprintable() or title != title.strip() or not 0 < len(title) <= LONGEST_TITLE:
            raise InputError(
                "bad_title",
                f"Expected a printable title of 1 to {LONGEST_TITLE} characters without space at "
                f"its ends; got {title!r}.",
            )
        checked_size(self.samples, "samples", FEWEST_SAMPLES, MOST_SAMPLES)
        checked_size(self.variants, "variants", 0, MOST_VARIANTS)
        checked_size(self.variants_seed, "variants_seed", 0)

    def network(self) -> Network:
        """The untrained network, its weights made by the seed; raises `InputError`."""
        return Network.from_config(self.architecture, rng=self.training.seed)

    @property
    def batches(self) -> int:
        """How many batches the whole training has."""
        return -(-self.samples // self.training.batch_size) * self.training.epochs

    def to_dict(self) -> dict[str, Any]:
        """The recipe as it is kept in the model file (architecture and title are there already)."""
        return {
            "dataset": "mnist",
            "validation": VALIDATION,
            "samples": self.samples,
            "variants": self.variants,
            "variants_seed": self.variants_seed,
            "augmentation": self.augmentation and self.augmentation.to_dict(),
            "training": self.training.to_dict(),
            "changes": [[change.batch, change.learning_rate] for change in self.changes],
        }

    def to_config(self) -> dict[str, Any]:
        """The whole recipe as JSON-able values, as ``train --config`` reads it."""
        return {"title": self.title, "architecture": self.architecture, **self.to_dict()}

    @classmethod
    def from_config(cls, config: object) -> Self:
        """The recipe that `to_config` wrote; what is left out is as by default.

        Raises `InputError` for anything unknown or of another type.
        """
        settings = _object(config, "a recipe", {"title", "architecture", *_SETTINGS})
        for name, only in (("dataset", "mnist"), ("validation", VALIDATION)):
            if settings.pop(name, only) != only:
                raise InputError("out_of_range", f"Expected {name} to be {only!r}.")
        title, architecture = settings.pop("title", "A network"), settings.pop("architecture", None)
        if not isinstance(title, str):
            raise InputError("wrong_type", f"Expected a title as text; got {title!r}.")
        known = TrainingConfig.__dataclass_fields__.keys()
        training = TrainingConfig.from_dict(
            _object(settings.pop("training", {}), "training settings", known)
        )
        augmentation, changes = settings.pop("augmentation", None), settings.pop("changes", [])
        return cls(
            title,
            Network.from_config(architecture, rng=None).to_config(),
            training,
            None if augmentation is None else AugmentationSettings.from_dict(augmentation),
            changes=_changes(changes),
            **settings,
        )


_SETTINGS = Recipe.__dataclass_fields__.keys() | {"dataset", "validation"}


def _object(value: object, what: str, known: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise InputError("wrong_type", f"Expected {what} as an object; got {value!r}.")
    if unknown := value.keys() - known:
        raise InputError(
            "unknown_field",
            f"Expected {what} with {', '.join(sorted(known))}; got {', '.join(sorted(unknown))}.",
        )
    return dict(value)


def _changes(value: object) -> tuple[RateChange, ...]:
    if not isinstance(value, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], int | float)
        for pair in value
    ):
        raise InputError(
            "wrong_type", f"Expected changes as a list of [batch, learning rate]; got {value!r}."
        )
    return tuple(
        RateChange(checked_size(batch, "batch"), checked_rate(rate)) for batch, rate in value
    )


def architecture(input_shape: tuple[int, ...], *layers: Layer) -> dict[str, Any]:
    """Layers that are not built yet, as `Network.to_config` writes them."""
    return {"input_shape": list(input_shape), "layers": [layer.config() for layer in layers]}


def _perceptron(activation: str, *units: int) -> dict[str, Any]:
    """784 inputs, hidden layers of these sizes, ten softmax outputs."""

    hidden = [Dense(size, activation, name=f"hidden{n}") for n, size in enumerate(units, 1)]
    return architecture((784,), *hidden, Dense(10, "softmax", name="output"))


def _convolutional(*filters: int, dropout: float) -> dict[str, Any]:
    """A 5x5 convolution and a pooling for each size, dropout, then ten softmax outputs."""

    maps: list[Layer] = []
    for number, size in enumerate(filters, 1):
        maps += [
            Conv2D(size, 5, "relu", padding="same", name=f"conv{number}"),
            MaxPooling2D(name=f"pool{number}"),
        ]
    reading: list[Layer] = [Flatten(name="flatten"), Dropout(dropout, name="dropout")]
    return architecture((28, 28, 1), *maps, *reading, Dense(10, "softmax", name="output"))


def _recurrent(units: int) -> dict[str, Any]:
    """The image's rows one after the other, 28 numbers each; the last state is read out."""
    return architecture((28, 28), LSTM(units, name="lstm"), Dense(10, "softmax", name="output"))


def _settings(**own: Any) -> TrainingConfig:
    """What all recipes share: AdamW, one cycle, averaged weights."""
    shared = {"optimizer": "adamw", "schedule": "one_cycle", "averaging": 0.999, "batch_size": 256}
    return TrainingConfig(**{**shared, **own})


VARIANTS = 24  # copies teach as well as fresh ones in every epoch and cost far less
MILD = AugmentationSettings(
    rotation=7, scale=0.08, shear=0.1, shift=1.0, elastic=0.7, thickness=0.5
)
MEDIUM = AugmentationSettings(
    rotation=10, scale=0.1, shear=0.15, shift=1.5, elastic=0.5, thickness=0.4
)

RECIPES: dict[str, Recipe] = {
    "mlp-sigmoid": Recipe(
        "Sigmoid perceptron",
        _perceptron("sigmoid", 16, 16),
        _settings(epochs=400, learning_rate=0.03, weight_decay=0.02, seed=0),
        MILD,
        variants=VARIANTS,
    ),
    "mlp-relu": Recipe(
        "ReLU perceptron",
        _perceptron("relu", 16, 16),
        _settings(epochs=700, learning_rate=0.012, weight_decay=0.05, seed=3),
        MILD,
        variants=VARIANTS,
    ),
    "mlp-wide": Recipe(
        "Wide perceptron",
        _perceptron("relu", 128, 64),
        _settings(epochs=100, learning_rate=0.004, weight_decay=0.05, seed=0),
        MEDIUM,
        variants=VARIANTS,
    ),
    "cnn": Recipe(
        "Convolutional network",
        _convolutional(8, 16, dropout=0.25),
        _settings(epochs=60, learning_rate=0.005, weight_decay=0.02, batch_size=128, seed=0),
        MEDIUM,
        variants=VARIANTS,
    ),
    "lstm": Recipe(
        "Recurrent network (LSTM)",
        _recurrent(64),
        _settings(
            epochs=24,
            learning_rate=0.008,
            weight_decay=0.02,
            batch_size=128,
            gradient_clip=1.0,
            seed=0,
        ),
        MEDIUM,
        variants=VARIANTS,
    ),
}


def get(name: str) -> Recipe:
    """The recipe of that name; raises `InputError` for a name there is none for."""
    try:
        return RECIPES[name]
    except KeyError:
        known = ", ".join(RECIPES)
        raise InputError(
            "unknown_recipe", f"Expected a recipe out of {known}; got {name!r}."
        ) from None

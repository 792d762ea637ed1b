"""What a training is made of: a `Recipe` is all that it takes.

The same recipe gives the same weights, by the screen, the command line or `nnviz.train`.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import msgspec
from msgspec import Meta

from nnviz import problems
from nnviz.checked import Checked
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.datasets.table import Table
from nnviz.errors import InputError
from nnviz.layers.base import Layer
from nnviz.network import Network
from nnviz.problems.digits import TRAINING
from nnviz.problems.problem import Problem
from nnviz.training.config import Rate, Seed, TrainingConfig

MOST_SAMPLES = TRAINING
FEWEST_SAMPLES = 10
MOST_VARIANTS = 100
LONGEST_TITLE = 60

Title = Annotated[str, Meta(description=f"Printable, 1 to {LONGEST_TITLE} characters, trimmed.")]
Architecture = Annotated[
    dict[str, Any],
    Meta(description="input_shape and layers, each with its kind and settings: docs/training.md."),
]
SampleCount = Annotated[int, Meta(ge=FEWEST_SAMPLES, le=MOST_SAMPLES)]
VariantCount = Annotated[int, Meta(ge=0, le=MOST_VARIANTS)]


def checked_title(title: str) -> str:
    """A title that can be shown; raises `InputError` (``bad_title``)."""
    if not title.isprintable() or title != title.strip() or not 0 < len(title) <= LONGEST_TITLE:
        raise InputError(
            "bad_title",
            f"Expected a printable title of 1 to {LONGEST_TITLE} characters without space at its "
            f"ends; got {title!r}.",
        )
    return title


class RateChange(Checked, frozen=True, array_like=True):
    """From batch number ``batch`` (from 1) on the peak learning rate is another: in JSON a pair."""

    batch: Annotated[int, Meta(ge=1, le=2**53)]
    learning_rate: Rate


class Recipe(Checked, frozen=True):
    """All that a training needs; with the same seed it gives the same weights.

    ``problem`` says what is learned, ``table`` the table of one's own when that is "table".
    ``architecture`` is what `Network.to_json` writes, completed by its defaults; at most
    ``samples`` examples are learned from. With ``augmentation`` every batch gets variants of its
    own (``variants`` 0), or ``variants`` augmented copies of the training set are made once and
    cycled through. ``changes`` are those of the learning rate by hand. ``dataset`` and
    ``validation``, the number held out, follow from the problem and are there to be read.
    """

    title: Title = "A network"
    architecture: Architecture = msgspec.field(default_factory=dict)
    training: TrainingConfig = TrainingConfig()
    augmentation: AugmentationSettings | None = None
    samples: SampleCount = MOST_SAMPLES
    variants: VariantCount = 0
    variants_seed: Seed = 1
    changes: tuple[RateChange, ...] = ()
    problem: Literal["digits", "houses", "pen", "table"] = "digits"
    table: Table | None = None
    dataset: Annotated[str, Meta(max_length=200)] = ""
    validation: Annotated[int, Meta(ge=0)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_title(self.title)
        network = Network.from_json(self.architecture, rng=None)
        msgspec.structs.force_setattr(self, "architecture", network.to_json())
        self._check_problem()

    def network(self) -> Network:
        """The untrained network, its weights made by the seed; raises `InputError`."""
        return Network.from_json(self.architecture, rng=self.training.seed)

    def _check_problem(self) -> None:
        """A table of one's own is not opened here: who makes a recipe need not be able to."""
        if (self.problem == "table") != (self.table is not None):
            raise InputError(
                "wrong_type", 'Expected a table with the problem "table", and with no other.'
            )
        if self.table is not None:
            return
        data = problems.get(self.problem).data
        for name, own in (("dataset", data.name), ("validation", data.sizes["validation"])):
            if getattr(self, name) not in ("", 0, own):
                raise InputError(
                    "out_of_range",
                    f"Expected {name} to be {own!r} for {self.problem}; got "
                    f"{getattr(self, name)!r}.",
                )
            msgspec.structs.force_setattr(self, name, own)

    def posed(self) -> Problem:
        """The problem; raises `InputError` for a table that cannot be learned from."""
        return problems.get(self.problem) if self.table is None else problems.of_table(self.table)

    @property
    def batches(self) -> int:
        """How many batches the whole training has."""
        samples = min(self.samples, self.posed().data.sizes["train"])
        return -(-samples // self.training.batch_size) * self.training.epochs

    def settings(self) -> dict[str, Any]:
        """What a model file keeps: all but title and architecture, which it has already."""
        written = self.to_json()
        del written["title"], written["architecture"]
        return written

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """The recipe in a JSON file; raises `InputError`."""
        try:
            value = json.loads(Path(path).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                "invalid_json", f"Expected {path} to hold JSON; got {error}."
            ) from error
        return cls.from_json(value)


def architecture(input_shape: tuple[int, ...], *layers: Layer) -> dict[str, Any]:
    """Layers that are not built yet, as `Network.to_json` writes them."""
    return {"input_shape": list(input_shape), "layers": [layer.to_json() for layer in layers]}

"""What every problem says of itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.datasets.unipen import Drawing
from nnviz.errors import InputError
from nnviz.features import ClassOutput, Feature, Output
from nnviz.ink.strokes import Strokes
from nnviz.network import Network
from nnviz.samples import Relabel, Samples, Vary, as_read

Array = NDArray[Any]
Split = Literal["train", "validation", "test"]


class Input(Struct, frozen=True):
    """What goes in: how a person gives it, as which numbers, and what they mean."""

    kind: Literal["image", "features", "movement"]
    shape: tuple[int, ...]
    meaning: str
    features: tuple[Feature, ...] = ()


class Measure(Struct, frozen=True):
    """How success is told: the share read right, or R² with the mean absolute error."""

    name: Literal["accuracy", "r_squared"]
    unit: str = ""


class Data(Struct, frozen=True):
    """Which data a problem has, whence, by which licence, and how many in each part.

    The parts are disjoint and always the same: ``train`` is learned from, choices are made on
    ``validation``, and ``test`` is only measured on.
    """

    name: str
    source: str
    licence: str
    split: str
    sizes: dict[Split, int]


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs (N, …) as they are kept, and the targets (N, …) of each output by its name.

    ``drawings`` holds the strokes that the inputs were made of, where there are any.
    """

    inputs: Array
    targets: dict[str, Array]
    drawings: tuple[Drawing, ...] = ()

    def __len__(self) -> int:
        return len(self.inputs)

    def __getitem__(self, chosen: NDArray[np.intp]) -> "Examples":
        targets = {name: values[chosen] for name, values in self.targets.items()}
        drawings = tuple(self.drawings[place] for place in chosen) if self.drawings else ()
        return Examples(self.inputs[chosen], targets, drawings)

    def samples(
        self,
        outputs: Sequence[Output],
        vary: Vary | None = None,
        relabel: Relabel | None = None,
    ) -> Samples:
        """What a network with these outputs learns from."""
        targets = tuple(self.targets[output.name] for output in outputs)
        return Samples(self.inputs, targets, vary=vary, relabel=relabel)


class Problem:
    """The base: what it says of itself, and its data.

    ``outputs`` may be asked of a network, the first one of every network; ``features`` are the
    columns of a table, () for drawings. ``test_name`` is what its test part is called in a model.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    test_name: ClassVar[str] = "test"

    @property
    def input(self) -> Input:
        """What goes in."""
        raise NotImplementedError

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What may be asked."""
        raise NotImplementedError

    @property
    def features(self) -> tuple[Feature, ...]:
        """The columns that are read; none of drawings."""
        return ()

    @property
    def measure(self) -> Measure:
        """How success is told."""
        raise NotImplementedError

    @property
    def data(self) -> Data:
        """What there is to learn from."""
        raise NotImplementedError

    def examples(self, split: Split, outputs: Sequence[Output]) -> Examples:
        """A part of the data with the targets of these outputs."""
        raise NotImplementedError

    def outputs_of(self, network: Network) -> tuple[Output, ...]:
        """What each output of a network says: the first of the problem's, or by the heads' names.

        Raises `InputError` (``wrong_shape``) for a network that fits none.
        """
        layers = network.output_layers
        known = {output.name: output for output in self.outputs}
        if len(layers) == 1:
            outputs = [self.outputs[0]]
        else:
            if unknown := [layer.name for layer in layers if layer.name not in known]:
                raise InputError(
                    "wrong_shape",
                    f"Expected heads out of {', '.join(known)}; got {unknown[0]!r}.",
                )
            outputs = [known[layer.name] for layer in layers]
        for output, layer in zip(outputs, layers, strict=True):
            units = len(output.classes) if isinstance(output, ClassOutput) else 1
            if layer.output_shape != (units,):
                raise InputError(
                    "wrong_shape",
                    f"Expected layer {layer.name!r} with {units} units for {output.name!r}; "
                    f"got {layer.output_shape}.",
                )
        return tuple(outputs)

    def variants(
        self,
        examples: Examples,
        count: int,
        rng: np.random.Generator,
        settings: AugmentationSettings,
    ) -> Iterator[Examples]:
        """So many augmented copies of the examples, one after the other."""
        raise self._no_augmentation()

    def vary(self, settings: AugmentationSettings, seed: int) -> Vary:
        """What makes a batch's variants: from the seed and the batch's number alone."""
        raise self._no_augmentation()

    def relabel(self, outputs: Sequence[Output]) -> Relabel | None:
        """What gives a varied batch's targets, None where they stay what they were."""
        return None

    def drawn(self, strokes: Strokes, center: bool = True) -> Array:
        """A person's drawing as one input, in the form in which inputs are kept.

        Raises `InputError` (``wrong_input``) when the problem is none of drawing.
        """
        raise InputError("wrong_input", f"Expected features for {self.title.lower()}; got strokes.")

    def probe(self, count: int) -> Array:
        """The first so many test inputs, as networks read them."""
        return as_read(self.examples("test", self.outputs[:1]).inputs[:count])

    def _no_augmentation(self) -> InputError:
        return InputError("out_of_range", f"Expected no augmentation of {self.title.lower()}.")

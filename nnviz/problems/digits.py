"""Digits: a drawing of 28x28 pixels, which digit it is and how many loops its lines close."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.datasets import augmentation, mnist
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.datasets.dataset import Part
from nnviz.features import ClassOutput, Output
from nnviz.ink import loops
from nnviz.ink.strokes import Strokes
from nnviz.problems.problem import Data, Examples, Input, Measure, Problem, Split
from nnviz.samples import Relabel, Vary

VALIDATION = 5_000  # training digits held out
TRAINING = 60_000 - VALIDATION

DIGIT = ClassOutput("digit", tuple("0123456789"))
LOOPS = ClassOutput("loops", ("0", "1", "2"))


class Digits(Problem):
    """MNIST's handwritten digits, and drawings put into their form."""

    id = "digits"
    title = "Handwritten digits"
    input = Input(
        "image",
        (28, 28),
        "Ink of a drawing in MNIST's form, row by row: 0 is paper, 1 is ink.",
    )
    outputs = (DIGIT, LOOPS)
    measure = Measure("accuracy")
    data = Data(
        "mnist",
        "Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits",
        "CC BY-SA 3.0",
        "MNIST's own test part; of its training part 5,000 at random are for validation",
        {"train": TRAINING, "validation": VALIDATION, "test": 10_000},
    )
    test_name = "mnist_test"

    def examples(self, split: Split, outputs: Sequence[Output]) -> Examples:
        """Images (N, 28, 28) of bytes, which networks read as 0..1."""
        part = _part(split)
        targets = {"digit": part.labels}
        if LOOPS in outputs:
            targets["loops"] = _loops(split)
        return Examples(part.images, targets)

    def variants(
        self,
        examples: Examples,
        count: int,
        rng: np.random.Generator,
        settings: AugmentationSettings,
    ) -> Iterator[Examples]:
        """Images turned, stretched, bent, thicker and thinner; their loops are counted anew."""
        for images in augmentation.variants(examples.inputs, count, rng, settings):
            targets = dict(examples.targets)
            if "loops" in targets:
                targets["loops"] = loops.count(images)
            yield Examples(images, targets)

    def drawn(self, strokes: Strokes, center: bool = True) -> ink.Image:
        """28x28 pixels."""
        return ink.from_strokes(strokes, center)

    def further_labels(
        self, image: NDArray[np.uint8], outputs: Sequence[Output]
    ) -> tuple[int, ...]:
        """What the image (28, 28) itself says of all outputs but the first: its loops."""
        return tuple(int(loops.count(image[None])[0]) for _ in outputs[1:])

    def vary(self, settings: AugmentationSettings, seed: int) -> Vary:
        """The same, batch by batch."""
        return lambda images, number: augmentation.augment(
            images, np.random.default_rng([seed, number]), settings
        )

    def relabel(self, outputs: Sequence[Output]) -> Relabel | None:
        """A line that is bent may open a loop: they are counted anew."""
        return partial(_recounted, outputs) if LOOPS in outputs else None


def _recounted(outputs: Sequence[Output], images: NDArray[Any], targets: list[Any]) -> list[Any]:
    """The targets with the loops that these images (B, 28, 28) have."""
    return [
        loops.count(images) if output == LOOPS else own
        for output, own in zip(outputs, targets, strict=True)
    ]


def _part(split: Split) -> Part:
    if split == "test":
        return mnist.load().test
    return mnist.load().split(VALIDATION)[split == "validation"]


@cache
def _loops(split: Split) -> NDArray[np.uint8]:
    """The loops of every digit of a part, counted in its image."""
    return loops.count(_part(split).images)

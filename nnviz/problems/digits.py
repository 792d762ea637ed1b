"""Digits: a drawing of 28x28 pixels, which digit it is and how many loops its lines close."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz import augmentation, ink
from nnviz.augmentation import AugmentationSettings
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.features import ClassOutput, Output
from nnviz.ink.strokes import Strokes
from nnviz.problems.problem import Data, Examples, Input, Measure, Problem, Split
from nnviz.samples import Vary

VALIDATION = 5_000  # training digits held out
TRAINING = 60_000 - VALIDATION

DIGIT = ClassOutput("digit", tuple("0123456789"))


class Digits(Problem):
    """MNIST's handwritten digits, and drawings put into their form."""

    id = "digits"
    title = "Handwritten digits"
    input = Input(
        "image",
        (28, 28),
        "Ink of a drawing in MNIST's form, row by row: 0 is paper, 1 is ink.",
    )
    outputs = (DIGIT,)
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
        part = self._part(split)
        return Examples(part.images, {"digit": part.labels})

    def variants(
        self,
        examples: Examples,
        count: int,
        rng: np.random.Generator,
        settings: AugmentationSettings,
    ) -> Iterator[NDArray[np.uint8]]:
        """Images turned, stretched, bent, thicker and thinner."""
        return augmentation.variants(examples.inputs, count, rng, settings)

    def drawn(self, strokes: Strokes, center: bool = True) -> ink.Image:
        """28x28 pixels."""
        return ink.from_strokes(strokes, center)

    def vary(self, settings: AugmentationSettings, seed: int) -> Vary:
        """The same, batch by batch."""
        return lambda images, number: augmentation.augment(
            images, np.random.default_rng([seed, number]), settings
        )

    def _part(self, split: Split) -> Part:
        if split == "test":
            return mnist.load().test
        return mnist.load().split(VALIDATION)[split == "validation"]

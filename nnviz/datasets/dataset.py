"""What a data set is to the rest: images and their labels, in two parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Part:
    """Images (N, 28, 28), 0 (paper) to 255 (ink), and their labels (N,), 0 to 9."""

    images: Images
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, chosen: slice | NDArray[np.intp]) -> "Part":
        return Part(self.images[chosen], self.labels[chosen])


@dataclass(frozen=True, slots=True)
class Dataset:
    """A part to learn from and a part that is only ever measured on."""

    name: str
    train: Part
    test: Part

    def split(self, validation: int, seed: int = 0) -> tuple[Part, Part]:
        """Divide the training part at random into (learn, validation): choices are made on the
        second, so that the test part stays unseen. The same seed gives the same division.
        """
        order = np.random.default_rng(seed).permutation(len(self.train))
        return self.train[np.sort(order[validation:])], self.train[np.sort(order[:validation])]

"""Test digits whose label people doubt.

For 93 of MNIST's test digits a method for finding label errors doubted the label; five people were
asked what each shows. Here are those where fewer than three saw the label (C. G. Northcutt, A.
Athalye and J. Mueller: Pervasive label errors in test sets destabilize machine learning benchmarks,
NeurIPS 2021, Datasets and Benchmarks; votes as published with it).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disputed:
    """A test digit's place, its label, what was guessed instead, and how many of five saw which."""

    index: int
    label: int
    guess: int
    given: int
    guessed: int
    neither: int


MNIST_TEST = tuple(
    Disputed(*row)
    for row in (
        (947, 8, 9, 0, 5, 0),
        (1621, 0, 6, 2, 3, 0),
        (1901, 9, 4, 2, 3, 0),
        (2130, 4, 9, 2, 2, 1),
        (2462, 2, 0, 0, 4, 1),
        (2597, 5, 3, 0, 4, 1),
        (2654, 6, 1, 0, 2, 3),
        (3520, 6, 4, 2, 0, 3),
        (3558, 5, 0, 1, 4, 0),
        (5937, 5, 3, 1, 3, 1),
        (6651, 0, 6, 0, 5, 0),
        (6783, 1, 6, 2, 3, 0),
        (8527, 4, 9, 2, 2, 1),
        (9679, 6, 3, 2, 0, 3),
        (9729, 5, 6, 2, 3, 0),
    )
)
PLACES = frozenset(each.index for each in MNIST_TEST)

"""Pen: how a digit is drawn, step by step, and which digit it is."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.datasets import unipen
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.datasets.unipen import Drawing
from nnviz.errors import InputError
from nnviz.features import Output
from nnviz.ink import movement
from nnviz.ink.strokes import Strokes
from nnviz.problems.digits import DIGIT
from nnviz.problems.problem import Data, Examples, Input, Measure, Problem, Split
from nnviz.samples import Vary

SPLIT_SEED = 0
SHARE = 6  # a sixth of the writers is the test part, another sixth for validation
SIZES: dict[Split, int] = {"train": 1_650, "validation": 510, "test": 513}


class Pen(Problem):
    """Movements of a pen, 48 steps of x, y, Δx, Δy and lifted; no writer is in two parts."""

    id = "pen"
    title = "Pen movements"
    input = Input(
        "movement",
        (movement.STEPS, len(movement.FEATURES)),
        "48 steps of one length along the pen's way: x and y in −1..1 (y down), 8 times the way "
        "from the step before, and 1 where the pen is lifted.",
    )
    outputs = (DIGIT,)
    measure = Measure("accuracy")
    data = Data(
        "unipen",
        "UNIPEN train_r01_v07, category 1a: I. Guyon, L. Schomaker, R. Plamondon, M. Liberman, "
        "S. Janet, ICPR 1994; doi:10.5281/zenodo.1195803",
        "CC BY 4.0",
        "By writers: 81 to learn from, 20 for validation, 20 for the test",
        SIZES,
    )

    def examples(self, split: Split, outputs: Sequence[Output]) -> Examples:
        """Movements (N, 48, 5), and the digits (N,)."""
        drawings = self._parts[split]
        inputs = np.stack([movement.from_points(each.points, each.sizes) for each in drawings])
        labels = np.array([drawing.label for drawing in drawings], np.uint8)
        return Examples(inputs, {"digit": labels}, drawings)

    def variants(
        self,
        examples: Examples,
        count: int,
        rng: np.random.Generator,
        settings: AugmentationSettings,
    ) -> Iterator[Examples]:
        """Drawings turned, stretched and slanted by a little, before they are cut into steps.

        Some strokes begin at their other end, some come in another order: not everybody writes an
        8 from its top.
        """
        _check(settings)
        for _ in range(count):
            moved = [_variant(each.points, each.sizes, rng, settings) for each in examples.drawings]
            yield Examples(np.stack(moved), examples.targets)

    def vary(self, settings: AugmentationSettings, seed: int) -> Vary:
        """The same, batch by batch, of the steps that are read: each lies on the pen's way."""
        _check(settings)

        def vary(movements: movement.Movement, number: int) -> movement.Movement:
            rng = np.random.default_rng([seed, number])
            return np.stack([_variant(*_strokes(each), rng, settings) for each in movements])

        return vary

    def drawn(self, strokes: Strokes, center: bool = True) -> movement.Movement:
        """48 steps; where on the pad it was drawn does not matter."""
        return movement.from_strokes(strokes)

    @cached_property
    def _parts(self) -> dict[Split, tuple[Drawing, ...]]:
        drawings = unipen.load()
        writers = np.random.default_rng(SPLIT_SEED).permutation(
            sorted({drawing.writer for drawing in drawings})
        )
        size = len(writers) // SHARE
        chosen: dict[Split, set[str]] = {
            "train": set(writers[2 * size :]),
            "validation": set(writers[size : 2 * size]),
            "test": set(writers[:size]),
        }
        return {
            split: tuple(drawing for drawing in drawings if drawing.writer in names)
            for split, names in chosen.items()
        }


def _check(settings: AugmentationSettings) -> None:
    if settings.shift or settings.elastic or settings.thickness:
        raise InputError(
            "out_of_range",
            "Expected shift, elastic and thickness 0 for pen movements, which have neither.",
        )


def _strokes(steps: movement.Movement) -> tuple[NDArray[np.float64], list[int]]:
    """The points (M, 2) of a movement's strokes, and how many each has: its steps on paper."""
    lifted = steps[:, 4] > 0
    stroke = np.cumsum(lifted)[~lifted]  # a number that is another behind every lifted way
    _, sizes = np.unique(stroke, return_counts=True)
    return steps[~lifted, :2].astype(np.float64), sizes.tolist()


def _variant(
    points: NDArray[Any],
    sizes: Sequence[int],
    rng: np.random.Generator,
    settings: AugmentationSettings,
) -> movement.Movement:
    moved = points @ _affine(rng, settings)
    strokes = np.split(moved, np.cumsum(sizes)[:-1])
    cut, longest = rng.random(), max(range(len(strokes)), key=lambda place: len(strokes[place]))
    if rng.random() < settings.reversal and len(strokes[longest]) > 2:
        place = 1 + int(cut * (len(strokes[longest]) - 2))
        strokes[longest : longest + 1] = (
            strokes[longest][: place + 1],
            strokes[longest][place:],
        )
    turned = rng.random(len(strokes)) < settings.reversal
    strokes = [
        stroke[::-1] if turn else stroke for stroke, turn in zip(strokes, turned, strict=True)
    ]
    shuffled = rng.permutation(len(strokes))
    if rng.random() < settings.reversal:
        strokes = [strokes[place] for place in shuffled]
    return movement.from_points(np.concatenate(strokes), [len(stroke) for stroke in strokes])


def _affine(rng: np.random.Generator, by: AugmentationSettings) -> NDArray[np.float64]:
    """A small affine map, (2, 2), for points in rows: turn, then slant, then stretch."""
    angle = np.radians(rng.uniform(-by.rotation, by.rotation))
    cos, sin = np.cos(angle), np.sin(angle)
    slant = rng.uniform(-by.shear, by.shear)
    width, height = 1 + rng.uniform(-by.scale, by.scale, 2)
    turned = np.array([[cos, sin], [-sin, cos]])
    slanted = np.array([[1.0, 0.0], [slant, 1.0]])
    affine: NDArray[np.float64] = turned @ slanted @ np.diag([width, height])
    return affine

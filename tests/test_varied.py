"""What a batch's augmentation changes, and what it must not: a pen's way, the loops of a digit."""

import numpy as np
import pytest

from nnviz import problems
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import InputError
from nnviz.ink import loops, movement
from nnviz.problems.digits import DIGIT, LOOPS
from nnviz.problems.pen import _strokes
from nnviz.recipe.shipped import RECIPES
from nnviz.recipe.training import prepare

STILL = AugmentationSettings(0, 0, 0, 0, 0, 0, 0)
TURNED = AugmentationSettings(rotation=11, scale=0.2, shear=0.2, shift=0, elastic=0, thickness=0)


def test_the_strokes_of_a_movement_are_its_steps_on_paper() -> None:
    drawn = [[[0.2, 0.2], [0.8, 0.2]], [[0.5, 0.2], [0.5, 0.9]]]
    points, sizes = _strokes(movement.from_strokes(drawn))
    assert len(sizes) == 2
    assert sum(sizes) == len(points)
    first, second = np.split(points, [sizes[0]])
    np.testing.assert_allclose(first[:, 1], first[0, 1])  # the bar
    np.testing.assert_allclose(second[:, 0], second[0, 0], atol=1e-6)  # and what hangs from it


def test_movements_are_varied_batch_by_batch_as_seed_and_batch_say() -> None:
    pen = problems.get("pen")
    movements = pen.examples("validation", (DIGIT,)).inputs[:40]
    vary = pen.vary(TURNED, 3)
    once, again, next_batch = vary(movements, 7), vary(movements, 7), vary(movements, 8)
    np.testing.assert_array_equal(once, again)
    assert not np.allclose(once, next_batch)
    assert once.dtype == movements.dtype
    assert once.shape == movements.shape
    assert np.abs(once[..., :2]).max() == pytest.approx(1, abs=1e-6)
    still = pen.vary(STILL, 0)(movements, 0)
    assert np.abs(still[..., :2] - movements[..., :2]).max(axis=(1, 2)).mean() < 0.1
    with pytest.raises(InputError, match="shift, elastic and thickness 0"):
        pen.vary(AugmentationSettings(), 0)


def test_loops_are_those_of_the_digit_as_it_was_bent() -> None:
    recipe = RECIPES["mlp-two-heads"]
    trainer, _ = prepare(recipe)  # without a pool: batch by batch
    samples = trainer.samples
    order = np.arange(600)
    (x, (digits, counted)), *_ = samples.batches(0, 600, order, 0)
    bent = np.rint(x * 255).astype(np.uint8).reshape(-1, 28, 28)
    np.testing.assert_array_equal(counted, loops.count(bent))
    np.testing.assert_array_equal(digits, samples.targets[0][order])
    assert (counted != samples.targets[1][order]).any()  # else it would not matter
    assert problems.get("digits").relabel((DIGIT,)) is None
    assert problems.get("digits").outputs == (DIGIT, LOOPS)

"""Augmentation moves, bends and thickens digits as its settings say, and repeats itself."""

import numpy as np
import pytest

from nnviz import augmentation
from nnviz.augmentation import AugmentationSettings, augment, variants
from nnviz.datasets import mnist

NONE = {"rotation": 0, "scale": 0, "shear": 0, "shift": 0, "elastic": 0, "thickness": 0}


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    return mnist.load().train.images[:300]


def centres(images: np.ndarray) -> np.ndarray:
    weights = images.astype(np.float64)
    total = weights.sum(axis=(1, 2))
    index = np.arange(28)
    return (
        np.stack([weights.sum(axis=2) @ index, weights.sum(axis=1) @ index], axis=1)
        / total[:, None]
    )


def test_the_same_seed_gives_the_same_digits(digits: np.ndarray) -> None:
    one = augment(digits, np.random.default_rng(0))
    np.testing.assert_array_equal(one, augment(digits, np.random.default_rng(0)))
    assert (one != augment(digits, np.random.default_rng(1))).any()
    assert (one.shape, one.dtype) == (digits.shape, np.uint8)


def test_the_size_of_a_block_changes_nothing(
    digits: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shipped weights come from a seed; how the work is divided must not move them."""
    expected = augment(digits, np.random.default_rng(0))
    for block in (1, 7, 300, 1000):
        monkeypatch.setattr(augmentation, "BLOCK", block)
        np.testing.assert_array_equal(augment(digits, np.random.default_rng(0)), expected)


def test_with_all_amounts_zero_nothing_changes(digits: np.ndarray) -> None:
    still = augment(digits, np.random.default_rng(0), AugmentationSettings(**NONE))
    np.testing.assert_array_equal(still, digits)


def test_shifts_stay_within_their_amount(digits: np.ndarray) -> None:
    moved = augment(
        digits, np.random.default_rng(0), AugmentationSettings(**{**NONE, "shift": 2.0})
    )
    distance = np.abs(centres(moved) - centres(digits))
    assert distance.max() < 2.1
    assert distance.mean() > 0.5


def test_thickness_adds_and_takes_ink(digits: np.ndarray) -> None:
    settings = AugmentationSettings(**{**NONE, "thickness": 0.5})
    change = augment(digits, np.random.default_rng(0), settings).mean(axis=(1, 2)) / digits.mean(
        axis=(1, 2)
    )
    assert change.min() < 0.8
    assert change.max() > 1.2


@pytest.mark.parametrize("name", ["rotation", "scale", "shear", "elastic"])
def test_every_other_amount_changes_the_shape_but_not_the_place(
    digits: np.ndarray, name: str
) -> None:
    amount = {"rotation": 15.0, "scale": 0.2, "shear": 0.2, "elastic": 1.0}[name]
    changed = augment(
        digits, np.random.default_rng(0), AugmentationSettings(**{**NONE, name: amount})
    )
    assert (changed != digits).mean() > 0.05
    assert np.abs(centres(changed) - centres(digits)).max() < 2


def test_variants_differ_from_one_another(digits: np.ndarray) -> None:
    made = list(variants(digits, 3, np.random.default_rng(0)))
    assert len(made) == 3
    assert (made[0] != made[1]).any()
    assert (made[1] != made[2]).any()


def test_blank_paper_stays_blank() -> None:
    assert not augment(np.zeros((5, 28, 28), np.uint8), np.random.default_rng(0)).any()

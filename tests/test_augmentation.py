"""Augmentation moves, bends and thickens digits as its settings say, and repeats itself."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from nnviz.datasets import augmentation, mnist
from nnviz.datasets.augmentation import AugmentationSettings, augment, variants

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


def read(image: np.ndarray, row: float, column: float) -> float:
    """The image between four pixels; paper outside."""
    value = 0.0
    for y in (math.floor(row), math.floor(row) + 1):
        for x in (math.floor(column), math.floor(column) + 1):
            if 0 <= y < len(image) and 0 <= x < len(image):
                value += image[y, x] * (1 - abs(row - y)) * (1 - abs(column - x))
    return value


def written_out(image: np.ndarray, drawn: list[float], knots: np.ndarray | None) -> np.ndarray:
    """One variant, pixel by pixel; drawn are angle, shear, height, width, down, right."""
    angle, shear, height, width, down, right = drawn
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    made = np.zeros((28, 28))
    for row, column in np.ndindex(28, 28):
        y, x = row - 13.5, column - 13.5
        there = [
            (cos * y + sin * x) / height + 13.5 - down,
            (cos * x - sin * y + shear * y) / width + 13.5 - right,
        ]
        if knots is not None:
            place = (row * 4 / 27, column * 4 / 27)  # five knots over 28 pixels
            there = [each + read(bend, *place) for each, bend in zip(there, knots, strict=True)]
        made[row, column] = read(image, *there)
    return made


def neighbourhoods(image: np.ndarray) -> np.ndarray:
    around = [
        [image[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].max() for x in range(28)]
        for y in range(28)
    ]
    return np.array(around)


ALL = AugmentationSettings(
    rotation=30, scale=0.3, shear=0.4, shift=3, elastic=1.5, thickness=0.8, reversal=0.5
)


@pytest.mark.parametrize("settings", [ALL, replace(ALL, elastic=0, thickness=0)])
def test_a_variant_is_what_is_drawn_for_it(
    digits: np.ndarray, settings: AugmentationSettings
) -> None:
    images = digits[:3].copy()
    images[0, [0, 0, 27, 27], [0, 27, 0, 27]] = 255  # the corners count, too
    images[0, 0, 5:20] = images[0, 27, 5:20] = images[0, 5:20, 0] = images[0, 5:20, 27] = 200
    rng = np.random.default_rng(3)
    drawn = [
        first + rng.uniform(-most, most, (3, 1))[:, 0]
        for first, most in ((0, 30), (0, 0.4), (1, 0.3), (1, 0.3), (0, 3), (0, 3))
    ]
    knots = rng.normal(0, 1.5, (2, 3, 5, 5)) if settings.elastic else None
    amounts = rng.uniform(-0.8, 0.8, 3) if settings.thickness else np.zeros(3)
    if settings.thickness:
        assert amounts.min() < 0 < amounts.max()
    made = augment(images, np.random.default_rng(3), settings)
    for at, amount in enumerate(amounts):
        bend = None if knots is None else knots[:, at]
        expected = written_out(images[at], [each[at] for each in drawn], bend)
        if amount > 0:
            expected += amount * (neighbourhoods(expected) - expected)
        else:
            expected += amount * (expected - (255 - neighbourhoods(255 - expected)))
        np.testing.assert_allclose(made[at], expected, atol=0.51)


def test_amounts_are_drawn_for_two_thousand_images_at_once() -> None:
    images = np.tile(mnist.load().train.images[:1], (2001, 1, 1))
    rng = np.random.default_rng(4)
    apart = np.concatenate([augment(images[:2000], rng), augment(images[2000:], rng)])
    np.testing.assert_array_equal(augment(images, np.random.default_rng(4)), apart)


def test_what_is_left_out_of_a_recipe_stays_what_it_was() -> None:
    """Recipes that were saved name only what they change."""
    settings = AugmentationSettings()
    assert settings == AugmentationSettings(10, 0.1, 0.15, 1.5, 1, 0.5, 0)
    with pytest.raises(AttributeError):
        settings.shift = 3

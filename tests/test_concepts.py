"""What a unit tells: features of small images, AUC against counting pairs, the probe."""

import numpy as np
import pytest
from numpy.typing import NDArray

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.explain import concepts


def picture(*rows: str) -> NDArray[np.uint8]:
    """28x28, with these rows at the top left; # is ink."""
    image = np.zeros((28, 28), np.uint8)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            image[y + 5, x + 5] = 255 * (cell == "#")
    return image


RING = picture("####", "#..#", "#..#", "####")
POST = picture("#", "#", "#", "#", "#", "#")
BAR = picture("######")
TOP = picture("####", "####", "#...", "#...", "#...")
IMAGES = np.stack([RING, POST, BAR, TOP, TOP[::-1]])


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("loop", [True, False, False, False, False]),
        ("straight", [False, True, True, False, False]),
        ("tall", [False, True, False, False, False]),
        ("upper", [False, False, False, True, False]),
    ],
)
def test_features_are_those_of_the_image(name: str, members: list[bool]) -> None:
    assert concepts.FEATURES[name](IMAGES).tolist() == members


def block(height: int, width: int) -> NDArray[np.uint8]:
    """A block of ink: its variance down is (height² − 1) / 12, across (width² − 1) / 12."""
    return picture(*["#" * width] * height)


def test_tall_is_nearly_one_and_a_half_times_and_straight_nine_tenths() -> None:
    sizes = [(7, 5), (8, 6), (9, 3), (10, 3), (3, 9), (3, 10)]
    images = np.stack([block(*size) for size in sizes])
    down, across = ((np.array(sizes).T ** 2 - 1) / 12).tolist()
    ratios = np.sqrt(np.array(down) / across)
    assert concepts.is_tall(images).tolist() == [True, False, True, True, False, False]
    assert concepts.is_tall(images).tolist() == (ratios >= 1.4).tolist()
    along = np.maximum(down, across) / np.add(down, across)
    assert concepts.is_straight(images).tolist() == [False, False, True, True, True, True]
    assert concepts.is_straight(images).tolist() == (along >= 0.9).tolist()


def test_features_are_those_that_are_counted_pixel_by_pixel() -> None:
    """On sparse noise of all tones, of images that are no squares."""
    rng = np.random.default_rng(3)
    kept = rng.random((400, 13, 9)) < rng.uniform(0.01, 0.3, (400, 1, 1))
    kept[:, 5, 4] = True
    tones = np.where(rng.random(kept.shape) < 0.3, 1, rng.integers(1, 256, kept.shape))
    images = (kept * tones).astype(np.uint8)
    expected = []
    for image in images.astype(float):
        y, x = np.nonzero(image)
        ink = image[y, x]
        covariance = np.cov([x, y], aweights=ink, ddof=0)
        values = np.linalg.eigvalsh(covariance)
        middle = (y.min() + y.max()) / 2
        expected.append(
            (
                covariance[1, 1] >= 1.96 * covariance[0, 0],
                values[1] >= 0.9 * values.sum(),
                ink[y < middle].sum() > ink[y > middle].sum(),
            )
        )
    found = (concepts.is_tall(images), concepts.is_straight(images), concepts.is_upper(images))
    spread = np.count_nonzero(images, axis=(1, 2)) > 2  # two pixels lie on a line but for rounding
    np.testing.assert_array_equal(np.stack(found, axis=1)[spread], np.array(expected)[spread])


def test_a_digit_with_more_ink_above_reaches_further_down() -> None:
    """As a neuron's page says of neurons with weights at the bottom: its ink is centred."""
    images = mnist.load().test.images
    upper = concepts.is_upper(images)
    lowest = 27 - (images.sum(axis=2) > 0)[:, ::-1].argmax(axis=1)
    assert lowest[upper].mean() - lowest[~upper].mean() > 1.5
    bottom = images[:, 23:].mean(axis=(1, 2))
    assert bottom[upper].mean() > 3 * bottom[~upper].mean()


def test_auc_is_the_share_of_pairs_in_which_the_member_says_more() -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(0, 6, (60, 3)).astype(np.float32)  # many ties
    members = rng.random(60) < 0.4
    for column, found in zip(values.T, concepts.auc(values, members), strict=True):
        inside, outside = column[members], column[~members]
        pairs = [float(a > b) + 0.5 * float(a == b) for a in inside for b in outside]
        assert found == pytest.approx(np.mean(pairs))
    assert np.isnan(concepts.auc(values, np.zeros(60, bool))).all()


def test_auc_ends_at_1_0_and_a_half() -> None:
    members = np.arange(10) >= 5
    values = np.stack([np.arange(10), -np.arange(10), np.ones(10)], axis=1).astype(float)
    assert concepts.auc(values, members).tolist() == [1, 0, 0.5]


def test_the_probe_finds_what_no_unit_tells_alone() -> None:
    rng = np.random.default_rng(2)
    hidden, noise = rng.normal(size=2000), rng.normal(size=2000)
    values = np.stack([hidden + 3 * noise, noise, np.ones(2000)], axis=1)
    members = hidden > 0
    assert concepts.auc(values, members).max() < 0.7
    assert concepts.probe_auc(values, members) > 0.99
    assert abs(concepts.probe_auc(values, rng.random(2000) < 0.5) - 0.5) < 0.06


@pytest.mark.parametrize("seed", range(6))
def test_the_probe_is_ridge_regression_on_every_second_digit(seed: int) -> None:
    """Of few digits and many units that say nearly the same, on which the ridge decides."""
    rng = np.random.default_rng(seed)
    count = 61
    values = rng.normal(size=(count, 3)) @ rng.normal(size=(3, 24))
    values += 0.03 * rng.normal(size=values.shape)
    values *= np.geomspace(1e-3, 1e3, 24)
    members = rng.random(count) < 0.4
    fitted, held = values[::2], values[1::2]
    mean, sd = fitted.mean(axis=0), fitted.std(axis=0)
    x = (fitted - mean) / sd
    equations = np.concatenate([x, np.sqrt(1e-3 * len(x)) * np.eye(24)])
    y = np.concatenate([members[::2] - members[::2].mean(), np.zeros(24)])
    w = np.linalg.lstsq(equations, y, rcond=None)[0]
    says = ((held - mean) / sd) @ w
    pairs = np.subtract.outer(says[members[1::2]], says[~members[1::2]])
    assert concepts.probe_auc(values, members) == pytest.approx((pairs > 0).mean())


def test_what_chapter_10_says_of_loops_is_so() -> None:
    images = mnist.load().test.images
    network = models.load("mlp-sigmoid").network
    _, trace = network.forward(ink.to_input(images).reshape(-1, 784))
    loop = concepts.has_loop(images)
    best, layer = [], []
    for each in trace.layers:
        best.append(np.abs(concepts.auc(each.a, loop) - 0.5).max() + 0.5)
        layer.append(concepts.probe_auc(each.a, loop))
    assert best[:2] == pytest.approx([0.70, 0.83], abs=0.006)
    assert layer == pytest.approx([0.91, 0.93, 0.95], abs=0.006)
    assert layer[0] - best[0] > 0.15, "the layer knows, no single neuron does"

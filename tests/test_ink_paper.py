"""The paper, what is darker, and what of it is connected: by definition, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from nnviz.ink import paper
from nnviz.ink.blobs import blobs_of
from nnviz.ink.paper import closing


def test_what_is_spread_is_all_within_so_many_pixels() -> None:
    mask = np.random.default_rng(0).random((17, 23)) < 0.02
    inked = np.argwhere(mask)
    every = np.argwhere(np.ones_like(mask))
    far = np.abs(every[:, None] - inked).max(axis=2).min(axis=1).reshape(mask.shape)
    for by in (0, 1, 2, 3, 5):
        np.testing.assert_array_equal(paper.spread(mask, by), far <= by)


@pytest.mark.parametrize("light", [1.0, 0.6])
def test_darkness_is_what_is_missing_of_the_paper_beside(light: float) -> None:
    """With a table that is as dark as ink, and under a weak lamp."""
    rng = np.random.default_rng(1)
    y, x = np.indices((47, 61))
    grey = light * (0.9 - y / 300 - x / 400 - 0.5 * rng.random(x.shape))
    grey[:, 40:] *= 0.2
    grey[10:30, 12:15] *= 0.3
    grey = grey.astype(np.float32)
    smooth = Image.fromarray(np.round(grey * 255).astype(np.uint8))
    smooth = np.asarray(smooth.filter(ImageFilter.GaussianBlur(0.7)), np.float64) / 255
    around = np.pad(smooth, 12, mode="edge")
    shape = (25, 25)
    most = np.lib.stride_tricks.sliding_window_view(around, shape).max(axis=(2, 3))
    around = np.pad(most, 12, mode="edge")
    sheet = np.lib.stride_tricks.sliding_window_view(around, shape).min(axis=(2, 3))
    least = 0.35 * np.quantile(sheet[::4, ::4], 0.95)
    assert (sheet < least).mean() > 0.2, "the table is darker than any paper"
    missing = (sheet - smooth) / np.maximum(sheet, least)
    low, lower = np.quantile(missing[::2, ::2], [0.25, 0.05])
    assert lower > 0.001, "not even a twentieth is as light as the paper"
    dark, noise = paper.darkness(grey, 25)
    np.testing.assert_allclose(dark, np.clip(missing - low, 0, 1), atol=1e-5)
    assert noise == pytest.approx(low - lower, abs=1e-6)
    assert dark[12:28, 13].min() > 0.5


def test_of_a_black_picture_nothing_is_dark() -> None:
    black = np.zeros((20, 20), np.float32)
    dark, noise = paper.darkness(black, 5)
    assert not dark.any()
    assert noise == 0
    black[10, 10] = 1 / 255  # of which the light is a thousandth at least
    assert np.isfinite(paper.darkness(black, 5)[0]).all()


def test_the_closing_is_the_least_of_the_greatest() -> None:
    """Compared with its definition, pixel by pixel."""
    values = np.random.default_rng(0).random((12, 9)).astype(np.float32)
    for size in (3, 5):
        half = size // 2
        wide = np.pad(values, half, mode="edge")
        most = np.array(
            [[wide[y : y + size, x : x + size].max() for x in range(9)] for y in range(12)]
        )
        wide = np.pad(most, half, mode="edge")
        least = [[wide[y : y + size, x : x + size].min() for x in range(9)] for y in range(12)]
        np.testing.assert_array_equal(closing(values, size), least)


def test_blobs_are_the_connected_pixels() -> None:
    """Compared with filling from each pixel, on noise and on a spiral."""
    rng = np.random.default_rng(0)
    spiral = np.zeros((21, 21), bool)
    for ring in range(0, 10, 2):
        spiral[ring, ring : 21 - ring] = spiral[20 - ring, ring : 21 - ring] = True
        spiral[ring:, 20 - ring][: 21 - 2 * ring] = spiral[ring:, ring][: 21 - 2 * ring] = True
        spiral[ring + 1, ring] = False
        spiral[ring + 2, ring + 1] = True
    for mask in (rng.random((30, 40)) < 0.4, rng.random((7, 5)) < 0.6, spiral, spiral & False):
        blobs = blobs_of(mask)
        assert len(blobs.area) == blobs.labels.max()
        np.testing.assert_array_equal(blobs.labels > 0, mask)
        for i in range(len(blobs.area)):
            inside = blobs.labels == i + 1
            rows, columns = np.nonzero(inside)
            assert blobs.area[i] == inside.sum()
            assert blobs.longer[i] == max(np.ptp(rows), np.ptp(columns)) + 1
            assert (blobs.top[i], blobs.bottom[i]) == (rows.min(), rows.max() + 1)
            assert (blobs.left[i], blobs.right[i]) == (columns.min(), columns.max() + 1)
            np.testing.assert_array_equal(reached_from(mask, rows[0], columns[0]), inside)


def reached_from(mask: np.ndarray, row: int, column: int) -> np.ndarray:
    """All that is reached from a pixel by steps to its eight neighbours."""
    reached = np.zeros(mask.shape, bool)
    waiting = [(row, column)]
    while waiting:
        y, x = waiting.pop()
        if 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1] and mask[y, x] and not reached[y, x]:
            reached[y, x] = True
            waiting += [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return reached

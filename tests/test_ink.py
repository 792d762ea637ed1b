"""Ink: drawings become what MNIST digits are, whatever is drawn, and bad input is named."""

import contextlib
import io
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nnviz import ink
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.ink.pixels import BOX, CENTRE, centre_of_mass

SEVEN = [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]


def circle(count: int = 50) -> list[list[list[float]]]:
    angles = np.linspace(0, 2 * math.pi, count)
    return [np.stack([0.5 + 0.3 * np.cos(angles), 0.5 + 0.3 * np.sin(angles)], axis=1).tolist()]


def moved(strokes: list, scale: float, dx: float, dy: float) -> list:
    return [[[x * scale + dx, y * scale + dy] for x, y in stroke] for stroke in strokes]


def extent(image: np.ndarray) -> tuple[int, int]:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


def test_the_centre_is_where_mnist_has_it() -> None:
    digits = mnist.load().train.images[:5000].astype(float)
    centres = np.array([centre_of_mass(digit) for digit in digits])
    np.testing.assert_allclose(centres.mean(axis=0), CENTRE, atol=0.02)
    assert np.abs(centres - CENTRE).max() < 0.51  # MNIST was moved by whole pixels


def test_the_box_is_mnists() -> None:
    longer = [max(extent(digit)) for digit in mnist.load().train.images[:2000]]
    assert np.median(longer) == BOX


@pytest.mark.parametrize("strokes", [SEVEN, circle(), [[[0.5, 0.1], [0.5, 0.9]]]])
def test_a_drawing_fits_the_box_and_is_centred(strokes: list) -> None:
    image = ink.from_strokes(strokes)
    assert (image.shape, image.dtype) == ((28, 28), np.uint8)
    assert max(extent(image)) in (20, 21, 22)
    np.testing.assert_allclose(centre_of_mass(image.astype(float)), CENTRE, atol=0.1)
    assert image.max() == 255


@pytest.mark.parametrize(
    ("scale", "dx", "dy"), [(0.1, 0.0, 0.0), (0.1, 0.9, 0.9), (1.2, -0.1, -0.1), (0.5, 2.0, -3.0)]
)
def test_size_and_place_on_the_pad_do_not_matter(scale: float, dx: float, dy: float) -> None:
    expected = ink.from_strokes(SEVEN).astype(int)
    found = ink.from_strokes(moved(SEVEN, scale, dx, dy)).astype(int)
    assert np.abs(found - expected).max() <= 1


def test_ink_is_the_distance_to_the_stroke() -> None:
    """Compared with the definition, computed pixel by pixel for a zigzag with long segments."""
    points = np.array([[0.1, 0.1], [0.9, 0.3], [0.2, 0.5], [0.8, 0.9]])
    found = ink.from_strokes([points.tolist()], center=False, pen=2.0, edge=1.2)
    expected = np.zeros((28, 28))
    for row in range(28):
        for column in range(28):
            pixel = np.array([column, row])
            distances = []
            for start, end in zip(points[:-1] * 28 - 0.5, points[1:] * 28 - 0.5, strict=True):
                along = np.clip(
                    (pixel - start) @ (end - start) / ((end - start) @ (end - start)), 0, 1
                )
                distances.append(np.linalg.norm(pixel - start - along * (end - start)))
            expected[row, column] = np.clip((1.6 - min(distances)) / 1.2, 0, 1)
    np.testing.assert_allclose(found / 255, expected, atol=0.6 / 255)


def test_without_centring_the_pad_is_shrunk_as_it_is() -> None:
    corner = ink.from_strokes(moved(SEVEN, 0.2, 0.0, 0.0), center=False)
    assert corner[:7, :7].any()
    assert not corner[8:].any()
    assert not corner[:, 8:].any()


@pytest.mark.parametrize("strokes", [[], [[]], [[], []]])
@pytest.mark.parametrize("center", [True, False])
def test_an_empty_drawing_is_an_empty_grid(strokes: list, center: bool) -> None:
    assert not ink.from_strokes(strokes, center).any()


@pytest.mark.parametrize(
    "strokes", [[[[0.2, 0.8]]], [[[0.2, 0.8], [0.2, 0.8]]], [[[0.2, 0.8]]] * 3]
)
def test_a_point_is_a_dot_in_the_middle(strokes: list) -> None:
    dot = ink.from_strokes(strokes)
    assert extent(dot) == (3, 3)
    assert dot[14, 14] == 255


def test_a_tiny_scribble_stays_small() -> None:
    assert max(extent(ink.from_strokes(moved(SEVEN, 0.01, 0.5, 0.5)))) < 8


def test_strokes_outside_the_square_are_drawn_too() -> None:
    assert ink.from_strokes([[[-3.0, 0.0], [4.0, 5.0]]]).any()
    assert not ink.from_strokes([[[3.0, 3.0], [4.0, 5.0]]], center=False).any()


def test_strokes_add_up_to_the_same_whatever_their_order_or_direction() -> None:
    one, other = [[0.2, 0.2], [0.8, 0.3]], [[0.5, 0.1], [0.5, 0.9]]
    expected = ink.from_strokes([one, other]).astype(int)
    found = ink.from_strokes([other[::-1], one[::-1]]).astype(int)
    assert np.abs(found - expected).max() <= 1


@pytest.mark.parametrize("empty", [[], (), np.empty((0, 2))])
def test_lists_tuples_and_arrays_are_the_same_strokes(empty: object) -> None:
    expected = ink.from_strokes(SEVEN)
    np.testing.assert_array_equal(ink.from_strokes([empty, np.array(SEVEN[0])]), expected)
    np.testing.assert_array_equal(ink.from_strokes((empty, tuple(map(tuple, SEVEN[0])))), expected)
    assert not ink.from_strokes([empty]).any()


def test_ten_thousand_points_are_drawn_and_one_more_is_refused() -> None:
    rng = np.random.default_rng(0)
    points = rng.random((10_000, 2)).tolist()
    assert ink.from_strokes([points]).max() == 255
    with pytest.raises(InputError, match=r"10,000 points; got 10,001") as caught:
        ink.from_strokes([points, [[0.5, 0.5]]])
    assert caught.value.code == "too_many_points"


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ([[[0.5, math.nan]]], "not_finite"),
        ([[[math.nan, 0.5], [0.5, 0.5]]], "not_finite"),
        ([[[0.5, 0.5], [0.5, math.nan]]], "not_finite"),
        ([[[0.5, math.inf]]], "not_finite"),
        ([[[0.5, 10.1]]], "out_of_range"),
        ([[[-1e300, 0.0]]], "out_of_range"),
        ([[[0.5]]], "wrong_shape"),
        ([[[0.5, 0.5, 0.5]]], "wrong_shape"),
        ([[0.5, 0.5]], "wrong_shape"),
        ([[[0.5, 0.5], [0.5]]], "wrong_shape"),
        ([[["a", "b"]]], "wrong_type"),
        ([[[True, False]]], "wrong_type"),
        ([[[None, None]]], "wrong_type"),
        ([0.5], "wrong_type"),
        ("strokes", "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_bad_strokes_are_named(strokes: object, code: str) -> None:
    with pytest.raises(InputError, match="Expected") as caught:
        ink.from_strokes(strokes)  # type: ignore[arg-type]
    assert caught.value.code == code


coordinates = st.floats(-10, 10, width=32)
strokes_of_any_kind = st.lists(
    st.lists(st.tuples(coordinates, coordinates), max_size=12), max_size=6
)


@given(strokes_of_any_kind, st.booleans())
def test_any_finite_drawing_gives_784_bytes(strokes: list, center: bool) -> None:
    image = ink.from_strokes(strokes, center)
    assert (image.shape, image.dtype) == ((28, 28), np.uint8)
    if center and any(strokes):
        assert image.any()


def test_pixels_are_used_as_they_are() -> None:
    values = np.arange(784) % 256
    np.testing.assert_array_equal(ink.from_pixels((values / 255).tolist()).ravel(), values)
    grid = (values / 255).reshape(28, 28).tolist()
    np.testing.assert_array_equal(ink.from_pixels(grid).ravel(), values)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([0.5] * 783, "wrong_shape"),
        ([[0.5] * 28] * 27, "wrong_shape"),
        ([[0.5], [0.5, 0.5]], "wrong_shape"),
        ([], "wrong_shape"),
        ([1.01] + [0.0] * 783, "out_of_range"),
        ([-0.01] + [0.0] * 783, "out_of_range"),
        ([math.nan] + [0.0] * 783, "not_finite"),
        (["a"] * 784, "wrong_type"),
        ([True] * 784, "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_bad_pixels_are_named(values: object, code: str) -> None:
    with pytest.raises(InputError, match="Expected") as caught:
        ink.from_pixels(values)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_the_network_is_given_values_over_255() -> None:
    given_ = ink.to_input(np.array([[0, 51, 255]], np.uint8))
    assert given_.dtype == np.float32
    np.testing.assert_allclose(given_, [[0, 0.2, 1]], rtol=1e-6)


# Images


def encoded(grey: np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, kind, **options)
    return buffer.getvalue()


def photo(digit: np.ndarray, thin: bool = False) -> np.ndarray:
    """A digit written on a sheet with a shadow across it, photographed with noise."""
    rng = np.random.default_rng(0)
    large = np.asarray(Image.fromarray(digit).resize((300, 300), Image.Resampling.BICUBIC)) / 255
    stroke = np.clip((large - (0.9 if thin else 0.6)) * 5, 0, 1)
    paper = 210 + np.linspace(-70, 30, 900)[None] + np.linspace(0, -40, 700)[:, None]
    paper[120:420, 500:800] *= 1 - 0.7 * stroke
    return np.clip(paper + rng.normal(0, 4, paper.shape), 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    return mnist.load().test.images[:20]


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def test_an_mnist_digit_comes_back_as_it_was(digits: np.ndarray) -> None:
    for digit in digits:
        np.testing.assert_array_equal(ink.from_image(encoded(digit)), digit)
        np.testing.assert_array_equal(ink.from_image(encoded(255 - digit)), digit)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photo_of_pen_on_paper_gives_the_digit(digits: np.ndarray, kind: str) -> None:
    found = [similarity(ink.from_image(encoded(photo(digit), kind)), digit) for digit in digits]
    assert np.median(found) > 0.85
    assert min(found) > 0.7


def test_thin_lines_are_thickened(digits: np.ndarray) -> None:
    ratios = [
        ink.from_image(encoded(photo(digit, thin=True))).mean() / digit.mean() for digit in digits
    ]
    assert 0.6 < np.median(ratios) < 1.3


def test_transparency_is_paper_for_dark_and_for_light_ink(digits: np.ndarray) -> None:
    for value in (0, 255):
        rgba = np.full((28, 28, 4), value, np.uint8)
        rgba[..., 3] = digits[0]
        np.testing.assert_array_equal(ink.from_image(encoded(rgba)), digits[0])


def test_sixteen_bits_are_read(digits: np.ndarray) -> None:
    deep = digits[0].astype(np.uint16) * 257
    assert similarity(ink.from_image(encoded(deep)), digits[0]) > 0.99


def test_blank_paper_of_sixteen_bits_is_empty() -> None:
    """The noise of a scanner is small on the scale of 16 bits, and stays so."""
    sheet = 60_000 + np.random.default_rng(0).normal(0, 150, (300, 400))
    assert not ink.from_image(encoded(sheet.astype(np.uint16))).any()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "I;16"])
def test_a_large_flat_image_needs_little_memory(mode: str) -> None:
    """A few kilobytes may hold thirty million pixels; NumPy must only see the shrunk picture."""
    sheet = Image.new(mode, (3000, 2500))
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    tracemalloc.start()  # NumPy reports its arrays to it; Pillow's own buffers are not counted
    ink.from_image(buffer.getvalue())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


def test_the_way_the_camera_was_held_is_undone(digits: np.ndarray) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # stored turned by 90 degrees
    turned = np.rot90(photo(digits[0]))
    found = ink.from_image(encoded(turned, "JPEG", exif=exif))
    assert similarity(found, digits[0]) > 0.75


@pytest.mark.parametrize("paper", [0, 128, 230, 255])
def test_blank_paper_is_an_empty_grid(paper: int) -> None:
    rng = np.random.default_rng(0)
    sheet = np.clip(paper + rng.normal(0, 3, (300, 400)), 0, 255).astype(np.uint8)
    assert not ink.from_image(encoded(sheet)).any()
    assert not ink.from_image(encoded(np.full((300, 400), paper, np.uint8))).any()


def test_without_centring_an_image_is_shrunk_as_it_is(digits: np.ndarray) -> None:
    sheet = np.full((280, 280), 255, np.uint8)
    sheet[20:90, 20:90] = 255 - np.asarray(Image.fromarray(digits[0]).resize((70, 70)))
    found = ink.from_image(encoded(sheet), center=False)
    assert found[2:9, 2:9].any()
    assert not found[10:].any()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no image",
        encoded(np.zeros((9, 9), np.uint8))[:30],
        encoded(np.zeros((9, 9), np.uint8), "GIF"),
    ],
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="PNG, JPEG or WebP") as caught:
        ink.from_image(data)
    assert caught.value.code == "not_an_image"
    assert " at 0x" not in str(caught.value)  # an object's address means nothing to anybody


@pytest.mark.parametrize("shape", [(8000, 8000), (1, 20_000)])
def test_an_image_bomb_is_refused_before_it_is_decoded(shape: tuple[int, int]) -> None:
    data = encoded(np.zeros(shape, np.uint8))
    assert len(data) < 100_000
    with pytest.raises(InputError, match="30,000,000") as caught:
        ink.from_image(data)
    assert caught.value.code == "image_too_large"


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_damaged_images_are_read_or_refused(noise: bytes, at: int) -> None:
    data = encoded(np.arange(100, dtype=np.uint8).reshape(10, 10))
    with contextlib.suppress(InputError):
        assert ink.from_image(data[:at] + noise + data[at + len(noise) :]).shape == (28, 28)

"""A picture's file to grey values: every bound and every kind of pixel, by its definition."""

import io

import numpy as np
import pytest
from PIL import Image

from nnviz.errors import InputError
from nnviz.ink import decoding
from nnviz.ink.decoding import decode, kind_of

RNG = np.random.default_rng(6)


def encoded(values: np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, kind, **options)
    return buffer.getvalue()


def test_grey_is_what_is_stored() -> None:
    stored = RNG.integers(0, 256, (30, 50), np.uint8)
    stored[0, :2] = 0, 255
    grey, width, height = decode(encoded(stored))
    assert (width, height) == (50, 30)
    np.testing.assert_allclose(grey, stored / 255, atol=1e-6)


def test_what_is_larger_is_shrunk_to_means_and_told_in_full() -> None:
    stored = RNG.integers(0, 256, (50, 100), np.uint8)
    grey, width, height = decode(encoded(stored), 50)
    assert (width, height) == (100, 50)
    means = stored.reshape(25, 2, 50, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(grey * 255, means, atol=1.01)  # rounded across and down
    assert decode(encoded(np.zeros((1, 961), np.uint8))).grey.shape == (1, 960)
    assert decode(encoded(np.zeros((2, 960), np.uint8))).grey.shape == (2, 960)


@pytest.mark.parametrize("way", range(10))
def test_a_picture_that_is_a_square_once_it_is_shrunk_keeps_its_sides(way: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = way  # 5 to 8 lie on their side; 0 and 9 are no orientation
    sides = decode(encoded(np.zeros((99, 100), np.uint8), exif=exif), 50)[1:]
    assert sides == ((99, 100) if 5 <= way <= 8 else (100, 99))


@pytest.mark.parametrize(
    ("shape", "fits"),
    [((1, 10_000), True), ((1, 10_001), False), ((10_001, 1), False), ((10_000, 1), True)],
)
def test_a_side_has_at_most_10_000_pixels(shape: tuple[int, int], fits: bool) -> None:
    data = encoded(np.zeros(shape, np.uint8))
    if fits:
        assert decode(data)[1:] == shape[::-1]
    else:
        with pytest.raises(InputError) as caught:
            decode(data)
        assert caught.value.code == "image_too_large"


def test_both_bounds_hold_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (decoding.MOST_PIXELS, decoding.LARGE) == (30_000_000, 2_000_000)
    monkeypatch.setattr(decoding, "MOST_PIXELS", 600)
    assert decode(encoded(np.zeros((20, 30), np.uint8)))[1:] == (30, 20)
    with pytest.raises(InputError, match="31 x 20"):
        decode(encoded(np.zeros((20, 31), np.uint8)))


def test_a_large_picture_is_no_reason_for_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Pillow warns of is within the bounds or refused."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 500)
    assert decode(encoded(np.zeros((20, 30), np.uint8)))[1:] == (30, 20)
    with pytest.raises(InputError, match="more pixels than that"):
        decode(encoded(np.zeros((40, 30), np.uint8)))


def test_memory_of_a_large_picture_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(decoding, "LARGE", 600)
    monkeypatch.setattr(decoding, "_give_memory_back", lambda: given.append(1))
    decode(encoded(np.zeros((20, 30), np.uint8)))
    assert not given
    decode(encoded(np.zeros((20, 31), np.uint8)))
    assert given


@pytest.mark.parametrize(("way", "turned"), [(1, False), (3, False), (6, True), (8, True)])
@pytest.mark.parametrize("shape", [(8, 24), (24, 8)])
def test_a_picture_is_told_as_the_camera_was_held(
    way: int, turned: bool, shape: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = way
    stored = RNG.integers(0, 256, shape, np.uint8)
    grey, width, height = decode(encoded(stored, exif=exif))
    assert (height, width) == grey.shape == (shape[::-1] if turned else shape)
    quarters = {1: 0, 3: 2, 6: 3, 8: 1}[way]
    np.testing.assert_allclose(grey, np.rot90(stored, quarters) / 255, atol=1e-6)


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_deep_grey_is_of_the_fewest_bits_that_hold_it(bits: int) -> None:
    fewer = {8: 0, 10: 8, 12: 10, 14: 12, 16: 14}[bits]
    for most in (2**bits - 1, 2**fewer, 2 ** (bits - 1) + 2 ** (bits - 2)):
        deep = np.linspace(0, most, 600).round().astype(np.uint16).reshape(20, 30)
        expected = np.floor(deep / (2**bits - 1) * 255 + 0.5)
        np.testing.assert_allclose(decode(encoded(deep)).grey * 255, expected, atol=1e-4)


@pytest.mark.parametrize("tone", [100, 127, 128, 200])
def test_what_is_clear_is_paper_white_or_black_where_the_drawing_is_light(tone: int) -> None:
    alpha = RNG.integers(0, 256, (20, 30))
    grey = np.clip(tone + RNG.integers(-20, 20, alpha.shape), 0, 255)
    grey[0, :8] = np.arange(0, 256, 32)
    mean = (grey * alpha).sum() / alpha.sum()
    paper = 0 if mean > 127 else 255
    expected = np.floor((grey * alpha + paper * (255 - alpha)) / 255 + 0.5)
    pair = np.stack([grey, grey, grey, alpha], axis=-1).astype(np.uint8)
    np.testing.assert_allclose(decode(encoded(pair)).grey * 255, expected, atol=1e-3)


def test_the_drawing_itself_is_light_above_127() -> None:
    for tone, paper in ((127, 255), (128, 0)):
        pair = np.full((4, 5, 4), tone, np.uint8)
        pair[..., 3] = 255
        pair[0, ..., 3] = 0
        assert round(float(decode(encoded(pair)).grey[0, 0]) * 255) == paper
    hint = np.full((4, 5, 4), 150, np.uint8)  # one pixel, and that not whole
    hint[..., 3] = 0
    hint[2, 2, 3] = 200
    assert decode(encoded(hint)).grey[0, 0] == 0
    clear = np.zeros((4, 5, 4), np.uint8)
    assert decode(encoded(clear)).grey.min() == 1


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "LA", "CMYK"])
def test_every_kind_of_pixel_becomes_grey(mode: str) -> None:
    stored = Image.fromarray(np.repeat([[0, 255]], 12, axis=0).repeat(12, axis=1).astype(np.uint8))
    buffer = io.BytesIO()
    stored.convert(mode).save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    grey = decode(buffer.getvalue()).grey
    np.testing.assert_allclose(grey, np.asarray(stored) / 255, atol=0.02)


def test_a_colour_that_is_named_clear_is_paper() -> None:
    stored = Image.fromarray(np.repeat([[0, 60]], 12, axis=0).repeat(12, axis=1).astype(np.uint8))
    buffer = io.BytesIO()
    stored.save(buffer, "PNG", transparency=0)
    grey = decode(buffer.getvalue()).grey
    assert (grey[0, 0], round(float(grey[0, -1]) * 255)) == (1, 60)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "HEIC"),
        (b"\0\0\0\x18ftypavis", "AVIF"),
        (b"\0\0\0\x18ftypisom", "a film"),
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"abc", "3 bytes of something else"),
    ],
)
def test_a_file_is_called_by_its_first_bytes(start: bytes, name: str) -> None:
    assert kind_of(start).startswith(name)

"""Photographs: what is no ink is left out, several digits are several, blank paper is blank."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks import papers
from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.errors import InputError

PICTURES = Path(__file__).parent / "pictures"
EACH = 6  # pictures of a kind
SHEET = 360  # pixels


def read(pixels: np.ndarray) -> int:
    network = models.load("mlp-wide").network
    return int(network.predict(ink.to_input(pixels)[None]).argmax())


def encoded(grey: np.ndarray, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, kind)
    return buffer.getvalue()


def sheet_with(*indices: int, size: int = 140, rng: np.random.Generator) -> np.ndarray:
    """Ink 0..1 of test digits, side by side, somewhere on a sheet."""
    sheet = np.zeros((SHEET, SHEET + 180 * (len(indices) - 1)))
    top = int(rng.integers(30, SHEET - size - 30))
    for place, index in enumerate(indices):
        digit = Image.fromarray(mnist.load().test.images[index])
        large = np.asarray(digit.resize((size, size), Image.Resampling.BICUBIC)) / 255
        left = 40 + 180 * place + int(rng.integers(0, 60))
        sheet[top : top + size, left : left + size] = np.clip((large - 0.5) * 4, 0, 1)
    return sheet


@pytest.mark.parametrize("kind", papers.KINDS)
def test_whatever_the_paper_the_digit_is_read(kind: str) -> None:
    labels = mnist.load().test.labels
    right = single = 0
    for index in range(EACH):
        rng = np.random.default_rng(index)
        grey = papers.KINDS[kind](sheet_with(index, rng=rng), rng)
        found = ink.find(encoded(papers.photographed(grey, rng), "JPEG"))
        single += len(found.digits) == 1
        right += read(found.pixels) == labels[index]
    assert single == EACH
    assert right >= EACH - 1


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("mini_strip.png", [3]),
        ("mini_frame.png", [3]),
        ("tableround.png", [3]),
        ("shot.png", [3]),
        ("mini_speck.png", [8]),
        ("s28g160.png", [6]),
        ("lin_small.jpg", [5]),
        ("two42.png", [4, 2]),
    ],
)
def test_pictures_that_were_read_wrong(name: str, labels: list[int]) -> None:
    found = ink.find((PICTURES / name).read_bytes())
    assert [read(digit.pixels) for digit in found.digits] == labels
    assert found.chosen == 0
    np.testing.assert_array_equal(found.pixels, found.digits[0].pixels)


@pytest.mark.parametrize("tone", [60, 120, 160, 220])
@pytest.mark.parametrize("noise", [0, 2])
def test_grey_paper_of_a_28x28_picture_is_no_ink(tone: int, noise: float) -> None:
    rng = np.random.default_rng(0)
    for index in range(10):
        digit = mnist.load().test.images[index] / 255
        grey = tone * (1 - 0.85 * digit) + rng.normal(0, noise, digit.shape)
        found = ink.from_image(encoded(np.clip(grey, 0, 255).astype(np.uint8))) / 255
        assert np.abs(found - digit).mean() < 0.02


@pytest.mark.parametrize("seed", range(8))
def test_blank_paper_is_blank_on_a_table_and_under_a_lamp(seed: int) -> None:
    found = ink.find(encoded(papers.blank(np.random.default_rng(seed)), "JPEG"))
    assert found.digits == []
    assert found.chosen is None
    assert not found.pixels.any()


def test_each_of_several_digits_can_be_chosen() -> None:
    rng = np.random.default_rng(0)
    grey = papers.written(sheet_with(0, 1, 2, rng=rng), rng)
    data = encoded(papers.photographed(grey, rng))
    found = ink.find(data)
    assert [read(digit.pixels) for digit in found.digits] == [7, 2, 1]
    third = ink.find(data, digit=2)
    assert third.chosen == 2
    np.testing.assert_array_equal(third.pixels, found.digits[2].pixels)
    with pytest.raises(InputError, match=r"0 to 2; got 3") as caught:
        ink.find(data, digit=3)
    assert caught.value.code == "no_such_digit"


def test_boxes_and_cut_outs_are_where_the_ink_is() -> None:
    """In the picture's own pixels, though it is shrunk to be worked on."""
    grey = np.full((1500, 2000), 230, np.uint8)
    grey[300:900, 700:760] = 20
    grey[840:900, 700:1100] = 20
    (digit,) = ink.find(encoded(grey)).digits
    np.testing.assert_allclose(digit.box, (700, 300, 1100, 900), atol=8)
    assert max(digit.ink.shape) == 48
    assert digit.ink[:, :3].mean() > 240  # the upright stroke
    assert digit.ink[:30, 10:].mean() < 10  # paper beside it


def test_a_digit_cut_off_by_the_edge_is_still_read() -> None:
    grey = np.full((300, 300), 235, np.uint8)
    grey[0:220, 140:165] = 30  # a 1 that begins above the picture
    assert len(ink.find(encoded(grey)).digits) == 1


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_fewer_bits_stored_in_sixteen_are_not_blank(bits: int) -> None:
    rng = np.random.default_rng(0)
    sheet = (1 - 0.9 * sheet_with(0, rng=rng)) * (2**bits - 1)
    assert read(ink.from_image(encoded(sheet.astype(np.uint16)))) == 7


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"GIF89a", "GIF"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(start: bytes, name: str) -> None:
    with pytest.raises(InputError, match=f"PNG, JPEG or WebP image; got {name}"):
        ink.from_image(start + bytes(100))

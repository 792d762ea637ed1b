"""From a picture to the digits in it: every size, margin and share on the way, to the pixel."""

import io

import numpy as np
import pytest
from PIL import Image

from nnviz.errors import InputError
from nnviz.ink import fitting, image
from nnviz.ink.finding import Finding
from nnviz.ink.grouping import Group
from nnviz.ink.image import Digit, Found
from nnviz.ink.paper import LEAST_CONTRAST
from tests.masks import filled

Box = tuple[int, int, int, int]


def encoded(grey: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "PNG")
    return buffer.getvalue()


def digit(fill: int = 0) -> Digit:
    return Digit((0, 0, 1, 1), np.zeros((2, 3), np.uint8), np.full((28, 28), fill, np.uint8))


def found(*digits: Digit) -> Found:
    return Found(np.zeros((28, 28), np.uint8), 9, 8, True, list(digits), None)


def test_bytes_are_those_of_all_pixels() -> None:
    assert found().nbytes == 784
    assert found(digit(), digit()).nbytes == 784 + 2 * (6 + 784)


def test_a_digit_is_chosen_by_its_place() -> None:
    two = found(digit(1), digit(2))
    for at in (0, 1):
        chosen = image.choose(two, at)
        assert (chosen.chosen, chosen.pixels[0, 0]) == (at, at + 1)
    for at in (-1, 2, 3):
        with pytest.raises(InputError, match=f"a digit 0 to 1; got {at}"):
            image.choose(two, at)
    assert image.choose(found(), 0).chosen is None
    for at in (-1, 1):
        with pytest.raises(InputError, match=f"a digit 0 to 0; got {at}"):
            image.choose(found(), at)


def test_only_a_picture_of_28x28_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool, float]] = []

    def of_thumbnail(grey: np.ndarray, center: bool) -> tuple[list[Digit], bool]:
        asked.append(("thumbnail", center, 0))
        return [], True

    def of_photo(grey: np.ndarray, center: bool, scale: float) -> tuple[list[Digit], bool]:
        asked.append(("photo", center, scale))
        return [digit(5), digit(6)], False

    monkeypatch.setattr(image, "_of_thumbnail", of_thumbnail)
    monkeypatch.setattr(image, "_of_photo", of_photo)
    assert image.find(encoded(np.zeros((28, 28), np.uint8))).digits == []
    taken = image.find(encoded(np.zeros((28, 40), np.uint8)), center=False)
    assert asked == [("thumbnail", True, 0), ("photo", False, 1.0)]
    assert (taken.width, taken.height, taken.dark_on_light, taken.chosen) == (40, 28, False, 0)
    assert taken.pixels[0, 0] == 5
    assert image.from_image(encoded(np.zeros((30, 28), np.uint8)), center=False)[0, 0] == 5
    assert image.from_image(encoded(np.zeros((30, 28), np.uint8)))[0, 0] == 5
    assert asked[2:] == [("photo", False, 1.0), ("photo", True, 1.0)]


PAPER, PEN = 0.9, 0.2
STROKE = filled((28, 28), (6, 11, 22, 15))


def thumbnail(grey: np.ndarray, center: bool = False) -> tuple[Digit | None, bool]:
    digits, dark_on_light = image._of_thumbnail(grey, center)
    return (digits[0] if digits else None), dark_on_light


@pytest.mark.parametrize("seed", range(4))
def test_a_thumbnails_paper_is_the_median_of_its_border(seed: int) -> None:
    """Half of its 108 pixels are lighter, half are darker: one more or less would tell."""
    border = np.ones((28, 28), bool)
    border[1:-1, 1:-1] = False
    grey = np.where(STROKE, PEN, 0.85)
    grey[border] = np.random.default_rng(seed).permutation(np.repeat([0.6, 0.9], 54))
    grey[10, 20] = 0.5
    taken, dark_on_light = thumbnail(grey)
    assert dark_on_light
    assert taken is not None
    assert taken.pixels[10, 20] == round(255 * (0.75 - 0.5) / (0.75 - PEN))


def test_few_that_differ_much_tell_which_is_the_ink() -> None:
    for paper, pen, dark in (
        (PAPER, PEN, True),
        (PEN, PAPER, False),
        (0.5, 0.2, True),
        (0.5, 0.8, False),
    ):
        taken, dark_on_light = thumbnail(np.where(STROKE, pen, paper))
        assert dark_on_light is dark
        assert taken is not None
        assert taken.box == (11, 6, 15, 22)
        np.testing.assert_array_equal(taken.ink, np.full((16, 4), 255))
        np.testing.assert_array_equal(taken.pixels, 255 * STROKE)
    # many that are a little darker, few that are much lighter
    grey = np.full((28, 28), 0.5)
    grey[3:25, 3:25] = 0.45
    grey[6:16, 11:15] = 0.95
    assert thumbnail(grey)[1] is False


def test_a_thumbnail_without_contrast_is_blank() -> None:
    step = LEAST_CONTRAST
    assert thumbnail(np.full((28, 28), 0.4)) == (None, True)
    assert thumbnail(np.where(STROKE, step - 1e-3, 0.0)) == (None, True)
    assert thumbnail(np.where(STROKE, step + 1e-3, 0.0))[0] is not None
    assert thumbnail(np.where(STROKE, step, 0.0))[0] is not None


def test_ink_on_black_stays_as_it_is_and_on_grey_is_levelled() -> None:
    ramp = np.zeros((28, 28))
    ramp[10, 10:20] = np.linspace(0.05, 1, 10)
    taken, dark_on_light = thumbnail(ramp)
    assert (dark_on_light, taken is not None) == (False, True)
    assert taken is not None
    assert taken.box == (11, 10, 20, 11)  # what is no more than a tenth is not shown
    np.testing.assert_array_equal(taken.ink[0], (ramp[10, 11:20] * 255 + 0.5).astype(np.uint8))

    grey = PAPER - 0.7 * ramp
    taken, _ = thumbnail(grey)
    assert taken is not None
    ink = (PAPER - grey)[10, 10:20]
    full = np.quantile(ink[ink > ink.max() / 2], 0.75)
    expected = (np.clip(ink / full, 0, 1) * 255 + 0.5).astype(np.uint8)
    np.testing.assert_array_equal(taken.ink[0], expected[1:])


def test_the_noise_of_a_border_is_taken_off() -> None:
    rng = np.random.default_rng(1)
    grey = np.where(STROKE, PEN, PAPER) - 0.05 * rng.random((28, 28))
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    paper = np.median(border)
    noise = np.abs(border - paper).max()
    ink = paper - grey
    full = np.quantile(ink[ink > ink.max() / 2], 0.75)
    expected = np.clip((ink - noise) / (full - noise), 0, 1)
    taken, _ = thumbnail(grey)
    assert taken is not None
    np.testing.assert_array_equal(taken.pixels, (expected * 255 + 0.5).astype(np.uint8))
    # a border with ink in it tells no noise
    cut = grey.copy()
    cut[0, 11:15] = PEN
    taken, _ = thumbnail(cut)
    assert taken is not None
    plain = np.clip((paper - cut) / full, 0, 1)
    assert abs(int(taken.pixels[27, 27]) - 255 * plain[27, 27]) < 2


def test_bounds_of_a_thumbnails_ink() -> None:
    """Half of the darkest is not yet the pen's tone, a tenth not yet ink, and a border that differs
    as much as ink tells no noise."""
    grey = np.where(STROKE, 0.25, 0.75)
    grey[4:24, 16:26] = 0.5
    taken, _ = thumbnail(grey)
    assert taken is not None
    assert taken.pixels[10, 20] == 128
    tenth = np.where(STROKE, 1.0, 0.0)
    tenth[10, 5] = 0.1
    taken, _ = thumbnail(tenth)
    assert taken is not None
    assert taken.box == (11, 6, 15, 22)
    loud = np.where(STROKE, 0.9, 0.25)
    loud[0, 0] = 0.37
    loud[10, 20] = 0.35
    assert np.ptp(loud[0]) == LEAST_CONTRAST
    taken, _ = thumbnail(loud)
    assert taken is not None
    assert taken.pixels[10, 20] == round(255 * 0.1 / 0.65)


def of_photo(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], scale: float = 1.0, dark: bool = True
) -> list[tuple]:
    """What each group of a picture of that shape is inked from: grey's shape and value, scale."""
    inked: list[tuple] = []

    def inked_of(
        grey: np.ndarray, group: str, coarse: np.ndarray, center: bool, scale: float
    ) -> Digit:
        inked.append((grey.shape, round(float(grey.mean()), 6), coarse.shape, group, center, scale))
        return digit(255 if group != "empty" else 0)

    groups = ["first", "empty", "last"]
    monkeypatch.setattr(image, "find_groups", lambda coarse: Finding(groups, dark))  # type: ignore[arg-type]
    monkeypatch.setattr(image, "_inked", inked_of)
    digits, dark_on_light = image._of_photo(np.full(shape, 0.25, np.float32), True, scale)
    assert (len(digits), dark_on_light) == (2, dark)
    assert [each[3] for each in inked] == groups
    return inked


def test_digits_are_looked_for_in_480_pixels_and_inked_from_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for shape, coarse in (
        ((960, 300), (480, 150)),
        ((300, 481), (299, 480)),
        ((480, 300), (480, 300)),
    ):
        assert of_photo(monkeypatch, shape, 2.0)[0] == (shape, 0.25, coarse, "first", True, 2.0)


def test_a_small_picture_is_enlarged_to_200_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_photo(monkeypatch, (100, 50))[0] == ((200, 100), 0.25, (200, 100), "first", True, 0.5)
    assert of_photo(monkeypatch, (200, 50))[0] == ((200, 50), 0.25, (200, 50), "first", True, 1.0)
    assert of_photo(monkeypatch, (199, 50), 3.0)[0][5] == pytest.approx(3 * 199 / 200)


def test_light_ink_is_turned_into_dark(monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_photo(monkeypatch, (240, 240), dark=False)[0][1] == 0.75


def test_a_scaled_picture_keeps_its_values_and_a_pixel_of_each_side() -> None:
    grey = np.zeros((4, 8), np.float32)
    grey[:, 4:] = 1
    assert image._scaled(grey, 1) is grey
    np.testing.assert_array_equal(image._scaled(grey, 0.5), grey[::2, ::2])
    assert image._scaled(grey, 0.1).shape == (1, 1)
    assert image._scaled(grey, 0.01)[0, 0] == pytest.approx(0.5)
    large = image._scaled(grey, 4)
    assert large.shape == (16, 32)
    assert (large.min(), large.max()) == (0, 1)  # cubic curves overshoot
    assert len(np.unique(large)) > 2
    assert len(np.unique(image._scaled(grey, 1.5))) > 2


def test_ink_is_levelled_from_a_quarter_of_the_pens_tone_to_all_of_it() -> None:
    near = filled((10, 40), (0, 0, 10, 39))
    dark = np.tile(np.linspace(0, 0.8, 40), (10, 1))
    strong = dark[near & (dark > LEAST_CONTRAST / 2)]
    full = np.quantile(strong, 0.75)
    full = strong[strong > 0.5 * full].mean()
    expected = np.clip((dark - 0.25 * full) / (0.75 * full), 0, 1) * near
    levelled = image._levelled(dark, near)
    assert levelled.dtype == np.float32
    np.testing.assert_allclose(levelled, expected, atol=1e-6)
    assert levelled.max() == 1
    assert not levelled[:, 39].any()


def test_what_is_faint_everywhere_is_no_ink() -> None:
    near = np.ones((5, 5), bool)
    assert not image._levelled(np.full((5, 5), LEAST_CONTRAST / 2), near).any()
    assert image._levelled(np.full((5, 5), LEAST_CONTRAST / 2 + 0.001), near).all()
    assert not image._levelled(np.ones((5, 5)), ~near).any()
    faint = np.full((5, 5), 0.1)
    faint[0, 0] = 0.5  # a dot that is darker than all else
    assert image._levelled(faint, near)[0, 0] == 1
    two = np.full((5, 5), 0.8)
    two[:2] = 0.4  # half of the pen's tone is not the pen's
    assert image._levelled(two, near)[0, 0] == pytest.approx((0.4 - 0.2) / (0.8 - 0.2))


def test_a_box_is_told_in_the_fine_picture() -> None:
    ink = np.where(filled((20, 30), (4, 6, 10, 9)), 0.51, 0.5)
    assert image._box_of(ink, 100, 200, 0.5) == (212, 108, 218, 120)
    assert image._box_of(ink, 100, 200, 1.0) == (206, 104, 209, 110)
    assert image._box_of(np.full((20, 30), 0.5), 100, 200, 1.0) == (200, 100, 200, 100)


def test_what_is_put_back_is_where_it_was() -> None:
    ink = np.ones((5, 10), np.float32)
    whole = image._put_back(ink, slice(20, 30), slice(40, 60), (50, 70))
    np.testing.assert_array_equal(whole, filled((50, 70), (20, 40, 30, 60)))


def test_a_cut_out_is_the_inks_box_at_most_48_pixels() -> None:
    ink = np.where(filled((40, 40), (4, 6, 10, 9)), 0.8, 0.5)
    np.testing.assert_array_equal(image._cutout(ink), np.full((6, 3), 204))
    for shape, size in (
        ((48, 20), (48, 20)),
        ((96, 20), (48, 10)),
        ((20, 480), (2, 48)),
        ((480, 3), (48, 1)),
    ):
        assert image._cutout(np.ones(shape, np.float32)).shape == size
    assert image._cutout(np.ones((9, 9), np.float32)).max() == 255
    assert image._cutout(np.full((9, 9), 0.5)).tolist() == [[0]]


def inked(
    monkeypatch: pytest.MonkeyPatch,
    box: Box,
    *,
    pen: float,
    coarse: tuple[int, int] = (100, 120),
    times: int = 1,
    center: bool = True,
    scale: float = 1.0,
) -> tuple[Digit, dict]:
    """A rectangle of a coarse picture, inked; and what was asked for on the way."""
    asked: dict = {}

    def darkness(part: np.ndarray, square: int) -> tuple[np.ndarray, float]:
        asked.update(part=part, square=square)
        return 1 - part, 0.0

    def levelled(dark: np.ndarray, near: np.ndarray) -> np.ndarray:
        asked["near"] = near
        return np.where(near, dark, 0).astype(np.float32)

    def placed(grid: np.ndarray, center: bool) -> np.ndarray:
        asked["center"] = center
        return fitting.placed(grid, center)

    monkeypatch.setattr(image, "placed", placed)
    monkeypatch.setattr(image, "pen_width", lambda mask: pen)
    monkeypatch.setattr(image, "darkness", darkness)
    monkeypatch.setattr(image, "_levelled", levelled)
    top, left, bottom, right = box
    mask = np.ones((bottom - top, right - left), bool)
    small = filled(coarse, box)
    grey = 1 - np.kron(small, np.ones((times, times))).astype(np.float32)
    group = Group(mask, top, left, bottom, right, 1.0)
    taken = image._inked(grey, group, (1 - small).astype(np.float32), center, scale)
    return taken, asked


@pytest.mark.parametrize(("pen", "margin", "reach"), [(1.0, 4, 2), (3.0, 6, 2), (9.0, 18, 3)])
def test_ink_is_taken_beside_a_digit_by_two_pens_and_near_it_by_a_third(
    monkeypatch: pytest.MonkeyPatch, pen: float, margin: int, reach: int
) -> None:
    taken, asked = inked(monkeypatch, (40, 50, 60, 58), pen=pen)
    assert asked["part"].shape == (20 + 2 * margin, 8 + 2 * margin)
    rows, columns = np.nonzero(asked["near"])
    assert (rows.min(), rows.max() + 1) == (margin - reach, margin + 20 + reach)
    assert (columns.min(), columns.max() + 1) == (margin - reach, margin + 8 + reach)
    assert taken.box == (50, 40, 58, 60)
    assert taken.ink.shape == (20, 8)
    assert taken.pixels.any()
    assert asked["center"]
    assert not inked(monkeypatch, (40, 50, 60, 58), pen=pen, center=False)[1]["center"]


def test_a_margin_ends_where_the_picture_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for box, part in (
        ((0, 0, 20, 10), (24, 14)),
        ((1, 2, 20, 10), (24, 14)),
        ((80, 112, 100, 120), (24, 12)),
        ((79, 111, 98, 119), (25, 13)),
    ):
        taken, asked = inked(monkeypatch, box, pen=1)
        assert asked["part"].shape == part
        assert taken.box == (box[1], box[0], box[3], box[2])


def test_a_digit_is_cut_out_of_the_fine_picture_at_most_300_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken, asked = inked(monkeypatch, (40, 50, 60, 58), pen=2, times=5, scale=2)
    assert asked["part"].shape == (140, 80)
    assert taken.box == (500, 400, 580, 600)
    taken, asked = inked(monkeypatch, (40, 50, 60, 58), pen=2, times=50, scale=0.5)
    assert asked["part"].shape == (300, 171)
    np.testing.assert_allclose(taken.box, (1250, 1000, 1450, 1500), atol=5)
    asked = inked(monkeypatch, (2, 2, 98, 118), pen=1, times=3)[1]
    assert asked["part"].shape == (250, 300)


def test_the_closing_is_four_pens_wide_and_at_most_three_of_the_parts_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In pixels of the part that is closed, odd, and never less than nine."""
    assert inked(monkeypatch, (40, 50, 60, 58), pen=1)[1]["square"] == 9
    assert inked(monkeypatch, (40, 50, 60, 58), pen=2, times=5)[1]["square"] == 41
    assert inked(monkeypatch, (40, 50, 60, 58), pen=3)[1]["square"] == 13
    assert inked(monkeypatch, (30, 50, 80, 90), pen=30)[1]["square"] == 99
    # 140 pixels of the fine picture are shown by 300 / 7000 of 50
    assert inked(monkeypatch, (40, 50, 60, 58), pen=2, times=50)[1]["square"] == 87


def test_what_is_not_centred_is_where_it_is_in_the_whole_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = (10, 60, 40, 70)
    taken, _ = inked(monkeypatch, box, pen=4, center=False, coarse=(112, 112))
    means = filled((112, 112), box).reshape(28, 4, 28, 4).mean((1, 3))
    np.testing.assert_allclose(taken.pixels / 255, means, atol=0.01)
    middle, _ = inked(monkeypatch, box, pen=4, coarse=(112, 112))
    rows, columns = np.nonzero(middle.pixels > 100)
    assert abs(rows.mean() - 13.5) < 1
    assert abs(columns.mean() - 13.5) < 1

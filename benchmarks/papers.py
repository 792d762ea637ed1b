"""Pictures such as a phone takes of a digit on paper, made from a mask of its ink.

Every kind is a function of the ink (0..1, on a sheet of any size) and a random generator: tones,
positions, sizes and widths are drawn anew for each picture, so that no reader of photographs is
fitted to one sample. `benchmarks.photos` measures with them; the tests use a few.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Floats = NDArray[Any]
Kind = Callable[[Floats, np.random.Generator], Floats]

SIDES = (480, 1400)  # pixels, of a picture


def inked(strokes: Sequence[Any], rng: np.random.Generator, share: float | None = None) -> Floats:
    """Strokes in a unit square drawn with a round pen somewhere on a sheet, as ink 0..1."""
    height, width = (int(side) for side in rng.integers(*SIDES, 2))
    size = min(height, width) * (share or rng.uniform(0.3, 0.85))
    left, top = (rng.uniform(0, side - size) for side in (width, height))
    return pen_on(
        np.zeros((height, width)), strokes, (left, top), size, size * rng.uniform(0.02, 0.07)
    )


def pen_on(
    sheet: Floats, strokes: Sequence[Any], at: tuple[float, float], size: float, pen: float
) -> Floats:
    """A sheet of ink 0..1 with the strokes drawn on it, ``pen`` pixels wide."""
    image = Image.fromarray((sheet * 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        points = [(at[0] + x * size, at[1] + y * size) for x, y in stroke]
        if len(points) > 1:
            draw.line(points, fill=255, width=max(1, round(pen)), joint="curve")
        for x, y in points:
            draw.ellipse([x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2], fill=255)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.8)), np.float64) / 255


def written(ink: Floats, rng: np.random.Generator, paper: float | Floats | None = None) -> Floats:
    """Dark ink on paper of a light tone: grey values 0..1."""
    tone = rng.uniform(0.8, 1.0) if paper is None else paper
    return tone * (1 - ink * rng.uniform(0.7, 0.95))


def plain(ink: Floats, rng: np.random.Generator) -> Floats:
    """A digit on light paper."""
    return written(ink, rng)


def shadow(ink: Floats, rng: np.random.Generator) -> Floats:
    """Half of the sheet lies in a shadow with a straight edge, sharp or soft."""
    along = _along(ink.shape, rng)
    edge = np.clip((along - rng.uniform(0.3, 0.7)) / rng.uniform(0.002, 0.1), 0, 1)
    return written(ink, rng) * (1 - rng.uniform(0.2, 0.5) * edge)


def lined(ink: Floats, rng: np.random.Generator) -> Floats:
    """Ruled paper, the lines lighter than the pen, hardly ever quite level."""
    return written(ink, rng) * (1 - _ruled(ink.shape, rng, rng.uniform(0.05, 0.14), 1))


def squared(ink: Floats, rng: np.random.Generator) -> Floats:
    """Squared paper."""
    return written(ink, rng) * (1 - _ruled(ink.shape, rng, rng.uniform(0.03, 0.09), 2))


def one_line_high(ink: Floats, rng: np.random.Generator) -> Floats:
    """Ruled paper with a digit as high as one or two lines are apart."""
    rows = np.flatnonzero(ink.max(axis=1) > 0.5)
    pitch = (rows[-1] - rows[0]) / min(ink.shape) * rng.uniform(0.6, 1.2)
    return written(ink, rng) * (1 - _ruled(ink.shape, rng, pitch, 1))


def dim(ink: Floats, rng: np.random.Generator) -> Floats:
    """Paper in poor light."""
    return written(ink, rng, rng.uniform(0.3, 0.6))


def strip(ink: Floats, rng: np.random.Generator) -> Floats:
    """A dark strip at one edge: what lies beside the sheet."""
    grey = written(ink, rng)
    turns, wide = int(rng.integers(4)), rng.uniform(0.01, 0.12)
    turned = np.rot90(grey, turns)
    width = max(2, int(turned.shape[1] * wide))
    beside = np.full((turned.shape[0], width), rng.uniform(0.02, 0.5))
    return np.rot90(np.hstack([turned, beside]), -turns)


def frame(ink: Floats, rng: np.random.Generator) -> Floats:
    """A thin dark frame at the picture's edge or a little inside it."""
    grey = np.pad(written(ink, rng), (gap := int(rng.integers(0, 40))) + 30, mode="edge")
    grey = grey[30 - gap // 2 :, 30 - gap // 2 :] if gap else grey[30:-30, 30:-30]
    inset, wide = gap // 2, int(rng.integers(2, 13))
    tone = rng.uniform(0.0, 0.5)
    height, width = grey.shape
    for place in (slice(inset, inset + wide), slice(-inset - wide, -inset or None)):
        grey[place, inset : width - inset] = tone
        grey[inset : height - inset, place] = tone
    return grey


def table(ink: Floats, rng: np.random.Generator) -> Floats:
    """A sheet on a dark table, on two to four sides of it, turned a little; wood has grain."""
    grey = written(ink, rng)
    around = [int(min(ink.shape) * rng.uniform(0.05, 0.5)) for _ in range(4)]
    for spared in rng.permutation(4)[: rng.integers(0, 3)]:
        around[spared] = 0
    sides = ((around[0], around[1]), (around[2], around[3]))
    tone = rng.uniform(0.05, 0.4)
    wide = np.pad(grey, sides, constant_values=-1)
    angle = rng.uniform(-6, 6) if min(around) else 0.0
    turned = Image.fromarray(wide.astype(np.float32)).rotate(
        angle, Image.Resampling.NEAREST, fillcolor=-1
    )
    found = np.asarray(turned, np.float64)
    grain = 1 + rng.uniform(0, 0.15) * _grain(found.shape, rng)
    return np.where(found < 0, tone * grain, found)


def specks(ink: Floats, rng: np.random.Generator) -> Floats:
    """One to four specks, as dark as the pen."""
    height, width = ink.shape
    image = Image.fromarray((ink * 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(1, 5)):
        radius = min(ink.shape) * rng.uniform(0.003, 0.012)
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        draw.ellipse([x - radius, y - radius * rng.uniform(0.6, 1), x + radius, y + radius], 255)
    return written(np.asarray(image, np.float64) / 255, rng)


def lamp(ink: Floats, rng: np.random.Generator) -> Floats:
    """Light that falls off from a lamp at one side."""
    rows, columns = np.indices(ink.shape)
    height, width = ink.shape
    y, x = rng.uniform(-0.2, 1.2) * height, rng.uniform(-0.2, 1.2) * width
    far = ((rows - y) ** 2 + (columns - x) ** 2) / max(ink.shape) ** 2
    return written(ink, rng) / (1 + rng.uniform(0.5, 3.0) * far)


def screenshot(ink: Floats, rng: np.random.Generator) -> Floats:
    """A phone's screen, its status bar dark or light, with a clock in it."""
    grey = written(ink, rng, 1.0)
    bar = np.full((int(max(ink.shape) * rng.uniform(0.03, 0.06)), grey.shape[1]), 1.0)
    is_dark = rng.random() < 0.5
    bar[:] = 0.08 if is_dark else 0.95
    for at in (0.05, 0.08, 0.12, 0.8, 0.86, 0.92):
        left = int(at * grey.shape[1])
        high = bar.shape[0]
        bar[high // 3 : 2 * high // 3, left : left + high // 4] = 0.95 if is_dark else 0.1
    return np.vstack([bar, grey])


def inverted(ink: Floats, rng: np.random.Generator) -> Floats:
    """Light on dark: chalk on a board, a screen in its dark theme."""
    return 1 - written(ink, rng)


KINDS: dict[str, Kind] = {
    kind.__name__.replace("_", " "): kind
    for kind in (
        plain, shadow, lined, squared, one_line_high, dim, strip, frame, table, specks, lamp,
        screenshot, inverted,
    )
}  # fmt: skip


def photographed(grey: Floats, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Through a lens and a sensor: slightly blurred, with noise, 0..255."""
    image = Image.fromarray((np.clip(grey, 0, 1) * 255).astype(np.uint8))
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.5))), np.float64)
    noise = rng.normal(0, rng.uniform(0, 5), blurred.shape)
    return np.clip(blurred + noise, 0, 255).astype(np.uint8)


def small(ink28: Floats, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A 28x28 picture whose paper is grey."""
    paper = rng.uniform(0.4, 0.95)
    grey = paper * (1 - ink28 * rng.uniform(0.6, 1.0))
    if rng.random() < 0.3:
        grey = 1 - grey
    return np.clip(grey * 255 + rng.normal(0, rng.uniform(0, 3), grey.shape), 0, 255).astype(
        np.uint8
    )


def blank(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Paper with nothing on it, evenly lit or not, on a table or not."""
    nothing = np.zeros(tuple(int(side) for side in rng.integers(*SIDES, 2)))
    kinds = (plain, shadow, dim, strip, table, lamp, lined)
    return photographed(kinds[rng.integers(len(kinds))](nothing, rng), rng)


def _along(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """0..1 across the picture in some direction."""
    rows, columns = np.indices(shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    return (along - along.min()) / np.ptp(along)


def _ruled(shape: tuple[int, ...], rng: np.random.Generator, pitch: float, axes: int) -> Floats:
    """How much darker the rules make the paper; ``pitch`` in shorter sides."""
    step = max(6.0, pitch * min(shape))
    wide, tone = rng.uniform(1.0, 3.0), rng.uniform(0.1, 0.45)
    tilt, start = rng.uniform(-0.03, 0.03), rng.uniform(0, step)
    rows, columns = np.indices(shape)
    dark = np.zeros(shape)
    for axis in range(axes):
        across = rows + tilt * columns if axis == 0 else columns - tilt * rows
        off = np.abs((across - start + step / 2) % step - step / 2)
        dark = np.maximum(dark, np.clip(wide / 2 + 0.5 - off, 0, 1))
    return dark * tone


def _grain(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Wood: noise drawn out along one direction, between -1 and 1."""
    few = rng.normal(0, 0.4, (shape[0] // 6 + 1, shape[1] // 60 + 1)).astype(np.float32)
    size = (shape[1], shape[0])
    drawn = Image.fromarray(few).resize(size, Image.Resampling.BICUBIC)
    return np.clip(np.asarray(drawn, np.float64), -1, 1)

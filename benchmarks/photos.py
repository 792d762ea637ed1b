"""How well photographs of digits are read, a row for each kind of picture.

    python -m benchmarks.photos STROKES.jsonl

Pictures are made from drawn digits (``{"label", "writer", "strokes"}`` a line) by
`benchmarks.papers`, the same digits for every kind. ``one`` is the share of pictures in which one
digit was found; the time is that of one thread, from the file to 28x28 pixels. What is chosen in
``nnviz.ink`` is chosen on the writers of ``--half tune``; the table is of the others, and nothing
is fitted to them.
"""

import argparse
import io
import json
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks import papers
from nnviz import ink, models

HALVES = ("tune", "report")


def main() -> None:
    """Print how many pictures of each kind are read right, and what one costs."""
    options = _options()
    drawings = of_half(options.strokes, options.half)
    network = models.load(options.model).network
    print(f"{len(drawings)} digits of the half {options.half!r}, {options.model}\n")
    print("| kind | right | one | CPU ms | 95% | most |\n|---|---:|---:|---:|---:|---:|")
    for name in [*papers.KINDS, "28x28 grey", "two digits", "blank"]:
        if options.only and name not in options.only:
            continue
        made = [_made(name, drawings, options, number) for number in range(options.pictures)]
        found, taken = [], []
        for data, _ in made:
            start = time.process_time()
            found.append(ink.find(data))
            taken.append((time.process_time() - start) * 1e3)
        right = np.mean(
            [
                _is_right(network, each, labels)
                for each, (_, labels) in zip(found, made, strict=True)
            ]
        )
        one = np.mean([len(each.digits) == 1 for each in found])
        median, most = np.quantile(taken, [0.5, 0.95])
        print(
            f"| {name} | {right:.1%} | {one:.1%} | {median:.0f} | {most:.0f} | {max(taken):.0f} |",
            flush=True,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", type=Path, help="drawn digits, JSON lines, with writers")
    parser.add_argument("--half", choices=HALVES, default="report")
    parser.add_argument("--pictures", type=int, default=300, help="of each kind (300)")
    parser.add_argument("--model", default="mlp-wide")
    parser.add_argument("--only", nargs="*", help="kinds")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def of_half(path: Path, half: str) -> list[dict[str, Any]]:
    """The drawings of every other writer; which half a writer is in never changes."""
    drawings = [json.loads(line) for line in path.open(encoding="utf-8")]
    wanted = HALVES.index(half)
    return [one for one in drawings if zlib.crc32(one["writer"].encode()) % 2 == wanted]


def _made(
    name: str, drawings: list[dict[str, Any]], options: argparse.Namespace, number: int
) -> tuple[bytes, list[int]]:
    """Picture ``number`` of a kind, as a file, and what is written on it."""
    seed = zlib.crc32(f"{options.half} {name} {options.seed} {number}".encode())
    rng = np.random.default_rng(seed)
    if name == "blank":
        return encoded(papers.blank(rng), rng), []
    # The same digit, pen and place in every kind's picture of that number: kinds are compared.
    same = np.random.default_rng(zlib.crc32(f"{options.half} {options.seed} {number}".encode()))
    first, second = (drawings[at] for at in same.integers(len(drawings), size=2))
    if name == "28x28 grey":
        pixels = ink.from_strokes(first["strokes"]) / 255
        return encoded(papers.small(pixels, rng), rng, "PNG"), [first["label"]]
    if name == "two digits":
        grey = papers.written(_side_by_side(first, second, rng), rng)
        return encoded(papers.photographed(grey, rng), rng), [first["label"], second["label"]]
    grey = papers.KINDS[name](papers.inked(first["strokes"], same), rng)
    return encoded(papers.photographed(grey, rng), rng), [first["label"]]


def _side_by_side(
    first: dict[str, Any], second: dict[str, Any], rng: np.random.Generator
) -> NDArray[Any]:
    height, gap = int(rng.integers(400, 800)), rng.uniform(0.12, 0.6)
    size, pen = height * rng.uniform(0.5, 0.9), height * rng.uniform(0.015, 0.04)
    sheet = np.zeros((height, int(size * (2.4 + gap))))
    at = 0.1 * size
    for each in (first, second):
        points = np.concatenate([np.array(stroke) for stroke in each["strokes"]])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = 0.8 / max(high - low)
        moved = [((np.array(stroke) - low) * scale).tolist() for stroke in each["strokes"]]
        sheet = papers.pen_on(sheet, moved, (at, 0.1 * height), size, pen)
        at += (high[0] - low[0]) * scale * size + gap * size
    return sheet


def encoded(grey: NDArray[np.uint8], rng: np.random.Generator, kind: str | None = None) -> bytes:
    """As a file: PNG, or JPEG as cameras make it."""
    buffer = io.BytesIO()
    chosen = kind or ("PNG" if rng.random() < 0.3 else "JPEG")
    options = {"quality": int(rng.integers(60, 95))} if chosen == "JPEG" else {}
    Image.fromarray(grey).save(buffer, chosen, **options)
    return buffer.getvalue()


def _is_right(network: Any, found: ink.Found, labels: list[int]) -> bool:
    """Each digit read as it was meant, none missing and none too many; of one, the chosen one."""
    if not labels:
        return not found.digits
    if len(labels) == 1:
        return bool(found.digits) and _read(network, found.pixels) == labels[0]
    return [_read(network, digit.pixels) for digit in found.digits] == labels


def _read(network: Any, pixels: NDArray[np.uint8]) -> int:
    return int(network.predict(ink.to_input(pixels)[None]).argmax())


if __name__ == "__main__":
    main()

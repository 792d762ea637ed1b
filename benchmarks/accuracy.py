"""How well the shipped models read: the 10,000 MNIST test digits, and digits drawn with a pen.

    python -m benchmarks.accuracy [STROKES.jsonl]

Drawn digits go through the same function that serves the browser. The file holds a JSON object a
line, ``{"label": 3, "strokes": [[[x, y], …], …]}``; without it only MNIST is measured.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz import models
from nnviz.datasets import drawings, mnist
from nnviz.metrics import confusion_matrix, per_class_accuracy
from nnviz.models import scores as model_scores


def table(title: str, images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> None:
    """Print one table: a row a model, its accuracy, its parameters, and each digit's accuracy."""
    print(f"\n### {title} ({len(labels):,})\n")
    print("| model | architecture | parameters | right | " + " | ".join(map(str, range(10))) + " |")
    print("|---|---|---:|---:|" + "---:|" * 10)
    for name in models.DIGITS:
        model = models.load(name)
        predicted = model_scores.predictions(model.network, images)
        digits = per_class_accuracy(confusion_matrix(predicted, labels))
        row = " | ".join(f"{share:.1%}" for share in digits)
        right = np.mean(predicted == labels)
        size = model.network.parameter_count
        print(f"| `{name}` | {model.architecture} | {size:,} | **{right:.2%}** | {row} |")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path, help="drawn digits, JSON lines")
    options = parser.parse_args()
    test = mnist.load().test
    table("MNIST test digits", test.images, test.labels)
    if options.strokes:
        table("Drawn digits", *drawings.read(options.strokes))


if __name__ == "__main__":
    main()

"""Do hidden neurons tell whether a digit has a loop? Of one head, and of two, one asked for loops.

python -m benchmarks.loops

AUC: how often a test digit with a loop has the larger activation (or the smaller, whichever is more
often) than one without; 0.5 is chance. "Readout" is the least-squares line through a whole layer,
fitted on the first half of the test digits and measured on the second.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.ink import loops
from nnviz.layers import Dense


def auc(values: NDArray[np.float32], positive: NDArray[np.bool_]) -> float:
    """The area under the curve, from the ranks' sum; ties share their ranks."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits, misses = int(positive.sum()), int((~positive).sum())
    area = (ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * misses)
    return float(max(area, 1 - area))


def readout(a: NDArray[np.float32], positive: NDArray[np.bool_]) -> float:
    """The AUC of a line through all of a layer's activations."""
    half, x = len(a) // 2, np.c_[a.astype(float), np.ones(len(a))]
    weights, *_ = np.linalg.lstsq(x[:half], positive[:half].astype(float), rcond=None)
    return auc((x[half:] @ weights).astype(np.float32), positive[half:])


def main() -> None:
    """Print a table of every hidden layer."""
    test = mnist.load().test
    positive = loops.count(test.images) > 0
    print(
        "| model | layer | best neuron | median | three best | readout |\n|---|---|---|---|---|---|"
    )
    for name in ("mlp-sigmoid", "mlp-two-heads"):
        network = models.load(name).network
        _, trace = network.forward(ink.to_input(test.images))
        layers = list(zip(network.layers, trace.layers, strict=True))
        for layer, part in layers[: -network.heads]:
            assert isinstance(layer, Dense)
            found = sorted(auc(part.a[:, unit], positive) for unit in range(layer.units))
            best = ", ".join(f"{each:.3f}" for each in found[:-4:-1])
            print(
                f"| `{name}` | {layer.name} | {found[-1]:.3f} | {np.median(found):.3f} | {best} "
                f"| {readout(part.a, positive):.3f} |"
            )


if __name__ == "__main__":
    main()

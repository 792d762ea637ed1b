"""Makes explore.npz with scikit-learn and PyTorch: what networks have learned, told by others.

Run once, by hand, where both are installed: ``python -m tests.golden.make_explore``. Digits are the
first of MNIST's test set; the networks' weights are random and kept beside the results.
"""

from pathlib import Path

import numpy as np
import torch
from sklearn.calibration import calibration_curve
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities
from sklearn.metrics import (
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)
from sklearn.neighbors import NearestNeighbors
from torch import nn
from torch.nn import functional

from nnviz import ink
from nnviz.datasets import mnist

DIGITS, POINTS, OUTPUT = 4, 300, 3
EPSILON, STEPS, SHADES = 0.1, 10, 20_000

torch.manual_seed(0)
rng = np.random.default_rng(0)
images = ink.to_input(mnist.load().test.images)
golden: dict[str, np.ndarray] = {}


def keep(name: str, value: object) -> None:
    """Keep an array of doubles, or of the integers it has."""
    array = np.asarray(value)
    golden[name] = array.astype(np.float64) if array.dtype.kind == "f" else array


def counted() -> None:
    """Measures of classes, a calibration curve, an AUC."""
    labels, predictions = rng.integers(0, 10, 500), rng.integers(0, 10, 500)
    predictions[:300] = labels[:300]
    precision, recall, f1, _ = precision_recall_fscore_support(labels, predictions)
    keep("labels", labels)
    keep("predictions", predictions)
    keep("matrix", confusion_matrix(labels, predictions))
    for name, value in (("precision", precision), ("recall", recall), ("f1", f1)):
        keep(name, value)
    confidences = rng.random(500)
    right = rng.random(500) < confidences**2
    share, mean = calibration_curve(right, confidences, n_bins=10)
    keep("confidences", confidences)
    keep("right", right)
    keep("calibration_share", share)
    keep("calibration_mean", mean)
    values = np.round(rng.normal(size=500) + right, 1)  # with ties
    keep("values", values)
    keep("auc", roc_auc_score(right, values))


def mapped() -> None:
    """Components, neighbours, t-SNE's probabilities, and how good scikit-learn's own map is."""
    x = images[:POINTS].reshape(POINTS, -1).astype(np.float64)
    pca = PCA(2, svd_solver="full").fit(x)
    keep("pca_explained", pca.explained_variance_ratio_)
    keep("pca_axes", pca.components_)
    distances, places = NearestNeighbors(n_neighbors=6).fit(x).kneighbors(x)
    keep("near_places", places[:20, 1:])
    keep("near_distances", distances[:20, 1:])
    squared = ((x[:, None] - x[None]) ** 2).sum(axis=-1)
    p = _joint_probabilities(squared.astype(np.float32), 30.0, 0)
    keep("joint_probabilities", p)  # the upper triangle, row by row
    start = pca.transform(x)
    start = start / start[:, 0].std() * 1e-4
    tsne = TSNE(
        2,
        perplexity=30.0,
        init=start.astype(np.float32),
        method="exact",
        learning_rate="auto",
        max_iter=500,
        random_state=0,
    )
    y = tsne.fit_transform(x)
    keep("tsne_divergence", tsne.kl_divergence_)
    keep("tsne_trustworthiness", trustworthiness(x, y, n_neighbors=10))
    keep("tsne_map", y)


def dense() -> nn.Module:
    """784-12-10, ReLU."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 12), nn.ReLU(), nn.Linear(12, 10))


def convolutional() -> nn.Module:
    """Three 5x5 maps, pooled by 4."""
    return nn.Sequential(
        nn.Conv2d(1, 3, 5), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten(), nn.Linear(108, 10)
    )


def explained(name: str, network: nn.Module) -> None:
    """Gradients, integrated gradients by many shades, and two attacks."""
    network.double()
    for place, parameter in enumerate(network.parameters()):
        keep(f"{name}/parameter{place}", parameter.detach().numpy().astype(np.float32))
        with torch.no_grad():
            parameter.copy_(parameter.float().double())
    x = torch.tensor(images[:DIGITS], dtype=torch.float64)[:, None]
    read = x.clone().requires_grad_()
    z = network(read)
    keep(f"{name}/z", z.detach().numpy())
    z[:, OUTPUT].sum().backward()
    keep(f"{name}/gradient", read.grad.reshape(DIGITS, -1).numpy())
    shades = (torch.arange(SHADES, dtype=torch.float64) + 0.5) / SHADES
    faded = (shades[:, None, None, None] * x[:1]).requires_grad_()
    network(faded)[:, OUTPUT].sum().backward()
    keep(f"{name}/integrated", (x[0] * faded.grad.mean(dim=0)).ravel().numpy())
    keep(f"{name}/fgsm", pushed(network, x, 1, EPSILON))
    keep(f"{name}/pgd", pushed(network, x, STEPS, 2.5 * EPSILON / STEPS))


def pushed(network: nn.Module, x: torch.Tensor, steps: int, stride: float) -> np.ndarray:
    """Towards `OUTPUT`, away from its strongest rival."""
    at = x.clone()
    for _ in range(steps):
        at = at.detach().requires_grad_()
        z = network(at)
        rivals = z.masked_fill(functional.one_hot(torch.tensor(OUTPUT), 10).bool(), -np.inf)
        (z[:, OUTPUT] - rivals.max(dim=1).values).sum().backward()
        moved = at + stride * at.grad.sign()
        at = torch.clamp(torch.min(torch.max(moved, x - EPSILON), x + EPSILON), 0, 1)
    return at.detach().reshape(DIGITS, -1).numpy()


if __name__ == "__main__":
    counted()
    mapped()
    explained("dense", dense())
    explained("convolutional", convolutional())
    small = {
        name: array.astype(np.float32) if array.dtype == np.float64 and array.size > 500 else array
        for name, array in golden.items()
    }
    np.savez_compressed(Path(__file__).parent / "explore.npz", **small)

"""The same numbers as scikit-learn and PyTorch (tests/golden/make_explore.py made theirs)."""

from pathlib import Path

import numpy as np
import pytest

from nnviz import ink, metrics
from nnviz.datasets import mnist
from nnviz.explain import concepts
from nnviz.explore import map_faithfulness, tsne
from nnviz.explore.adversarial import Goal, attack, sums
from nnviz.explore.attribution import attribute
from nnviz.explore.calibration import calibrate
from nnviz.explore.confusion import class_measures
from nnviz.explore.distances import nearest, squared_distances
from nnviz.explore.pca import principal_components
from nnviz.layers import Conv2D, Dense, Flatten, MaxPooling2D
from nnviz.network import Network

GOLDEN = np.load(Path(__file__).parents[1] / "golden" / "explore.npz")
DIGITS, POINTS, OUTPUT, EPSILON = 4, 300, 3, 0.1
IMAGES = ink.to_input(mnist.load().test.images[:POINTS]).astype(np.float64)
X = IMAGES.reshape(POINTS, -1)


def dense() -> Network:
    layers = [Dense(12, "relu", input_shape=(784,)), Dense(10, "softmax")]
    network = Network(layers, None, np.float64)
    for place, (layer, name) in enumerate((layer, name) for layer in layers for name in ("W", "b")):
        layer.params[name][...] = GOLDEN[f"dense/parameter{place}"].T
    return network


def convolutional() -> Network:
    layers = [
        Conv2D(3, 5, "relu", input_shape=(28, 28, 1)),
        MaxPooling2D(4),
        Flatten(),
        Dense(10, "softmax"),
    ]
    network = Network(layers, None, np.float64)
    kernel, bias, weights, last = (GOLDEN[f"convolutional/parameter{i}"] for i in range(4))
    layers[0].params["W"][...] = kernel.transpose(2, 3, 1, 0)
    layers[0].params["b"][...] = bias
    by_map = weights.reshape(10, 3, 6, 6).transpose(2, 3, 1, 0)  # maps come last here
    layers[3].params["W"][...] = by_map.reshape(108, 10)
    layers[3].params["b"][...] = last
    return network


NETWORKS = {"dense": dense, "convolutional": convolutional}


def test_measures_of_classes() -> None:
    matrix = metrics.confusion_matrix(GOLDEN["predictions"], GOLDEN["labels"])
    assert (matrix == GOLDEN["matrix"]).all()
    found = class_measures(matrix)
    for name in ("precision", "recall", "f1"):
        assert getattr(found, name) == pytest.approx(GOLDEN[name])


def test_calibration_and_auc() -> None:
    found = calibrate(GOLDEN["confidences"], GOLDEN["right"])
    assert found.correct / found.counts == pytest.approx(GOLDEN["calibration_share"])
    assert found.confidence == pytest.approx(GOLDEN["calibration_mean"])
    told = concepts.auc(GOLDEN["values"][:, None], GOLDEN["right"])
    assert told[0] == pytest.approx(float(GOLDEN["auc"]))


def test_components() -> None:
    found = principal_components(X)
    assert found.explained == pytest.approx(GOLDEN["pca_explained"])
    assert np.abs((found.axes * GOLDEN["pca_axes"]).sum(axis=1)) == pytest.approx([1, 1], abs=1e-5)


def test_neighbours() -> None:
    places, distances = nearest(X[:20], X, 5, np.arange(20))
    assert (places == GOLDEN["near_places"]).all()
    assert distances == pytest.approx(GOLDEN["near_distances"], rel=1e-6)


def test_probabilities_of_being_neighbours() -> None:
    found = tsne.joint_probabilities(squared_distances(X, X), 30.0)
    upper = found[np.triu_indices(POINTS, 1)]
    theirs = GOLDEN["joint_probabilities"]
    assert upper == pytest.approx(theirs, abs=2e-3 * float(theirs.max()))
    assert np.abs(upper - theirs).sum() < 2e-3 * theirs.sum()


def test_a_map_is_as_good() -> None:
    """Not the same map, for the steps differ: its divergence and what it keeps."""
    x = X.astype(np.float32)
    last = list(tsne.embed(x))[-1]
    assert last.divergence < 1.03 * float(GOLDEN["tsne_divergence"])
    theirs = GOLDEN["tsne_map"].astype(np.float64)
    kept = map_faithfulness.trustworthiness(X, theirs)
    assert kept == pytest.approx(float(GOLDEN["tsne_trustworthiness"]), abs=1e-6)
    assert map_faithfulness.trustworthiness(X, last.y) > kept - 0.01
    labels = mnist.load().test.labels[:POINTS]
    agreement = map_faithfulness.label_agreement(theirs, labels)
    assert map_faithfulness.label_agreement(last.y, labels) > agreement - 0.03
    p = tsne.joint_probabilities(squared_distances(X, X), 30.0)
    assert tsne.divergence(p, theirs) == pytest.approx(float(GOLDEN["tsne_divergence"]), rel=1e-3)


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_and_their_integral(name: str) -> None:
    network = NETWORKS[name]()
    assert sums(network, X[:DIGITS]) == pytest.approx(GOLDEN[f"{name}/z"])
    for image, theirs in zip(IMAGES, GOLDEN[f"{name}/gradient"], strict=False):
        found = attribute(network, image, OUTPUT, "gradient").values.ravel()
        assert found == pytest.approx(theirs, abs=1e-6)
    found = attribute(network, IMAGES[0], OUTPUT, "integrated_gradients").values.ravel()
    theirs = GOLDEN[f"{name}/integrated"]
    assert np.abs(found - theirs).max() < 5e-3 * np.abs(theirs).max()
    assert found.sum() == pytest.approx(theirs.sum(), abs=2e-3)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("method", ["fgsm", "pgd"])
def test_pushes(name: str, method: str) -> None:
    goal = Goal(np.full(DIGITS, OUTPUT), targeted=True)
    found = attack(NETWORKS[name](), X[:DIGITS], goal, np.full(DIGITS, EPSILON), method)
    assert found == pytest.approx(GOLDEN[f"{name}/{method}"], abs=1e-6)

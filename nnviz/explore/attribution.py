"""Which pixels an answer comes from: four methods, for the sum z of one output.

They agree where a network is a weighted sum and differ where it is not; none is the truth. So each
is held against the same network with random weights (`random_twin`), and against what happens when
the pixels are taken away (`nnviz.explore.deletion`). Guided backpropagation is not among them: its
pictures hardly change when the weights are random (Adebayo et al.: Sanity checks for saliency maps,
NeurIPS 2018).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import InputError, unknown
from nnviz.explain.concepts import ranks
from nnviz.explore.slopes import output_place, parts, read_to, slopes
from nnviz.network import Network

Array = NDArray[Any]

PIECES = 32  # that the way from paper to ink is divided into at first
MOST_PIECES = 320  # after which the pieces that are left are taken as they are
MISSED = 1e-3  # of the whole difference: what the pieces may miss together
WINDOW = 5  # pixels a side that occlusion covers


@dataclass(frozen=True, slots=True)
class Attribution:
    """Each pixel's part, in the network's input shape, and what is divided among them.

    ``value`` is the output's z for the image, ``baseline_value`` for blank paper.
    """

    values: Array
    value: float
    baseline_value: float


def attribute(network: Network, image: Array, output: int, method: str) -> Attribution:
    """What each pixel of an image of 0..1 gives to the first output's sum ``z[output]``.

    ``method`` is one of `METHODS`. Raises `InputError` (``out_of_range``) for another, or for an
    output that is not there.
    """
    if method not in METHODS:
        raise unknown(METHODS, method, "a method", "out_of_range")
    units = network.output_shape[-1]
    if not 0 <= output < units:
        raise InputError("out_of_range", f"Expected an output from 0 to {units - 1}; got {output}.")
    x = np.asarray(image, network.dtype).reshape(network.input_shape)
    value, baseline = _values(network, np.stack([x, np.zeros_like(x)]), output)
    return Attribution(METHODS[method](network, x, output), float(value), float(baseline))


def gradient(network: Network, x: Array, output: int) -> Array:
    """``∂z/∂x``: how much the sum would rise with a little more ink in a pixel.

    (Simonyan, Vedaldi and Zisserman: Deep inside convolutional networks, ICLR workshop 2014.)
    """
    found: Array = _gradients(network, x[None], output)[1][0]
    return found


def gradient_input(network: Network, x: Array, output: int) -> Array:
    """``x · ∂z/∂x``: of a weighted sum exactly what each pixel adds; paper has no part.

    (Shrikumar, Greenside and Kundaje: Learning important features, ICML 2017.)
    """
    product: Array = x * gradient(network, x, output)
    return product


def integrated_gradients(network: Network, x: Array, output: int) -> Array:
    """``x · ∫₀¹ ∂z/∂x(s·x) ds``: the parts add up to z(x) − z(blank paper).

    (Sundararajan, Taly and Yan: Axiomatic attribution for deep networks, ICML 2017.) The integral
    is taken piece by piece with the gradient in the middle. What a piece should come to is known,
    z at its end less z at its start; a piece that misses it is halved, so that the work goes where
    a ReLU bends the way.
    """
    edges = np.linspace(0, 1, PIECES + 1)
    z = _shades(network, x, edges, output)[0].astype(np.float64)
    pieces = np.stack([edges[:-1], edges[1:], z[:-1], z[1:]], axis=1)  # start, end, z at both
    missed = MISSED * max(1.0, abs(z[-1] - z[0]))
    total, done = np.zeros(x.shape, np.float64), 0
    while len(pieces):
        start, end, low, high = pieces.T
        middle = (start + end) / 2
        z, slope = _shades(network, x, middle, output)
        done += len(pieces)
        parts = (slope * x).reshape(len(pieces), -1).astype(np.float64) * (end - start)[:, None]
        off = np.abs(parts.sum(axis=1) - (high - low))
        off = _worst(off, off > missed * (end - start), (MOST_PIECES - done) // 2)
        total += parts[~off].sum(axis=0).reshape(x.shape)
        halves = [
            np.stack([start, middle, low, z], axis=1)[off],
            np.stack([middle, end, z, high], axis=1)[off],
        ]
        pieces = np.concatenate(halves)
    return total.astype(network.dtype)


def _worst(errors: Array, among: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """At most so many of those, the ones with the largest errors."""
    chosen = np.zeros(len(errors), bool)
    chosen[np.argsort(-np.where(among, errors, -1))[: max(0, most)]] = True
    return chosen & among


def occlusion(network: Network, x: Array, output: int, window: int = WINDOW) -> Array:
    """``z(x) − z(x with the window around a pixel made paper)``, for the middle of each window.

    (Zeiler and Fergus: Visualizing and understanding convolutional networks, ECCV 2014, with paper
    for their grey.) Images only: the last two axes of 28 x 28, or of 784 in rows.
    """
    side = int(np.sqrt(x.size))
    grid, half = x.reshape(side, side), window // 2
    values = np.zeros((side, side), network.dtype)
    covered, places = [], []
    for row in range(side):
        for column in range(side):
            cut = (
                slice(max(0, row - half), row + half + 1),
                slice(max(0, column - half), column + half + 1),
            )
            if grid[cut].any():
                other = grid.copy()
                other[cut] = 0
                covered.append(other)
                places.append((row, column))
    if covered:
        batch = np.stack([grid, *covered]).reshape(-1, *x.shape)
        z = _values(network, batch, output)
        rows, columns = np.array(places).T
        values[rows, columns] = z[0] - z[1:]
    return values.reshape(x.shape)


METHODS: Mapping[str, Callable[[Network, Array, int], Array]] = {
    "gradient": gradient,
    "gradient_input": gradient_input,
    "integrated_gradients": integrated_gradients,
    "occlusion": occlusion,
}


def random_twin(network: Network, seed: int = 0) -> Network:
    """The same architecture with weights as training starts from: it has learned nothing."""
    return Network.from_json(network.to_json(), seed, network.dtype)


def similarity(values: Array, other: Array, among: Array) -> float:
    """Spearman's rank correlation of two pictures' absolute values where ``among`` is not 0.

    NaN where fewer than two pixels are, or all are equal in one of the pictures.
    """
    chosen = np.asarray(among).ravel() != 0
    first, second = (ranks(np.abs(each).ravel()[chosen]) for each in (values, other))
    if chosen.sum() < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _shades(network: Network, x: Array, shades: Array, output: int) -> tuple[Array, Array]:
    """z and its slope at ``s · x`` for each shade s."""
    wide = shades.astype(network.dtype).reshape(-1, *[1] * x.ndim)
    return _gradients(network, wide * x, output)


def _gradients(network: Network, batch: Array, output: int) -> tuple[Array, Array]:
    """z (N,) and ∂z/∂x (N, *input_shape)."""
    at, z, found = output_place(network), [], []
    for part in parts(network, len(batch)):
        traces = read_to(network, batch[part], at)
        weights = np.zeros_like(traces[-1].z)
        weights[:, output] = 1
        z.append(traces[-1].z[:, output])
        found.append(slopes(network, traces, at, weights))
    return np.concatenate(z), np.concatenate(found)


def _values(network: Network, batch: Array, output: int) -> Array:
    """z (N,) alone."""
    at = output_place(network)
    return np.concatenate(
        [read_to(network, batch[part], at)[-1].z[:, output] for part in parts(network, len(batch))]
    )

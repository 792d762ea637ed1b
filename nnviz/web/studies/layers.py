"""What a layer says of each of the 10,000 test digits: points, with distances between them."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.errors import InputError
from nnviz.explore.representation import represent, square_side
from nnviz.explore.slopes import read_to
from nnviz.layers.base import Context
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.evaluation import test_images
from nnviz.web.studies.chosen import Chosen

SLIM = 256  # numbers of layers that are kept when all digits are read anyway: 10 MB
INPUT = "input"  # the pixels themselves, as if they were a layer
Points = NDArray[np.float32]  # (N, D)


def layer_place(network: Network, layer: str, also: tuple[str, ...] = ()) -> int:
    """Where a layer stands; raises `InputError` (``no_such_layer``), which names ``also``, too."""
    names = [each.name for each in network.layers]
    if layer not in names:
        known = ", ".join([*also, *names])
        raise InputError("no_such_layer", f"Expected a layer of {known}; got {layer!r}.")
    return names.index(layer)


def place_of(network: Network, layer: str) -> int:
    """Where a layer stands; −1 for the input. Raises `InputError` (``no_such_layer``)."""
    if layer == INPUT and INPUT not in {each.name for each in network.layers}:
        return -1
    return layer_place(network, layer, (INPUT,))


def points_of(work: LongWork, chosen: Chosen, layer: str) -> Points:
    """A layer's points for the test digits, in order; raises `InputError`.

    ``out_of_range`` for a layer that is too wide, ``not_finite`` for one whose distances are no
    numbers, and what `LongWork.result` raises.
    """
    network = chosen.network
    at = place_of(network, layer)
    if at < 0:
        return test_images().reshape(len(test_images()), -1)
    square_side(network.layers[at].output_shape)
    return work.result(
        _key(chosen, layer), lambda check: _read(network, at, check), lambda found: found.nbytes
    )


def slim_layers(network: Network) -> dict[str, int]:
    """The names and places of layers whose points cost nothing where all digits are read anyway.

    They hold one number a unit, `SLIM` numbers in all at most; the last come first, for those are
    looked at first.
    """
    found, left = {}, SLIM
    for at in reversed(range(len(network.layers))):
        units = network.layers[at].output_shape[-1]
        if is_flat(network, at) and units <= left:
            found[network.layers[at].name] = at
            left -= units
    return found


def is_flat(network: Network, at: int) -> bool:
    """Whether a layer's points are its units' activations: of feature maps they are squares."""
    return len(network.layers[at].output_shape) < 3


def keep_points(work: LongWork, chosen: Chosen, layer: str, points: Points) -> None:
    """Keep what was read on the way; what is not finite is refused where it is asked for."""
    if _is_finite(points):
        work.keep(_key(chosen, layer), points, points.nbytes)


def kept_points(work: LongWork, chosen: Chosen, layer: str) -> Points | None:
    """A layer's points for the test digits if they are kept; nothing is read."""
    found: Points | None = work.kept(_key(chosen, layer))
    return found


def _key(chosen: Chosen, layer: str) -> Hashable:
    return "layer", chosen.key, layer


def point_of(network: Network, pixels: ink.Image, layer: str) -> Points:
    """The layer's point for a drawing, (1, D)."""
    x, at = ink.to_input(pixels).reshape(1, -1), place_of(network, layer)
    return x if at < 0 else np.asarray(represent(read_to(network, x, at)[-1].a), np.float32)


def _read(network: Network, at: int, check: Check) -> Points:
    inputs, size = test_images(), network.workload.read_at_once
    context = Context(reuse=True, steps_of=())
    points: Points | None = None
    for start in range(0, len(inputs), size):
        check()
        some = slice(start, start + size)
        found = represent(read_to(network, inputs[some], at, context)[-1].a)
        if points is None:
            points = np.empty((len(inputs), found.shape[1]), np.float32)
        points[some] = found
    assert points is not None
    if not _is_finite(points):
        raise InputError("not_finite", "Expected activations of ordinary size; got ∞.")
    return points


def _is_finite(points: Points) -> bool:
    with np.errstate(over="ignore"):
        return bool(np.isfinite(np.square(points).sum(axis=1)).all())

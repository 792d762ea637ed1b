"""Convolutions and poolings against their definitions, written out place by place in float64.

Central differences only say that a gradient belongs to its forward pass; what a padded window sees,
and what of it counts, is held here.
"""

import tracemalloc
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from nnviz.layers import AveragePooling2D, Context, Conv2D, MaxPooling2D
from nnviz.layers.convolution import meeting
from nnviz.layers.pooling import Pooling2D
from nnviz.network import Network

SIZES = [(7, 5, 2), (6, 9, 1)]
WINDOWS = [((2, 2), (2, 2)), ((3, 4), (3, 4)), ((2, 3), (2, 1)), ((3, 2), (2, 3)), ((1, 5), (3, 1))]
PADDINGS = ["valid", "same"]
ALL = [
    (size, *window, padding)
    for size, window, padding in product(SIZES, WINDOWS, PADDINGS)
    if padding == "same"
    or all(side >= extent for side, extent in zip(size, window[0], strict=False))
]


def places(
    size: tuple[int, ...], window: tuple[int, int], strides: tuple[int, int], padding: str
) -> Iterator[tuple[tuple[int, int], tuple[int, int], list[tuple[int, int]]]]:
    """Each unit (y, x), where its window begins, and the pixels in it that exist.

    As TensorFlow pads: ``same`` gives ⌈size / stride⌉ places, the odd pixel after the input.
    """
    firsts = []
    for side, extent, stride in zip(size[:2], window, strides, strict=True):
        count = -(-side // stride) if padding == "same" else (side - extent) // stride + 1
        missing = max((count - 1) * stride + extent - side, 0) if padding == "same" else 0
        firsts.append([at * stride - missing // 2 for at in range(count)])
    for (y, top), (x, left) in product(enumerate(firsts[0]), enumerate(firsts[1])):
        yield (
            (y, x),
            (top, left),
            [
                (row, column)
                for column in range(left, left + window[1])
                for row in range(top, top + window[0])
                if 0 <= row < size[0] and 0 <= column < size[1]
            ],
        )


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D])
@pytest.mark.parametrize(("size", "window", "strides", "padding"), ALL)
def test_a_pooling_is_the_greatest_or_the_mean_of_what_exists(
    kind: type[Pooling2D],
    size: tuple[int, int, int],
    window: tuple[int, int],
    strides: tuple[int, int],
    padding: str,
) -> None:
    layer = kind(window, strides=strides, padding=padding, input_shape=size)
    network, rng = Network([layer], dtype=np.float64), np.random.default_rng(1)
    x = rng.integers(-9, 0, size=(2, *size)).astype(float)  # ties, and all below the padding's 0
    a, trace = network.forward(x)
    da = rng.normal(size=a.shape)
    dx = network.backward(trace, da.copy(), input_gradient=True).input
    wanted, received, seen = np.empty_like(a), np.zeros_like(x), 0
    for (unit, _, pixels), n, c in product(
        places(size, window, strides, padding), range(2), range(size[2])
    ):
        at = (n, *unit, c)
        values = [x[n, row, column, c] for row, column in pixels]
        if kind is MaxPooling2D:
            wanted[at] = max(values)
            row, column = pixels[values.index(max(values))]
            received[n, row, column, c] += da[at]
        else:
            wanted[at] = sum(values) / len(values)
            for row, column in pixels:
                received[n, row, column, c] += da[at] / len(values)
        seen += 1
    assert seen == a.size
    np.testing.assert_allclose(a, wanted, rtol=1e-12)
    np.testing.assert_allclose(dx, received, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("size", "window", "strides", "padding"), ALL)
def test_a_convolution_and_its_gradients_are_sums_over_its_windows(
    size: tuple[int, int, int], window: tuple[int, int], strides: tuple[int, int], padding: str
) -> None:
    layer = Conv2D(3, window, strides=strides, padding=padding, input_shape=size)
    network, rng = Network([layer], dtype=np.float64), np.random.default_rng(2)
    network.parameters += rng.normal(size=network.parameters.size)
    x = rng.normal(size=(2, *size))
    padded = np.pad(x, ((0, 0), (9, 9), (9, 9), (0, 0)))
    a, trace = network.forward(x)
    dz = rng.normal(size=a.shape)
    gradients = network.backward(trace, dz.copy(), input_gradient=True)
    dx, dw = np.zeros_like(padded), np.zeros_like(layer.params["W"])
    for (row, column), (top, left), _ in places(size, window, strides, padding):
        at = np.s_[:, 9 + top : 9 + top + window[0], 9 + left : 9 + left + window[1]]
        wanted = np.einsum("nijc,ijcf->nf", padded[at], layer.params["W"]) + layer.params["b"]
        np.testing.assert_allclose(a[:, row, column], wanted, rtol=1e-10, atol=1e-10)
        dx[at] += np.einsum("nf,ijcf->nijc", dz[:, row, column], layer.params["W"])
        dw += np.einsum("nijc,nf->ijcf", padded[at], dz[:, row, column])
    close = {"rtol": 1e-10, "atol": 1e-10}
    np.testing.assert_allclose(gradients.input, dx[:, 9:-9, 9:-9], **close)
    np.testing.assert_allclose(gradients.layers[0]["W"], dw, **close)
    np.testing.assert_allclose(gradients.layers[0]["b"], dz.sum(axis=(0, 1, 2)), **close)


def test_where_windows_and_maps_meet_is_found_by_trying_all() -> None:
    for targets, sources, (step, spread), offset in product(
        range(1, 6), range(1, 6), [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3)], range(-4, 6)
    ):
        to, of = meeting(targets, sources, step, spread, offset)
        wanted = [
            (t, s)
            for t, s in product(range(targets), range(sources))
            if t * step == s * spread + offset
        ]
        found = zip(np.arange(targets)[to], np.arange(sources)[of], strict=True)
        assert [(int(t), int(s)) for t, s in found] == wanted, (targets, sources, step, spread)


class Counting(Context):
    """A context that notes how large the arrays are that it gives."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: dict[str, int] = {}

    def array(self, owner: str, name: str, shape: tuple, dtype: object, fill: object = None):  # type: ignore[no-untyped-def, override]
        """The array, noted."""
        made = super().array(owner, name, shape, dtype, fill)  # type: ignore[arg-type]
        self.sizes[name] = made.size
        return made


@pytest.mark.parametrize(("size", "window", "strides", "padding"), ALL)
def test_what_is_told_of_a_convolutions_copies_is_what_is_copied(
    size: tuple[int, int, int], window: tuple[int, int], strides: tuple[int, int], padding: str
) -> None:
    layer = Conv2D(3, window, strides=strides, padding=padding, input_shape=size)
    network, samples = Network([layer]), 2
    context = Counting()
    a, trace = network.forward(np.ones((samples, *size)), context)
    network.backward(trace, np.ones_like(a), context=context, input_gradient=True)
    sizes = context.sizes
    assert layer.patch_size * layer.filters == layer.params["W"].size
    assert layer.product_size == a[0].size * layer.patch_size
    assert samples * layer.copied_size == sizes["x"] + sizes["x across"]
    back = sizes["dz down"] + sizes["dx across"] + sizes["dx"]
    assert samples * layer.input_gradient_size == back


@pytest.mark.parametrize(("size", "window", "strides", "padding"), ALL)
def test_a_pooling_pads_no_more_than_its_windows_reach(
    size: tuple[int, int, int], window: tuple[int, int], strides: tuple[int, int], padding: str
) -> None:
    layer = MaxPooling2D(window, strides=strides, padding=padding, input_shape=size)
    Network([layer])
    for axis in (0, 1):
        reached = (layer.output_shape[axis] - 1) * strides[axis] + window[axis]
        assert layer.padded_shape[axis] == max(reached, layer.window.before[axis] + size[axis])


def test_a_window_of_millions_is_laid_out_without_a_list_of_its_places() -> None:
    """Networks are built before what they take is known to be too much."""
    tracemalloc.start()
    try:
        Network([MaxPooling2D(20_000_000, strides=1, padding="same", input_shape=(28, 28, 1))])
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken < 1e6

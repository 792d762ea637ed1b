"""What a pass takes, counted by hand for layers in which no two numbers are the same.

`test_workload.py` measures that these counts are what is taken; here they are held to the number.
"""

import numpy as np
import pytest

from nnviz import layers as kinds
from nnviz import workload
from nnviz.network import Network
from nnviz.workload import Workload

# read, trained, fixed, products, singles, back_products, back_singles: as the first layer of a
# network, and as one that hands a gradient to the layer before.
COUNTED: list[tuple[str, kinds.Layer, tuple[int, ...], tuple[int, ...]]] = [
    (  # 4 steps of 3 inputs, 5 units: 20 outputs, 120 products
        "dense",
        kinds.Dense(5, input_shape=(4, 3)),
        (40, 60, 0, 120, 60, 120, 40),
        (40, 72, 0, 120, 60, 240, 40),
    ),
    (  # 2 x 4 places of 3 filters over 12 numbers; 60 + 4 x 3 x 4 x 2 copied;
        # dz 6 x 3 x 4 with zeros between its rows; dx 5 x 3 x 2 x 4 apart, 5 x 6 x 2 as a whole
        "convolution",
        kinds.Conv2D(3, (2, 3), strides=(2, 1), input_shape=(5, 6, 2)),
        (204, 252, 144, 576, 228, 576, 72),
        (204, 504, 144, 576, 228, 1152, 576),
    ),
    (  # padded to 6 x 6 x 2 = 72, 6 x 3 x 2 = 36 after the first axis, 12 outputs
        "padded pooling",
        kinds.MaxPooling2D((2, 3), padding="same", input_shape=(5, 6, 2)),
        (120, 120, 0, 0, 180, 0, 0),
        (120, 360, 0, 0, 180, 0, 540),
    ),
    (  # 4 x 6 as it is, 2 x 6 after the first axis, 4 outputs
        "pooling",
        kinds.AveragePooling2D((2, 3), input_shape=(4, 6, 1)),
        (16, 16, 0, 0, 36, 0, 0),
        (16, 96, 0, 0, 36, 0, 108),
    ),
    (
        "dropout",
        kinds.Dropout(0.5, input_shape=(3, 4)),
        (0, 60, 0, 0, 0, 0, 60),
        (0, 60, 0, 0, 0, 0, 60),
    ),
    (  # entries of 2 + 3 + 1, 12 gates and 6 for the cell, 6 steps of them and 3 + 6 beside
        "lstm",
        kinds.LSTM(3, input_shape=(5, 2)),
        (153, 423, 288, 720, 153, 1080, 540),
        (153, 433, 288, 720, 153, 1320, 540),
    ),
    (
        "rnn",
        kinds.SimpleRNN(3, input_shape=(5, 2)),
        (63, 180, 72, 180, 63, 270, 234),
        (63, 190, 72, 180, 63, 330, 234),
    ),
    ("flatten", kinds.Flatten(input_shape=(3, 4)), (0,) * 7, (0,) * 7),
]


@pytest.mark.parametrize(("layer", "first", "further"), [each[1:] for each in COUNTED])
def test_what_a_layer_takes_is_what_is_counted_by_hand(
    layer: kinds.Layer, first: tuple[int, ...], further: tuple[int, ...]
) -> None:
    Network([layer])
    assert workload.of_layer(layer, False) == Workload(*first)
    assert workload.of_layer(layer, True) == Workload(*further)


def test_a_network_takes_what_its_layers_take_and_its_input() -> None:
    network = Network([kinds.Dense(5, input_shape=(4, 3)), kinds.Dense(2)])
    told = network.workload
    assert told == Workload(12 + 40 + 16, 12 + 60 + 24 + 20, 0, 200, 12 + 60 + 24, 280, 56)
    assert told.reading_operations == 200 + 96
    assert told.training_operations == 200 + 96 + 280 + 56
    assert Workload(read=3, fixed=2).reading_bytes(5) == 4 * 17
    assert Workload(trained=3, fixed=2).training_bytes(5) == 4 * 17


@pytest.mark.parametrize(
    ("fixed", "read", "at_once"),
    [
        (0, 0, 1000),
        (0, 3000, 1000),
        (0, 3001, 999),
        (0, 30_000, 100),
        (600_000, 30_000, 80),
        (0, 187_500, 16),
        (0, 300_000, 16),
    ],
)
def test_twelve_megabytes_are_read_at_once(fixed: int, read: int, at_once: int) -> None:
    """3,000,000 numbers of 4 bytes; at most 1,000 samples, at least 16."""
    assert Workload(read=read, fixed=fixed).read_at_once == at_once


def test_predicting_in_any_batches_gives_each_sample_its_own_row() -> None:
    network = Network([kinds.Dense(3, "tanh", input_shape=(4,))])
    x = np.random.default_rng(0).random((7, 4), np.float32)
    for size in (None, 1, 3, 7, 9):
        np.testing.assert_allclose(network.predict(x, size), network(x), rtol=1e-6)

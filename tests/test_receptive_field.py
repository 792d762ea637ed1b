"""What a unit is said to see is what it sees: change a pixel, and look which units change."""

import numpy as np
import pytest

from nnviz.explain.receptive_field import ReceptiveField, receptive_fields
from nnviz.layers import LSTM, AveragePooling2D, Conv2D, Dense, Dropout, Flatten, SimpleRNN
from nnviz.network import Network

HEIGHT, WIDTH = 13, 11


def images() -> list[Network]:
    """Stacks of windows in which every pixel within reach counts."""
    shape = (HEIGHT, WIDTH, 1)
    return [
        Network([Conv2D(2, 5, padding="same", input_shape=shape), AveragePooling2D()]),
        Network([Conv2D(2, (3, 4), input_shape=shape), Dropout(0.5), Conv2D(2, 3, strides=2)]),
        Network(
            [
                Conv2D(2, (5, 2), strides=(2, 1), padding="same", input_shape=shape),
                AveragePooling2D(3, strides=2, padding="same"),
                Conv2D(1, 3, padding="same"),
                Flatten(),
                Dense(4),
            ]
        ),
    ]


def sequences() -> list[Network]:
    return [
        Network([LSTM(3, return_sequences=True, input_shape=(HEIGHT, WIDTH)), LSTM(2), Dense(2)]),
        Network([SimpleRNN(3, input_shape=(HEIGHT, WIDTH)), Dense(2)]),
    ]


def seen(network: Network) -> list[np.ndarray]:
    """For each layer: which pixels (height, width) change which values of the shown trace."""
    rng = np.random.default_rng(0)
    for layer in network.layers:
        for name, parameter in layer.params.items():
            low, high = (0.3, 0.5) if name == "U" else (0.01, 0.05)  # far steps still count
            parameter[...] = rng.uniform(low, high, parameter.shape)
    base = rng.uniform(0.2, 0.8, (1, *network.input_shape))
    changed = np.repeat(base, HEIGHT * WIDTH, axis=0)
    for pixel in range(HEIGHT * WIDTH):
        changed.reshape(len(changed), -1)[pixel, pixel] += 0.5
    found = []
    for layer, one, all_ in zip(
        network.layers,
        network.forward(base)[1].layers,
        network.forward(changed)[1].layers,
        strict=True,
    ):
        before, after = layer.shown(one)["a"], layer.shown(all_)["a"]
        differs = (np.abs(after - before) > 1e-12).reshape(HEIGHT, WIDTH, *layer.shown_shape)
        found.append(differs)
    return found


@pytest.mark.parametrize("network", [*images(), *sequences()])
def test_the_field_is_exactly_what_changes_a_unit(network: Network) -> None:
    network = Network.from_json(network.to_json(), dtype=np.float64)
    fields = receptive_fields(network)
    for layer, field, differs in zip(network.layers, fields, seen(network), strict=True):
        if isinstance(layer, Flatten):
            assert field is None  # its values have lost their place
            continue
        for place in np.ndindex(*differs.shape[2:]):
            y, x = (place[0], place[1]) if field and len(place) == 3 else (place[0], 0)
            rows = field.rows(y, HEIGHT) if field else range(HEIGHT)
            columns = field.columns(x, WIDTH) if field else range(WIDTH)
            expected = np.zeros((HEIGHT, WIDTH), bool)
            expected[rows.start : rows.stop, columns.start : columns.stop] = True
            np.testing.assert_array_equal(differs[(..., *place)], expected, err_msg=layer.name)


def test_a_layer_over_the_whole_input_has_no_field_of_its_own() -> None:
    network = Network([Dense(3, input_shape=(4,)), Dense(2)])
    assert receptive_fields(network) == [None, None]


def test_a_step_of_a_recurrent_layer_sees_all_rows_up_to_its_own() -> None:
    steps = LSTM(3, return_sequences=True, input_shape=(6, 4))
    of_row = ReceptiveField((1, 4), (1, 0), (0, 0), from_first=True)
    assert receptive_fields(Network([steps, LSTM(2), Dense(2)])) == [of_row, of_row, None]

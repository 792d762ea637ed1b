"""The price of edits: known before they are made, and in the order of what they take."""

import pytest

from nnviz import edits, models
from nnviz.edits import price as edit_price
from nnviz.edits.price import price
from nnviz.errors import InputError

BLANK = [0] * 784


def learn(times: int) -> edits.LearnEdit:
    return edits.LearnEdit(BLANK, 3, times=times)


@pytest.mark.parametrize("name", models.names())
def test_dearer_edits_have_a_higher_price(name: str) -> None:
    network = models.load(name).network
    last = network.layers[-1].name
    made = [
        edits.WeightsEdit(last, 1, inputs=[0], values=[1]),
        edits.NoiseEdit(amount=0.1),
        edits.PruneEdit(share=0.5),
        learn(100),
    ]
    prices = [price(network, [each]) for each in made]
    assert prices == sorted(prices)
    assert prices[-1] > 2 * prices[-2]
    assert price(network, made) == sum(prices)
    assert price(network, []) == 0
    assert price(network, [learn(7)]) * 3 == price(network, [learn(21)])


def test_a_step_of_learning_costs_at_least_its_arithmetic() -> None:
    for name in models.names():
        network = models.load(name).network
        assert price(network, [learn(10)]) > 10 * network.workload.training_operations


def test_edits_up_to_the_limit_are_made_and_beyond_it_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = models.load("mlp-sigmoid").network
    monkeypatch.setattr(edit_price, "MOST", price(network, [learn(5)]))
    price(network, [learn(5)])
    for made in ([learn(6)], [learn(5), edits.TemperatureEdit(2)]):
        with pytest.raises(InputError, match="Expected edits of at most") as refused:
            price(network, made)
        assert refused.value.code == "too_dear"


def test_every_class_of_edits_fits_many_times() -> None:
    """What a visitor does by hand is far from the limit: 500 edits, 50 of them lessons."""
    for name in models.names():
        network = models.load(name).network
        made = [learn(20)] * 50 + [edits.PruneEdit(share=0.1)] * 150
        made += [edits.NoiseEdit(amount=0.1)] * 150 + [edits.TemperatureEdit(2)] * 150
        assert 0 < price(network, made) <= edit_price.MOST, name


def test_prices_are_those_of_the_formulas() -> None:
    """13,002 parameters in three layers; a call 100,000, a number set 100, drawn 50, sorted 150."""
    network = models.load("mlp-sigmoid").network
    made = [
        (edits.TemperatureEdit(2), 113_002),
        (edits.WeightsEdit("output", 1, inputs=[0, 1], values=[1, 2]), 100_200),
        (edits.NoiseEdit(amount=0.1), 100_000 + 50 * 13_002),
        (edits.PruneEdit(share=0.5), 100_000 + 150 * 13_002),
        (learn(2), 2 * (network.workload.training_operations + 4 * 13_002 + 3 * 100_000)),
    ]
    assert [price(network, [each]) for each, _ in made] == [told for _, told in made]
    assert edit_price.MOST == 8_000_000_000

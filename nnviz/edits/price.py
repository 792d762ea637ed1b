"""What edits cost, told from shapes before anything is computed.

The unit is an operation as fast as a matrix product's; slower ones count for several. Measured on
the shipped networks the estimate is within a factor of three of the time (tests/test_edits.py holds
the order: steps of learning are dear, single weights are not).
"""

from collections.abc import Sequence
from functools import singledispatch

from nnviz.edits import Edit, FitEdit, LearnEdit, NoiseEdit, PruneEdit, WeightsEdit
from nnviz.errors import InputError
from nnviz.network import Network

MOST = 8_000_000_000  # operations of all edits together: two or three seconds
CALL = 100_000  # operations that could be done while an edit or a layer's step is called
DRAWN = 50  # for a normal random number
SORTED = 150  # for a weight among those whose smallest are sought
SINGLE = 100  # for a weight that is set by itself
UPDATE = 4  # for a parameter that a step changes


def price(network: Network, edits: Sequence[Edit]) -> int:
    """The operations of all edits; raises `InputError` (``too_dear``) above `MOST`."""
    total = sum(_price(edit, network) for edit in edits)
    if total > MOST:
        raise InputError(
            "too_dear",
            f"Expected edits of at most {MOST / 1e9:g} billion operations together; got "
            f"{total / 1e9:,.0f} billion. Steps of learning cost most.",
        )
    return total


@singledispatch
def _price(edit: Edit, network: Network) -> int:
    """An edit of one unit or of one number for all goes over the parameters once."""
    return CALL + network.parameter_count


@_price.register
def _(edit: WeightsEdit, network: Network) -> int:
    return CALL + SINGLE * len(edit.inputs)


@_price.register
def _(edit: NoiseEdit, network: Network) -> int:
    return CALL + DRAWN * network.parameter_count


@_price.register
def _(edit: PruneEdit, network: Network) -> int:
    return CALL + SORTED * network.parameter_count


@_price.register(FitEdit)
@_price.register(LearnEdit)
def _(edit: FitEdit | LearnEdit, network: Network) -> int:
    update = UPDATE * network.parameter_count + CALL * len(network.layers)
    return edit.times * (network.workload.training_operations + update)

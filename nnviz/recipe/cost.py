"""What a recipe will take, before anything is computed: memory, operations, about how much time.

An estimate from the shapes of the layers (`nnviz.workload`) and what a training holds besides.
tests/test_cost.py trains small recipes and measures: memory is never more than told and at least
half of it, where it is above what any training takes.
"""

import math
from dataclasses import dataclass
from typing import Self

from nnviz.network import Network
from nnviz.recipe import Recipe
from nnviz.training import piece_of
from nnviz.workload import GATHERED_BYTES, NUMBER

EXPOSED = 2000  # examples whose activations tell how brightly a network is shown
COPIES = 14  # of all parameters: their gradients, the optimizer's, averages, a state being written
ANY_TRAINING = 20_000_000  # bytes: the augmentation's fields, small arrays, Python's objects
PRODUCTS_A_SECOND = 100e9  # operations, one thread of the machine in docs/benchmarks.md
SINGLES_A_SECOND = 1.0e9
A_LAYER = 30e-6  # seconds a batch for the calls themselves
AN_UPDATE = 10  # passes over the parameters
AUGMENTED = 18e-6  # seconds for each digit that is varied


@dataclass(frozen=True, slots=True)
class Cost:
    """What one training takes.

    ``memory`` is in bytes, on top of a process that has loaded the data: the larger of training
    and of reading the test set. ``reading`` counts the operations of reading all of it,
    ``batch`` those of one batch, there and back; ``batch_seconds`` is how long one takes on a
    machine like the one measured, within a factor of about two.
    """

    parameters: int
    memory: int
    reading: int
    batch: int
    batch_seconds: float

    @classmethod
    def of(cls, recipe: Recipe, network: Network) -> Self:
        """The cost of training this network, the recipe's, by the recipe."""
        work, parameters = network.workload, network.parameter_count
        sizes, numbers = recipe.posed().data.sizes, math.prod(network.input_shape)
        learned, tested = min(recipe.samples, sizes["train"]), sizes["test"]
        kept = 1 if recipe.problem == "digits" else NUMBER  # bytes of a number, as data lie there
        samples = min(recipe.training.batch_size, learned)
        pieces = -(-samples // piece_of(network))
        fixed = ANY_TRAINING + COPIES * NUMBER * parameters
        training = work.training_bytes(-(-samples // pieces))
        training += samples * numbers * (NUMBER + 2 * kept)  # raw, varied, as numbers that are read
        training += learned * (numbers * kept + 1) + 2 * NUMBER * learned  # the order of them
        shown = sum(math.prod(each.output_shape) for each in network.layers if not each.bounded)
        gathered = min(GATHERED_BYTES, EXPOSED * NUMBER * shown)
        reading = work.reading_bytes(work.read_at_once) + max(tested * numbers * NUMBER, gathered)
        products = samples * (work.products + work.back_products)
        singles = samples * (work.singles + work.back_singles) + AN_UPDATE * parameters
        seconds = products / PRODUCTS_A_SECOND + singles / SINGLES_A_SECOND
        seconds += A_LAYER * len(network.layers)
        if recipe.augmentation is not None and not recipe.variants:
            seconds += AUGMENTED * samples
        return cls(
            parameters,
            fixed + training + reading,
            tested * work.reading_operations,
            samples * work.training_operations + AN_UPDATE * parameters,
            seconds,
        )

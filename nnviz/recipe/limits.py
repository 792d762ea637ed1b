"""What a visitor, and all of them together, may ask of the machine."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from nnviz.errors import InputError
from nnviz.network import Network
from nnviz.problems import Problem
from nnviz.problems.fitting import check_loss, check_network
from nnviz.recipe import Recipe
from nnviz.recipe.cost import Cost

PREFIX = "NNVIZ_LIMIT_"
WHOLE = re.compile(r"0*[1-9][0-9]{0,11}", re.ASCII)
MEGA, GIGA = 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Each is set by an environment variable: ``NNVIZ_LIMIT_SECONDS=600``.

    ``at_once`` runs train on a machine at the same time; ``unfinished`` and ``kept`` count a
    visitor's runs, ``all_unfinished`` and ``all_kept`` everybody's. A run has at most so many
    ``parameters``, ``activations`` (values that one digit becomes), ``batches``, ``changes`` of its
    rate by hand and ``seconds`` of training, and stands still for ``slow`` seconds in all when it
    is to be watched; its checkpoints take at most ``megabytes``. By the estimate of
    `nnviz.recipe.cost` it takes at most ``memory`` megabytes, ``reading`` billion operations for
    10,000 digits and ``batch`` billion for one batch, between which it hears no command.

    The data folder takes at most ``disk`` megabytes, the runs of one visitor ``own_disk``; so many
    ``models`` are kept in all, and ``own_models`` of one visitor.
    """

    at_once: int = 3
    unfinished: int = 4
    all_unfinished: int = 100
    kept: int = 60
    all_kept: int = 1000
    parameters: int = 500_000
    activations: int = 100_000
    batches: int = 1_000_000
    seconds: int = 3600
    slow: int = 300
    megabytes: int = 64
    memory: int = 512
    reading: int = 300
    batch: int = 100
    changes: int = 1000
    disk: int = 2000
    own_disk: int = 500
    models: int = 100
    own_models: int = 20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The limits that are set; raises `InputError` for one that is unknown or no number."""
        known = {field.name for field in fields(cls)}
        given: dict[str, int] = {}
        for variable, text in environment.items():
            if not variable.startswith(PREFIX):
                continue
            name = variable.removeprefix(PREFIX).lower()
            if name not in known or not WHOLE.fullmatch(text):
                raise InputError(
                    "bad_setting",
                    f"Expected {PREFIX} with one of {', '.join(sorted(known)).upper()} as a whole "
                    f"number from 1; got {variable}={text!r}.",
                )
            given[name] = int(text)
        return cls(**given)

    def to_environment(self) -> dict[str, str]:
        """The variables that give a child process these limits."""
        return {
            f"{PREFIX}{each.name.upper()}": str(getattr(self, each.name)) for each in fields(self)
        }

    def check(self, recipe: Recipe) -> Network:
        """The recipe's network, all 0; raises `InputError` when anything does not fit.

        ``too_large`` when it asks for too much.
        """
        if recipe.problem == "table":
            raise InputError(
                "wrong_problem",
                'Expected the problem "digits", "houses" or "pen" here; got a table of one\'s own.',
            )
        network = Network.from_json(recipe.architecture, rng=None)
        self.check_network(network, recipe.posed())
        cost = Cost.of(recipe, network)
        for what, got, most in (
            ("batches", recipe.batches, self.batches),
            ("changes of the learning rate", len(recipe.changes), self.changes),
            ("MB of memory for the training, by estimate", cost.memory // MEGA, self.memory),
            ("billion operations for one batch", cost.batch // GIGA, self.batch),
        ):
            _check_most(what, got, most)
        if recipe.variants:
            raise InputError(
                "too_large", f"Expected 0 variants, made for every batch; got {recipe.variants}."
            )
        recipe.training.parts(network)
        check_loss(recipe.posed(), network, recipe.training.loss)
        return network

    def check_network(self, network: Network, problem: Problem) -> None:
        """Raise `InputError` for a network that does not fit the problem, or takes too much."""
        work, tested = network.workload, problem.data.sizes["test"]
        activations = sum(math.prod(layer.shown_shape) for layer in network.layers)
        for what, got, most in (
            ("parameters", network.parameter_count, self.parameters),
            ("activations for one input", activations, self.activations),
            (
                "MB of memory to read the test set, by estimate",
                work.reading_bytes(work.read_at_once) // MEGA,
                self.memory,
            ),
            (
                f"billion operations to read {tested:,} test examples",
                tested * work.reading_operations // GIGA,
                self.reading,
            ),
        ):
            _check_most(what, got, most)
        check_network(problem, network)


def _check_most(what: str, got: int, most: int) -> None:
    if got > most:
        raise InputError("too_large", f"Expected at most {most:,} {what}; got {got:,}.")

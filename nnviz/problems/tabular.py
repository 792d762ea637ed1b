"""Problems that a table poses: from some of a row's columns another one."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.datasets import table as csv_table
from nnviz.datasets.table import Column, Table, Values
from nnviz.errors import InputError
from nnviz.features import ClassOutput, Feature, NumberOutput, Output
from nnviz.problems.problem import Data, Examples, Input, Measure, Problem, Split

SPLIT_SEED = 0
SHARE = 5  # a fifth is the test part, another fifth for validation


class Tabular(Problem):
    """A row of a table: numbers are standardised, words are one input each.

    A fifth of the rows, taken at random once and for all, is the test part, another fifth is for
    validation; means and standard deviations are those of the rest, which is learned from.
    """

    id = "table"
    title = "A table"

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def input(self) -> Input:
        """The features, in the order in which the network reads them."""
        shape = (sum(feature.inputs for feature in self.features),)
        return Input("features", shape, "(value − mean) / sd of each column.", self.features)

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """The columns, with what the training part says of them."""
        learned = self._order["train"]
        return tuple(
            _feature(column, self._values[column.name], learned) for column in self.table.columns
        )

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The target column."""
        column = self.table.target
        values = self._values[column.name]
        if column.kind == "category":
            return (ClassOutput(column.name, tuple(np.unique(values).tolist())),)
        mean, sd = _moments(column, values[self._order["train"]])
        return (NumberOutput(column.name, column.unit, mean, sd),)

    @property
    def measure(self) -> Measure:
        """Accuracy of classes, R² of numbers."""
        if self.table.target.kind == "category":
            return Measure("accuracy")
        return Measure("r_squared", self.table.target.unit)

    @cached_property
    def data(self) -> Data:
        """The table itself."""
        sizes = {split: len(places) for split, places in self._order.items()}
        return Data(
            Path(self.table.file).name,
            "A table of one's own",
            "",
            "A fifth at random for the test, another for validation",
            sizes,
        )

    def examples(self, split: Split, outputs: Sequence[Output]) -> Examples:
        """Rows as the network reads them (N, inputs), and the target, standardised or as class."""
        rows, output = self._order[split], self.outputs[0]
        values = self._values[output.name][rows]
        targets: NDArray[Any]
        if isinstance(output, ClassOutput):
            targets = np.searchsorted(np.array(output.classes), values)
        else:
            targets = ((values - output.mean) / output.sd).astype(np.float32)[:, None]
        return Examples(self._inputs[rows], {output.name: targets})

    def rows(self, split: Split) -> dict[str, Values]:
        """The columns (N,) of a part as they stand in the file, the target's among them."""
        return {name: column[self._order[split]] for name, column in self._values.items()}

    @cached_property
    def _inputs(self) -> NDArray[np.float32]:
        columns = []
        for feature in self.features:
            values = self._values[feature.name]
            if feature.categories:
                columns += [values == each for each in feature.categories]
            else:
                columns.append((values - feature.mean) / feature.sd)
        return np.stack(columns, axis=1).astype(np.float32)

    @cached_property
    def _values(self) -> dict[str, Values]:
        values = csv_table.read(self.table)
        kept = self.kept(values)
        return {name: column[kept] for name, column in values.items()}

    def kept(self, values: dict[str, Values]) -> NDArray[np.bool_]:
        """Which rows are used: all."""
        return np.ones(len(values[self.table.target.name]), bool)

    @cached_property
    def _order(self) -> dict[Split, NDArray[np.intp]]:
        """The rows of each part."""
        count = len(self._values[self.table.target.name])
        order = np.random.default_rng(SPLIT_SEED).permutation(count)
        size = max(1, count // SHARE)
        return {
            "train": order[2 * size :],
            "validation": order[size : 2 * size],
            "test": order[:size],
        }


def _feature(column: Column, values: Values, learned: NDArray[np.intp]) -> Feature:
    if column.kind == "category":
        return Feature(column.name, column.unit, categories=tuple(np.unique(values).tolist()))
    mean, sd = _moments(column, values[learned])
    return Feature(column.name, column.unit, mean, sd, float(values.min()), float(values.max()))


def _moments(column: Column, learned: Values) -> tuple[float, float]:
    mean, sd = float(np.mean(learned)), float(np.std(learned))
    if not sd:
        raise InputError(
            "broken_dataset",
            f"Expected different values in column {column.name!r} of the rows that are learned "
            f"from; got {mean:g} everywhere.",
        )
    return mean, sd

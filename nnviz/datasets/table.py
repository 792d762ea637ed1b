"""A table in a CSV file: columns of numbers or of words, checked cell by cell.

What cannot be learned from is refused with the column and the line: a missing value, text where a
number belongs, a column that is the same everywhere, a target with one class only.
"""

import csv
import math
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from nnviz.checked import Checked
from nnviz.errors import InputError

MISSING = {"", "na", "n/a", "nan", "null", "none", "?"}
MOST_ROWS = 1_000_000
FEWEST_ROWS = 10
MOST_CATEGORIES = 100

Values = NDArray[Any]  # float64, or words


class Column(Checked, frozen=True):
    """A column by its name in the first line: ``number``, or ``category`` for words."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    kind: Literal["number", "category"] = "number"
    unit: Annotated[str, Meta(max_length=20)] = ""


class Table(Checked, frozen=True):
    """Which file, which of its columns are read, and which one is to be told from them."""

    file: Annotated[str, Meta(min_length=1)]
    columns: Annotated[tuple[Column, ...], Meta(min_length=1, max_length=1000)]
    target: Column

    def __post_init__(self) -> None:
        super().__post_init__()
        names = [column.name for column in (*self.columns, self.target)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InputError(
                "duplicate_name", f"Expected every column once; got {twice[0]!r} more than once."
            )


def read(table: Table) -> dict[str, Values]:
    """Every column that the table names, by its name; raises `InputError` (``broken_dataset``)."""
    path = Path(table.file)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise _broken(f"Expected {path} as a CSV file in UTF-8; got {error}.") from error
    while rows and not rows[-1]:
        del rows[-1]
    head, body = (rows[0] if rows else []), rows[1:]
    if not FEWEST_ROWS <= len(body) <= MOST_ROWS:
        raise _broken(
            f"Expected {path} with {FEWEST_ROWS} to {MOST_ROWS:,} rows below the names; "
            f"got {len(body):,}."
        )
    for line, row in enumerate(body, 2):
        if len(row) != len(head):
            raise _broken(
                f"Expected {len(head)} values in row {line} of {path.name}; got {len(row)}."
            )
    values = {}
    for column in (*table.columns, table.target):
        place = _place(column, head, path)
        values[column.name] = _values(column, [row[place].strip() for row in body], table.target)
    return values


def _place(column: Column, head: list[str], path: Path) -> int:
    if head.count(column.name) != 1:
        raise _broken(
            f"Expected one column {column.name!r} in {path.name}; it has {', '.join(head)}."
        )
    return head.index(column.name)


def _values(column: Column, cells: list[str], target: Column) -> Values:
    for row, cell in enumerate(cells, 2):
        if cell.lower() in MISSING:
            raise _broken(
                f"Expected a value in every row of {column.name!r}; got {cell!r} in row {row}. "
                "Fill it in or leave the row out."
            )
    values: Values = np.array(cells)
    if column.kind == "number":
        values = np.array([_number(column, cell, row) for row, cell in enumerate(cells, 2)])
    if (values == values[0]).all() and column == target and column.kind == "category":
        raise _broken(
            f"Expected at least two classes in column {column.name!r}; got {cells[0]!r} alone."
        )
    if (values == values[0]).all():
        raise _broken(
            f"Expected different values in column {column.name!r}; got {cells[0]!r} everywhere, "
            "from which nothing can be learned."
        )
    if column.kind == "category" and len(found := np.unique(values)) > MOST_CATEGORIES:
        raise _broken(
            f"Expected at most {MOST_CATEGORIES} different words in column {column.name!r}; got "
            f"{len(found):,}. Is it a number?"
        )
    return values


def _number(column: Column, cell: str, row: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _broken(
            f"Expected numbers in column {column.name!r}; got {cell!r} in row {row}. "
            'Words are of the kind "category".'
        )
    return value


def _broken(message: str) -> InputError:
    return InputError("broken_dataset", message)

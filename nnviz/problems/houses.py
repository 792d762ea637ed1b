"""Houses: eight features of a house in Ames, Iowa, and the price that it was sold for."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz import datasets
from nnviz.datasets.table import Column, Table, Values
from nnviz.problems.problem import Data, Split
from nnviz.problems.tabular import Tabular

FILE = Path(datasets.__file__).parent / "files" / "houses" / "ames.csv"
LARGEST = 4_000  # square feet: the few beyond are left out, as De Cock advises
SIZES: dict[Split, int] = {"train": 1_755, "validation": 585, "test": 585}

COLUMNS = (
    Column("living_area_sqft", unit="sq ft"),
    Column("overall_quality", unit="of 10"),
    Column("year_built"),
    Column("lot_area_sqft", unit="sq ft"),
    Column("basement_area_sqft", unit="sq ft"),
    Column("full_baths"),
    Column("bedrooms"),
    Column("garage_cars", unit="cars"),
)


class Houses(Tabular):
    """2,925 sales, 2006 to 2010."""

    id = "houses"
    title = "House prices"
    data = Data(
        "ames",
        "D. De Cock: Ames, Iowa: Alternative to the Boston Housing Data as an End of Semester "
        "Regression Project, Journal of Statistics Education 19(3), 2011",
        "Freely available for teaching",
        "A fifth at random for the test, another for validation; five houses of more than "
        "4,000 square feet are left out",
        SIZES,
    )

    def __init__(self) -> None:
        super().__init__(Table(str(FILE), COLUMNS, Column("sale_price_usd", unit="USD")))

    def kept(self, values: dict[str, Values]) -> NDArray[np.bool_]:
        """All but the largest, which are unusual sales."""
        kept: NDArray[np.bool_] = values["living_area_sqft"].astype(float) <= LARGEST
        return kept

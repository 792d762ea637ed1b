"""The problems that networks are there for."""

from typing import Annotated

from msgspec import Meta, Struct

from nnviz.features import Output
from nnviz.problems.problem import Data, Input, Measure


class ProblemDescription(Struct):
    """What goes in, what comes out, how success is told, with which data, by which models."""

    id: Annotated[str, Meta(examples=["digits", "houses", "pen"])]
    title: str
    input: Input
    outputs: list[Output]
    measure: Measure
    data: Data
    models: Annotated[list[str], Meta(description="The ids of the models that are for it.")]


class ProblemList(Struct):
    """Every problem."""

    problems: list[ProblemDescription]

"""How a network does on its whole test set."""

from typing import Annotated

from msgspec import Meta, Struct

from nnviz.web.schemas.digits import Probability

Scores = Annotated[
    dict[str, float],
    Meta(description="Every output's measure by its name: accuracy, R², mean absolute error."),
]


class Evaluation(Struct):
    """How a network reads its test set: ``confusion[i][j]`` examples of class i were read as j."""

    model: str
    total: int
    correct: int
    accuracy: Probability
    confusion: list[list[int]]
    seconds: Annotated[float, Meta(description="Time that reading them took on the server.")]
    scores: Scores


class NumberEvaluation(Struct):
    """How near a network's numbers come to the true ones of its test set."""

    model: str
    total: int
    r_squared: float
    mean_absolute_error: float
    unit: str
    seconds: Annotated[float, Meta(description="Time that reading them took on the server.")]
    scores: Scores

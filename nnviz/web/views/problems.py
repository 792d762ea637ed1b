"""The problems: digits, houses, pen movements."""

from flask import Blueprint, Response

from nnviz.problems import PROBLEMS
from nnviz.web.current import model_registry
from nnviz.web.replies import struct_reply
from nnviz.web.schemas.problems import ProblemDescription, ProblemList

blueprint = Blueprint("problems", __name__, url_prefix="/api/problems")


@blueprint.get("")
def problems() -> Response:
    """Every problem with its models."""
    models = model_registry().summaries()
    return struct_reply(
        ProblemList(
            [
                ProblemDescription(
                    problem.id,
                    problem.title,
                    problem.input,
                    list(problem.outputs),
                    problem.measure,
                    problem.data,
                    [model.id for model in models if model.problem == problem.id],
                )
                for problem in PROBLEMS.values()
            ]
        )
    )

"""Recipes: what one may start from, and what a recipe comes to."""

import msgspec
from flask import Blueprint, Response, request

from nnviz import activations, losses
from nnviz.models.model_file import architecture
from nnviz.recipe import MOST_SAMPLES
from nnviz.recipe.cost import Cost
from nnviz.recipe.lessons import LESSONS
from nnviz.training import optimizers, schedules
from nnviz.web.current import training
from nnviz.web.replies import struct_reply
from nnviz.web.requests import read_json
from nnviz.web.schemas.recipes import (
    LayerPlan,
    LessonPlan,
    Lessons,
    LimitsObject,
    Plan,
    RecipeRequest,
)

blueprint = Blueprint("recipes", __name__, url_prefix="/api/recipes")


@blueprint.get("")
def lessons() -> Response:
    """What one may start from, and what each setting may be."""
    limits = msgspec.convert(training().limits, LimitsObject, from_attributes=True)
    plans = [LessonPlan(each.id, list(each.recipes)) for each in LESSONS]
    choices = {
        "activation": [*activations.ACTIVATIONS],
        "loss": [*losses.LOSSES],
        "optimizer": [*optimizers.OPTIMIZERS],
        "schedule": [*schedules.SCHEDULES],
    }
    return struct_reply(Lessons(plans, choices, MOST_SAMPLES, limits))


@blueprint.post("")
def check() -> Response:
    """What a recipe comes to: shapes, numbers to learn, batches, what it takes."""
    recipe = read_json(request, RecipeRequest).recipe
    network = training().limits.check(recipe)
    layers = [
        LayerPlan(layer.name, layer.kind, list(layer.output_shape), layer.parameter_count)
        for layer in network.layers
    ]
    cost = Cost.of(recipe, network)
    return struct_reply(
        Plan(
            architecture=architecture(network),
            parameters=network.parameter_count,
            batches=recipe.batches,
            batches_an_epoch=recipe.batches // recipe.training.epochs,
            memory=cost.memory,
            batch_operations=cost.batch,
            reading_operations=cost.reading,
            batch_seconds=cost.batch_seconds,
            layers=layers,
            recipe=recipe,
        )
    )

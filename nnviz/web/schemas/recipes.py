"""Recipes of trainings: what one may ask for, and what it comes to."""

from typing import Annotated

from msgspec import Meta, Struct

from nnviz.recipe import Recipe


class RecipeRequest(Struct, forbid_unknown_fields=True):
    """A recipe to be checked."""

    recipe: Recipe


class LayerPlan(Struct):
    """A layer of a recipe: what comes out of it, and how many numbers it learns."""

    name: str
    kind: str
    shape: list[int]
    parameters: int


class Plan(Struct):
    """What a recipe comes to; what it takes is an estimate from the shapes of its layers."""

    architecture: str
    parameters: int
    batches: int
    batches_an_epoch: int
    memory: Annotated[int, Meta(description="Bytes, of training and of reading the test set.")]
    batch_operations: Annotated[int, Meta(description="Of one batch, forward and backward.")]
    reading_operations: Annotated[int, Meta(description="Of reading 10,000 digits.")]
    batch_seconds: Annotated[float, Meta(description="Of one batch, within a factor of about 2.")]
    layers: list[LayerPlan]
    recipe: Recipe


class LessonPlan(Struct):
    """Recipes to start from; two are meant to be compared."""

    id: str
    recipes: list[Recipe]


class LimitsObject(Struct):
    """What may be asked of this machine."""

    at_once: int
    unfinished: int
    kept: int
    parameters: int
    batches: int
    seconds: int
    memory: Annotated[int, Meta(description="Megabytes, as a plan's estimate.")]
    reading: Annotated[int, Meta(description="Billion operations to read 10,000 digits.")]
    batch: Annotated[int, Meta(description="Billion operations of one batch.")]


class Lessons(Struct):
    """Every lesson, every setting's choices, and the limits."""

    lessons: list[LessonPlan]
    choices: dict[str, list[str]]
    samples: int
    limits: LimitsObject

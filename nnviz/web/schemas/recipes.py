"""Recipes of trainings: what one may ask for, and what it comes to."""

from typing import Annotated, Any

from msgspec import Meta, Struct

RecipeObject = Annotated[
    dict[str, Any],
    Meta(description="title, architecture, samples, augmentation, training: see docs/training.md."),
]


class RecipeRequest(Struct, forbid_unknown_fields=True):
    """A recipe to be checked."""

    recipe: RecipeObject


class LayerPlan(Struct):
    """A layer of a recipe: what comes out of it, and how many numbers it learns."""

    name: str
    kind: str
    shape: list[int]
    parameters: int


class Plan(Struct):
    """What a recipe comes to."""

    architecture: str
    parameters: int
    batches: int
    batches_an_epoch: int
    layers: list[LayerPlan]
    recipe: dict[str, Any]


class LessonPlan(Struct):
    """Recipes to start from; two are meant to be compared."""

    id: str
    recipes: list[dict[str, Any]]


class LimitsObject(Struct):
    """What may be asked of this machine."""

    at_once: int
    unfinished: int
    kept: int
    parameters: int
    batches: int
    seconds: int


class Lessons(Struct):
    """Every lesson, every setting's choices, and the limits."""

    lessons: list[LessonPlan]
    choices: dict[str, list[str]]
    samples: int
    limits: LimitsObject

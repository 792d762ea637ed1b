"""Recipes of trainings: what one may ask for, and what it comes to."""

from msgspec import Struct

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
    """What a recipe comes to."""

    architecture: str
    parameters: int
    batches: int
    batches_an_epoch: int
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


class Lessons(Struct):
    """Every lesson, every setting's choices, and the limits."""

    lessons: list[LessonPlan]
    choices: dict[str, list[str]]
    samples: int
    limits: LimitsObject

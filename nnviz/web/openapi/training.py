"""The OpenAPI description of training."""

from typing import Any

from nnviz.web.openapi.parts import created, deletion, get, json_content, post, query
from nnviz.web.schemas import recipes, runs

TYPES: list[type] = [
    recipes.RecipeRequest,
    recipes.Plan,
    recipes.Lessons,
    runs.NewRun,
    runs.RunCommand,
    runs.NewTitle,
    runs.NewRunModel,
    runs.RunSummary,
    runs.RunList,
    runs.RunDetails,
]
RUN_ID = {"name": "run_id", "in": "path", "required": True, "schema": {"type": "string"}}


def paths(reference: dict[str, Any]) -> dict[str, Any]:
    """Every path about training."""
    summary, every = json_content(reference["RunSummary"]), json_content(reference["RunList"])
    after = query("after", {"type": "integer", "minimum": 0, "maximum": 10**9 - 1})
    after["description"] = "Only curve and checkpoints behind this batch; without it all."
    new_title = post("renameRun", "Give a run another title", reference["NewTitle"], summary)
    return {
        "/api/recipes": {
            "get": get(
                "listLessons",
                "Recipes to start from, the choices of each setting, and the limits",
                json_content(reference["Lessons"]),
            ),
            "post": post(
                "checkRecipe",
                "What a recipe comes to: shapes, numbers to learn, batches",
                reference["RecipeRequest"],
                json_content(reference["Plan"]),
            ),
        },
        "/api/runs": {
            "get": get("listRuns", "Every run, the newest first", every),
            "post": created(post("startRun", "Start a training", reference["NewRun"], summary)),
        },
        "/api/runs/{run_id}": {
            "parameters": [RUN_ID],
            "get": get(
                "getRun", "A run and what is new", json_content(reference["RunDetails"]), after
            ),
            "patch": new_title,
            "delete": deletion("deleteRun", "Delete a run of one's own"),
        },
        "/api/runs/{run_id}/commands": {
            "parameters": [RUN_ID],
            "post": post(
                "commandRun",
                "Go on, pause, one batch, one epoch, stop, another learning rate or pace",
                reference["RunCommand"],
                summary,
            ),
        },
        "/api/runs/{run_id}/models": {
            "parameters": [RUN_ID],
            "post": created(
                post(
                    "keepCheckpoint",
                    "Keep a checkpoint as a model",
                    reference["NewRunModel"],
                    json_content(reference["ModelSummary"]),
                )
            ),
        },
    }

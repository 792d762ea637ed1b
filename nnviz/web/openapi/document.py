"""The OpenAPI 3.1 description, generated from the types in `schemas` that check the requests."""

from functools import cache
from typing import Any

import msgspec

from nnviz import __version__
from nnviz.web.openapi import explore, training
from nnviz.web.openapi.parts import (
    created,
    deletion,
    get,
    json_content,
    post,
    query,
    without_reply,
)
from nnviz.web.replies import TENSORS
from nnviz.web.schemas import (
    chapters,
    classroom,
    digits,
    edits,
    houses,
    models,
    pen,
    problem,
    problems,
    units,
)
from nnviz.web.schemas.reading import evaluations, given, readings, reasons, steps

MODEL_ID = {
    "name": "model_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "mlp-sigmoid",
}
SPLIT = {
    "name": "split",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": ["train", "test"]},
}
HASH = {
    "name": "v",
    "in": "query",
    "description": "SHA-256 of the file: with the right one the reply may be cached for ever.",
    "schema": {"type": "string"},
}
CENTER = {
    "name": "center",
    "in": "query",
    "description": "For an image sent as the body: put it into MNIST's form (JSON says it inside).",
    "schema": {"type": "string", "enum": ["true", "false"], "default": "true"},
}
EDITS = {
    "name": "edits",
    "in": "query",
    "description": "For an image sent as the body: the list of edits as JSON text.",
    "schema": {"type": "string", "default": "[]"},
}
DIGIT = {
    "name": "digit",
    "in": "query",
    "description": "For an image sent as the body: which of its digits is read, in reading order.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 11, "default": 0},
}
LANGUAGE = {"type": "string", "enum": ["en", "ko"]}
CHAPTER_ID = {
    "name": "chapter_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "neuron",
}
MAKER = {
    "name": "maker",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "a1b2c3d4e5f60718",
}
IMAGE = {"type": "string", "format": "binary"}


@cache
def document() -> bytes:
    """The description as JSON."""
    types = [
        given.Drawing,
        edits.Edited,
        models.NewModel,
        models.ModelSummary,
        models.ModelList,
        models.ModelDescription,
        problems.ProblemList,
        given.Features,
        readings.Reading,
        readings.MovementReading,
        readings.FeaturesReading,
        evaluations.NumberEvaluation,
        given.Labelled,
        given.LabelledFeatures,
        steps.StepObject,
        steps.MovementStep,
        steps.NumberStep,
        given.GivenFeatures,
        reasons.ContributionsObject,
        given.Rivals,
        reasons.LeadObject,
        evaluations.Evaluation,
        digits.DigitPage,
        houses.HousePage,
        pen.PenPage,
        units.LayerConcepts,
        units.UnitPage,
        chapters.ChapterList,
        chapters.ChapterObject,
        classroom.TeachersCode,
        classroom.ClassStatus,
        classroom.Makers,
        classroom.LessonObject,
        classroom.Presented,
        classroom.NewVote,
        problem.Problem,
        *explore.TYPES,
        *training.TYPES,
    ]
    references, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    reference = dict(zip((kind.__name__ for kind in types), references, strict=True))
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "nnviz",
                "version": __version__,
                "summary": "A network in NumPy reads drawn digits and tells every number.",
                "license": {"name": "MIT", "identifier": "MIT"},
            },
            "paths": _paths(reference),
            "components": {"schemas": components},
        }
    )


def _paths(reference: dict[str, Any]) -> dict[str, Any]:
    models = get("listModels", "Every model", json_content(reference["ModelList"]))
    model = get(
        "getModel", "One model with its layers", json_content(reference["ModelDescription"])
    )
    weights = get(
        "getWeights",
        "The model's safetensors file",
        {"application/octet-stream": {"schema": IMAGE}},
        HASH,
    )
    weights["responses"]["304"] = {"description": "Not modified"}
    number = {"type": "integer", "minimum": 0}
    digits = get(
        "listDigits",
        "Digits of MNIST, filtered by label and paged",
        json_content(reference["DigitPage"]),
        query("label", {**number, "maximum": 9}),
        query("offset", {**number, "maximum": 10**9 - 1, "default": 0}),
        query("limit", {**number, "minimum": 1, "maximum": 100, "default": 20}),
        {
            **query("mistakes_of", {"type": "string"}),
            "description": "A model's id: only test digits that it reads wrong.",
        },
    )
    sold = get(
        "listHouses",
        "Houses of Ames as they were sold, paged",
        json_content(reference["HousePage"]),
        query("offset", {**number, "maximum": 10**9 - 1, "default": 0}),
        query("limit", {**number, "minimum": 1, "maximum": 100, "default": 20}),
    )
    movements = get(
        "listMovements",
        "Drawings of UNIPEN as the pen made them, paged",
        json_content(reference["PenPage"]),
        query("label", {**number, "maximum": 9}),
        query("offset", {**number, "maximum": 10**9 - 1, "default": 0}),
        query("limit", {**number, "minimum": 1, "maximum": 100, "default": 20}),
    )
    description = get("getDescription", "This document", json_content({"type": "object"}))
    every = get("listProblems", "Every problem, its models", json_content(reference["ProblemList"]))
    paths: dict[str, Any] = {
        "/api/problems": {"get": every},
        "/api/models": {"get": models, "post": _save(reference)},
        "/api/models/{model_id}": {
            "parameters": [MODEL_ID],
            "get": model,
            "delete": deletion("deleteModel", "Delete a model that was saved"),
        },
        "/api/models/{model_id}/weights": {
            "parameters": [MODEL_ID],
            "get": weights,
            "post": post(
                "editWeights",
                "The safetensors file with edits made",
                reference["Edited"],
                {"application/octet-stream": {"schema": IMAGE}},
            ),
        },
        "/api/models/{model_id}/activations": {
            "parameters": [MODEL_ID],
            "post": _activations(reference),
        },
        "/api/models/{model_id}/evaluation": {
            "parameters": [MODEL_ID],
            "post": post(
                "evaluate",
                "Read the test set of the model's problem, with edits made",
                reference["Edited"],
                json_content(_any(reference, "Evaluation", "NumberEvaluation")),
            ),
        },
        "/api/models/{model_id}/step": {
            "parameters": [MODEL_ID],
            "post": post(
                "explainStep",
                "What a labelled drawing, or a row and its number, asks of every neuron",
                _any(reference, "Labelled", "LabelledFeatures"),
                json_content(_any(reference, "StepObject", "MovementStep", "NumberStep")),
            ),
        },
        "/api/models/{model_id}/contributions": {
            "parameters": [MODEL_ID],
            "post": post(
                "explainNumber",
                "Why a number is what it is: each feature's part, and the arithmetic of both ends",
                reference["GivenFeatures"],
                json_content(reference["ContributionsObject"]),
            ),
        },
        "/api/models/{model_id}/lead": {
            "parameters": [MODEL_ID],
            "post": post(
                "explainLead",
                "Why one answer and not another, traced to the pixels",
                reference["Rivals"],
                json_content(reference["LeadObject"]),
            ),
        },
        "/api/datasets/mnist/{split}": {"parameters": [SPLIT], "get": digits},
        "/api/datasets/ames/{split}": {"parameters": [SPLIT], "get": sold},
        "/api/datasets/unipen/{split}": {"parameters": [SPLIT], "get": movements},
        "/api/chapters": {
            "get": get(
                "listChapters",
                "The chapters of the Learn screen in a language",
                json_content(reference["ChapterList"]),
                query("language", LANGUAGE),
            )
        },
        "/api/chapters/{chapter_id}": {
            "parameters": [CHAPTER_ID],
            "get": get(
                "getChapter",
                "One chapter with its steps",
                json_content(reference["ChapterObject"]),
                query("language", LANGUAGE),
            ),
        },
        "/api/openapi.json": {"get": description},
        "/api/class": {
            "get": get("getClass", "How the server fares", json_content(reference["ClassStatus"]))
        },
        "/api/class/teacher": {
            "post": without_reply("enterCode", "Become the teacher", reference["TeachersCode"])
        },
        "/api/class/lesson": {
            "get": get("getLesson", "What is presented", json_content(reference["LessonObject"])),
            "post": without_reply("present", "Show the class a step", reference["Presented"]),
            "delete": deletion("leaveLesson", "Show the class nothing any more"),
        },
        "/api/class/votes": {
            "post": without_reply("vote", "Vote on the poll that is open", reference["NewVote"])
        },
        "/api/class/makers": {
            "get": get("listMakers", "Who keeps how much", json_content(reference["Makers"]))
        },
        "/api/class/makers/{maker}": {
            "parameters": [MAKER],
            "delete": deletion("deleteAllOf", "Delete every run and model of one visitor"),
        },
        "/api/class/here": {"post": without_reply("beHere", "A page is open")},
        **explore.paths(reference, MODEL_ID, SPLIT),
        **training.paths(reference),
    }
    problem = {
        "description": "A failure, with a stable code; `not_ready` is 202 instead of 503 for who"
        " sends `Prefer: respond-async`",
        "content": {"application/problem+json": {"schema": reference["Problem"]}},
    }
    for path in paths.values():
        for operation in path.values():
            if isinstance(operation, dict):
                operation["responses"] = {**operation["responses"], "default": problem}
    return paths


def _activations(reference: dict[str, Any]) -> dict[str, Any]:
    form = {
        "type": "object",
        "required": ["image"],
        "properties": {
            "image": IMAGE,
            "center": CENTER["schema"],
            "digit": DIGIT["schema"],
            "edits": {"type": "string"},
        },
        "additionalProperties": False,
    }
    reading = _any(reference, "Reading", "MovementReading", "FeaturesReading")
    images = {kind: {"schema": IMAGE} for kind in ("image/png", "image/jpeg", "image/webp")}
    return {
        "operationId": "readDrawing",
        "summary": "Read a drawing, or a row of features, and tell every layer's activations",
        "parameters": [CENTER, DIGIT, EDITS],
        "requestBody": {
            "required": True,
            "content": {
                **json_content(_any(reference, "Drawing", "Features")),
                "multipart/form-data": {"schema": form},
                **images,
            },
        },
        "responses": {
            "200": {
                "description": "JSON, or for who asks for that with `Accept` a safetensors file "
                "with the numbers as bytes: its metadata holds the JSON under `reply`, in which "
                '`{"tensor": NAME}` stands for an array. It may be compressed by gzip.',
                "content": {**json_content(reading), TENSORS: {"schema": IMAGE}},
            }
        },
    }


def _any(reference: dict[str, Any], *names: str) -> dict[str, Any]:
    """One of these, according to the model's problem."""
    return {"anyOf": [reference[name] for name in names]}


def _save(reference: dict[str, Any]) -> dict[str, Any]:
    return created(
        post(
            "saveModel",
            "Keep a model with edits, under a name",
            reference["NewModel"],
            json_content(reference["ModelSummary"]),
        )
    )

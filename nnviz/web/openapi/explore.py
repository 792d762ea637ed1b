"""The OpenAPI description of what is found out about a network."""

from typing import Any

from nnviz.explore.distortions import DIALS
from nnviz.web.openapi.parts import get, json_content, post, query
from nnviz.web.schemas import units
from nnviz.web.schemas.explore import attacks, attributions, confusions, maps

TYPES: list[type] = [
    confusions.Labels,
    confusions.PredictionList,
    confusions.MisreadingList,
    confusions.Confusion,
    confusions.MisreadPage,
    attributions.Why,
    attributions.AttributionObject,
    attacks.Attack,
    attacks.AttackObject,
    attacks.Distortion,
    attacks.DistortionObject,
    attacks.Robustness,
    attacks.Climb,
    attacks.AscentObject,
    units.OwnDigits,
    units.UnitOfDigits,
    maps.LayerMap,
    maps.Placing,
    maps.Placed,
]
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
PAGE = {
    "name": "page",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0, "maximum": 59},
    "example": 0,
}
LAYER = {
    "name": "layer",
    "in": "path",
    "required": True,
    "description": "A layer's name, or input for the pixels.",
    "schema": {"type": "string"},
    "example": "hidden1",
}
UNIT = {
    "name": "unit",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
    "example": 0,
}
KIND = {
    **query("kind", {"type": "string", "enum": [*DIALS, "fgsm"]}),
    "required": True,
}
METHOD = {"type": "string", "enum": ["pca", "tsne"], "default": "pca"}
DIGIT = {"type": "integer", "minimum": 0, "maximum": 9}
OFFSET = {"type": "integer", "minimum": 0, "maximum": 10**9 - 1, "default": 0}
LIMIT = {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}

Parts = dict[str, Any]


def paths(reference: Parts, model_id: Parts, split: Parts) -> Parts:
    """Every path about what a network has learned."""
    return {
        **_of_data(reference, model_id, split),
        **_of_layers(reference, model_id),
        **_of_drawings(reference, model_id),
    }


def _of_layers(reference: Parts, model_id: Parts) -> Parts:
    of_layer = "How well the units of a layer tell simple features of the image"
    of_unit = "What a unit is active for, over the test digits"
    return {
        "/api/models/{model_id}/units/{layer}": {
            "parameters": [model_id, LAYER],
            **_both(reference, "Concepts", of_layer, "LayerConcepts"),
        },
        "/api/models/{model_id}/units/{layer}/{unit}": {
            "parameters": [model_id, LAYER, UNIT],
            **_both(reference, "Unit", of_unit, "UnitPage"),
        },
        "/api/models/{model_id}/units/{layer}/{unit}/ascent": {
            "parameters": [model_id, LAYER, UNIT],
            "post": _posted(
                reference,
                "exciteUnit",
                "The picture that excites a unit most, by gradient ascent",
                "Climb",
                "AscentObject",
            ),
        },
        "/api/models/{model_id}/units/{layer}/{unit}/digits": {
            "parameters": [model_id, LAYER, UNIT],
            "post": _posted(
                reference,
                "readOwnDigits",
                "What a unit makes of digits that are given, in their order",
                "OwnDigits",
                "UnitOfDigits",
            ),
        },
        "/api/models/{model_id}/maps/{layer}": {
            "parameters": [model_id, LAYER],
            **_both(
                reference,
                "Map",
                "A flat map of what a layer says of the test digits, done or growing",
                "LayerMap",
                query("method", METHOD),
            ),
        },
    }


def _of_drawings(reference: Parts, model_id: Parts) -> Parts:
    asked = {
        "attributions": (
            "explainAnswer",
            "Which pixels of a drawing an output's sum comes from",
            "Why",
            "AttributionObject",
        ),
        "places": (
            "placeDrawing",
            "Where a drawing lies in a layer and in its map",
            "Placing",
            "Placed",
        ),
        "attacks": (
            "foolNetwork",
            "Push a drawing's pixels until the answer is another",
            "Attack",
            "AttackObject",
        ),
        "distortions": (
            "distortDrawing",
            "What a model says of a drawing as a dial is turned",
            "Distortion",
            "DistortionObject",
        ),
    }
    posts = {
        f"/api/models/{{model_id}}/{name}": {
            "parameters": [model_id],
            "post": _posted(reference, *rest),
        }
        for name, rest in asked.items()
    }
    robustness = "How a model's accuracy falls as a dial is turned"
    return posts | {
        "/api/models/{model_id}/robustness": {
            "parameters": [model_id],
            **_both(reference, "Robustness", robustness, "Robustness", KIND),
        },
    }


def _posted(reference: Parts, name: str, summary: str, body: str, answer: str) -> Parts:
    return post(name, summary, reference[body], json_content(reference[answer]))


def _of_data(reference: Parts, model_id: Parts, split: Parts) -> Parts:
    labels = json_content(reference["Labels"])
    misread = json_content(reference["MisreadingList"])
    filters = [
        query("label", DIGIT),
        query("prediction", DIGIT),
        query("offset", OFFSET),
        query("limit", LIMIT),
    ]
    return {
        "/api/datasets/mnist/{split}/labels": {
            "parameters": [split],
            "get": get("listLabels", "The label of every digit, and which are doubted", labels),
        },
        "/api/datasets/mnist/{split}/images/{page}": {
            "parameters": [split, PAGE],
            "get": get("getImages", "The pictures of 1,000 digits, a byte for a pixel", BYTES),
        },
        "/api/datasets/mnist/test/misreadings": {
            "get": get("listMisreadings", "What each model that ships misreads", misread),
        },
        "/api/models/{model_id}/predictions/{split}": {
            "parameters": [model_id, split],
            **_both(reference, "Predictions", "What a model says of every digit", "PredictionList"),
        },
        "/api/models/{model_id}/confusion": {
            "parameters": [model_id],
            **_both(reference, "Confusion", "What a model takes for what", "Confusion"),
        },
        "/api/models/{model_id}/mistakes": {
            "parameters": [model_id],
            **_both(
                reference, "Mistakes", "Misread digits, the surest first", "MisreadPage", *filters
            ),
        },
    }


def _both(reference: Parts, name: str, summary: str, answer: str, *parameters: Parts) -> Parts:
    """Asked by GET for the model itself, by POST for the model with edits made."""
    content = json_content(reference[answer])
    edited = post(f"edited{name}", f"{summary}, with edits made", reference["Edited"], content)
    edited["parameters"] = list(parameters)
    return {"get": get(f"get{name}", summary, content, *parameters), "post": edited}

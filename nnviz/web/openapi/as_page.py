"""The interface as a page to read, made of its OpenAPI description; it needs no internet."""

import json
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from nnviz.web.openapi.document import document

Schema = dict[str, Any]


@cache
def content() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every operation and every type, as the template shows them."""
    described = json.loads(document())
    operations = [
        _operation(path, method, operation, each.get("parameters", []))
        for path, each in described["paths"].items()
        for method, operation in each.items()
        if method != "parameters"
    ]
    schemas = described["components"]["schemas"]
    return operations, [_type(name, schema) for name, schema in schemas.items()]


def _operation(
    path: str, method: str, operation: dict[str, Any], shared: list[dict[str, Any]]
) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "parameters": [
            (each["name"], word(each["schema"]), each.get("description", ""))
            for each in [*shared, *operation.get("parameters", [])]
        ],
        "body": [(kind, word(content["schema"])) for kind, content in body.items()],
        "answers": [
            (status, _answer(answer))
            for status, answer in operation["responses"].items()
            if status != "default"
        ],
    }


def _answer(answer: dict[str, Any]) -> Markup:
    kinds = [word(content["schema"]) for content in answer.get("content", {}).values()]
    return Markup(", ").join(kinds) or escape(answer["description"])


def _type(name: str, schema: Schema) -> dict[str, Any]:
    needed = set(schema.get("required", []))
    fields = [
        (field, word(each), each.get("description", ""), field in needed)
        for field, each in schema.get("properties", {}).items()
    ]
    about = schema.get("description", "") if fields else ""
    return {"name": name, "about": about, "fields": fields, "word": word(schema)}


def word(schema: Schema) -> Markup:
    """A schema in a few words, with links to the types that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return Markup(" or ").join(word(each) for each in schema[several])
    if "enum" in schema:
        return escape(" | ".join(json.dumps(each) for each in schema["enum"]))
    if "const" in schema:
        return escape(json.dumps(schema["const"]))
    kind = schema.get("type", "anything")
    if kind == "array":
        items = schema.get("items") or {}
        parts = schema.get("prefixItems") or ([items] if items else [])
        return Markup("list of {}").format(Markup(", ").join(word(each) for each in parts))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(word(schema["additionalProperties"]))
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    bounds = "" if low is None and high is None else f" {'' if low is None else low}…{high or ''}"
    return escape(f"{kind}{bounds}" if isinstance(kind, str) else " | ".join(kind))

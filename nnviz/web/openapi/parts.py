"""The pieces that the OpenAPI description is made of."""

from typing import Any


def post(name: str, summary: str, body: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """An operation with a JSON body."""
    operation = get(name, summary, content)
    operation["requestBody"] = {"required": True, "content": json_content(body)}
    return operation


def get(
    name: str, summary: str, content: dict[str, Any], *parameters: dict[str, Any]
) -> dict[str, Any]:
    """An operation and its reply."""
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": {"description": "OK", "content": content}},
    }


def json_content(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON body of this schema."""
    return {"application/json": {"schema": schema}}


def query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter in the query."""
    return {"name": name, "in": "query", "schema": schema}


def created(operation: dict[str, Any]) -> dict[str, Any]:
    """The same operation, answering with 201."""
    return {**operation, "responses": {"201": operation["responses"]["200"]}}


def without_reply(name: str, summary: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """An operation that answers with nothing."""
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {"204": {"description": "Done"}},
    }
    if body:
        operation["requestBody"] = {"required": True, "content": json_content(body)}
    return operation


def deletion(name: str, summary: str) -> dict[str, Any]:
    """An operation that deletes."""
    gone = {"204": {"description": "It is gone"}}
    return {"operationId": name, "summary": summary, "responses": gone}

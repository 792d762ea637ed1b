"""The description is valid, and describes exactly the routes there are."""

import re

from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate


def test_the_description_is_valid_openapi(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_every_route_is_described_and_every_description_has_a_route(
    app: Flask, client: FlaskClient
) -> None:
    described = {
        (path, method.upper())
        for path, methods in client.get("/api/openapi.json").json["paths"].items()
        for method in methods
        if method != "parameters"
    }
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != "/api/docs"  # a page
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routes


def test_the_description_can_be_read_as_a_page(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    page = client.get("/api/docs").text
    for path, operations in document["paths"].items():
        assert f"<code>{path}</code>" in page
        for name, operation in operations.items():
            assert name == "parameters" or operation["summary"].split("'")[0] in page
    links = set(re.findall(r'href="#(\w+)"', page))
    assert links
    assert links <= set(re.findall(r'id="(\w+)"', page))
    assert set(document["components"]["schemas"]) <= set(re.findall(r'id="(\w+)"', page))

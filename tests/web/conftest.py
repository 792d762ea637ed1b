"""The application with the shipped models, and a client for it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.web import create_app


@pytest.fixture(scope="session")
def app() -> Flask:
    return create_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()

"""The application with the shipped models, and a client for it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data=tmp_path_factory.mktemp("data")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()

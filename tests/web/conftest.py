"""The application with the shipped models, and a client for it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.bounds import long_work


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Long work is waited for however busy the machine is; `test_long_work` holds the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_work, "PATIENCE", 120.0)
        yield


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data=tmp_path_factory.mktemp("data")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()

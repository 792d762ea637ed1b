"""The application with the shipped models, and a client for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression
from flask import Flask
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.bounds import long_work


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the reading of what makes its cases while it is read, when they are not asked for."""
    if collection_path.name != "test_schema.py" or not config.option.markexpr:
        return None
    asked = Expression.compile(config.option.markexpr)
    is_asked = asked.evaluate(lambda name, **_: name == "thorough")
    return None if is_asked else True


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

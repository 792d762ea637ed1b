"""The application with the shipped models, and a client for it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import assets, create_app
from nnviz.web.bounds import long_work
from tests.web.classroom import settings_of


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Long work is waited for however busy the machine is; `test_long_work` holds the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_work, "PATIENCE", 600.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _assets_once() -> Iterator[None]:
    """The files that ship are compressed once a process, not for each application."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "Assets", lru_cache(1)(assets.Assets))
        yield


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data=tmp_path_factory.mktemp("data")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own whose runs wait until a test trains them."""
    app = create_app(Settings(data=tmp_path, run_worker_elsewhere=True))
    yield app
    app.extensions["nnviz-training"].runs.engine.dispose()


@pytest.fixture
def school(tmp_path: Path) -> Flask:
    """A class's server whose code is 123456."""
    return create_app(settings_of(tmp_path))

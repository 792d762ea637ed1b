"""A class's server, and who enters it as the teacher."""

from pathlib import Path
from typing import Any

import msgspec
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web.schemas.classroom import ClassStatus


def settings_of(tmp_path: Path, **changes: Any) -> Settings:
    """A class's settings, with the code 123456."""
    usual = {"class_code": "123456", "traffic": tmp_path / "traffic", "run_worker_elsewhere": True}
    return Settings(data=tmp_path, **{**usual, **changes})


def enter(client: FlaskClient, code: str = "123456") -> int:
    """The status that entering as the teacher has."""
    return client.post("/api/class/teacher", json={"code": code}).status_code


def status(client: FlaskClient) -> ClassStatus:
    """What the class's page is told."""
    return msgspec.convert(client.get("/api/class").json, ClassStatus)

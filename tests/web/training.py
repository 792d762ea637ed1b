"""Runs that wait until a test trains them, and how a test does it."""

import threading
from typing import Any

import msgspec
from flask.testing import FlaskClient

from nnviz.datasets import mnist
from nnviz.runs.job import Job
from nnviz.runs.trainer import RunTrainer
from nnviz.web.schemas.runs import RunSummary
from tests.runs.conftest import QUICK

RECIPE = QUICK.to_json()
SEVEN = (mnist.load().test.images[0] / 255).ravel().tolist()


def train(server: Any, run_id: str, segment: int = 1) -> None:
    """Train a run here and now, until it ends."""
    runs = server.extensions["nnviz-training"].runs
    RunTrainer(Job(runs.engine, run_id, segment), runs.limits, threading.Event()).run()


def start(client: FlaskClient, recipe: dict[str, Any] = RECIPE, **more: Any) -> dict[str, Any]:
    """Have a run start; what the server tells of it."""
    reply = client.post("/api/runs", json={"recipe": recipe, **more})
    assert reply.status_code == 201, reply.json
    return msgspec.to_builtins(msgspec.convert(reply.json, RunSummary))

"""The models at hand: so many bytes, whatever was opened; what is deleted is gone everywhere."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from nnviz import models
from nnviz.errors import InputError
from nnviz.settings import Settings
from nnviz.web import create_app, model_registry
from nnviz.web.model_registry import ModelRegistry
from nnviz.web.saved import SavedModels
from tests.runs.conftest import QUICK
from tests.web.training import train

MODEL = models.load("mlp-sigmoid")


class Run:
    """Checkpoints of a run, and how often one was loaded."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.title = "first"

    def model(self, model_id: str) -> Any:
        self.loaded.append(model_id)
        return replace(MODEL, id=model_id, title=self.title)

    def fingerprint(self, model_id: str) -> str | None:
        return self.title if model_id.startswith("run-") else None


@pytest.fixture
def run() -> Run:
    return Run()


@pytest.fixture
def library(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> ModelRegistry:
    """A cache in which three models have room."""
    size = model_registry.registered(replace(MODEL, id="run-0"), packed=False).bytes
    monkeypatch.setattr(model_registry, "KEPT", 3 * size + 100)
    return ModelRegistry([MODEL], MODEL.id, SavedModels(tmp_path), run)


def test_many_checkpoints_take_no_more_memory_than_the_cache_has(
    library: ModelRegistry, run: Run
) -> None:
    for _ in range(2):
        for number in range(10):
            assert library[f"run-{number}"].model.id == f"run-{number}"
            assert library._read.bytes <= model_registry.KEPT
    assert len(run.loaded) == 20
    library["run-9"]
    assert len(run.loaded) == 20


def test_what_a_model_counts_as_is_at_least_its_arrays() -> None:
    one = model_registry.registered(MODEL, packed=True)
    assert one.compressed
    numbers = MODEL.network.parameters.nbytes
    assert one.bytes >= 2 * numbers + len(one.compressed)


def test_another_content_or_title_is_another_model(library: ModelRegistry, run: Run) -> None:
    assert library["run-1"].model.title == "first"
    run.title = "second"
    assert library["run-1"].model.title == "second"


def test_the_list_of_saved_models_reads_each_file_once(
    tmp_path: Path, library: ModelRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    load = SavedModels.load
    monkeypatch.setattr(
        SavedModels, "load", lambda self, name: read.append(name) or load(self, name)
    )
    for number in range(6):
        library.save(replace(MODEL, title=f"Kept {number}"))
    first = library.listing()
    assert first == library.listing()
    assert first.count(b"Kept") == 6
    assert len(read) == 6
    assert library._read.bytes <= model_registry.KEPT


def test_a_deleted_runs_checkpoint_is_gone_in_every_process(tmp_path: Path) -> None:
    apps = [create_app(Settings(data=tmp_path, run_worker_elsewhere=True)) for _ in range(2)]
    one, other = (app.test_client() for app in apps)
    run = one.post("/api/runs", json={"recipe": QUICK.to_json()}).json["id"]
    train(apps[0], run)
    place = f"/api/models/{run}-60"
    body = {"pixels": [0.5] * 784}
    for client in (one, other):
        assert client.get(place).status_code == 200
        assert client.post(f"{place}/activations", json=body).status_code == 200
    assert one.delete(f"/api/runs/{run}").status_code == 204
    for client in (one, other):
        for reply in (client.get(place), client.post(f"{place}/activations", json=body)):
            assert (reply.status_code, reply.json["code"]) == (404, "unknown_run")
    _dispose(apps)


def test_a_renamed_run_gives_its_checkpoints_the_new_name(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, run_worker_elsewhere=True))
    client = app.test_client()
    run = client.post("/api/runs", json={"recipe": QUICK.to_json()}).json["id"]
    train(app, run)
    assert client.get(f"/api/models/{run}-60").json["title"] == "Quick"
    client.patch(f"/api/runs/{run}", json={"title": "Slow"})
    assert client.get(f"/api/models/{run}-60").json["title"] == "Slow"
    _dispose([app])


def _dispose(apps: list[Flask]) -> None:
    for app in apps:
        app.extensions["nnviz-training"].runs.engine.dispose()


def test_no_such_checkpoint_is_no_model(library: ModelRegistry) -> None:
    with pytest.raises(InputError, match="here; got 'nothing'"):
        library["nothing"]

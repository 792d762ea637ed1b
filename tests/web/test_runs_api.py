"""Runs by JSON: from the start to a model that is kept, commands, checkpoints, whose they are."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from safetensors.numpy import load

from nnviz import ink, web
from nnviz.datasets import mnist
from nnviz.runs import database
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.schemas.models import ModelDescription
from nnviz.web.schemas.runs import RunDetails
from tests.runs.conftest import QUICK, undisturbed
from tests.web.test_api import assert_problem
from tests.web.training import RECIPE, SEVEN, start, train

WORDS = Path(web.__file__).parent / "locales"


@pytest.fixture
def client(server: Any) -> FlaskClient:
    """A client of the server whose runs wait."""
    return server.test_client()


def test_a_run_from_start_to_model(client: FlaskClient, server: Any) -> None:
    run = start(client, key="twelve-chars")
    assert (run["state"], run["queue_position"], run["mine"]) == ("waiting", 1, True)
    assert start(client, key="twelve-chars")["id"] == run["id"]
    path = f"/api/runs/{run['id']}"
    assert client.get("/api/runs").json["runs"] == [client.get(path).json["run"]]
    train(server, run["id"])

    details = msgspec.convert(client.get(path).json, RunDetails)
    assert details.run.state == "done"
    assert details.curve.batch[-1] == details.checkpoints[-1].batch == 60
    assert details.checkpoints[-1].validation_accuracy == details.run.validation
    later = client.get(f"{path}?after=30").json
    assert later["curve"]["batch"] == [batch for batch in details.curve.batch if batch > 30]
    assert all(each["batch"] > 30 for each in later["checkpoints"])
    assert later["problems"] == details.problems

    model = f"/api/models/{run['id']}-60"
    described = msgspec.convert(client.get(model).json, ModelDescription)
    assert described.accuracy == {
        "validation": details.run.validation,
        "mnist_test": details.run.tested,  # the same measure as other networks have
    }
    before = client.get(f"/api/models/{run['id']}-{details.checkpoints[0].batch}").json
    assert before["accuracy"] == {"validation": details.checkpoints[0].validation_accuracy}
    weights = load(client.get(described.weights.url).data)
    trained = undisturbed(QUICK)
    np.testing.assert_array_equal(weights["hidden1/W"].ravel(), trained[: 784 * 8])
    reading = client.post(f"{model}/activations", json={"pixels": SEVEN}).json
    network = QUICK.network()
    network.parameters[...] = trained
    image = ink.to_input(mnist.load().test.images[0])[None]
    np.testing.assert_allclose(reading["probabilities"], network(image)[0], atol=1e-6)

    kept = client.post(f"{path}/models", json={"title": "My run", "batch": 60})
    assert kept.status_code == 201
    assert kept.json["accuracy"]["mnist_test"] == pytest.approx(details.run.tested)
    assert kept.json["id"] in [each["id"] for each in client.get("/api/models").json["models"]]
    assert client.delete(path).status_code == 204
    assert_problem(client.get(path), 404, "unknown_run")
    assert client.get(kept.headers["Location"]).json["title"] == "My run"


@pytest.mark.parametrize("what", ["database", "disk", "worker", "lost"])
def test_what_keeps_runs_from_being_trained_is_told_and_has_its_words(
    client: FlaskClient, server: Any, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(server.extensions["nnviz-training"], "trouble", lambda: what)
    assert client.get("/api/runs").json["trouble"] == what
    for language in ("en", "ko"):
        words = json.loads((WORDS / f"train-{language}.json").read_text("utf-8"))
        assert words[f"trouble.{what}"]


def test_commands_change_what_a_run_does(client: FlaskClient, server: Any) -> None:
    run = start(client)
    path = f"/api/runs/{run['id']}"

    def ask(command: str, **more: Any) -> Any:
        return client.post(f"{path}/commands", json={"command": command, **more})

    assert ask("pause").json["state"] == "paused"
    assert ask("rate", value=0.02).json["state"] == "paused"
    assert ask("go").json["state"] == "waiting"
    train(server, run["id"], 2)
    details = client.get(path).json
    assert details["recipe"]["changes"] == [[1, 0.02]]
    assert client.get(f"{path}?after=0").json["recipe"] == details["recipe"]
    assert client.get(f"{path}?after=1").json["recipe"] is None, "it did not change since"
    assert_problem(ask("go"), 409, "run_ended")
    assert_problem(ask("rate"), 422, "out_of_range")
    assert ask("dance").status_code == 422
    assert client.patch(path, json={"title": "Another"}).json["title"] == "Another"
    assert client.patch(path, json={"title": " "}).status_code == 422


def test_a_run_of_an_older_nnviz_with_158000_changes_is_watched_in_few_bytes(
    client: FlaskClient, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, runs = start(client), server.extensions["nnviz-training"].runs
    changes = [[batch, 0.0012345] for batch in range(1, 158_001)]
    with runs.engine.begin() as connection:
        old = json.dumps({**RECIPE, "changes": changes})
        connection.execute(sa.update(database.runs).values(recipe=old))
    monkeypatch.setattr(runs, "recipe", pytest.fail)  # it is not even read
    for query in ("", "?after=0", "?after=30"):
        reply = client.get(f"/api/runs/{run['id']}{query}")
        assert reply.status_code == 200
        assert len(reply.data) < 5_000
        assert reply.json["recipe"] is None


def test_the_changes_that_a_run_was_started_with_are_told_so_that_it_can_be_repeated(
    client: FlaskClient, server: Any
) -> None:
    run = start(client, {**RECIPE, "changes": [[1, 0.5], [20, 0.002]]})
    path = f"/api/runs/{run['id']}"
    for command in ({"command": "pause"}, {"command": "rate", "value": 0.03}, {"command": "go"}):
        assert client.post(f"{path}/commands", json=command).status_code == 200
    train(server, run["id"], 2)
    told = client.get(path).json
    assert told["recipe"]["changes"] == [[1, 0.03], [20, 0.002]]  # by hand in place of the first
    again = start(client, told["recipe"])
    train(server, again["id"])
    runs = server.extensions["nnviz-training"].runs
    last = runs.checkpoints(run["id"])[-1].batch
    np.testing.assert_array_equal(
        runs.weights(again["id"], last), runs.weights(run["id"], last), strict=True
    )


def test_too_many_runs_are_refused_with_the_limit(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    most = server.extensions["nnviz-training"].limits.unfinished
    for _ in range(most):
        start(client)
    reply = client.post("/api/runs", json={"recipe": RECIPE})
    assert_problem(reply, 429, "too_many_runs")
    assert f"at most {most}" in reply.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("get", "/api/runs/run-0123456789ab", "unknown_run"),
        ("delete", "/api/runs/..%2f", "unknown_run"),
        ("get", "/api/models/run-0123456789ab-7", "unknown_run"),
        ("get", "/api/models/run-x-7", "unknown_model"),
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, method: str, path: str, code: str) -> None:
    assert_problem(getattr(client, method)(path), 404, code)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str]]:
    """A client of a server where a run has come to its end, for tests that look at it; its id."""
    app = create_app(Settings(data=tmp_path_factory.mktemp("ended"), run_worker_elsewhere=True))
    client = app.test_client()
    run = start(client)["id"]
    train(app, run)
    yield client, run
    app.extensions["nnviz-training"].runs.engine.dispose()


def test_a_checkpoints_title_is_looked_at_before_anything_is_computed(
    ended: tuple[FlaskClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, run = ended
    monkeypatch.setattr("nnviz.web.views.runs.measured", pytest.fail)
    for title in (" a", "a\n", "\x07"):
        body = {"title": title, "batch": 60}
        assert_problem(client.post(f"/api/runs/{run}/models", json=body), 422, "bad_title")


def test_a_checkpoint_that_is_not_there_is_404(ended: tuple[FlaskClient, str]) -> None:
    client, run = ended
    assert_problem(client.get(f"/api/models/{run}-59999"), 404, "unknown_checkpoint")
    reply = client.post(f"/api/runs/{run}/models", json={"title": "No", "batch": 59999})
    assert_problem(reply, 404, "unknown_checkpoint")


@pytest.mark.parametrize("after", ["-1", "x", "1.5"])
def test_after_is_a_batch(ended: tuple[FlaskClient, str], after: str) -> None:
    client, run = ended
    assert client.get(f"/api/runs/{run}?after={after}").status_code == 422


def test_a_broken_database_is_told_and_drawing_goes_on(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"rubbish" * 1000)
    client = create_app(Settings(data=tmp_path)).test_client()
    for reply in (client.get("/api/runs"), client.post("/api/runs", json={"recipe": RECIPE})):
        assert_problem(reply, 503, "bad_database")
        assert "log says" in reply.json["detail"]
    read = "/api/models/mlp-sigmoid/activations"
    assert client.post(read, json={"pixels": SEVEN}).status_code == 200


def test_in_a_class_others_may_watch_and_nothing_more(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, run_worker_elsewhere=True, class_code="7")
    server = create_app(settings)
    client, other = server.test_client(), server.test_client()
    path = f"/api/runs/{start(client)['id']}"
    assert other.get(path).json["run"]["mine"] is False
    for reply in (
        other.post(f"{path}/commands", json={"command": "stop"}),
        other.patch(path, json={"title": "Theirs"}),
        other.delete(path),
    ):
        assert_problem(reply, 403, "not_yours")
    assert client.get(path).json["run"]["state"] == "waiting"


def test_on_ones_own_machine_any_browser_may_change_any_run(
    client: FlaskClient, server: Any
) -> None:
    path = f"/api/runs/{start(client)['id']}"
    other = server.test_client()
    assert other.get(path).json["run"]["mine"] is True
    assert other.post(f"{path}/commands", json={"command": "pause"}).json["state"] == "paused"
    assert other.patch(path, json={"title": "Theirs"}).json["title"] == "Theirs"
    assert other.delete(path).status_code == 204

"""Training by JSON: recipes are checked, runs have an owner, checkpoints are models."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from msgspec.structs import replace
from safetensors.numpy import load

from nnviz import ink, models, one_step, problems, web
from nnviz.cost import Cost
from nnviz.datasets import mnist
from nnviz.edits import FitEdit, LearnEdit, apply
from nnviz.features import NumberOutput, encode
from nnviz.ink import movement
from nnviz.lessons import LESSONS
from nnviz.recipe_training import train as train_here
from nnviz.runs import database
from nnviz.runs.job import Job
from nnviz.runs.trainer import RunTrainer
from nnviz.samples import as_read
from nnviz.settings import Settings
from nnviz.shipped_recipes import RECIPES
from nnviz.web import create_app
from nnviz.web.schemas.models import ModelDescription
from nnviz.web.schemas.readings import MovementStep, NumberStep, StepObject
from nnviz.web.schemas.recipes import Lessons, Plan
from nnviz.web.schemas.runs import RunDetails, RunSummary
from tests.runs.conftest import QUICK, undisturbed
from tests.web.test_api import assert_problem

WORDS = Path(web.__file__).parent / "locales"
RECIPE = QUICK.to_json()
SEVEN = (mnist.load().test.images[0] / 255).ravel().tolist()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    """An application whose runs wait until a test trains them."""
    app = create_app(Settings(data=tmp_path, keeper_elsewhere=True))
    yield app
    app.extensions["nnviz-training"].runs.engine.dispose()


@pytest.fixture
def client(server: Any) -> FlaskClient:
    return server.test_client()


def train(server: Any, run_id: str, stretch: int = 1) -> None:
    runs = server.extensions["nnviz-training"].runs
    RunTrainer(Job(runs.engine, run_id, stretch), runs.limits, threading.Event()).run()


def start(client: FlaskClient, recipe: dict[str, Any] = RECIPE, **more: Any) -> dict[str, Any]:
    reply = client.post("/api/runs", json={"recipe": recipe, **more})
    assert reply.status_code == 201, reply.json
    return msgspec.to_builtins(msgspec.convert(reply.json, RunSummary))


def test_every_lesson_is_a_recipe_that_fits(client: FlaskClient) -> None:
    lessons = msgspec.convert(client.get("/api/recipes").json, Lessons)
    assert [each.id for each in lessons.lessons] == [each.id for each in LESSONS]
    for lesson in lessons.lessons:
        for recipe in lesson.recipes:
            reply = client.post("/api/recipes", json={"recipe": recipe.to_json()})
            plan = msgspec.convert(reply.json, Plan)
            assert plan.recipe == recipe
            assert reply.json["recipe"] == recipe.to_json()
            assert plan.parameters == sum(layer.parameters for layer in plan.layers)
            assert plan.batches == plan.batches_an_epoch * recipe.training.epochs
    assert lessons.lessons[0].recipes == list(LESSONS[0].recipes)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"architecture": {"input_shape": [784], "layers": []}}, 422, None),
        ({"architecture": None}, 422, "wrong_type"),
        ({"training": {"epochs": 0}}, 422, "out_of_range"),
        ({"training": {"learning_rate": None}}, 422, None),
        ({"training": {"loss": "mean_squared_error", "speed": 3}}, 422, None),
        ({"samples": 3}, 422, "out_of_range"),
        ({"samples": "all"}, 422, None),
        ({"title": 7}, 422, "wrong_type"),
        ({"augmentation": {"rotation": "much"}}, 422, None),
        ({"variants": 4}, 422, "too_large"),
        ({"colour": "red"}, 422, None),
        ({"changes": [[0, 0.1]]}, 422, None),
    ],
)
def test_a_recipe_that_is_none_is_refused(
    client: FlaskClient, change: dict[str, Any], status: int, code: str | None
) -> None:
    wrong = {**RECIPE, **change}
    for path in ("/api/recipes", "/api/runs"):
        reply = client.post(path, json={"recipe": wrong})
        assert reply.status_code == status, reply.json
        assert reply.json["detail"].startswith(("Expected", "A "))
        assert code in (None, reply.json["code"])
    assert client.get("/api/runs").json["runs"] == []


def layers(*made: dict[str, Any], shape: tuple[int, ...] = (28, 28, 1)) -> dict[str, Any]:
    output = {"kind": "dense", "units": 10, "activation": "softmax"}
    return {"architecture": {"input_shape": shape, "layers": [*made, output]}}


FLAT = {"kind": "flatten"}
SAME = {"padding": "same"}
LARGE = "too_large"


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (
            layers({"kind": "conv2d", "filters": 1, "kernel_size": 700, **SAME}, FLAT),
            "too_large",
            "MB",
        ),
        (
            layers({"kind": "max_pooling2d", "pool_size": 20_000_000, **SAME}, FLAT),
            "too_large",
            "MB",
        ),
        (layers(shape=(100,)), "wrong_shape", "784"),
        (
            layers(FLAT, {"kind": "dense", "units": 3, "name": "n" * 900_000}),
            "out_of_range",
            "name",
        ),
        ({"changes": [[1, 0.1]] * 60_000}, "too_large", "1,000 changes"),
        ({"training": {"learning_rate": 10**400}}, None, ""),
        ({"training": {"seed": 10**4290}}, None, ""),
        ({"title": "t" * 900_000}, None, ""),
    ],
)
def test_what_would_cost_too_much_is_refused_at_the_door_in_a_sentence(
    client: FlaskClient, change: dict[str, Any], code: str | None, said: str
) -> None:
    for path in ("/api/recipes", "/api/runs"):
        reply = client.post(path, json={"recipe": {**RECIPE, **change}})
        assert reply.status_code in (400, 422)
        assert code in (None, reply.json["code"])
        assert said in reply.json["detail"]
        assert len(reply.data) < 1500


def test_a_plan_tells_what_the_training_takes(client: FlaskClient) -> None:
    plan = msgspec.convert(client.post("/api/recipes", json={"recipe": RECIPE}).json, Plan)
    cost = Cost.of(QUICK, QUICK.network())
    assert (plan.memory, plan.batch_operations) == (cost.memory, cost.batch)
    assert (plan.reading_operations, plan.batch_seconds) == (cost.reading, cost.batch_seconds)


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
    assert described.accuracy == {"validation": details.run.validation}
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


def test_in_a_class_others_may_watch_and_nothing_more(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, keeper_elsewhere=True, class_code="7")
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


def test_a_checkpoints_title_is_looked_at_before_anything_is_computed(
    client: FlaskClient, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(client)
    train(server, run["id"])
    monkeypatch.setattr("nnviz.web.views.runs.measured", pytest.fail)
    for title in (" a", "a\n", "\x07"):
        body = {"title": title, "batch": 60}
        assert_problem(client.post(f"/api/runs/{run['id']}/models", json=body), 422, "bad_title")


def test_a_checkpoint_that_is_not_there_is_404(client: FlaskClient, server: Any) -> None:
    run = start(client)
    train(server, run["id"])
    assert_problem(client.get(f"/api/models/{run['id']}-59999"), 404, "unknown_checkpoint")
    reply = client.post(f"/api/runs/{run['id']}/models", json={"title": "No", "batch": 59999})
    assert_problem(reply, 404, "unknown_checkpoint")


@pytest.mark.parametrize("after", ["-1", "x", "1.5"])
def test_after_is_a_batch(client: FlaskClient, after: str) -> None:
    run = start(client)
    assert client.get(f"/api/runs/{run['id']}?after={after}").status_code == 422


def test_a_step_is_explained_by_the_very_gradients(client: FlaskClient) -> None:
    model = "/api/models/mlp-sigmoid"
    body = {"pixels": SEVEN, "label": 3}
    told = msgspec.convert(client.post(f"{model}/step", json=body).json, StepObject)
    network = server_model(client)
    image = ink.to_input(mnist.load().test.images[0]).ravel()
    explained = one_step.explain(network, image, 3)
    assert told.loss == pytest.approx(explained.loss, rel=1e-6)
    assert told.loss == pytest.approx(-np.log(told.probabilities[3]), rel=1e-5)
    wanted = np.array(told.target) - told.probabilities
    np.testing.assert_allclose(told.nudges[-1].values, wanted, atol=1e-6)
    assert [each.name for each in told.nudges] == ["input", "hidden1", "hidden2", "output"]
    np.testing.assert_allclose(told.nudges[1].values, explained.nudges["hidden1"], atol=1e-7)

    pixels = mnist.load().test.images[0].ravel().tolist()
    step = {"kind": "learn", "pixels": pixels, "label": 3, "learning_rate": 0.5, "times": 4}
    after = client.post(f"{model}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{model}/weights", json={"edits": [step]}).data)
    taught = apply(network, [LearnEdit(pixels, 3, 0.5, 4)])
    np.testing.assert_array_equal(weights["hidden1/W"], taught.named_parameters()["hidden1/W"])


def test_a_step_teaches_both_outputs_and_their_mean_goes_down(client: FlaskClient) -> None:
    """The loops of a digit are counted in its image, as they were for the training."""
    model, image = "/api/models/mlp-two-heads", mnist.load().test.images[3]  # a 0 with its loop
    body = {"pixels": (image / 255).ravel().tolist(), "label": 6}
    told = msgspec.convert(client.post(f"{model}/step", json=body).json, StepObject)
    assert [(each.name, each.label) for each in told.outputs] == [("digit", 6), ("loops", 1)]
    assert told.loss == pytest.approx(sum(each.loss for each in told.outputs) / 2)
    for each, nudge in zip(told.outputs, told.nudges[-2:], strict=True):
        assert each.loss == pytest.approx(-np.log(each.probabilities[each.label]), rel=1e-4)
        wanted = (np.array(each.target) - each.probabilities) / 2
        np.testing.assert_allclose(nudge.values, wanted, atol=1e-6)

    pixels = image.ravel().tolist()
    step = {"kind": "learn", "pixels": pixels, "label": 6, "learning_rate": 0.5, "times": 3}
    after = client.post(f"{model}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{model}/weights", json={"edits": [step]}).data)
    taught = apply(models.load("mlp-two-heads").network, [LearnEdit(pixels, 6, 0.5, 3, (1,))])
    for name, array in taught.named_parameters().items():
        np.testing.assert_array_equal(weights[name], array)

    other = client.post(f"{model}/step", json={**body, "further": [2]}).json
    assert other["outputs"][1]["label"] == 2
    assert_problem(client.post(f"{model}/step", json={**body, "further": [3]}), 422, "out_of_range")
    single = client.post("/api/models/mlp-sigmoid/step", json={**body, "further": [1]})
    assert_problem(single, 422, "wrong_shape")


def test_a_step_of_a_house_is_told_in_dollars_and_as_the_network_has_it(
    client: FlaskClient,
) -> None:
    route, model = "/api/models/houses-mlp", models.load("houses-mlp")
    features = {each.name: each.mean + each.sd for each in model.features}
    body = {"features": features, "target": 215_000}
    told = msgspec.convert(client.post(f"{route}/step", json=body).json, NumberStep)
    (price,), (asked,) = model.outputs, told.outputs
    assert isinstance(price, NumberOutput)
    x = encode(model.features, features)
    answer = float(model.network(x[None])[0, 0])
    assert asked.output == pytest.approx(answer, rel=1e-5)
    assert asked.wanted == pytest.approx((215_000 - price.mean) / price.sd)
    assert told.prediction == asked.prediction == pytest.approx(price.value(np.array(answer)))
    assert told.target == asked.target == pytest.approx(215_000)
    assert told.loss == asked.loss == pytest.approx((asked.output - asked.wanted) ** 2, rel=1e-5)
    (nudge,) = told.nudges[-1].values
    assert nudge == pytest.approx(-2 * (asked.output - asked.wanted), rel=1e-5)
    assert [each.name for each in told.nudges] == ["input", "hidden1", "hidden2", "output"]
    hidden = nudge * model.network.layers[-1].params["W"][:, 0]
    np.testing.assert_allclose(told.nudges[2].values, hidden, rtol=1e-5)

    step = {
        "kind": "fit",
        "inputs": told.input.values,
        "targets": [asked.wanted],
        "learning_rate": 0.01,
        "times": 2,
    }
    after = client.post(f"{route}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    weights = load(client.post(f"{route}/weights", json={"edits": [step]}).data)
    taught = apply(model.network, [FitEdit(told.input.values, [asked.wanted], 0.01, 2)])
    np.testing.assert_array_equal(weights["hidden1/W"], taught.named_parameters()["hidden1/W"])
    for wrong in ({}, {"label": 3}, {"target": "dear"}, {"target": 1e20}):
        assert client.post(f"{route}/step", json={"features": features, **wrong}).status_code == 422


def test_a_step_of_a_pen_s_way_is_explained_and_taken(client: FlaskClient) -> None:
    route, strokes = "/api/models/pen-lstm", [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]
    body = {"strokes": strokes, "label": 4}
    told = msgspec.convert(client.post(f"{route}/step", json=body).json, MovementStep)
    network, x = models.load("pen-lstm").network, movement.from_strokes(strokes)
    explained = one_step.explain(network, x, 4)
    assert told.loss == pytest.approx(explained.loss, rel=1e-5)
    np.testing.assert_allclose(told.input.steps, x.ravel(), atol=1e-6)
    np.testing.assert_allclose(told.nudges[0].values, explained.input_nudge.ravel(), atol=1e-6)
    step = {"kind": "fit", "inputs": told.input.steps, "targets": [4], "times": 3}
    after = client.post(f"{route}/step", json={**body, "edits": [step]}).json
    assert after["loss"] < told.loss
    assert_problem(client.post(f"{route}/step", json={"label": 4}), 422, "missing_drawing")
    assert_problem(client.post(f"{route}/step", json={**body, "further": [1]}), 422, "wrong_shape")


def server_model(client: FlaskClient) -> Any:
    models = client.application.extensions["nnviz-models"]
    return models["mlp-sigmoid"].model.network


@pytest.mark.parametrize(
    "wrong",
    [{}, {"label": 10}, {"label": "3"}, {"label": 3, "edits": [{"kind": "learn", "label": 3}]}],
)
def test_a_step_needs_a_label(client: FlaskClient, wrong: dict[str, Any]) -> None:
    reply = client.post("/api/models/mlp-sigmoid/step", json={"pixels": SEVEN, **wrong})
    assert reply.status_code == 422


def test_a_broken_database_is_told_and_drawing_goes_on(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"rubbish" * 1000)
    client = create_app(Settings(data=tmp_path)).test_client()
    for reply in (client.get("/api/runs"), client.post("/api/runs", json={"recipe": RECIPE})):
        assert_problem(reply, 503, "bad_database")
        assert "log says" in reply.json["detail"]
    read = "/api/models/mlp-sigmoid/activations"
    assert client.post(read, json={"pixels": SEVEN}).status_code == 200


def test_a_run_of_two_outputs_tells_the_measures_of_each(server: Any, client: FlaskClient) -> None:
    shipped = RECIPES["mlp-two-heads"]
    training = replace(shipped.training, epochs=2, averaging=0.0)
    recipe = replace(shipped, training=training, samples=400, augmentation=None, variants=0)
    run = start(client, recipe.to_json())
    assert run["outputs"] == []
    train(server, run["id"])
    told = client.get(f"/api/runs/{run['id']}").json
    made = train_here(recipe)
    assert [each["name"] for each in told["run"]["outputs"]] == ["digit", "loops"]
    for each, key in zip(told["run"]["outputs"], ("", "_loops"), strict=True):
        assert each["tested"] == made.accuracy[f"mnist_test{key}"]
        assert each["validation"] == made.accuracy[f"validation{key}"]
        assert (each["validation_error"], each["tested_error"]) == (None, None)

    checkpoint = told["checkpoints"][-1]
    digits = problems.get("digits")
    examples = digits.examples("validation", digits.outputs)
    answers = made.network.predict_all(as_read(examples.inputs))
    for output, a in zip(checkpoint["outputs"], answers, strict=True):
        labels = examples.targets[output["name"]]
        loss = -np.log(a[np.arange(len(a)), labels].astype(float)).mean()
        assert output["validation_loss"] == pytest.approx(loss, rel=1e-4)
        assert output["validation_accuracy"] == np.mean(a.argmax(axis=1) == labels)
        assert output["error"] is output["validation_error"] is None
    for part in ("loss", "validation_loss"):
        mean = sum(output[part] for output in checkpoint["outputs"]) / 2
        assert checkpoint[part] == pytest.approx(mean)
    first = checkpoint["outputs"][0]
    assert checkpoint["accuracy"] == first["accuracy"]
    assert checkpoint["validation_accuracy"] == first["validation_accuracy"]


@pytest.mark.parametrize("name", ["houses-mlp", "pen-lstm"])
def test_houses_and_pens_are_trained_and_each_checkpoint_reads(
    server: Any, client: FlaskClient, name: str
) -> None:
    shipped = RECIPES[name]
    training = replace(shipped.training, epochs=2, averaging=0.0)
    recipe = replace(shipped, training=training, samples=400, augmentation=None, variants=0)
    run = start(client, recipe.to_json())
    assert run["problem"] == recipe.problem
    train(server, run["id"])
    told = client.get(f"/api/runs/{run['id']}").json
    run, last = told["run"], told["checkpoints"][-1]
    assert run["state"] == "done"
    assert run["validation"] == last["validation_accuracy"]
    made = train_here(recipe)
    network = f"{run['id']}-{run['batch']}"
    model = client.get(f"/api/models/{network}").json
    found = client.post(f"/api/models/{network}/evaluation", json={}).json
    if recipe.problem == "houses":
        assert (run["tested"], run["tested_error"]) == (
            made.scores["test"],
            made.scores["test_mae"],
        )
        assert (model["accuracy"], model["scores"]) == ({}, {"validation": run["validation"]})
        assert found["mean_absolute_error"] == pytest.approx(run["tested_error"])
        (output,), (summary,) = last["outputs"], run["outputs"]
        assert summary["tested_error"] == run["tested_error"]
        assert output["validation_error"] == summary["validation_error"]
        houses = recipe.posed()
        (price,) = houses.outputs
        assert isinstance(price, NumberOutput)
        for part, error in (("train", "error"), ("validation", "validation_error")):
            examples = houses.examples(part, (price,))  # type: ignore[arg-type]
            x, true = examples.inputs, price.value(examples.targets[price.name])
            if part == "train":
                chosen = np.sort(np.random.default_rng(0).permutation(len(x))[:400])
                x, true = x[chosen], true[chosen]
            told_by = price.value(made.network.predict(x))
            assert output[error] == pytest.approx(np.abs(told_by - true).mean(), rel=1e-4)
        assert [each["name"] for each in model["features"]] == [each.name for each in made.features]
    else:
        assert (run["tested"], run["tested_error"]) == (made.accuracy["test"], None)
        assert model["accuracy"] == {"validation": run["validation"]}
        assert found["accuracy"] == pytest.approx(run["tested"])

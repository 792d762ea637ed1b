"""Recipes by JSON: the lessons fit, what is wrong or too dear is refused in a sentence."""

from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient

from nnviz.recipe.cost import Cost
from nnviz.recipe.lessons import LESSONS
from nnviz.web.schemas.recipes import Lessons, Plan
from tests.runs.conftest import QUICK
from tests.web.training import RECIPE


@pytest.fixture
def client(server: Any) -> FlaskClient:
    """A client of the server whose runs wait."""
    return server.test_client()


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

"""Runs of two outputs, of houses and of a pen: each told in the measures of its problem."""

from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from nnviz import problems
from nnviz.features import NumberOutput
from nnviz.recipe import Recipe
from nnviz.recipe.shipped import RECIPES
from nnviz.recipe.training import train as train_here
from nnviz.samples import as_read
from tests.web.training import start, train


@pytest.fixture
def client(server: Any) -> FlaskClient:
    """A client of the server whose runs wait."""
    return server.test_client()


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


def small(recipe: Recipe) -> Recipe:
    """The recipe with an LSTM of 4 units: what is told of a run does not hang on its size."""
    layers = [
        {**layer, "units": 4} if layer["kind"] == "lstm" else layer
        for layer in recipe.architecture["layers"]
    ]
    return replace(recipe, architecture={**recipe.architecture, "layers": layers})


@pytest.mark.parametrize("name", ["houses-mlp", "pen-lstm"])
def test_houses_and_pens_are_trained_and_each_checkpoint_reads(
    server: Any, client: FlaskClient, name: str
) -> None:
    shipped = RECIPES[name]
    training = replace(shipped.training, epochs=2, averaging=0.0)
    recipe = replace(small(shipped), training=training, samples=400, augmentation=None, variants=0)
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
        measured = {"test": run["tested"], "test_mae": run["tested_error"]}
        assert model["accuracy"] == {}
        assert model["scores"] == {"validation": run["validation"]} | measured
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
        assert model["accuracy"] == {"validation": run["validation"], "test": run["tested"]}
        assert found["accuracy"] == pytest.approx(run["tested"])

"""A unit's page, recomputed from the network and the digits."""

import numpy as np
import pytest
from flask.testing import FlaskClient

from nnviz import concepts, ink, models
from nnviz.datasets import mnist


def test_a_unit_page_is_what_the_network_says(client: FlaskClient) -> None:
    reply = client.get("/api/models/mlp-sigmoid/units/hidden1/4").json
    data = mnist.load().test
    _, trace = models.load("mlp-sigmoid").network.forward(
        ink.to_input(data.images).reshape(-1, 784)
    )
    a = trace.layers[0].a[:, 4]
    assert reply["digits"] == 10_000
    means = [a[data.labels == label].mean() for label in range(10)]
    assert reply["class_means"] == pytest.approx(means, abs=1e-5)
    top = [each["activation"] for each in reply["top"]]
    assert top == pytest.approx(np.sort(a)[::-1][:24], abs=1e-5)
    bottom = [each["activation"] for each in reply["bottom"]]
    assert bottom == pytest.approx(np.sort(a)[:24], abs=1e-5)
    for each in reply["top"]:
        assert each["label"] == data.labels[each["index"]]
    told = {each["name"]: each["auc"] for each in reply["concepts"]}
    assert told.keys() == concepts.FEATURES.keys()
    loop = concepts.auc(a[:, None], concepts.has_loop(data.images))[0]
    assert told["loop"] == pytest.approx(loop, abs=1e-6)
    assert max(reply["classes"], key=lambda each: each["auc"])["name"] == "1"


@pytest.mark.parametrize(
    ("model", "layer", "units"), [("mlp-sigmoid", "hidden2", 16), ("mlp-wide", "output", 10)]
)
def test_a_layers_concepts_are_its_units(
    client: FlaskClient, model: str, layer: str, units: int
) -> None:
    reply = client.get(f"/api/models/{model}/units/{layer}").json
    loop = next(each for each in reply["concepts"] if each["name"] == "loop")
    assert len(loop["units"]) == units
    assert loop["layer"] > max(loop["units"])
    one = client.get(f"/api/models/{model}/units/{layer}/3").json
    assert next(e for e in one["concepts"] if e["name"] == "loop")["auc"] == loop["units"][3]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("mlp-sigmoid/units/hidden9", "no_such_layer"),
        ("mlp-sigmoid/units/hidden1/16", "no_such_unit"),
        ("mlp-sigmoid/units/hidden1/99999999999999999999", "no_such_unit"),
        ("nothing/units/hidden1", "unknown_model"),
        ("houses-mlp/units/hidden1", "wrong_problem"),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, code: str) -> None:
    assert client.get(f"/api/models/{path}").json["code"] == code

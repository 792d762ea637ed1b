"""Recipes, models, runs and checkpoints that an earlier version wrote are still read."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import nnviz
from nnviz.models import model_file
from nnviz.recipe import RateChange, Recipe
from nnviz.runs.service import Training
from nnviz.settings import Settings
from tests.runs.conftest import Place

BEFORE = Path(__file__).parents[1] / "before"
RUN = "run-29beaa0ec6c1"


@pytest.fixture
def weights() -> NDArray[np.float32]:
    """What the earlier version trained."""
    return model_file.load(BEFORE / "model.safetensors").network.parameters


def close(one: NDArray[np.float32], other: NDArray[np.float32]) -> None:
    """The same but for the last bits, which another machine may round otherwise."""
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-5)


def test_a_recipe_gives_the_weights_that_it_gave(weights: NDArray[np.float32]) -> None:
    recipe = Recipe.from_file(BEFORE / "recipe.json")
    assert recipe.changes == (RateChange(5, 0.02),)
    assert recipe.augmentation is not None
    assert (recipe.augmentation.rotation, recipe.training.label_smoothing) == (8.0, 0.1)
    close(nnviz.train(recipe).network.parameters, weights)


def test_a_model_keeps_its_recipe() -> None:
    model = model_file.load(BEFORE / "model.safetensors")
    written = json.loads((BEFORE / "recipe.json").read_text())
    again = Recipe.from_json(
        {"title": model.title, "architecture": model.network.to_json(), **model.recipe}
    )
    assert again == Recipe.from_json(written)
    assert set(model.accuracy) == {"validation", "mnist_test"}


def test_a_run_goes_on_to_the_weights_that_it_would_have_reached(
    tmp_path: Path, hasty: None, weights: NDArray[np.float32]
) -> None:
    (tmp_path / "runs.sqlite").write_bytes(
        gzip.decompress((BEFORE / "runs.sqlite.gz").read_bytes())
    )
    place = Place(tmp_path)
    try:
        run = place.runs[RUN]
        assert (run.state, run.batch, run.batches) == ("paused", 5, 12)
        kept = [each.batch for each in place.runs.checkpoints(RUN)]
        assert kept[0] == 0
        assert kept[-1] == 5
        assert (
            Training(Settings(data=tmp_path)).checkpoint(RUN, 5).network.parameters.shape
            == weights.shape
        )
        place.runs.ask(RUN, "go")
        place.trainer(run, segment=4).run()
        assert place.runs[RUN].state == "done"
        close(place.newest(run), weights)
    finally:
        place.close()

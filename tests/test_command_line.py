"""The command line: evaluate and predict on the shipped models, and clear words for bad input."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz import models
from nnviz.__main__ import main
from nnviz.datasets import mnist
from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.layers import Dense
from nnviz.models import model_file
from nnviz.models import scores as model_scores
from nnviz.network import Network
from nnviz.recipe import Recipe
from nnviz.recipe.shipped import RECIPES
from nnviz.training.config import TrainingConfig


def test_evaluate_prints_accuracy_per_digit_and_the_confusion_matrix(capsys) -> None:
    assert main(["evaluate", "mlp-sigmoid"]) == 0
    text = capsys.readouterr().out
    test = mnist.load().test
    right = model_scores.predictions(models.load("mlp-sigmoid").network, test.images) == test.labels
    assert f"{right.mean():.2%} of 10,000 MNIST test digits" in text
    for digit in range(10):
        row = next(line for line in text.splitlines() if re.match(rf"│\s*{digit}\s", line))
        assert f"{right[test.labels == digit].mean():.2%}" in row


def test_predict_reads_an_image_file(capsys, tmp_path: Path) -> None:
    path = tmp_path / "seven.png"
    Image.fromarray(mnist.load().test.images[0]).save(path)
    assert main(["predict", "mlp-wide", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "7"
    Image.fromarray(np.full((50, 50), 255, np.uint8)).save(path)
    assert main(["predict", "mlp-wide", str(path)]) == 0
    assert "no ink" in capsys.readouterr().out
    assert main(["predict", "mlp-wide", str(Path(__file__).parent / "pictures" / "two42.png")]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "2 digits, in reading order:"
    assert [line for line in printed if line.isdigit()] == ["4", "2"]


def test_drawn_digits_are_measured_and_recorded(capsys, tmp_path: Path) -> None:
    strokes = tmp_path / "drawn.jsonl"
    strokes.write_text(
        '{"label": 1, "strokes": [[[0.5, 0.1], [0.5, 0.9]]]}\n'
        '{"label": 0, "strokes": [[[0.5, 0.1], [0.3, 0.5], [0.5, 0.9], [0.7, 0.5], [0.5, 0.1]]]}\n'
    )
    written = tmp_path / "model.safetensors"
    assert main(["evaluate", "mlp-wide", "--strokes", str(strokes), "--record", str(written)]) == 0
    assert "100.00% of 2 drawn digits" in capsys.readouterr().out
    assert model_file.load(written).accuracy["drawn"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate", "nothing"], "nothing"),
        (["evaluate", "mlp-sigmoid", "--strokes", "nowhere.jsonl"], "nowhere.jsonl"),
        (["predict", "mlp-sigmoid", "nowhere.png"], "nowhere.png cannot be read"),
        (["predict", "mlp-sigmoid", __file__], "PNG, JPEG or WebP"),
    ],
)
def test_bad_input_gives_a_sentence_and_status_1(capsys, arguments: list, message: str) -> None:
    assert main(arguments) == 1
    assert message in capsys.readouterr().err.replace("\n", "")


def test_train_writes_the_same_file_again(
    capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = Recipe(
        "Tiny",
        Network([Dense(4, "sigmoid", input_shape=(784,)), Dense(10, "softmax")]).to_json(),
        TrainingConfig(epochs=1, learning_rate=0.01, optimizer="adamw", averaging=0.99),
        AugmentationSettings(),
        variants=1,
    )
    monkeypatch.setitem(RECIPES, "mlp-sigmoid", tiny)
    paths = [tmp_path / "one.safetensors", tmp_path / "other.safetensors"]
    for path in paths:
        assert main(["train", "mlp-sigmoid", "--output", str(path)]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    model = model_file.load(paths[0])
    assert model.recipe == tiny.settings()
    assert 0.5 < model.accuracy["mnist_test"] < 0.95
    assert "784-4-10" in capsys.readouterr().out

"""Trainings to start from on the screen: a good first one, and those that teach what goes wrong."""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnviz.layers.base import Layer
from nnviz.recipe import Recipe, architecture
from nnviz.recipe.shipped import RECIPES
from nnviz.training.config import TrainingConfig

MODEST = AugmentationSettings(
    rotation=10, scale=0.1, shear=0.1, shift=1.5, elastic=0.5, thickness=0.3
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One recipe, or two that are compared; the catalogues have its name and what to look for."""

    id: str
    recipes: tuple[Recipe, ...]


def _perceptron(title: str, activation: str, *, initializer: str | None = None) -> Recipe:
    """The classic 784-16-16-10, in about ten seconds."""
    layers: list[Layer] = [
        Dense(16, activation, name="hidden1", kernel_initializer=initializer),
        Dense(16, activation, name="hidden2", kernel_initializer=initializer),
        Dense(10, "softmax", name="output", kernel_initializer=initializer),
    ]
    config = TrainingConfig(epochs=30, batch_size=32, learning_rate=0.1, optimizer="sgd")
    return Recipe(title, architecture((784,), *layers), config)


def _deep(title: str, activation: str) -> Recipe:
    """784-16-16-16-16-16-10 that begins alike whatever the activation, in a few seconds."""
    layers = [
        Dense(16, activation, name=f"hidden{n}", kernel_initializer="glorot_uniform")
        for n in range(1, 6)
    ]
    output = Dense(10, "softmax", name="output")
    config = TrainingConfig(epochs=3, batch_size=32, learning_rate=0.1, optimizer="sgd")
    return Recipe(title, architecture((784,), *layers, output), config)


def _with(recipe: Recipe, **settings: Any) -> Recipe:
    return replace(recipe, training=replace(recipe.training, **settings))


CLASSIC = _perceptron("784-16-16-10", "sigmoid")

CONVOLUTIONAL = Recipe(
    "Convolutional",
    architecture(
        (28, 28, 1),
        Conv2D(8, 5, "relu", name="conv1"),
        MaxPooling2D(name="pool1"),
        Conv2D(16, 3, "relu", name="conv2"),
        MaxPooling2D(name="pool2"),
        Flatten(name="flatten"),
        Dropout(0.25, name="dropout"),
        Dense(10, "softmax", name="output"),
    ),
    TrainingConfig(epochs=5, batch_size=64, learning_rate=0.002, schedule="cosine"),
    augmentation=MODEST,
)

RECURRENT = Recipe(
    "LSTM",
    architecture((28, 28), LSTM(32, name="lstm"), Dense(10, "softmax", name="output")),
    TrainingConfig(
        epochs=5, batch_size=64, learning_rate=0.003, schedule="cosine", gradient_clip=1.0
    ),
)

TWO_HEADS = Recipe(
    "Digit and loops",
    RECIPES["mlp-two-heads"].architecture,
    TrainingConfig(epochs=15, batch_size=64, learning_rate=0.01, schedule="cosine"),
)

PEN = replace(
    _with(RECIPES["pen-lstm"], epochs=40),
    title="Pen movements",
    variants=0,  # each batch is varied by itself: no pool has to be made first
)

LESSONS: tuple[Lesson, ...] = (
    Lesson("classic", (CLASSIC,)),
    Lesson("relu", (_perceptron("784-16-16-10 ReLU", "relu"),)),
    Lesson("convolutional", (CONVOLUTIONAL,)),
    Lesson("recurrent", (RECURRENT,)),
    Lesson("two_heads", (TWO_HEADS,)),
    Lesson("pen", (PEN,)),
    Lesson("houses", (replace(RECIPES["houses-mlp"], title="House prices"),)),
    Lesson("high_rate", (_with(_perceptron("Rate too high", "relu"), learning_rate=2.0),)),
    Lesson(
        "overfit",
        (
            Recipe(
                "200 digits",
                architecture(
                    (784,),
                    Dense(64, "relu", name="hidden1"),
                    Dense(10, "softmax", name="output"),
                ),
                TrainingConfig(epochs=200, batch_size=20, learning_rate=0.002),
                samples=200,
            ),
        ),
    ),
    Lesson(
        "sigmoid_relu",
        (
            _with(_perceptron("Sigmoid", "sigmoid"), epochs=5),
            _with(_perceptron("ReLU", "relu"), epochs=5),
        ),
    ),
    Lesson("deep", (_deep("Five layers, sigmoid", "sigmoid"), _deep("Five layers, ReLU", "relu"))),
    Lesson("zeros", (_with(_perceptron("From zero", "sigmoid", initializer="zeros"), epochs=3),)),
)

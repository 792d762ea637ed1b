"""How the shipped models were trained.

Everything was chosen on examples held out of the training set (5,000 digits, a fifth of the
houses); the test sets were only measured.
"""

from typing import Any

from nnviz.datasets.augmentation import AugmentationSettings
from nnviz.errors import look_up
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnviz.layers.base import Layer
from nnviz.recipe import Recipe, architecture
from nnviz.training.config import TrainingConfig


def _perceptron(activation: str, *units: int) -> dict[str, Any]:
    """784 inputs, hidden layers of these sizes, ten softmax outputs."""

    hidden = [Dense(size, activation, name=f"hidden{n}") for n, size in enumerate(units, 1)]
    return architecture((784,), *hidden, Dense(10, "softmax", name="output"))


def _convolutional(*filters: int, dropout: float) -> dict[str, Any]:
    """A 5x5 convolution and a pooling for each size, dropout, then ten softmax outputs."""

    maps: list[Layer] = []
    for number, size in enumerate(filters, 1):
        maps += [
            Conv2D(size, 5, "relu", padding="same", name=f"conv{number}"),
            MaxPooling2D(name=f"pool{number}"),
        ]
    reading: list[Layer] = [Flatten(name="flatten"), Dropout(dropout, name="dropout")]
    return architecture((28, 28, 1), *maps, *reading, Dense(10, "softmax", name="output"))


def _recurrent(units: int) -> dict[str, Any]:
    """The image's rows one after the other, 28 numbers each; the last state is read out."""
    return architecture((28, 28), LSTM(units, name="lstm"), Dense(10, "softmax", name="output"))


def _settings(**own: Any) -> TrainingConfig:
    """What all recipes share: AdamW, one cycle, averaged weights."""
    shared = {"optimizer": "adamw", "schedule": "one_cycle", "averaging": 0.999, "batch_size": 256}
    return TrainingConfig(**{**shared, **own})


VARIANTS = 24  # copies teach as well as fresh ones in every epoch and cost far less
MILD = AugmentationSettings(
    rotation=7, scale=0.08, shear=0.1, shift=1.0, elastic=0.7, thickness=0.5
)
MEDIUM = AugmentationSettings(
    rotation=10, scale=0.1, shear=0.15, shift=1.5, elastic=0.5, thickness=0.4
)

RECIPES: dict[str, Recipe] = {
    "mlp-sigmoid": Recipe(
        "Sigmoid perceptron",
        _perceptron("sigmoid", 16, 16),
        _settings(epochs=400, learning_rate=0.03, weight_decay=0.02, seed=0),
        MILD,
        variants=VARIANTS,
    ),
    "mlp-relu": Recipe(
        "ReLU perceptron",
        _perceptron("relu", 16, 16),
        _settings(epochs=700, learning_rate=0.012, weight_decay=0.05, seed=3),
        MILD,
        variants=VARIANTS,
    ),
    "mlp-wide": Recipe(
        "Wide perceptron",
        _perceptron("relu", 128, 64),
        _settings(epochs=100, learning_rate=0.004, weight_decay=0.05, seed=0),
        MEDIUM,
        variants=VARIANTS,
    ),
    "cnn": Recipe(
        "Convolutional network",
        _convolutional(8, 16, dropout=0.25),
        _settings(epochs=60, learning_rate=0.005, weight_decay=0.02, batch_size=128, seed=0),
        MEDIUM,
        variants=VARIANTS,
    ),
    "lstm": Recipe(
        "Recurrent network (LSTM)",
        _recurrent(64),
        _settings(
            epochs=24,
            learning_rate=0.008,
            weight_decay=0.02,
            batch_size=128,
            gradient_clip=1.0,
            seed=0,
        ),
        MEDIUM,
        variants=VARIANTS,
    ),
}


RECIPES["mlp-two-heads"] = Recipe(
    "Two heads: digit and loops",
    {
        **architecture(
            (784,),
            Dense(16, "sigmoid", name="hidden1"),
            Dense(16, "sigmoid", name="hidden2"),
            Dense(10, "softmax", name="digit"),
            Dense(3, "softmax", name="loops"),
        ),
        "heads": 2,
    },
    _settings(epochs=200, learning_rate=0.03, weight_decay=0.02, seed=0),
    MILD,
    variants=12,
)
RECIPES["houses-mlp"] = Recipe(
    "House prices: 8-6-4-1",
    architecture(
        (8,),
        Dense(6, "relu", name="hidden1"),
        Dense(4, "relu", name="hidden2"),
        Dense(1, name="output"),
    ),
    _settings(
        epochs=200,
        batch_size=32,
        loss="mean_squared_error",
        learning_rate=0.03,
        weight_decay=0.1,
        seed=0,
    ),
    samples=1_755,
    problem="houses",
)
# Gradient descent on all houses at once: the squared error of a linear model has one minimum.
RECIPES["houses-linear"] = Recipe(
    "House prices: linear",
    architecture((8,), Dense(1, name="output")),
    TrainingConfig(
        epochs=3_000,
        batch_size=1_755,
        loss="mean_squared_error",
        optimizer="sgd",
        learning_rate=0.1,
        momentum=0.9,
    ),
    samples=1_755,
    problem="houses",
)
RECIPES["pen-lstm"] = Recipe(
    "Pen movements (LSTM)",
    architecture(
        (48, 5),
        LSTM(32, name="lstm"),
        Dropout(0.2, name="dropout"),
        Dense(10, "softmax", name="output"),
    ),
    _settings(
        epochs=120,
        batch_size=64,
        learning_rate=0.01,
        weight_decay=0.1,
        gradient_clip=1.0,
        averaging=0.99,
        seed=1,
    ),
    AugmentationSettings(
        rotation=11.5, scale=0.2, shear=0.25, shift=0, elastic=0, thickness=0, reversal=0.2
    ),
    samples=1_650,
    variants=VARIANTS,
    problem="pen",
)


def get(name: str) -> Recipe:
    """The recipe of that name; raises `InputError` for a name there is none for."""
    return look_up(RECIPES, name, "a recipe", "unknown_recipe")

"""What is taken for what, and the data it was measured on, as JSON."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from nnviz.web.schemas.digits import Digit, Label, Probability

Place = Annotated[int, Meta(ge=0, description="The digit's place in its split.")]
Interval = Annotated[
    list[Probability],
    Meta(min_length=2, max_length=2, description="95%, by Wilson's method: low, high."),
]
Share = Annotated[Probability | None, Meta(description="null: it cannot be told.")]


class DisputedLabel(Struct):
    """A digit whose label people doubt, and how many of five saw which."""

    index: Place
    label: Label
    guess: Label
    given: int
    guessed: int
    neither: int


class Labels(Struct):
    """The label of every digit of a split, in order."""

    dataset: str
    split: Literal["train", "test"]
    total: int
    labels: list[Label]
    disputed: list[DisputedLabel]


class PredictionList(Struct):
    """What a model says of every digit of a split, in order; probabilities to six places."""

    model: str
    split: Literal["train", "test"]
    total: int
    predictions: list[Label]
    confidences: list[Probability]
    label_probabilities: list[Probability]


class Misreading(Struct):
    """The test digits that a model misreads, in order, and what it says of each."""

    model: str
    indices: list[Place]
    predictions: list[Label]


class MisreadingList(Struct):
    """What each model that ships and reads digits' images misreads of the test set."""

    dataset: str
    split: Literal["test"]
    total: int
    models: list[Misreading]


class ClassMeasure(Struct):
    """How one class is read: ``total`` digits are of it, ``predicted`` were read as it."""

    label: Label
    total: int
    predicted: int
    precision: Share
    recall: Share
    f1: Share
    precision_interval: Interval
    recall_interval: Interval


class ConfidenceBin(Struct):
    """Predictions with ``low < confidence ≤ high``: their mean confidence, the share right."""

    low: Probability
    high: Probability
    count: int
    confidence: Share
    accuracy: Share
    interval: Interval


class Confusion(Struct):
    """What is taken for what over the test digits; ``matrix`` has a row for each label."""

    model: str
    total: int
    correct: int
    accuracy: Probability
    interval: Interval
    matrix: list[list[int]]
    classes: list[ClassMeasure]
    calibration: list[ConfidenceBin]
    expected_calibration_error: Probability
    mean_confidence: Probability


class Misread(Digit):
    """A digit that is misread."""

    prediction: Label
    confidence: Probability
    label_probability: Probability
    disputed: bool


class MisreadPage(Struct):
    """Misread digits, the surest first. ``total`` counts those that fit."""

    model: str
    total: int
    offset: int
    limit: int
    label: Label | None
    prediction: Label | None
    digits: list[Misread]

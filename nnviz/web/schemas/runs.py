"""Training runs: to start one, to ask something of it, and how it stands."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from nnviz.recipe import Recipe

Title = Annotated[str, Meta(min_length=1, max_length=60)]
Command = Literal["go", "pause", "batch", "epoch", "stop", "rate", "pace"]
STATES = ("waiting", "running", "paused", "done", "stopped", "failed")


class NewRun(Struct, forbid_unknown_fields=True):
    """A training to be started. The same ``key`` again gives the same run."""

    recipe: Recipe
    key: Annotated[str, Meta(min_length=8, max_length=64)] | None = None


class RunCommand(Struct, forbid_unknown_fields=True):
    """What a run shall do from the next batch on; ``value`` is the rate's or the pace's.

    The pace is a pause of 0 to 2 seconds after each batch, to watch; it ends by itself.
    """

    command: Command
    value: float | None = None


class NewTitle(Struct, forbid_unknown_fields=True):
    """A run's other title."""

    title: Title


class NewRunModel(Struct, forbid_unknown_fields=True):
    """A checkpoint to be kept as a model."""

    title: Title
    batch: Annotated[int, Meta(ge=0)]


class OutputMeasure(Struct):
    """How one of a run's outputs fares: accuracy, of numbers R² and the mean absolute error."""

    name: str
    validation: float | None
    validation_error: float | None
    tested: float | None
    tested_error: float | None


class RunSummary(Struct):
    """A run as it stands. ``queue_position`` counts from 1 while it waits in the queue."""

    id: str
    title: str
    state: Annotated[str, Meta(examples=list(STATES))]
    reason: str
    mine: Annotated[bool, Meta(description="Who asks may change it.")]
    queue_position: int | None
    architecture: str
    layer_kinds: Annotated[
        list[str], Meta(description="Of each layer; of runs that are older than this, none.")
    ]
    parameters: int
    batch: int
    batches: int
    batches_an_epoch: int
    until: int
    seconds: Annotated[float, Meta(description="Time spent on training so far, without pauses.")]
    speed: Annotated[float, Meta(description="Samples a second, lately.")]
    seconds_left: Annotated[
        float | None,
        Meta(description="Learned from its batches; null before it has some, and of a slow one."),
    ]
    pace: Annotated[float, Meta(description="Seconds of pause after each batch; 0 at full speed.")]
    validation: Annotated[
        float | None, Meta(description="Newest accuracy, of numbers R², on what is held out.")
    ]
    tested: Annotated[float | None, Meta(description="The same on the test set at the end.")]
    created: float
    training: dict[str, Any]
    samples: int
    problem: Annotated[str, Meta(examples=["digits", "houses"])]
    tested_error: Annotated[
        float | None, Meta(description="Mean absolute error there, of an output that is a number.")
    ]
    outputs: Annotated[
        list[OutputMeasure],
        Meta(
            description="Every output's own measures, once there are any; the first is told above."
        ),
    ]


class UsageObject(Struct):
    """Bytes that models and runs take, of those that they may; what the disk has left."""

    used: int
    budget: int
    free: int
    state: Annotated[str, Meta(description="ok, near or full.", examples=["ok"])]


class RunList(Struct):
    """Every run, the newest first. ``trouble`` keeps them from being trained.

    ``lost``: those from before are gone, for the data folder was deleted.
    """

    runs: list[RunSummary]
    usage: UsageObject
    trouble: Annotated[str | None, Meta(description="database, disk, worker, lost; null if none.")]


class Curve(Struct):
    """Means over some batches each, up to and including ``batch``; null stands for NaN."""

    batch: list[int]
    loss: list[float | None]
    accuracy: list[float | None]
    learning_rate: list[float]


class LayerHealthObject(Struct):
    """Root mean squares of a layer's weights and of their last gradient, and silent units.

    ``alike``: all units of the layer have the same weights.
    """

    name: str
    weights: float | None
    gradients: float | None
    silent: int
    units: int
    alike: bool = False


class OutputHealthObject(Struct):
    """An output's loss and accuracy (of numbers R²) on what is learned from and what is held out.

    ``error`` and ``validation_error`` are mean absolute errors in the output's unit, null of
    classes.
    """

    name: str
    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    error: float | None = None
    validation_error: float | None = None


class CheckpointObject(Struct):
    """Loss and accuracy on digits as they are, at a batch whose weights are kept.

    With several outputs losses are the means of theirs, accuracies the first's; ``outputs`` tells
    each one's.
    """

    batch: int
    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    layers: list[LayerHealthObject]
    outputs: list[OutputHealthObject] = []


class RunDetails(Struct):
    """A run, and what is new behind the batch that was asked for.

    ``kept`` has the batch of every checkpoint that there is: those of a slow run go again.
    """

    run: RunSummary
    recipe: Annotated[
        Recipe | None,
        Meta(
            description="With what was changed by hand. null when no rate was changed behind the "
            "batch that was asked for, and when it is longer than 1,000,000 characters."
        ),
    ]
    curve: Curve
    checkpoints: list[CheckpointObject]
    kept: list[int]
    problems: Annotated[
        list[str],
        Meta(description="diverged, rising, alike, nothing_learned, overfitting, silent"),
    ]

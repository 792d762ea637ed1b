"""The settings of a training, and the loss, schedule and optimizer that they name."""

from typing import Annotated

from msgspec import Meta

from nnviz import losses
from nnviz.checked import Checked
from nnviz.errors import InputError
from nnviz.losses import Loss
from nnviz.network import Network
from nnviz.training import optimizers, schedules
from nnviz.training.optimizers import Optimizer
from nnviz.training.schedules import Schedule

LARGEST_SEED = 2**63 - 1
LARGEST_RATE = 1e38  # what float32 holds
Count = Annotated[int, Meta(ge=1, le=1_000_000)]
Share = Annotated[float, Meta(ge=0, lt=1)]
Rate = Annotated[
    float,
    Meta(gt=0, le=LARGEST_RATE, description="The peak that the schedule takes its share of."),
]
Seed = Annotated[int, Meta(ge=0, le=LARGEST_SEED)]


def _one_of(names: dict[str, object]) -> dict[str, object]:
    return {"enum": [*names]}


LossName = Annotated[str, Meta(extra_json_schema=_one_of({**losses.LOSSES}))]
OptimizerName = Annotated[str, Meta(extra_json_schema=_one_of({**optimizers.OPTIMIZERS}))]
ScheduleName = Annotated[str, Meta(extra_json_schema=_one_of({**schedules.SCHEDULES}))]


class TrainingConfig(Checked, frozen=True):
    """The settings of a training run. ``averaging`` is the decay of the weight average, 0 for none;
    ``gradient_clip`` the greatest length of a gradient, 0 for any. ``momentum`` and ``nesterov``
    belong to sgd, ``beta1`` and ``beta2`` to adam and adamw.
    """

    epochs: Count = 10
    batch_size: Count = 128
    loss: LossName = "cross_entropy"
    label_smoothing: Share = 0.0
    optimizer: OptimizerName = "adam"
    learning_rate: Rate = 0.001
    schedule: ScheduleName = "constant"
    weight_decay: Share = 0.0
    momentum: Share = 0.0
    nesterov: bool = False
    beta1: Share = 0.9
    beta2: Share = 0.999
    averaging: Share = 0.0
    gradient_clip: Annotated[float, Meta(ge=0, le=1e9)] = 0.0
    seed: Seed = 0

    def parts(self, network: Network) -> tuple[Loss, Schedule, Optimizer]:
        """What the settings name, made for this network.

        Raises `InputError` for a name that there is none for and for what does not fit.
        """
        loss = losses.get(self.loss, self.label_smoothing)
        for layer in network.output_layers:
            losses.check_fits(loss, layer.activation)
        optimizer = optimizers.create(
            self.optimizer,
            network,
            self.weight_decay,
            momentum=self.momentum,
            nesterov=self.nesterov,
            beta1=self.beta1,
            beta2=self.beta2,
        )
        return loss, schedules.get(self.schedule), optimizer


def checked_rate(rate: float) -> float:
    """A learning rate; raises `InputError` for one that is not above 0."""
    if not 0 < rate <= LARGEST_RATE:
        raise InputError("out_of_range", f"Expected a learning rate above 0; got {rate}.")
    return rate

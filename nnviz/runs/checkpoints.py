"""A training as bytes: all that the next batch depends on, and when weights are kept to look at."""

import hashlib
import json
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from nnviz.errors import InputError
from nnviz.training import Trainer

KEPT = 80  # planned checkpoints of a run
WEIGHT = 4  # bytes
STATES, ARRAYS = 2, 4  # states to go on from, and arrays of each: parameters, average, m and v
CURVES = 400_000  # bytes of points, and of what is told of each checkpoint


def planned(batches: int, batches_an_epoch: int, most: int = KEPT) -> frozenset[int]:
    """After which batches the weights are kept: early ones close together, later ones far apart.

    Half grows geometrically from the first batch to the last, for that is how learning goes; half
    are ends of epochs, evenly chosen.
    """
    half = max(2, most // 2)
    early = np.geomspace(1, batches, half).round().astype(int)
    epochs = np.arange(batches_an_epoch, batches + 1, batches_an_epoch)
    chosen = epochs[np.linspace(0, len(epochs) - 1, min(half, len(epochs))).round().astype(int)]
    return frozenset([0, batches, *early.tolist(), *chosen.tolist()])


def affordable(parameters: int, megabytes: int) -> int:
    """How many checkpoints of a network fit."""
    return max(4, min(KEPT, megabytes * 1_000_000 // (WEIGHT * max(1, parameters))))


def spare(most: int) -> int:
    """How many checkpoints are kept besides the planned ones: of where one paused."""
    return max(2, most // 4)


def kept_bytes(parameters: int, moments: int) -> int:
    """What so many checkpoints and two states take at most, with the curves beside them."""
    return WEIGHT * parameters * (moments + STATES * ARRAYS) + CURVES


def digest(content: bytes) -> str:
    """By which a broken checkpoint is known."""
    return hashlib.sha256(content).hexdigest()


def state_bytes(trainer: Trainer) -> bytes:
    """All that the trainer's next batch depends on."""
    arrays, values = trainer.state()
    return safetensors.numpy.save(arrays, {"values": json.dumps(values)})


def restore(trainer: Trainer, content: bytes) -> None:
    """Let the trainer stand where `state_bytes` was taken; raises `InputError`."""
    try:
        arrays = safetensors.numpy.load(content)
        size = int.from_bytes(content[:8], "little")
        values: dict[str, Any] = json.loads(
            json.loads(content[8 : 8 + size])["__metadata__"]["values"]
        )
    except (safetensors.SafetensorError, KeyError, ValueError) as error:
        raise InputError("broken_checkpoint", f"Expected a checkpoint; got {error!r}.") from error
    trainer.restore(arrays, values)


def weights_of(content: bytes, sha256: str) -> NDArray[np.float32]:
    """A checkpoint's parameters; raises `InputError` (``broken_checkpoint``)."""
    if digest(content) != sha256:
        raise InputError(
            "broken_checkpoint",
            "Expected the checkpoint as it was written; its content is another. Choose one beside.",
        )
    return np.frombuffer(content, np.float32)

"""Losses: one number that says how wrong an output is, and its derivative.

Both losses read the last layer's trace. Every sample (and, for a sequence, every step) has a loss
of its own; **their mean is the scalar that is minimised**. `gradient` returns ``dz = ∂L/∂z`` of the
last layer, which is what `Network.backward` starts from.

Targets are class numbers (N,), or arrays in the shape of the output.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.activations import Linear, Softmax
from nnviz.errors import InputError
from nnviz.layers.base import LayerTrace

Array = NDArray[Any]


class Loss:
    """What a loss can do; ``name`` is the word used in settings and files."""

    name: str

    def value(self, output: LayerTrace, targets: Array) -> float:
        """The mean loss of the batch."""
        raise NotImplementedError

    def gradient(self, output: LayerTrace, targets: Array) -> Array:
        """``∂(mean loss)/∂z`` of the last layer, in its shape."""
        raise NotImplementedError


class CrossEntropy(Loss):
    """``L = −Σ_k y_k log softmax(z)_k``, computed from ``z``, so that nothing overflows.

    The last layer is softmax or linear (then its outputs are logits). With ``label_smoothing`` s
    the target is ``(1 − s) y + s / K`` (Szegedy et al., CVPR 2016).
    """

    name = "cross_entropy"

    def __init__(self, label_smoothing: float = 0.0) -> None:
        if not 0 <= label_smoothing < 1:
            raise InputError(
                "out_of_range", f"Expected label smoothing 0 ≤ s < 1; got {label_smoothing}."
            )
        self.label_smoothing = label_smoothing

    def value(self, output: LayerTrace, targets: Array) -> float:
        """``mean(log Σ_j e^z_j − Σ_k y_k z_k)``."""
        z = output.z.reshape(-1, output.z.shape[-1])
        shifted = z - z.max(axis=1, keepdims=True)
        log_total = np.log(np.exp(shifted).sum(axis=1))
        labels = np.asarray(targets)
        if self.label_smoothing or labels.shape == output.z.shape:
            y = self._smoothed(labels, output)
            return float(np.mean(log_total * y.sum(axis=1) - (y * shifted).sum(axis=1)))
        return float(np.mean(log_total - shifted[np.arange(len(z)), labels.ravel()]))

    def gradient(self, output: LayerTrace, targets: Array) -> Array:
        """``dz = (softmax(z) − y) / N``."""
        probabilities = output.a if self._is_softmax(output) else Softmax().forward(output.z)
        dz = probabilities.reshape(-1, probabilities.shape[-1]).copy()
        labels = np.asarray(targets)
        if self.label_smoothing or labels.shape == output.z.shape:
            y = self._smoothed(labels, output)
            dz *= y.sum(axis=1, keepdims=True)
            dz -= y
        else:
            dz[np.arange(len(dz)), labels.ravel()] -= 1
        dz *= 1 / len(dz)
        return dz.reshape(output.z.shape)

    def _smoothed(self, labels: Array, output: LayerTrace) -> Array:
        classes = output.z.shape[-1]
        y = _one_hot(labels, output).reshape(-1, classes)
        smoothed: Array = (1 - self.label_smoothing) * y + self.label_smoothing / classes
        return smoothed

    @staticmethod
    def _is_softmax(output: LayerTrace) -> bool:
        return isinstance(output.activation, Softmax)


class MeanSquaredError(Loss):
    """``L = mean_k (a_k − y_k)²``: the mean over the outputs, then over the batch.

    Works on the activations whatever made them; with sigmoid outputs and one-hot targets it is the
    classic way of teaching a perceptron.
    """

    name = "mean_squared_error"

    def value(self, output: LayerTrace, targets: Array) -> float:
        """``mean((a − y)²)``."""
        return float(np.mean((output.a - _one_hot(targets, output)) ** 2))

    def gradient(self, output: LayerTrace, targets: Array) -> Array:
        """``da = 2 (a − y) / size``, taken back through the activation."""
        da = output.a - _one_hot(targets, output)
        da *= 2 / da.size
        return output.activation.backward(da, output.z, output.a)


def _one_hot(targets: Array, output: LayerTrace) -> Array:
    targets = np.asarray(targets)
    if targets.shape == output.a.shape:
        return targets
    return np.eye(output.a.shape[-1], dtype=output.a.dtype)[targets.astype(np.intp)]


LOSSES: dict[str, type[Loss]] = {loss.name: loss for loss in (CrossEntropy, MeanSquaredError)}


def get(name: str, label_smoothing: float = 0.0) -> Loss:
    """The loss of that name; raises `InputError` for a name or a setting there is none for."""
    if name == CrossEntropy.name:
        return CrossEntropy(label_smoothing)
    if name == MeanSquaredError.name and not label_smoothing:
        return MeanSquaredError()
    known = ", ".join(LOSSES)
    raise InputError(
        "unknown_loss",
        f"Expected a loss out of {known} (label smoothing with cross_entropy only); got {name!r}.",
    )


def check_fits(loss: Loss, activation: object) -> None:
    """Raise `InputError` when the loss cannot be taken behind this last activation."""
    if isinstance(loss, CrossEntropy) and not isinstance(activation, Softmax | Linear):
        raise InputError(
            "unknown_loss",
            "Cross-entropy expects a softmax or linear last layer; "
            f"got {getattr(activation, 'name', activation)!r}.",
        )

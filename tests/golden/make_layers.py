"""Makes layers.npz with PyTorch: convolution, pooling and recurrence, forward and backward.

Run once, by hand, where PyTorch is installed: ``python tests/golden/make_layers.py``. The arrays
are kept in Keras layouts: images N H W C, kernels h w in out, gates i f g o side by side.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
golden: dict[str, np.ndarray] = {}


def last(images: Tensor) -> Tensor:
    """N C H W to N H W C."""
    return images.permute(0, 2, 3, 1)


def keep(name: str, x: Tensor, a: Tensor, **parameters: tuple[Tensor, Tensor]) -> None:
    """Keep inputs, outputs and gradients; a parameter comes as (value, gradient)."""
    arrays = {"x": x, "a": a}
    for key, (value, gradient) in parameters.items():
        arrays |= {key: value, f"d{key}": gradient}
    golden.update({f"{name}/{key}": value.detach().numpy().copy() for key, value in arrays.items()})


def image_layer(name: str, layer: nn.Module, size: tuple[int, int]) -> None:
    x = torch.randn(3, 2, *size, requires_grad=True)
    a = layer(x)
    da = torch.randn_like(a)
    a.backward(da)
    parameters = {}
    if isinstance(layer, nn.Conv2d):
        kernel = layer.weight
        parameters["W"] = (kernel.permute(2, 3, 1, 0), kernel.grad.permute(2, 3, 1, 0))
        parameters["b"] = (layer.bias, layer.bias.grad)
    keep(name, last(x), last(a), **parameters)
    golden[f"{name}/da"] = last(da).numpy().copy()
    golden[f"{name}/dx"] = last(x.grad).numpy().copy()


def sequence_layer(name: str, layer: nn.RNNBase) -> None:
    x = torch.randn(3, 6, 3, requires_grad=True)
    nn.init.zeros_(layer.bias_hh_l0)  # one bias, as Keras has it
    a, _ = layer(x)
    da = torch.randn_like(a)
    a.backward(da)
    keep(
        name,
        x,
        a,
        W=(layer.weight_ih_l0.T, layer.weight_ih_l0.grad.T),
        U=(layer.weight_hh_l0.T, layer.weight_hh_l0.grad.T),
        b=(layer.bias_ih_l0, layer.bias_ih_l0.grad),
    )
    golden[f"{name}/da"] = da.numpy().copy()
    golden[f"{name}/dx"] = x.grad.numpy().copy()


image_layer("conv-valid", nn.Conv2d(2, 4, 3), (8, 7))
image_layer("conv-same", nn.Conv2d(2, 4, 5, padding="same"), (8, 6))
image_layer("conv-strided", nn.Conv2d(2, 4, 3, stride=2), (8, 7))
image_layer("max-pool", nn.MaxPool2d(2), (8, 7))
image_layer("max-pool-overlap", nn.MaxPool2d(3, 2), (8, 7))
image_layer("average-pool", nn.AvgPool2d(2), (8, 7))
sequence_layer("lstm", nn.LSTM(3, 5, batch_first=True))
sequence_layer("rnn", nn.RNN(3, 5, batch_first=True))

np.savez_compressed(Path(__file__).parent / "layers.npz", **golden)

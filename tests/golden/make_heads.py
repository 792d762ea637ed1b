"""Makes heads.npz with PyTorch: two outputs on one trunk, a linear output, and their gradients.

Run once, by hand, where PyTorch is installed: ``python tests/golden/make_heads.py``. Weights are
kept in Keras layouts, in x out.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
golden: dict[str, np.ndarray] = {}


def keep(name: str, **layers: nn.Linear) -> None:
    """Keep every layer's weights and their gradients."""
    for layer, module in layers.items():
        for key, value in (("W", module.weight), ("b", module.bias)):
            golden[f"{name}/{layer}/{key}"] = value.detach().numpy().T.copy()
            golden[f"{name}/{layer}/d{key}"] = value.grad.numpy().T.copy()


x = torch.randn(7, 5, requires_grad=True)
digits, loops = torch.randint(0, 4, (7,)), torch.randint(0, 3, (7,))
trunk, digit, count = nn.Linear(5, 6), nn.Linear(6, 4), nn.Linear(6, 3)
hidden = torch.sigmoid(trunk(x))
both = [
    nn.functional.cross_entropy(head(hidden), labels)
    for head, labels in ((digit, digits), (count, loops))
]
(sum(both) / 2).backward()
keep("heads", hidden=trunk, digit=digit, loops=count)
golden |= {
    "heads/x": x.detach().numpy(),
    "heads/dx": x.grad.numpy(),
    "heads/digits": digits.numpy(),
    "heads/counts": loops.numpy(),
    "heads/losses": np.array([loss.item() for loss in both]),
}

x = torch.randn(7, 5, requires_grad=True)
prices = torch.randn(7, 1)
trunk, price = nn.Linear(5, 6), nn.Linear(6, 1)
a = price(torch.relu(trunk(x)))
loss = nn.functional.mse_loss(a, prices)
loss.backward()
keep("number", hidden=trunk, price=price)
golden |= {
    "number/x": x.detach().numpy(),
    "number/dx": x.grad.numpy(),
    "number/a": a.detach().numpy(),
    "number/prices": prices.numpy(),
    "number/losses": np.array([loss.item()]),
}

np.savez_compressed(Path(__file__).parent / "heads.npz", **golden)

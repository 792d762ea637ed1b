"""Makes golden.npz with PyTorch: forward, loss, gradients and optimizer steps to compare with.

Run once, by hand, where PyTorch is installed: ``python tests/golden/make_golden.py``. The tests
need only the file.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
golden: dict[str, np.ndarray] = {}

ACTIVATIONS = {"sigmoid": nn.Sigmoid, "relu": nn.ReLU, "tanh": nn.Tanh}


def keep(name: str, value: torch.Tensor) -> None:
    golden[name] = value.detach().numpy().copy()


def perceptron(activation: str) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(7, 5),
        ACTIVATIONS[activation](),
        nn.Linear(5, 4),
        ACTIVATIONS[activation](),
        nn.Linear(4, 3),
    )


x, labels = torch.randn(6, 7), torch.tensor([0, 1, 2, 1, 0, 2])
keep("x", x)
keep("labels", labels)

for activation in ACTIVATIONS:
    model = perceptron(activation)
    linear = [layer for layer in model if isinstance(layer, nn.Linear)]
    for loss_name in ("cross_entropy", "smoothed", "mean_squared_error"):
        model.zero_grad()
        inputs = x.clone().requires_grad_()
        logits = model(inputs)
        if loss_name == "mean_squared_error":
            one_hot = nn.functional.one_hot(labels, 3).to(logits.dtype)
            loss = nn.functional.mse_loss(torch.sigmoid(logits), one_hot)
        else:
            smoothing = 0.1 if loss_name == "smoothed" else 0.0
            loss = nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
        loss.backward()
        key = f"{activation}/{loss_name}"
        keep(f"{key}/loss", loss)
        keep(f"{key}/dx", inputs.grad)
        for number, layer in enumerate(linear):
            keep(f"{activation}/W{number}", layer.weight.T)
            keep(f"{activation}/b{number}", layer.bias)
            keep(f"{key}/dW{number}", layer.weight.grad.T)
            keep(f"{key}/db{number}", layer.bias.grad)
    keep(f"{activation}/logits", model(x))

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd-l2": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-l2": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.05),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05),
}
start = torch.randn(4, 3)
steps = torch.randn(5, 4, 3)
keep("optimizer/start", start)
keep("optimizer/gradients", steps)
for name, create in OPTIMIZERS.items():
    parameter = nn.Parameter(start.clone())
    optimizer = create([parameter])
    for gradient in steps:
        parameter.grad = gradient.clone()
        optimizer.step()
    keep(f"optimizer/{name}", parameter)

np.savez_compressed(Path(__file__).parent / "golden.npz", **golden)

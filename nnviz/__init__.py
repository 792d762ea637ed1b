"""nnviz: a neural network in NumPy whose every number can be seen and recomputed."""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`nnviz.train` and `nnviz.model_file` are there without their imports burdening all else."""
    if name == "train":
        from nnviz.recipe.training import train

        return train
    if name == "model_file":
        from nnviz.models import model_file

        return model_file
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

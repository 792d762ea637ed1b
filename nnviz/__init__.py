"""nnviz: a neural network in NumPy whose every number can be seen and recomputed."""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`nnviz.train` is there without its imports burdening everything else."""
    if name == "train":
        from nnviz.recipe_training import train

        return train
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

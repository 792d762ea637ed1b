"""nnviz: a neural network in NumPy whose every number can be seen and recomputed."""

__version__ = "0.1.0"

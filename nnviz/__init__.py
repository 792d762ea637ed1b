"""nnviz: a neural network in NumPy whose every number can be seen and recomputed."""

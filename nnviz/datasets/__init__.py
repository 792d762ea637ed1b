"""Digits to learn from: MNIST, shipped with the project."""

"""What the application at hand holds: its models and its trainings."""

from flask import current_app

from nnviz.runs.service import Training
from nnviz.web.served import ServedModels

MODELS, TRAINING = "nnviz-models", "nnviz-training"  # names among the application's extensions


def served_models() -> ServedModels:
    """The application's models."""
    models: ServedModels = current_app.extensions[MODELS]
    return models


def training() -> Training:
    """The application's trainings."""
    found: Training = current_app.extensions[TRAINING]
    return found

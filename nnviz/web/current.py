"""What the application at hand holds: its settings, its models and its trainings."""

from flask import current_app

from nnviz.chapters.library import Library
from nnviz.runs.service import Training
from nnviz.settings import Settings
from nnviz.web.served import ServedModels

<<<<<<< HEAD
# names among the application's extensions
SETTINGS, MODELS, TRAINING = "nnviz-settings", "nnviz-models", "nnviz-training"


def settings() -> Settings:
    """The application's settings."""
    found: Settings = current_app.extensions[SETTINGS]
    return found
=======
# Names among the application's extensions.
MODELS, TRAINING, CHAPTERS = "nnviz-models", "nnviz-training", "nnviz-chapters"
>>>>>>> 9addf41 (Learn: chapters as text files, read and checked with line numbers; a chapter stands beside the real Draw screen)


def served_models() -> ServedModels:
    """The application's models."""
    models: ServedModels = current_app.extensions[MODELS]
    return models


def training() -> Training:
    """The application's trainings."""
    found: Training = current_app.extensions[TRAINING]
    return found


def chapters() -> Library:
    """The chapters of the Learn screen."""
    found: Library = current_app.extensions[CHAPTERS]
    return found

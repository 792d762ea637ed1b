"""What the application at hand holds: its settings, its models, trainings and chapters."""

from collections.abc import Callable

from flask import current_app, request

from nnviz.chapters.library import Library
from nnviz.runs.service import Training
from nnviz.settings import Settings
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.bounds.shared_files import SharedFiles
from nnviz.web.model_registry import ModelRegistry

# names among the application's extensions
SETTINGS, MODELS = "nnviz-settings", "nnviz-models"
TRAINING, CHAPTERS = "nnviz-training", "nnviz-chapters"
LONG_WORK, PICTURES, MAPS = "nnviz-long-work", "nnviz-pictures", "nnviz-maps"
SHARED = "nnviz-shared-files"


def settings() -> Settings:
    """The application's settings."""
    found: Settings = current_app.extensions[SETTINGS]
    return found


def model_registry() -> ModelRegistry:
    """The application's models."""
    models: ModelRegistry = current_app.extensions[MODELS]
    return models


def training() -> Training:
    """The application's trainings."""
    found: Training = current_app.extensions[TRAINING]
    return found


def chapters() -> Library:
    """The chapters of the Learn screen."""
    found: Library = current_app.extensions[CHAPTERS]
    return found


def long_work() -> LongWork:
    """The application's long work: the test set, dear edits."""
    found: LongWork = current_app.extensions[LONG_WORK]
    return found


def pictures() -> LongWork:
    """The pictures that are being read, one at a time: a large one takes much memory."""
    found: LongWork = current_app.extensions[PICTURES]
    return found


def map_work() -> LongWork:
    """The maps that are being drawn, one at a time: each takes seconds, and tells how far it is."""
    found: LongWork = current_app.extensions[MAPS]
    return found


def shared_files() -> SharedFiles:
    """What the application shares with its other processes, and keeps: its maps."""
    found: SharedFiles = current_app.extensions[SHARED]
    return found


def is_gone() -> bool:
    """Whether the client has left whose request this is; false where the server does not tell."""
    gone: Callable[[], bool] = request.environ.get("nnviz.gone", bool)
    return gone()

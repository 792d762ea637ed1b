"""The trained networks that ship, one safetensors file each."""

from functools import cache
from pathlib import Path

from nnviz.errors import unknown
from nnviz.models import model_file
from nnviz.models.model_file import Model

FOLDER = Path(__file__).parent
DEFAULT = "mlp-sigmoid"
DIGITS = ("mlp-sigmoid", "mlp-relu", "mlp-wide", "cnn", "lstm")  # say which digit, nothing else
ORDER = (*DIGITS, "mlp-two-heads", "houses-mlp", "houses-linear", "pen-lstm")


def names() -> list[str]:
    """The ids of the shipped models, simplest first."""
    found = {path.stem for path in FOLDER.glob("*.safetensors")}
    return [name for name in ORDER if name in found]


@cache
def load(name: str) -> Model:
    """The shipped model of that id; raises `InputError` (``unknown_model``)."""
    if name not in names():
        raise unknown(names(), name, "a model", "unknown_model")
    return model_file.load(FOLDER / f"{name}.safetensors")

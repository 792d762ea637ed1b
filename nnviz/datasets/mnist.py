"""MNIST: 60,000 training and 10,000 test digits, shipped as the four original IDX files.

The content is checked by SHA-256 whenever it is read. The first read decompresses it and leaves a
copy in the user's cache folder (``NNVIZ_CACHE``, else the platform's), from which later reads take
a fraction of the time; without a folder that can be written everything works, only slower.

Source: Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits"; licence
CC BY-SA 3.0 (files/mnist/LICENSE.md).
"""

import contextlib
import gzip
import hashlib
import os
import tempfile
import time
import zlib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.datasets.dataset import Dataset, Part
from nnviz.environment import CACHE
from nnviz.errors import InputError

FILES = Path(__file__).parent / "files" / "mnist"
SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
LEFT = 3600.0  # seconds after which a copy that was never finished is taken for left over


@cache
def load() -> Dataset:
    """All 70,000 digits, read-only; loaded once per process.

    Raises `InputError` (``broken_dataset``) when a shipped file is missing or not what it was.
    """
    return Dataset(
        "mnist",
        train=Part(_read("train-images-idx3-ubyte"), _read("train-labels-idx1-ubyte")),
        test=Part(_read("t10k-images-idx3-ubyte"), _read("t10k-labels-idx1-ubyte")),
    )


def _read(name: str) -> NDArray[np.uint8]:
    return parse_idx(_cached(name) or _decompressed(name))


def _cached(name: str) -> bytes | None:
    try:
        content = (CACHE.read() / name).read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return None
    return content if hashlib.sha256(content).hexdigest() == SHA256[name] else None


def _decompressed(name: str) -> bytes:
    path = FILES / f"{name}.gz"
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise InputError("broken_dataset", f"{path.name} cannot be read: {error}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        raise InputError(
            "broken_dataset",
            f"Expected {path.name} with SHA-256 {SHA256[name]} inside; got {found}.",
        )
    _keep(name, content)
    return content


def _keep(name: str, content: bytes) -> None:
    """Leave a copy in the cache, whole or not at all."""
    try:
        folder = CACHE.read()
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder, name)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
    except (OSError, RuntimeError):
        return
    with contextlib.suppress(OSError):  # a full disk costs time at the next start, nothing else
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(temporary, folder / name)
        finally:
            Path(temporary).unlink(missing_ok=True)


def _tidy(folder: Path, name: str) -> None:
    """Remove what processes left that were killed while they kept a copy."""
    for path in folder.glob(f".{name}.*"):
        if path.stat().st_mtime < time.time() - LEFT:
            path.unlink(missing_ok=True)


def parse_idx(content: bytes) -> NDArray[np.uint8]:
    """The array in an IDX file of unsigned bytes, read-only.

    Two zero bytes, the type (8), the number of axes, each axis as a big-endian uint32, the values.
    """
    if len(content) < 4 or content[:3] != b"\x00\x00\x08":
        raise InputError("broken_dataset", "Expected an IDX file of unsigned bytes.")
    axes = content[3]
    if len(content) < 4 + 4 * axes:
        raise InputError("broken_dataset", f"Expected {axes} axes in an IDX file; got fewer.")
    shape = np.frombuffer(content, ">u4", axes, 4)
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * axes)
    if values.size != int(np.prod(shape.astype(object))):
        raise InputError(
            "broken_dataset", f"Expected values for shape {tuple(shape)}; got {values.size}."
        )
    return values.reshape(tuple(int(size) for size in shape))

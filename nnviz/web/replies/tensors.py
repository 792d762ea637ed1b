"""A reply with arrays as a safetensors file: the JSON it would be, its numbers beside it as bytes.

The file's metadata holds under ``reply`` the JSON, in which ``{"tensor": NAME}`` stands where an
array was; the tensor of that name has its values in the same order. Feature maps alone lie there
map by map, (maps, rows, columns), which compresses an eighth better and sooner. An array that is
told several times lies in the file once. (The format: 8 bytes with the header's length, the header
as JSON, the numbers; https://github.com/huggingface/safetensors.)
"""

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

DTYPES = {"f": "F32", "d": "F64", "B": "U8"}  # by NumPy's characters for them


class Shaped:
    """An array that JSON tells in one row, whatever its shape; of maps the last axis counts."""

    __slots__ = ("array",)

    def __init__(self, array: NDArray[Any]) -> None:
        self.array = array


def in_rows(value: object) -> NDArray[Any]:
    """For JSON: the values of a `Shaped` in one row, or of an array that is no block of memory."""
    if isinstance(value, Shaped):
        return value.array.ravel()
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(value)
    raise TypeError(f"Expected what JSON can tell; got {type(value).__name__}.")


def packed(value: dict[str, Any]) -> tuple[bytes, list[NDArray[Any]]]:
    """The file, and its arrays in their order."""
    header: dict[str, Any] = {"__metadata__": None}
    parts: list[bytes] = []
    arrays: list[NDArray[Any]] = []
    named: dict[int, dict[str, str]] = {}
    length = 0

    def beside(found: object) -> dict[str, str]:
        """Keep an array, and tell its name instead."""
        nonlocal length
        array = found.array if isinstance(found, Shaped) else found
        if not isinstance(array, np.ndarray):
            raise TypeError(f"Expected an array; got {type(array).__name__}.")
        if known := named.get(id(array)):
            return known
        name = str(len(parts))
        laid = array.transpose(2, 0, 1) if array.ndim == 3 else array
        part = laid.tobytes()
        header[name] = {
            "dtype": DTYPES[array.dtype.char],
            "shape": laid.shape,
            "data_offsets": (length, length + len(part)),
        }
        parts.append(part)
        arrays.append(array)
        length += len(part)
        return named.setdefault(id(array), {"tensor": name})

    reply = orjson.dumps(value, default=beside)
    header["__metadata__"] = {"reply": reply.decode()}
    told = orjson.dumps(header)
    told += b" " * (-len(told) % 8)
    return b"".join([len(told).to_bytes(8, "little"), told, *parts]), arrays


def dense(arrays: list[NDArray[Any]]) -> int:
    """The bytes of the last arrays, of fractions without a 0: gzip makes these hardly smaller."""
    total = 0
    for array in reversed(arrays):
        if array.dtype.kind != "f" or not array.all():  # which looks no further than the first 0
            break
        total += array.nbytes
    return total

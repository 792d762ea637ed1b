"""A reply with arrays as a safetensors file: the JSON it would be, its numbers beside it as bytes.

The file's metadata holds under ``reply`` the JSON, in which ``{"tensor": NAME}`` stands where an
array was; the tensor of that name has its values in the same order. Feature maps alone lie there
map by map, (maps, rows, columns), which compresses an eighth better and sooner. An array that is
told several times lies in the file once. (The format: 8 bytes with the header's length, the header
as JSON, the numbers; https://github.com/huggingface/safetensors.)
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

DTYPES = {"f4": "F32", "f8": "F64", "u1": "U8"}


class _Tensors:
    """The arrays that were found so far, each under the name of where it was found first."""

    def __init__(self) -> None:
        self.header: dict[str, Any] = {}
        self.parts: list[bytes] = []
        self._length = 0
        self._names: dict[tuple[object, ...], str] = {}

    def without(self, value: Any, place: str, shape: Sequence[int] = ()) -> Any:
        """The value with the names of its arrays in their places; ``shape`` reads an array."""
        if isinstance(value, np.ndarray):
            return {"tensor": self._kept(value, place, shape)}
        if isinstance(value, dict):
            own = value.get("shape", ())
            return {key: self.without(one, _inside(place, key), own) for key, one in value.items()}
        if isinstance(value, list):
            return [
                self.without(one, _inside(place, _name_of(one, number)))
                for number, one in enumerate(value)
            ]
        return value

    def _kept(self, array: NDArray[Any], name: str, shape: Sequence[int]) -> str:
        """Keep an array; the name under which it is kept."""
        code = array.dtype.str[1:]
        memory = (array.__array_interface__["data"][0], array.size, code)
        if memory in self._names:
            return self._names[memory]
        if len(shape) == 3:
            array = array.reshape(shape).transpose(2, 0, 1)
        part = array.tobytes()
        offsets = [self._length, self._length + len(part)]
        self.header[name] = {
            "dtype": DTYPES[code],
            "shape": array.shape,
            "data_offsets": offsets,
        }
        self.parts.append(part)
        self._length = offsets[1]
        self._names[memory] = name
        return name


def packed(value: dict[str, Any]) -> bytes:
    """The file; every array in ``value`` has one axis."""
    tensors = _Tensors()
    reply = orjson.dumps(tensors.without(value, ""), option=orjson.OPT_SERIALIZE_NUMPY)
    header = orjson.dumps({"__metadata__": {"reply": reply.decode()}, **tensors.header})
    header += b" " * (-len(header) % 8)
    return b"".join([len(header).to_bytes(8, "little"), header, *tensors.parts])


def _inside(place: str, key: str) -> str:
    return f"{place}/{key}" if place else key


def _name_of(value: Any, number: int) -> str:
    """A layer's or an output's own name, else which of the list it is."""
    own = value.get("name") if isinstance(value, dict) else None
    return str(number if own is None else own)

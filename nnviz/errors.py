"""Errors that bad input raises.

Domain code says what is wrong in its own words; one place in ``nnviz.web`` turns the code into an
HTTP status, and the command line prints the message.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


class InputError(ValueError):
    """Input from outside that cannot be used.

    ``code`` is stable and meant for programs (``"wrong_shape"``); the message is meant for people
    and says what was expected and what came.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def look_up(registry: Mapping[str, T], name: object, what: str, code: str) -> T:
    """What a registry holds under a name; raises `InputError` with the names that there are.

    ``what`` is the noun with its article, "an activation".
    """
    if not isinstance(name, str) or name not in registry:
        raise unknown(registry, name, what, code)
    return registry[name]


def unknown(known: Iterable[str], name: object, what: str, code: str) -> InputError:
    """That a name is none of those that are known."""
    return InputError(code, f"Expected {what} out of {', '.join(known)}; got {name!r}.")

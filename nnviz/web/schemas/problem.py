"""A failure as every address answers it."""

from msgspec import Struct


class Problem(Struct):
    """A failure (RFC 9457). ``code`` is stable; ``detail`` says what was expected and what came."""

    type: str
    title: str
    status: int
    code: str
    detail: str

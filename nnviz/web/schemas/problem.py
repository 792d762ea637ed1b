"""A failure as every address answers it."""

from msgspec import Struct


class Problem(Struct):
    """A failure (RFC 9457). ``code`` is stable; ``detail`` says what was expected and what came.

    The sentence is in English, or in another language that Accept-Language asks for.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str

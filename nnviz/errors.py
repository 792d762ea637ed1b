"""Errors that bad input raises.

Domain code says what is wrong in its own words; one place in ``nnviz.web`` turns the code into an
HTTP status, and the command line prints the message.
"""


class InputError(ValueError):
    """Input from outside that cannot be used.

    ``code`` is stable and meant for programs (``"wrong_shape"``); the message is meant for people
    and says what was expected and what came.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

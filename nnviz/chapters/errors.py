"""What is wrong with a chapter's text, and in which line."""

from nnviz.errors import InputError


class ChapterError(InputError):
    """A chapter's text that cannot be shown; says the file and the line (from 1)."""

    def __init__(self, message: str, line: int, name: str = "") -> None:
        super().__init__("bad_chapter", f"{name or 'chapter'}, line {line}: {message}")
        self.message = message
        self.line = line

    def of(self, name: str) -> "ChapterError":
        """The same mistake, with the name of the file it stands in."""
        return ChapterError(self.message, self.line, name)

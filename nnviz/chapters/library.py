"""The chapters that there are: those that ship, and a teacher's own.

A folder holds a folder a language (``en``, ``ko``) with a file a chapter, ``*.md``. A chapter of
one's own with the id of one that ships takes its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nnviz.chapters.errors import ChapterError
from nnviz.chapters.reading import Chapter, chapter

SHIPPED = Path(__file__).parent / "files"
LANGUAGES = ("en", "ko")
MOST = 100  # chapters a language


@dataclass(frozen=True, slots=True)
class Library:
    """Chapters and what stands around them, by language, in the order of their numbers."""

    chapters: Mapping[str, tuple[Chapter, ...]]

    def all(self, language: str) -> tuple[Chapter, ...]:
        """The chapters in a language; in English where there is none in it."""
        return tuple(each for each in self._texts(language) if each.kind == "chapter")

    def extras(self, language: str) -> tuple[Chapter, ...]:
        """What stands around the chapters: questions before and after, challenges."""
        return tuple(each for each in self._texts(language) if each.kind != "chapter")

    def find(self, language: str, id: str) -> Chapter | None:
        """One of them, or None."""
        return next((each for each in self._texts(language) if each.id == id), None)

    def _texts(self, language: str) -> tuple[Chapter, ...]:
        return self.chapters.get(language) or self.chapters.get("en", ())


def load(own: Path | None = None) -> Library:
    """Read all chapters; raises `ChapterError` with file and line for the first that is wrong."""
    return Library({language: _of(language, own) for language in LANGUAGES})


def _of(language: str, own: Path | None) -> tuple[Chapter, ...]:
    found = {**_shipped(language), **(_in(own / language) if own else {})}
    return tuple(sorted(found.values(), key=lambda each: each.number))


@lru_cache(maxsize=len(LANGUAGES))
def _shipped(language: str) -> Mapping[str, Chapter]:
    """What ships, which stays as it is while the program runs."""
    return _in(SHIPPED / language)


def _in(folder: Path) -> dict[str, Chapter]:
    """The chapters of a folder by their id; of two with the same the later file."""
    made = [_read(path) for path in sorted(folder.glob("*.md"))[:MOST]]
    return {each.id: each for each in made}


def _read(path: Path) -> Chapter:
    name = f"{path.parent.name}/{path.name}"
    try:
        return chapter(path.read_text("utf-8"))
    except ChapterError as error:
        raise error.of(name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ChapterError(f"Expected a text file in UTF-8; {error}.", 1, name) from None

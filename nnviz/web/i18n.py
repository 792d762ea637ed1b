"""Words: one catalogue a language, for templates and scripts alike.

A catalogue is a flat JSON object, ``key`` → text with ``{names}`` to fill in. Templates call
``t(key)``; the page carries the catalogue as a JSON data block, from which scripts read, without
the texts of the page itself (``page.*``, ``screen.*``), which are written into it already.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Request

LANGUAGES = {"en": "English", "ko": "한국어"}
DEFAULT = "en"
DRAW = "draw"
SCREENS = (
    DRAW,
    "train",
    "explore",
    "learn",
    "present",
    "speaker",
    "sheet",
    "missing",
    "class",
    "api",
)
# Catalogues of a screen besides the first one's, where it is not just the one of its name.
OWN = {"train": ("train", "step"), "present": ("learn", "present"), "speaker": ("learn", "present")}
# no page carries these: scripts ask for them
LATE = (
    "terms",
    "photo",
    "share",
    "told",
    "picker",
    "tour",
    "panels",
    "heads",
    "houses",
    "pen",
    "step",
    "widgets",
    "views",
)
COOKIE = "lang"
OF_PAGE = ("page.", "screen.")
FOLDER = Path(__file__).parent / "locales"


@cache
def catalogue(language: str, screen: str = DRAW) -> Mapping[str, str]:
    """All texts of a language that a screen needs: those of the first one, and its own."""
    texts: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    for name in OWN.get(screen, () if screen == DRAW else (screen,)):
        texts |= json.loads((FOLDER / f"{name}-{language}.json").read_text("utf-8"))
    return texts


def for_scripts(texts: Mapping[str, str]) -> dict[str, str]:
    """What scripts may say: all but the texts of the page itself."""
    return {key: text for key, text in texts.items() if not key.startswith(OF_PAGE)}


@cache
def late(language: str, name: str) -> bytes:
    """A catalogue that comes after the page, as JSON without needless space."""
    texts = json.loads((FOLDER / f"{name}-{language}.json").read_text("utf-8"))
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def version(language: str) -> str:
    """A hash of a language's late catalogues: it changes with any of them."""
    return hashlib.sha256(b"".join(late(language, name) for name in LATE)).hexdigest()[:12]


def translate(texts: Mapping[str, str], key: str, **values: object) -> str:
    """The text of a key with its names filled in; an unknown key is a mistake and raises."""
    text = texts[key]
    return text.format(**values) if values else text


def choose(request: Request) -> str:
    """The language asked for: in the address, else kept in a cookie, else by the browser."""
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return accepted(request)


def accepted(request: Request) -> str:
    """The language that the client's own header accepts best."""
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT

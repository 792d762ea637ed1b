"""What the server refuses, in the visitor's language.

Errors are raised in English where they are found. Another language has a catalogue of whole
sentences with ``{}`` for what is quoted, and one sentence a code for those without their own.
"""

import json
from collections.abc import Mapping
from functools import cache

from nnviz.web import i18n

HOLE = "{}"


def in_language(code: str, detail: str, language: str) -> str:
    """The sentence ``detail`` of a failure in that language; in English where it has no other."""
    if language == i18n.DEFAULT:
        return detail
    sentences = catalogue(language)
    for template, translated in sentences.items():
        quoted = holes(template, detail) if " " in template else None
        if quoted is not None:
            return translated.format(*quoted)
    return sentences.get(code, detail)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """English sentences and codes, and what is said for each in that language."""
    path = i18n.FOLDER / f"problems-{language}.json"
    sentences: dict[str, str] = json.loads(path.read_text("utf-8"))
    return sentences


def holes(template: str, text: str) -> list[str] | None:
    """What stands in the holes of a template, each as short as can be; None if it does not fit.

    In linear time: the text may quote whatever a visitor sent.
    """
    first, *parts = template.split(HOLE)
    if not text.startswith(first):
        return None
    found, at = [], len(first)
    for i, part in enumerate(parts):
        is_last = i == len(parts) - 1
        end = len(text) - len(part) if is_last else text.find(part, at)
        if end < at or not text.startswith(part, end):
            return None
        found.append(text[at:end])
        at = end + len(part)
    return found if at == len(text) else None

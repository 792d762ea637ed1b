"""What is kept on one line in a chapter, and Korean particles behind live numbers."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nnviz.chapters import library, markup
from nnviz.chapters.typography import JOINER, NUMBER, SPACE, kept_together

LOCALES = Path(__file__).parents[1] / "nnviz/web/locales"
BARE = (
    "은|는|이(?!고|며|므로|지만|면|어서)|가|을|를|과|와|으로|로|라|였"  # depend on the sound before
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("σ(z) = 1 / (1 + e⁻ᶻ): very", "σ(z)~=~1~/~(1~+~e⁻ᶻ): very"),
        ("σ(Σ − 10)입니다", "σ(Σ~−~10)^입니다"),
        ("a(1 − a)로", "a(1~−~a)^로"),
        ("94.7%입니다", "94.7%^입니다"),
        ("기울기(gradient)입니다", "기울기(gradient)^입니다"),
        (f"{NUMBER}입니다", f"{NUMBER}^입니다"),
        ("−ln 0.5 = 0.69", "−ln~0.5~=~0.69"),
        ("16 rows / 10 columns", "16 rows / 10 columns"),
        ('"7은 위에"를', '"7^은 위에"^를'),
        # A long one may break, but only in front of an operator that adds or compares.
        ("784 · 16 + 16 · 16 + 16 · 10 = 13002", "784~·~16 +~16~·~16 +~16~·~10 =~13002"),
        ("띠와 둘레를 칠하고", "띠와 둘레를 칠하고"),
    ],
)
def test_formulas_and_endings_stay_on_one_line(text: str, kept: str) -> None:
    assert kept_together(text) == kept.replace("~", SPACE).replace("^", JOINER)


def test_a_particle_goes_with_its_live_number() -> None:
    nodes = markup.inline("편향이 {b(hidden1, 5) | 2}(이)라서 {ink}은(는) {ink | %}입니다", 1)
    assert nodes[1] == ["live", ["b", "hidden1", 5], "2", "(이)"]
    assert nodes[2] == f"{JOINER}라서 "
    assert nodes[3] == ["live", ["ink"], "", "은(는)"]
    assert nodes[5] == ["live", ["ink"], "%"]
    assert markup.inline("{ink} (이것)", 1)[0] == ["live", ["ink"], ""]


def bare(value: Any) -> list[str]:
    """Texts that go on with a particle right behind a live number, and not as both of its forms."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in bare(each)]
    if not isinstance(value, list):
        return []
    behind = [
        after
        for before, after in pairwise(value)
        if isinstance(before, list) and before[:1] == ["live"] and len(before) == 3
        if isinstance(after, str) and re.match(f"{JOINER}(?:{BARE})", after)
    ]
    return behind + [found for each in value for found in bare(each)]


def test_no_korean_text_settles_a_particle_that_depends_on_a_live_number() -> None:
    made = library.load()
    for each in (*made.all("ko"), *made.extras("ko")):
        assert bare(list(each.steps)) == [], each.id
    assert bare([["live", ["ink"], ""], f"{JOINER}라서"]) == [f"{JOINER}라서"]


def test_no_korean_catalogue_settles_a_particle_that_depends_on_what_is_filled_in() -> None:
    for path in LOCALES.glob("*ko.json"):
        for key, text in json.loads(path.read_text("utf-8")).items():
            assert not re.search(rf"\{{\w+\}}(?:{BARE})(?=[ ,.]|서|고)", text), (path.name, key)

"""What the server refuses, it refuses in the visitor's language; codes stay what they are."""

import ast

import pytest
from flask.testing import FlaskClient

from nnviz.web import errors, i18n
from nnviz.web.problem_words import catalogue, holes, in_language
from tests.test_structure import PACKAGE

KOREAN = catalogue("ko")


def raised() -> list[tuple[str | None, str | None]]:
    """The code and the English sentence of every error, ``{}`` for what is quoted."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "InputError":
                code, sentence = node.args
                found.append((_text(code), _text(sentence)))
    assert len(found) > 80
    return found


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        return "".join(parts)
    return None


def test_every_code_has_a_korean_sentence() -> None:
    codes = {code for code, _ in raised() if code} | set(errors.STATUS) | {"internal_error"}
    assert not codes - KOREAN.keys(), "locales/problems-ko.json has no sentence for these"


def test_every_sentence_that_is_translated_is_said() -> None:
    sentences = {sentence for _, sentence in raised()}
    assert not {key for key in KOREAN if " " in key} - sentences
    for template, translated in KOREAN.items():
        assert translated.count("{") <= template.count("{}")


def test_what_is_quoted_stays() -> None:
    detail = "Expected a learning rate above 0; got -1."
    assert in_language("out_of_range", detail, "ko") == (
        "학습률은 0보다 커야 합니다. 지금은 -1입니다."
    )
    assert in_language("out_of_range", detail, "en") == detail
    assert in_language("out_of_range", "Expected more.", "ko") == KOREAN["out_of_range"]
    assert in_language("never_heard_of", "Expected more.", "ko") == "Expected more."


def test_holes_are_found_without_going_back() -> None:
    assert holes("a {} b {}.", "a 1 b 2.") == ["1", "2"]
    assert holes("a {} b {}.", "a 1 b 2 b 3.") == ["1", "2 b 3"]
    assert holes("a {}.", "b 1.") is None
    assert holes("a {} a", "a a") is None
    assert holes("same", "same") == []
    assert holes("same", "same or not") is None
    hostile = "a {} b {} b {} b {}!", "a " + "x b " * 100_000
    assert holes(*hostile) is None


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "en"), ("*", "en"), ("ko-KR,ko;q=0.9,en;q=0.5", "ko"), ("en", "en"), ("fr", "en")],
)
def test_a_refusal_is_in_the_language_of_the_client(
    client: FlaskClient, header: str | None, language: str
) -> None:
    headers = {"Accept-Language": header} if header else {}
    reply = client.post("/api/class/teacher", json={"code": "1"}, headers=headers)
    sentence = "Expected the code that was printed at the start."
    assert reply.json["code"] == "wrong_code"
    assert reply.json["detail"] == (sentence if language == "en" else KOREAN[sentence])
    assert reply.headers["Content-Language"] == language
    assert "Accept-Language" in reply.vary
    assert language in i18n.LANGUAGES

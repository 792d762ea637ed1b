"""What is kept on one line, so that no chapter has to write its spaces by hand.

A line must not break within a short formula (``1 / (1 + e⁻ᶻ)``), behind an operator of a long one,
or between a number, a sign or a closing parenthesis and the Korean ending that belongs to it
(``94.7%입니다``, ``기울기(gradient)입니다``).
"""

import re

NUMBER = "\ufffc"  # stands for a live number while its text is looked at
SPACE = "\u00a0"  # where a line does not break
JOINER = "\u2060"  # of no width, where a line does not break

SHORT = 24  # characters of a formula that fit on any line
_OPERATOR = r"[·×/+−=@]"
_OPERAND = r"[^\s가-힣.,;:!?]*[^\s가-힣A-Za-z,;:!?][^\s가-힣,;:!?]*|\b[A-Za-z]\b"
_FORMULA = re.compile(rf"(?:{_OPERAND})(?: {_OPERATOR} (?:{_OPERAND}))+")
_TIGHT = re.compile(rf" (?=[·×/] )|(?<= {_OPERATOR}) ")
_PARENTHESES = re.compile(r"\([^()가-힣]*\)")
_NAME = re.compile(r"(?<=\bln) (?=\S)")
_ENDING = re.compile(rf"(?:(?<=[\w%)\]{NUMBER}])|(?<=\S[\"'”’]))(?<![가-힣])(?=[가-힣])")


def kept_together(text: str) -> str:
    """The text with spaces and joiners that do not break, where it must not."""
    text = _PARENTHESES.sub(_of_parentheses, text)
    text = _NAME.sub(SPACE, text)
    text = _FORMULA.sub(_of_formula, text)
    return _ENDING.sub(JOINER, text)


def _of_parentheses(found: re.Match[str]) -> str:
    inside = found[0]
    is_formula = re.search(rf" {_OPERATOR} ", inside) and len(inside) <= SHORT
    return inside.replace(" ", SPACE) if is_formula else inside


def _of_formula(found: re.Match[str]) -> str:
    formula = found[0]
    return formula.replace(" ", SPACE) if len(formula) <= SHORT else _TIGHT.sub(SPACE, formula)

"""Markdown of a chapter as plain lists, from which the page makes elements (never HTML).

A block is ``["p", nodes]``, ``["list", [nodes, …]]``, ``["numbered", [nodes, …]]`` or
``["code", text]``; a node is text, or ``["strong" | "em", nodes]``, ``["code", text]``,
``["part", name, nodes]`` (a link to ``#name``: a part of the screen that lights up with the word),
``["link", address, nodes]`` (within the application, from ``/``) or ``["live", tree, form]``
(``{a(output, 7) | 2}``: a number of the live network, with two decimals). A Korean particle that
follows such a number, written ``은(는)`` or ``(이)라서``, is its fourth item: which of both it is
depends on the number. While the number is not known, its fifth item, if any, stands in its place
(``{value | 2 | point at one}``). What belongs together on one line (`typography`) is kept there.
"""

import re
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from nnviz.chapters import expressions, typography
from nnviz.chapters.errors import ChapterError

Node: TypeAlias = "str | list[Any]"

PARTICLE = r"\(으\)로|은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(이\)(?=[가-힣])"
LIVE = re.compile(rf"\{{([^{{}}]+)\}}({PARTICLE})?")
FORMS = ("", "0", "1", "2", "3", "4", "%", "%1", "+2", "short", "text")
PART = re.compile(r"[a-z][a-z0-9-]*(?:/[a-z0-9,]+)?")

_markdown = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "list", "newline"])


def blocks(text: str, line: int) -> list[list[Any]]:
    """The blocks of a text that begins in a line of its file."""
    made: list[list[Any]] = []
    items: list[list[Node]] = []
    for token in _markdown.parse(text):
        at = line + (token.map[0] if token.map else 0)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                items = []
                made.append(["list" if token.type[0] == "b" else "numbered", items])
            case "bullet_list_close" | "ordered_list_close":
                items = []
            case "inline" if made and made[-1][0] in ("list", "numbered") and token.level > 1:
                items.append(_inline(token.children or [], at))
            case "inline":
                made.append(["p", _inline(token.children or [], at)])
    return made


def inline(text: str, line: int) -> list[Node]:
    """The nodes of a text of one paragraph."""
    return _inline(_markdown.parseInline(text)[0].children or [], line)


def words(nodes: list[Any]) -> int:
    """How many words a learner reads in blocks or nodes; a live number counts as one."""
    count = 0
    for node in nodes:
        if isinstance(node, str):
            count += len(node.split())
        elif node[0] == "live":
            count += 1
        elif node[0] == "code":
            count += len(node[1].split())
        elif node[0] in ("list", "numbered"):
            count += sum(words(item) for item in node[1])
        else:
            count += words(node[-1])
    return count


def _inline(tokens: list[Token], line: int) -> list[Node]:
    """Tokens come flat, with opening and closing ones: a stack makes them a tree."""
    stack: list[list[Any]] = [[]]
    for token in tokens:
        match token.type:
            case "text":
                stack[-1] += _live(token.content, line)
            case "softbreak" | "hardbreak":
                stack[-1].append(" ")
                line += 1
            case "code_inline":
                stack[-1].append(["code", token.content])
            case "strong_open" | "em_open":
                stack.append([])
            case "link_open":
                stack.append([_target(str(token.attrs["href"]), line)])
            case "strong_close" | "em_close" | "link_close":
                nodes = stack.pop()
                if token.type == "link_close":
                    (kind, target), *nodes = nodes
                    stack[-1].append([kind, target, nodes])
                else:
                    stack[-1].append([token.type.removesuffix("_close"), nodes])
    return stack[0]


def _target(href: str, line: int) -> tuple[str, str]:
    """A part of the screen, or a page of the application."""
    if href.startswith("#"):
        return "part", part(href[1:], line)
    if href.startswith("/") and not href.startswith("//"):
        return "link", href
    raise ChapterError(f"Expected a link to a #part or a /page; got {href!r}.", line)


def part(name: str, line: int) -> str:
    """A part's name as it may stand in a text: ``pad``, ``hidden1/7``, ``input/12,8``."""
    if not PART.fullmatch(name):
        raise ChapterError(f"Expected a part such as pad or hidden1/7; got {name!r}.", line)
    return name


def _live(text: str, line: int) -> list[Node]:
    """A text with its live numbers."""
    nodes: list[Node] = []
    lives = list(LIVE.finditer(text))
    kept = typography.kept_together(LIVE.sub(typography.NUMBER, text))
    pieces = kept.split(typography.NUMBER)
    for piece, found in zip(pieces, [None, *lives], strict=True):
        if found is not None:
            expression, form, until = _asked(found[1])
            if form not in FORMS:
                raise ChapterError(f"Expected a form of {FORMS[1:]}; got {form!r}.", line)
            node: list[Any] = ["live", expressions.read(expression, line), form]
            more = [found[2] or "", until] if until else [found[2]] if found[2] else []
            nodes.append([*node, *more])
        nodes.append(piece)
    return [node for node in nodes if node != ""]


def _asked(text: str) -> tuple[str, str, str]:
    """What stands in braces: an expression, its form, and the words until it has a value."""
    expression, form, until, *_ = (*(each.strip() for each in text.split("|", 2)), "", "")
    return expression, form, until

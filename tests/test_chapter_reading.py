"""Chapters are read from files: what is wrong is told with its line, what is live has a tree."""

from pathlib import Path
from typing import Any

import pytest

from nnviz.chapters import blocks, expressions, library, markup
from nnviz.chapters.errors import ChapterError
from nnviz.chapters.reading import chapter

HEAD = "---\nid: one\nnumber: 1\ntitle: One\nminutes: 5\n---\n\n"
STEP = "## A step {#step}\npoint: pad + hidden1/7\n\nSome [words](#answer), {a(output, 7) | 2}.\n"
LIBRARY = library.load()


def block(kind: str, *lines: str) -> str:
    return "\n".join([HEAD + STEP, f"```{kind}", *lines, "```", ""])


def test_a_chapter_is_read() -> None:
    made = chapter(HEAD + STEP)
    (step,) = made.steps
    assert (made.id, made.number, made.title, made.minutes) == ("one", 1, "One", 5)
    assert step["points"] == ["pad", "hidden1/7"]
    assert step["text"] == [
        [
            "p",
            ["Some ", ["part", "answer", ["words"]], ", ", ["live", ["a", "output", 7], "2"], "."],
        ]
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "'---'"),
        ("---\nid: one\n", 2, "second line"),
        ("---\nid: one\n---\n" + STEP, 3, "'number'"),
        (HEAD.replace("id:", "kind: other\nid:") + STEP, 2, "'before'"),
        (HEAD, 7, "at least one step"),
        (HEAD + "stray\n" + STEP, 8, "first step's heading"),
        (HEAD + "## No name\n\nWords.\n", 8, "## Title {#name}"),
        (HEAD + STEP + STEP, 12, "again"),
        (HEAD + "## A {#a}\nwindow: x\n\nWords.\n", 9, "'window'"),
        (HEAD + "## A {#a}\nselect: hidden1\n\nWords.\n", 9, "hidden1/7"),
        (HEAD + "## A {#a}\nopen: door\n\nWords.\n", 9, "door"),
        (HEAD + "## A {#a}\nrow: 0\n\nWords.\n", 9, "from 1 to 1000"),
        (HEAD + "## A {#a}\nhidden: 16, 0\n\nWords.\n", 9, "from 1 to 1024"),
        (HEAD + "## A {#a}\ndrawing: [[1]]\n\nWords.\n", 9, "strokes"),
        (HEAD + "## A {#a}\nedits: {}\n\nWords.\n", 9, "JSON list"),
        (HEAD + "## A {#a}\n\n" + "word " * 80, 8, "words a step; got 80"),
        (HEAD + "## A {#a}\n\n", 8, "words or questions"),
        (HEAD + "## A {#a}\n\nOne.\n\n[two](http://x)\n", 12, "link to a #part"),
        (HEAD + "## A {#a}\n\nOne {two}.\n", 10, "'two'"),
        (HEAD + "## A {#a}\n\nOne {ink | 9}.\n", 10, "form"),
        (HEAD + "## A {#a}\nlater: curves\n\nWords.\n", 9, "'curves when run_batch >= 1'"),
        (block("poem", "x"), 13, "'poem'"),
        (block("task", "do: x"), 13, "'until'"),
        (block("task", "do: x", "until: a(", "hint: x", "show: select: a/1"), 15, "expression"),
        (block("task", "do: x", "until: ink > 1", "hint: x", "show: x"), 17, "what to show"),
        (block("predict", "ask: x", "answer: 5", "truth: ink", "after: x"), 15, "range"),
        (block("question", "ask: x", "+ one :: y", "- two"), 16, "' :: '"),
        (block("question", "ask: x", "- one :: y", "- two :: z"), 13, "one of them right"),
        (block("challenge", "do: x", "score: ink"), 13, "'better'"),
        (block("notes", "x").replace("```\n", "", 1) + "more", 13, "backticks"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ChapterError) as raised:
        chapter(text)
    assert said in raised.value.message
    assert raised.value.line == line


def test_what_matters_later_in_a_step_has_its_parts_and_its_condition() -> None:
    made = chapter(
        HEAD + "## A {#a}\npoint: start\nlater: curves + run when run_batch >= 1\n\nW.\n"
    )
    (step,) = made.steps
    assert step["points"] == ["start"]
    assert step["later"] == {"points": ["curves", "run"], "when": [">=", ["run_batch"], 1]}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a(hidden1, 7) > 0.9", [">", ["a", "hidden1", 7], 0.9]),
        ("0 < ink < 9", ["and", ["<", 0, ["ink"]], ["<", ["ink"], 9]]),
        ("not blank or -1 == label", ["or", ["not", ["blank"]], ["==", ["-", 0, 1], ["label"]]]),
        ("a(layer, unit)", ["a", ["layer"], ["unit"]]),
        ('"few" if ink < 9 else 2', ["if", ["<", ["ink"], 9], ["text", "few"], 2]),
        ('model == "cnn"', ["==", ["model"], ["text", "cnn"]]),
    ],
)
def test_expressions_become_trees(text: str, tree: Any) -> None:
    assert expressions.read(text, 1) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "__import__('os')",
        "ink.real",
        "a(hidden1)",
        "a(1, 2)",
        "[ink]",
        "lambda: 1",
        "ink if open() else 1",
        "ink ** 2",
        "ink is 1",
        "f'{ink}'",
        "(" * 300 + "ink" + ")" * 300,
        "1 + " * 200 + "1",
        "ink := 1",
        "b'x'",
    ],
)
def test_other_expressions_are_refused(text: str) -> None:
    with pytest.raises(ChapterError):
        expressions.read(text, 3)


@pytest.mark.parametrize(
    ("truth", "of_network"),
    [
        ("0.1135", False),
        ("sigmoid(0 - 6) * 2", False),
        ("ink", False),
        ("weights", True),
        ("a(hidden1, 7)", True),
        ("0 + changed(hidden1)", True),
    ],
)
def test_what_no_network_says_stands_beside_a_guess_as_the_answer(
    truth: str, of_network: bool
) -> None:
    made = chapter(
        block(
            "predict", "ask: x", "answer: 0 to 1 by 0.1", f"truth: {truth}", "form: %", "after: x"
        )
    )
    (step,) = made.steps
    assert step["prediction"]["network"] is of_network
    assert step["prediction"]["form"] == "%"


def test_a_folder_of_ones_own_is_read_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    first = LIBRARY.all("en")[0]
    (tmp_path / "en" / "a.md").write_text((HEAD + STEP).replace("id: one", f"id: {first.id}"))
    (tmp_path / "en" / "b.md").write_text(HEAD.replace("number: 1", "number: 99") + STEP)
    own = library.load(tmp_path)
    assert own.all("en")[0].title == "One"
    assert own.all("en")[-1].id == "one"
    assert own.all("ko") == LIBRARY.all("ko")
    (tmp_path / "en" / "c.md").write_text(HEAD)
    with pytest.raises(ChapterError, match=r"en/c\.md, line 7"):
        library.load(tmp_path)
    (tmp_path / "en" / "c.md").write_bytes(b"\xff")
    with pytest.raises(ChapterError, match="UTF-8"):
        library.load(tmp_path)


def test_what_stands_around_the_chapters_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text((HEAD + STEP).replace("id: one", "kind: before\nid: one"))
    own = library.load(tmp_path)
    assert [each.id for each in own.all("en")] == [each.id for each in LIBRARY.all("en")]
    assert "one" in [each.id for each in own.extras("en")]
    found = own.find("en", "one")
    assert found is not None
    assert found.kind == "before"


def test_a_number_has_words_until_it_is_there() -> None:
    (node,) = markup.inline("{value | 2 | point at one}", 1)
    assert node == ["live", ["value"], "2", "", "point at one"]
    (node,) = markup.inline("{value | 2 | 아직 없음}은(는)", 1)
    assert node == ["live", ["value"], "2", "은(는)", "아직 없음"]


def test_a_task_says_the_numbers_that_it_is_about() -> None:
    lines = ["do: Draw.", "until: sure > 0.9", "hint: Go.", "show: drawing: test 2"]
    assert blocks.task(lines, 1)["now"] == []
    now = blocks.task([*lines, "now: Sure: {sure | %}"], 1)["now"]
    assert now == ["Sure: ", ["live", ["sure"], "%"]]
    with pytest.raises(ChapterError, match="unknown"):
        blocks.task([*lines, "now: {unknown}"], 1)


def test_a_task_counts_what_is_done_of_what_is_asked() -> None:
    lines = ["do: Draw.", "until: reads >= 3", "hint: Go.", "show: drawing: test 2"]
    assert blocks.task(lines, 1)["count"] is None
    assert blocks.task([*lines, "count: reads + misreads of 3"], 1)["count"] == {
        "now": ["+", ["reads"], ["misreads"]],
        "of": 3,
    }
    for wrong in ("count: reads", "count: reads of 1", "count: of 3"):
        with pytest.raises(ChapterError):
            blocks.task([*lines, wrong], 1)

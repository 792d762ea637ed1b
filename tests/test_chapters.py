"""Chapters: what is wrong is told with its line; both languages say the same; limits are kept."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.chapters import blocks, expressions, library, markup, reading
from nnviz.chapters.errors import ChapterError
from nnviz.chapters.reading import Chapter, chapter
from nnviz.chapters.vocabulary import CALLS, NAMES
from nnviz.datasets import mnist
from nnviz.models import scores as model_scores

ROOT = Path(__file__).parents[1]
HEAD = "---\nid: one\nnumber: 1\ntitle: One\nminutes: 5\n---\n\n"
STEP = "## A step {#step}\npoint: pad + hidden1/7\n\nSome [words](#answer), {a(output, 7) | 2}.\n"
LIBRARY = library.load()
EXTRAS = [(language, each) for language in library.LANGUAGES for each in LIBRARY.extras(language)]
SHIPPED = [(language, each) for language in library.LANGUAGES for each in LIBRARY.all(language)]


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


def test_the_page_has_every_quantity() -> None:
    source = (ROOT / "static/js/learn/quantities.js").read_text("utf-8")
    body = source[source.index("\n  return {\n") : source.index("\n  };\n}")]
    names = re.findall(r"^    (\w+)(?::|,)", body, re.MULTILINE)
    widgets = re.search(r"WIDGETS = (\[[^\]]+\])", source)
    assert widgets is not None
    names += re.findall(r"'(\w+)'", widgets[1])
    for part in ("challenges/scores.js", "numbers/layers.js"):
        of_part = (ROOT / "static/js/learn" / part).read_text("utf-8")
        body = of_part[of_part.rindex("\n  return {\n") :]
        names += re.findall(r"^    (\w+)(?::|,)", body, re.MULTILINE)
    assert sorted(names) == sorted({*NAMES, *CALLS})


def test_the_quantities_are_documented() -> None:
    text = (ROOT / "docs/chapters.md").read_text("utf-8")
    for name in NAMES:
        assert f"| `{name}` |" in text
    for name, (kinds, _) in CALLS.items():
        assert f"`{name}({', '.join(kinds)})`" in text


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


@pytest.mark.parametrize(("language", "each"), SHIPPED, ids=lambda x: getattr(x, "id", x))
def test_shipped_chapters_keep_to_what_is_promised(language: str, each: Chapter) -> None:
    assert 3 <= each.minutes <= 7
    assert sum(step["prediction"] is not None for step in each.steps) >= 1
    assert each.count("questions") >= 3
    assert len(json.dumps(each.steps, ensure_ascii=False).encode()) <= 40_000
    for step in each.steps:
        assert markup.words(step["text"]) <= 63, (each.id, step["name"])


def test_the_page_makes_every_widget_that_a_step_may_name() -> None:
    source = (ROOT / "static/js/learn/widgets/make.js").read_text("utf-8")
    table = source[source.index("const WIDGETS = {") :].partition("\n};\n")[0]
    assert sorted(re.findall(r"^  (\w+): \[", table, re.MULTILINE)) == sorted(reading.WIDGETS)
    for sheet in re.findall(r"'(pictures|matrix|neurons)'", table):
        assert (ROOT / f"static/css/widgets-{sheet}.css").exists()


def test_each_chapter_and_what_stands_around_them_has_a_picture() -> None:
    pictures = ROOT / "static" / "chapters.svg"
    symbols = {each.get("id") for each in ElementTree.parse(pictures).getroot()}
    assert symbols == {each.id for _, each in SHIPPED + EXTRAS}


def test_eight_questions_before_are_of_the_same_kinds_as_the_eight_after() -> None:
    for language in library.LANGUAGES:
        kinds = {each.kind: each for each in LIBRARY.extras(language)}
        (first,), (second,) = kinds["before"].steps, kinds["after"].steps
        assert len(first["questions"]) == len(second["questions"]) == 8
        for one, other in zip(first["questions"], second["questions"], strict=True):
            assert one["about"] == other["about"] != []
            assert one["ask"] != other["ask"]


def test_what_stands_around_the_chapters_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text((HEAD + STEP).replace("id: one", "kind: before\nid: one"))
    own = library.load(tmp_path)
    assert [each.id for each in own.all("en")] == [each.id for each in LIBRARY.all("en")]
    assert "one" in [each.id for each in own.extras("en")]
    found = own.find("en", "one")
    assert found is not None
    assert found.kind == "before"


def shape(value: Any) -> Any:
    """What is the same in every language: all but the words."""
    if isinstance(value, dict):
        left_out = ["title", "text", "notes", "about", "ask", "after", "do", "hint", "reason"]
        left_out += ["now"] if "do" in value else []  # words of a task; of a count, an expression
        return {key: shape(each) for key, each in value.items() if key not in left_out}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return value


def live(value: Any) -> list[str]:
    """The live numbers and parts that words hold, wherever they stand in a sentence."""
    if isinstance(value, dict):
        return sorted(each for child in value.values() for each in live(child))
    if not isinstance(value, list):
        return []
    if value and value[0] in ("live", "part"):
        return [json.dumps(unworded(value[:3]) if value[0] == "live" else value[:2])]
    return sorted(each for child in value for each in live(child))


def unworded(tree: Any) -> Any:
    """A live number without what it says in words, under one condition or the other."""
    if not isinstance(tree, list):
        return tree
    if tree and tree[0] == "if":
        said = (
            "words" if isinstance(each, list) and each[0] == "text" else each for each in tree[2:]
        )
        return ["if", unworded(tree[1]), *said]
    return [unworded(each) for each in tree]


@pytest.mark.parametrize("id", [each.id for language, each in SHIPPED + EXTRAS if language == "en"])
def test_both_languages_ask_the_same(id: str) -> None:
    english, korean = (LIBRARY.find(language, id) for language in ("en", "ko"))
    assert english is not None
    assert korean is not None
    for one, other in zip(english.steps, korean.steps, strict=True):
        one, other = (dict(step) for step in (one, other))
        for step in (one, other):
            if step["prediction"] and step["prediction"]["kind"] == "choice":
                count = len(step["prediction"]["choices"])
                step["prediction"] = {**step["prediction"], "choices": count}
        assert shape(one) == shape(other), one["name"]
        assert live(one) == live(other), one["name"]


@pytest.mark.parametrize(("language", "each"), SHIPPED)
def test_no_sentence_names_the_digit_beside_a_number_of_whatever_is_drawn_now(
    language: str, each: Chapter
) -> None:
    named = re.compile(r"이 [0-9](?:에서|에|의|을|를|은|는)|[Tt]his [0-9]\b")
    for step in each.steps:
        for kind, content in step["text"]:
            nodes = content if kind == "p" else [node for item in content for node in item]
            said = "".join(
                node if isinstance(node, str) else "\0" if node[0] == "live" else str(node[-1])
                for node in nodes
            )
            for sentence in re.split(r"(?<=[.?!]) ", said):
                assert not (named.search(sentence) and "\0" in sentence), (step["name"], sentence)


@pytest.mark.parametrize(("language", "each"), SHIPPED)
def test_what_is_to_be_guessed_does_not_stand_in_the_words_before(
    language: str, each: Chapter
) -> None:
    for step in each.steps:
        if step["prediction"] and step["prediction"]["kind"] == "range":
            words = json.dumps([step["text"], [task["do"] for task in step["tasks"]]])
            truth = json.dumps(["live", step["prediction"]["truth"]]).removesuffix("]")
            assert truth not in words, step["name"]


def test_what_chapters_say_of_the_data_is_so() -> None:
    labels = mnist.load().test.labels
    assert np.mean(labels == 1) == pytest.approx(0.1135)


def test_the_mean_ink_of_a_pixel_is_that_of_the_test_digits() -> None:
    ink_of = ink.to_input(mnist.load().test.images).reshape(-1, 784).mean(axis=0, dtype=np.float64)
    pairs = [np.base_repr(round(1000 * each), 36).lower().rjust(2, "0") for each in ink_of]
    source = (ROOT / "static/js/learn/widgets/ink.js").read_text("utf-8")
    assert "".join(re.findall(r"'([0-9a-z]{56})'", source)) == "".join(pairs)
    kernel = models.load("mlp-sigmoid").network.layers[0].params["W"]
    moves = (np.abs(kernel).mean(axis=1) * ink_of).reshape(28, 28)
    assert moves[[0, 0, -1, -1], [0, -1, 0, -1]].max() < 0.0005  # the corners, as chapter 1 says
    rows, columns = np.nonzero(moves > 0.09)
    assert len(rows) >= 30  # around the middle
    assert 5 <= min(*rows, *columns) <= max(*rows, *columns) <= 22


def test_half_of_the_output_weights_can_ruin_the_network_as_chapter_8_says() -> None:
    network, test = models.load("mlp-sigmoid").network, mnist.load().test
    _, trace = network.forward(ink.to_input(test.images).reshape(-1, 784))
    weights = network.layers[2].params["W"]
    a, z = trace.layers[1].a, trace.layers[2].z
    assert z is not None
    ruined = 0
    for unit, output in np.ndindex(weights.shape):
        changed = z.copy()
        changed[:, output] += (20 - weights[unit, output]) * a[:, unit]
        ruined += np.mean(changed.argmax(axis=1) == test.labels) < 0.5
    assert 70 <= ruined <= 90  # of 160


@pytest.mark.thorough
def test_no_test_digit_gets_more_than_four_answers_as_a_challenge_says() -> None:
    images = mnist.load().test.images
    ids = ("mlp-sigmoid", "mlp-relu", "mlp-wide", "cnn", "lstm")
    answers = np.array([model_scores.predictions(models.load(i).network, images) for i in ids])
    different = [len(set(of_one)) for of_one in answers.T.tolist()]
    assert max(different) == different[4761] == 4


def test_no_neuron_of_the_relu_network_is_dead_as_chapter_11_says() -> None:
    network = models.load("mlp-relu").network
    _, trace = network.forward(ink.to_input(mnist.load().test.images).reshape(-1, 784))
    on = [layer.a.max(axis=0) > 0 for layer in trace.layers[:2]]
    assert [int(each.sum()) for each in on] == [16, 16]


def test_without_the_neuron_that_tells_loops_best_other_digits_suffer_as_chapter_10_says() -> None:
    network, test = models.load("mlp-sigmoid").network, mnist.load().test
    _, trace = network.forward(ink.to_input(test.images).reshape(-1, 784))
    a, z, weights = trace.layers[1].a, trace.layers[2].z, network.layers[2].params["W"]
    assert z is not None
    loops = np.isin(test.labels, [0, 6, 8, 9])
    assert np.median(a[loops, 7]) < np.median(a[~loops, 7])  # smaller with a loop, and so
    assert (test.labels[11], bool(a[11, 7] < 0.1)) == (6, True)  # for the digit that is shown
    before, after = z.argmax(axis=1), (z - np.outer(a[:, 7], weights[7])).argmax(axis=1)
    lost = [
        float(np.mean(before[test.labels == digit] == digit))
        - float(np.mean(after[test.labels == digit] == digit))
        for digit in range(10)
    ]
    assert max(lost[digit] for digit in (0, 6, 8)) < 0.01
    assert sorted(np.argsort(lost)[-4:]) != [0, 6, 8, 9]
    assert min(lost[digit] for digit in (2, 4, 5, 9)) > 0.04


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

"""The chapters that ship: both languages ask the same, limits are kept, what they say is so."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.chapters import library, markup, reading
from nnviz.chapters.reading import Chapter
from nnviz.chapters.vocabulary import CALLS, NAMES
from nnviz.datasets import mnist
from nnviz.models import scores as model_scores
from nnviz.web.i18n import catalogue

ROOT = Path(__file__).parents[1]
LIBRARY = library.load()
EXTRAS = [(language, each) for language in library.LANGUAGES for each in LIBRARY.extras(language)]
SHIPPED = [(language, each) for language in library.LANGUAGES for each in LIBRARY.all(language)]


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


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_chapters_have_no_words_for_a_mouse_only(language: str) -> None:
    mouse = {"en": r"\bpoint(ing|ed)? at\b|\bhover|\bclick", "ko": "가리(키|켜|킨)|클릭"}
    for file in sorted((library.SHIPPED / language).glob("*.md")):
        found = re.findall(f".*(?:{mouse[language]}).*", file.read_text("utf-8"), re.IGNORECASE)
        assert not found, f"{file.name}: {found}"


@pytest.mark.parametrize(("language", "each"), SHIPPED)
def test_a_note_does_not_begin_with_its_label(language: str, each: Chapter) -> None:
    label = catalogue(language, "sheet")["sheet.watch"]  # stands before it on the teacher's page
    for step in each.steps:
        for _, content in step["notes"]:
            assert not str(content[0]).startswith(label), step["name"]


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
    assert max(lost[digit] for digit in (0, 6, 8)) < 0  # they are read better
    assert int(np.argmax(lost)) == 2
    assert sorted(np.argsort(lost)[-4:]) != [0, 6, 8, 9]
    assert min(lost[digit] for digit in (2, 4, 5, 9)) > 0.04


@pytest.mark.parametrize(("language", "each"), SHIPPED, ids=lambda x: getattr(x, "id", x))
def test_a_step_that_brings_another_digit_says_so(language: str, each: Chapter) -> None:
    """The 7 that is there at first may come back unsaid."""
    labels = mnist.load().test.labels
    before: dict[str, Any] | None = None
    for step in each.steps:
        drawing = step["state"].get("drawing", before)
        is_other = before is not None and drawing != before and drawing["kind"] == "test"
        before = drawing
        if not is_other or drawing["index"] == 0:
            continue
        label = labels[drawing["index"]]
        named = {"en": rf"\b(?:[Aa]|[Tt]he|[Tt]his) {label}\b", "ko": rf"(?<![\d.,]){label}[가-힣]"}
        words = [step["text"], step["prediction"], [task["do"] for task in step["tasks"]]]
        said = json.dumps(words, ensure_ascii=False).replace("\u2060", "")  # which joins
        assert re.search(named[language], said), step["name"]


def test_two_maps_of_eight_find_level_strokes_as_chapter_10_says() -> None:
    bar, post = (np.zeros((1, 28, 28, 1), np.float32) for _ in range(2))
    bar[0, 13:15, 7:21] = 1
    post[0, 7:21, 13:15] = 1
    network = models.load("cnn").network
    level, upright = (network.forward(x)[1].layers[0].a.mean(axis=(0, 1, 2)) for x in (bar, post))
    assert list(np.flatnonzero(level > 5 * upright)) == [4, 7]


def lines_of(step: dict[str, Any]) -> Iterator[list[Any]]:
    """All that a step says with live numbers in it."""
    for kind, content in step["text"]:
        yield from [content] if kind == "p" else content
    for task in step["tasks"]:
        yield from (task["do"], task["now"], task["hint"])
    if step["prediction"]:
        yield from (step["prediction"]["ask"], step["prediction"]["after"])


@pytest.mark.parametrize(("language", "each"), SHIPPED, ids=lambda x: getattr(x, "id", x))
def test_no_sentence_breaks_over_a_number_that_is_not_there(language: str, each: Chapter) -> None:
    """Words in a number's place stand behind a colon, and no sentence goes on behind them."""
    for step in each.steps:
        for line in lines_of(step):
            for i, node in enumerate(line):
                if not isinstance(node, list) or node[0] != "live":
                    continue
                before, after = (
                    each.replace("\xa0", " ") if isinstance(each, str) else each
                    for each in (line[i - 1] if i else "", line[i + 1] if i + 1 < len(line) else "")
                )
                if isinstance(node[1], list) and node[1][0] == "if":
                    # so or not: its own sentence, or its own part of the line, which may be missing
                    assert not isinstance(after, str) or re.match(r"$| ", after), (
                        step["name"],
                        line,
                    )
                    texts = [side[1] for side in node[1][2:]]
                    said = [text for text in texts if text]
                    assert all(text.startswith(" · ") or text[-1] == "." for text in said), said
                elif len(node) > 4 and node[4] not in ("", "–"):
                    assert isinstance(before, str), (step["name"], line)
                    assert before.endswith(": "), (step["name"], line)
                    assert not isinstance(after, str) or re.match(r"$| · |\.( |$)", after), line


@pytest.mark.parametrize(("language", "each"), SHIPPED, ids=lambda x: getattr(x, "id", x))
def test_a_neurons_own_numbers_have_as_many_decimals_as_on_the_screen(
    language: str, each: Chapter
) -> None:
    own = {"a", "z", "b", "total", "value"}
    for step in each.steps:
        for line in lines_of(step):
            for node in line:
                if not isinstance(node, list) or node[0] != "live":
                    continue
                tree = node[1] if node[1][0] != "/" else node[1][1]  # where a condition holds
                if tree[0] in own:
                    assert node[2] in ("3", "short", "%"), (step["name"], node)

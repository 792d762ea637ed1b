"""The measured tables are what a command printed, and one command makes them all anew."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.__main__ import BEGIN, DOCUMENTS, END, ROOT, commands, make, remade

TEXT = f"""# Measured

    python -m benchmarks.one STROKES.jsonl --pictures 3

Words before.

{BEGIN}

| old |

{END}

Words after.

    python -m benchmarks.two

{BEGIN}
{END}
"""


def test_what_was_made_is_made_anew_and_the_words_stay() -> None:
    asked = []

    def run(module: str, options: list[str]) -> str:
        asked.append((module, options))
        return f"| new {module} |\n"

    text = "\n".join(remade(TEXT, run))
    assert asked == [("one", ["STROKES.jsonl", "--pictures", "3"]), ("two", [])]
    assert "old" not in text
    for part in (
        "Words before.",
        f"{BEGIN}\n\n| new one |\n\n{END}\n\nWords after.",
        "| new two |",
    ):
        assert part in text
    assert "\n".join(remade(text, run)) == text


def test_only_what_is_asked_for_is_made() -> None:
    text = "\n".join(remade(TEXT, lambda module, options: f"| new {module} |", ["two"]))
    assert "| old |" in text
    assert "new one" not in text
    assert "| new two |" in text


def test_what_breaks_leaves_its_tables_and_stops_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "measured.md"
    document.write_text(TEXT)

    def run(module: str, options: list[str]) -> str:
        if module == "one":
            raise subprocess.CalledProcessError(2, module)
        return "| new two |"

    assert make(["one", "two", "three"], run, [document]) == ["one"]
    text = document.read_text()
    assert "| old |" in text
    assert "| new two |" in text


@pytest.mark.parametrize("text", [f"{BEGIN}\n{END}", f"    python -m benchmarks.one\n{BEGIN}\n"])
def test_a_part_without_command_or_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Expected"):
        list(remade(text, lambda module, options: ""))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_table_of_a_document_was_made_by_a_benchmark_that_there_is(document: Path) -> None:
    named = commands(document)
    assert named
    for name in named:
        assert (ROOT / "benchmarks" / f"{name}.py").is_file()
    made: list[str] = []
    list(remade(document.read_text("utf-8"), lambda module, options: made.append(module) or "", []))
    assert made == named


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_made_is_tables(document: Path) -> None:
    for part in document.read_text("utf-8").split(BEGIN)[1:]:
        assert "|---|" in part.split(END)[0]


def test_no_measured_table_is_written_by_hand() -> None:
    text = DOCUMENTS[0].read_text("utf-8")
    by_hand = "".join(part.split(END)[-1] for part in text.split(BEGIN))
    assert "|---" not in by_hand


def test_ratios_stand_before_what_depends_on_the_machine() -> None:
    """Behind what a row is of: its name, and the number of connections."""
    lines = DOCUMENTS[0].read_text("utf-8").splitlines()
    heads = [line for line, below in pairwise(lines) if "|---" in below]
    places = [
        at
        for line in heads
        for at, name in enumerate(line.strip("| ").split("|"))
        if "times" in name
    ]
    assert places
    assert max(places) <= 2

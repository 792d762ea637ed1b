"""The options of the command, without a server behind them."""

from pathlib import Path
from typing import Any

import pytest

from nnviz import environment
from nnviz.serving import command

CHAPTER = """---
id: own
number: 20
title: My own
minutes: 5
---

## A step {#step}

Some words.
"""


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the workers would be told."""
    told: dict[str, str] = {}
    monkeypatch.setattr(command, "share", told.update)

    def serve(*_: Any) -> int:
        return 0

    monkeypatch.setattr(command, "serve", serve)
    return told


def test_a_folder_of_chapters_goes_before_the_environments(
    shared: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "own.md").write_text(CHAPTER)
    everything = environment.everything()
    monkeypatch.setattr(
        environment, "everything", lambda: {**everything, "NNVIZ_CHAPTERS": "/nowhere"}
    )
    assert command.main(["--chapters", str(tmp_path)]) == 0
    assert shared["NNVIZ_CHAPTERS"] == str(tmp_path)


def test_what_is_wrong_in_a_chapter_is_told_before_anything_is_served(
    shared: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "own.md").write_text(CHAPTER.replace("minutes: 5", "minutes: many"))
    with pytest.raises(SystemExit, match=r"ko/own\.md, line 5: Expected a whole number"):
        command.main(["--chapters", str(tmp_path)])
    with pytest.raises(SystemExit, match="Expected a folder after --chapters"):
        command.main(["--chapters", str(tmp_path / "nowhere")])
    assert not shared

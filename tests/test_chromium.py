"""Finding a browser: the one that is named, the one that is there, and clear words when none is."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.browser import chromium

PLAYWRIGHT = SimpleNamespace(chromium=SimpleNamespace(executable_path="/nowhere/chrome"))


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine without a browser on which no installation works; lists what was tried."""
    tried: list[list[str]] = []

    def fail(command: list[str], failures: list[str]) -> None:
        tried.append(command)
        failures.append(f"{command[0]} failed")

    monkeypatch.delenv("NNVIZ_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    monkeypatch.setattr(
        "shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )
    monkeypatch.setattr(chromium, "_run", fail)
    return tried


def test_with_none_it_tries_to_install_one_and_then_says_how_to_get_one(
    bare_machine: list[list[str]],
) -> None:
    with pytest.raises(chromium.NoBrowserError, match="apt install chromium") as caught:
        chromium.find_chromium(PLAYWRIGHT)
    assert [command[-1] for command in bare_machine] == ["update", "chromium", "chromium"]
    assert "failed" in str(caught.value)


def test_one_that_is_there_is_taken_and_nothing_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_machine: list[list[str]]
) -> None:
    browser = tmp_path / "chromium"
    browser.touch()
    monkeypatch.setattr("shutil.which", lambda name: str(browser) if name == "chromium" else None)
    assert chromium.find_chromium(PLAYWRIGHT) == browser
    assert not bare_machine


def test_the_named_one_comes_first_and_must_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "mine"
    monkeypatch.setenv("NNVIZ_CHROMIUM", str(browser))
    with pytest.raises(chromium.NoBrowserError, match="no such file"):
        chromium.find_chromium(PLAYWRIGHT)
    browser.touch()
    assert chromium.find_chromium(PLAYWRIGHT) == browser

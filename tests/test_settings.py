"""Settings: each has one name, is documented, and is refused in one sentence when it is wrong."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.environment import CACHE
from nnviz.errors import InputError
from nnviz.recipe.limits import Limits
from nnviz.settings import VARIABLES, Settings

ROOT = Path(__file__).parents[1]
EVERY = {
    "NNVIZ_DATA": "/srv/nnviz",
    "NNVIZ_DATABASE": "postgresql://user:secret@host/nnviz",
    "NNVIZ_HOSTS": "one.example,two.example",
    "NNVIZ_CLASS_CODE": "123 456",
    "NNVIZ_SECRET": "abc",
    "NNVIZ_CLASS_ADDRESS": "https://nnviz.example",
    "NNVIZ_PREFIX": "/nnviz",
    "NNVIZ_DRAWINGS_A_SECOND": "12.5",
    "NNVIZ_CHAPTERS": "/srv/chapters",
    "NNVIZ_LISTENS": "0.0.0.0",
    "NNVIZ_TRAFFIC": "/run/nnviz",
    "NNVIZ_RUN_WORKER": "one",
    "NNVIZ_RUN_WORKER_DEAD": "3.0",
    "NNVIZ_RUN_WORKER_ELSEWHERE": "1",
    "NNVIZ_LIMIT_SECONDS": "600",
}


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    variables = [*VARIABLES.values(), CACHE]
    for variable in variables:
        assert f"`{variable.name}`" in text, variable.name
        assert variable.about
    for name in Limits().to_environment():
        assert name in text + (ROOT / "docs" / "training.md").read_text("utf-8"), name


def test_no_variable_is_named_that_is_no_setting() -> None:
    settings = [*VARIABLES.values(), CACHE]
    known = {name for each in settings for name in (each.name, each.before)}
    for path in [ROOT / "app.py", *(ROOT / "nnviz").rglob("*.py")]:
        named = set(re.findall(r"NNVIZ_[A-Z_]*[A-Z]\b", path.read_text("utf-8")))
        unknown = {name for name in named - known if not name.startswith("NNVIZ_LIMIT")}
        assert not unknown, f"{path.name} names {unknown}"


def test_settings_travel_to_a_child_process_as_they_are() -> None:
    assert EVERY.keys() >= {each.name for each in VARIABLES.values()}
    settings = Settings.from_environment({**EVERY, "PATH": "/bin"})
    assert settings.limits == Limits(seconds=600)
    assert settings.run_worker_elsewhere
    assert EVERY.items() <= settings.to_environment().items()
    assert Settings.from_environment(settings.to_environment()) == settings
    assert Settings.from_environment(Settings().to_environment()) == Settings()


def test_a_setting_is_read_by_the_name_that_it_had_before() -> None:
    before = {"NNVIZ_KEEPER": "lab", "NNVIZ_KEEPER_DEAD": "7", "NNVIZ_KEEPER_ELSEWHERE": "1"}
    read = Settings.from_environment(before)
    assert (read.run_worker, read.run_worker_dead, read.run_worker_elsewhere) == ("lab", 7.0, True)
    assert Settings.from_environment({**before, "NNVIZ_RUN_WORKER": "hall"}).run_worker == "hall"
    assert "NNVIZ_KEEPER" not in read.to_environment()


def test_an_empty_value_is_as_good_as_none() -> None:
    empty = dict.fromkeys(set(EVERY) - {"NNVIZ_CLASS_CODE", "NNVIZ_LIMIT_SECONDS"}, "")
    assert Settings.from_environment(empty) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        *(("NNVIZ_DRAWINGS_A_SECOND", value) for value in ("0", "-3", "many", "nan", "inf")),
        *(("NNVIZ_RUN_WORKER_DEAD", value) for value in ("0", "x", "1e400")),
        *(("NNVIZ_CLASS_CODE", value) for value in ("", " ", "a\n", "1" * 101)),
        ("NNVIZ_RUN_WORKER_ELSEWHERE", "yes"),
        ("NNVIZ_CLASS_ADDRESS", "192.168.1.20:8000"),
        ("NNVIZ_DATA", "a\0b"),
        *(("NNVIZ_PREFIX", value) for value in ("nnviz", "/a b", "//x", "/a?b", "/a//b")),
        ("NNVIZ_LIMIT_SECONDS", "0"),
        ("NNVIZ_LIMIT_SECOND", "10"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_and_what_was_expected(
    variable: str, value: str
) -> None:
    with pytest.raises(InputError, match=rf"^Expected .*{variable}") as refused:
        Settings.from_environment({variable: value})
    assert refused.value.code == "bad_setting"


def test_a_refusal_does_not_repeat_a_secret() -> None:
    with pytest.raises(InputError) as refused:
        Settings.from_environment({"NNVIZ_CLASS_CODE": " 4711"})
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("command", [["app.py", "--no-browser"], ["-m", "nnviz", "work"]])
def test_a_wrong_setting_ends_the_start_with_one_sentence(command: list[str]) -> None:
    refused = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"NNVIZ_RUN_WORKER_DEAD": "soon", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr == (
        "nnviz: Expected NNVIZ_RUN_WORKER_DEAD as a number from 1 to 3600; got 'soon'.\n"
    )

"""Every setting of a server and of the processes that train, read once at the start.

A setting is an environment variable with a name, a default and help; docs/deploy.md lists them all.
The same values travel to child processes by `Settings.to_environment`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from nnviz import environment
from nnviz.environment import Variable
from nnviz.errors import InputError
from nnviz.recipe.limits import Limits

PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
MOST_CODE = 100  # characters of a class's code


def _text(text: str) -> str:
    return text


def _code(text: str) -> str:
    if not text.isprintable() or text != text.strip() or not 1 <= len(text) <= MOST_CODE:
        raise ValueError(f"1 to {MOST_CODE} printable characters without space at the ends")
    return text


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https://")
    return text.rstrip("/")


def _prefix(text: str) -> str:
    if not PREFIX.fullmatch(text):
        raise ValueError("a path like /nnviz")
    return text.rstrip("/")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace(" ", "").split(",")) - {""}


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("0 or 1")
    return text == "1"


def _usual_data() -> Path:
    try:
        return Path.home() / ".nnviz"
    except RuntimeError:
        raise InputError(
            "bad_setting", "Expected NNVIZ_DATA to name a folder, for there is no home folder."
        ) from None


VARIABLES: dict[str, Variable[Any]] = {
    "data": Variable(
        "NNVIZ_DATA",
        "folder for what visitors keep: models and runs",
        _usual_data,
        "~/.nnviz",
        environment.folder,
    ),
    "database": Variable(
        "NNVIZ_DATABASE",
        "address of a database that several machines share (postgresql://…)",
        str,
        "runs.sqlite in the data folder",
        _text,
        secret=True,
    ),
    "hosts": Variable(
        "NNVIZ_HOSTS",
        "names that the server answers to besides its own, with commas; * for any",
        frozenset,
        "none",
        _names,
    ),
    "class_code": Variable(
        "NNVIZ_CLASS_CODE",
        "class mode, and the code that makes its owner the teacher",
        lambda: None,
        "with --class six digits, made at the start",
        _code,
        secret=True,
        may_be_empty=False,
    ),
    "secret": Variable(
        "NNVIZ_SECRET",
        "signs cookies; machines that share visitors need the same",
        lambda: None,
        "made once, kept in the data folder",
        _text,
        secret=True,
    ),
    "class_address": Variable(
        "NNVIZ_CLASS_ADDRESS",
        "the address that a class is shown",
        lambda: None,
        "this machine's in the local network",
        _address,
    ),
    "prefix": Variable(
        "NNVIZ_PREFIX",
        "path under which a proxy shows the server, like /nnviz",
        str,
        "none",
        _prefix,
    ),
    "listens": Variable(
        "NNVIZ_LISTENS",
        "address that the server listens on",
        str,
        "that of --host",
        _text,
    ),
    "drawings_a_second": Variable(
        "NNVIZ_DRAWINGS_A_SECOND",
        "drawings of each visitor in class mode; a page asks at most once a frame",
        lambda: 100.0,
        "100",
        environment.number(1, 1e6),
    ),
    "chapters": Variable(
        "NNVIZ_CHAPTERS",
        "folder of chapters of one's own, with a folder a language in it",
        lambda: None,
        "none",
        environment.folder,
    ),
    "traffic": Variable(
        "NNVIZ_TRAFFIC",
        "folder in which the workers count drawings and visitors",
        lambda: None,
        "with --class a temporary one, else nothing is counted",
        environment.folder,
    ),
    "run_worker": Variable(
        "NNVIZ_RUN_WORKER",
        "name of this machine's worker of runs, where several share a database",
        str,
        "the machine's",
        _text,
        before="NNVIZ_KEEPER",
    ),
    "run_worker_dead": Variable(
        "NNVIZ_RUN_WORKER_DEAD",
        "seconds without a sign of life after which others take a machine's runs",
        lambda: 15.0,
        "15",
        environment.number(1, 3600),
        before="NNVIZ_KEEPER_DEAD",
    ),
    "run_worker_elsewhere": Variable(
        "NNVIZ_RUN_WORKER_ELSEWHERE",
        "1: this server trains nothing itself; `python -m nnviz work` does",
        lambda: False,
        "0",
        _switch,
        before="NNVIZ_KEEPER_ELSEWHERE",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server, its workers and the processes that train are set to."""

    data: Path = field(default_factory=VARIABLES["data"].default)
    database: str = field(default_factory=VARIABLES["database"].default)
    hosts: frozenset[str] = field(default_factory=VARIABLES["hosts"].default)
    class_code: str | None = field(default_factory=VARIABLES["class_code"].default)
    secret: str | None = field(default_factory=VARIABLES["secret"].default)
    class_address: str | None = field(default_factory=VARIABLES["class_address"].default)
    prefix: str = field(default_factory=VARIABLES["prefix"].default)
    listens: str = field(default_factory=VARIABLES["listens"].default)
    drawings_a_second: float = field(default_factory=VARIABLES["drawings_a_second"].default)
    chapters: Path | None = field(default_factory=VARIABLES["chapters"].default)
    traffic: Path | None = field(default_factory=VARIABLES["traffic"].default)
    run_worker: str = field(default_factory=VARIABLES["run_worker"].default)
    run_worker_dead: float = field(default_factory=VARIABLES["run_worker_dead"].default)
    run_worker_elsewhere: bool = field(default_factory=VARIABLES["run_worker_elsewhere"].default)
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] | None = None) -> Self:
        """The settings that are set; raises `InputError` (``bad_setting``) for a wrong one."""
        given = environment.everything() if variables is None else variables
        values = {name: variable.read(given) for name, variable in VARIABLES.items()}
        return cls(**values, limits=Limits.from_environment(given))

    @property
    def in_class(self) -> bool:
        """Whether this server is a class's."""
        return self.class_code is not None

    def to_environment(self) -> dict[str, str]:
        """The variables that give a child process these settings."""
        texts = {
            variable.name: _as_text(getattr(self, name)) for name, variable in VARIABLES.items()
        }
        set_ones = {name: text for name, text in texts.items() if text}
        return {**set_ones, **self.limits.to_environment()}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)

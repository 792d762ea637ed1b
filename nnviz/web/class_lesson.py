"""What a class is shown: the presenter's step, and a poll of which only counts are told.

It lies in a small file that every worker maps into its memory, under a lock while it is written. So
that nobody counts twice, a poll holds a mark of each voter, made anew for every poll; it is wiped
with the next one and never told.
"""

import hashlib
import mmap
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

import numpy as np
from filelock import FileLock

from nnviz.errors import InputError

Round = Literal["first", "second", "shown"]

LESSON = "nnviz-lesson"  # among the application's extensions
STALE = 90.0  # seconds after which a presenter who says nothing has gone
PLACES = 2048  # voters
MOST_CHOICES = 12
ROUNDS: tuple[Round | None, ...] = (None, "first", "second", "shown")
NONE = -1
HEAD = np.dtype(
    [
        ("at", np.float64),
        ("chapter", "S40"),
        ("step", "S40"),
        ("poll", np.int64),
        ("part", np.int8),
        ("round", np.int8),
        ("choices", np.int8),
        ("salt", "S16"),
    ]
)
VOTE = np.dtype([("voter", np.uint64), ("first", np.int8), ("second", np.int8)])
SHAPE = np.dtype([("head", HEAD), ("votes", VOTE, PLACES)])


class Poll(NamedTuple):
    """A poll about a part of the step: its prediction and questions, from 0."""

    id: int
    part: int
    round: Round
    choices: int
    voted: int
    first: list[int]
    second: list[int]


class Shown(NamedTuple):
    """The step that is presented, and its poll."""

    chapter: str
    step: str
    poll: Poll | None


class Lesson:
    """The lesson of a class; without a ``folder`` this process alone knows it."""

    def __init__(self, folder: Path | None) -> None:
        self._thread_lock = Lock()
        self._file_lock = FileLock(folder / "lesson.lock") if folder else None
        self._table = np.zeros(1, SHAPE)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "lesson").open("ab+") as file:
                file.truncate(SHAPE.itemsize)
                self._table = np.frombuffer(mmap.mmap(file.fileno(), 0), SHAPE)

    def shown(self) -> Shown | None:
        """What is presented just now, None while nobody presents."""
        head = self._table[0]["head"].copy()
        if time.time() - head["at"] > STALE or not head["chapter"]:
            return None
        return Shown(head["chapter"].decode(), head["step"].decode(), self._poll(head))

    def _poll(self, head: np.void) -> Poll | None:
        if not (asked := ROUNDS[head["round"]]):
            return None
        votes = self._table[0]["votes"].copy()
        votes = votes[votes["voter"] > 0]
        choices = int(head["choices"])
        first, second = (
            np.bincount(votes[name][votes[name] > NONE], None, choices)[:choices].tolist()
            for name in ("first", "second")
        )
        chosen = [votes[name] > NONE for name in ("first", "second")]
        took_part = {"first": chosen[0], "second": chosen[1], "shown": chosen[0] | chosen[1]}
        voted = int(took_part[asked].sum())
        return Poll(int(head["poll"]), int(head["part"]), asked, choices, voted, first, second)

    def present(
        self, chapter: str, step: str, part: int = 0, asked: Round | None = None, choices: int = 0
    ) -> None:
        """Show a step; a first round begins a poll, unless it is open already."""
        with self._writing():
            head = self._table[0]["head"]
            same = (head["chapter"], head["step"]) == (chapter.encode(), step.encode())
            same = same and head["part"] == part and head["choices"] == choices
            now = ROUNDS.index(asked)
            if not same or not head["round"] or now < head["round"]:
                self._table[0]["votes"]["voter"] = 0
                head["poll"] += 1
                head["salt"] = secrets.token_hex(8).encode()
            head["chapter"], head["step"] = chapter.encode(), step.encode()
            head["part"], head["round"], head["choices"] = part, now, choices
            head["at"] = time.time()

    def leave(self) -> None:
        """Nothing is presented any more; what was asked stays for who comes back to it."""
        with self._writing():
            self._table[0]["head"]["at"] = 0.0

    def vote(self, poll: int, voter: str, choice: int) -> None:
        """Count a voter's newest choice.

        Raises `InputError`: ``poll_closed``, ``out_of_range``, ``too_many_visitors``.
        """
        with self._writing():
            head = self._table[0]["head"]
            asked = ROUNDS[head["round"]]
            if asked not in ("first", "second") or poll != head["poll"]:
                raise InputError("poll_closed", "Expected a vote on the poll that is open.")
            if not 0 <= choice < head["choices"]:
                last = head["choices"] - 1
                raise InputError(
                    "out_of_range", f"Expected a choice from 0 to {last}; got {choice}."
                )
            votes = self._table[0]["votes"]
            mark = _mark(head["salt"] + voter.encode())
            found = np.flatnonzero((votes["voter"] == mark) | (votes["voter"] == 0))
            if not found.size:
                raise InputError("too_many_visitors", f"Expected at most {PLACES} voters.")
            own = np.flatnonzero(votes["voter"] == mark)
            place = int(own[0]) if own.size else int(found[0])
            if not own.size:
                votes[place] = (mark, NONE, NONE)
            votes[asked][place] = choice

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._thread_lock:
            if self._file_lock is None:
                yield
                return
            with self._file_lock:
                yield


def _mark(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.sha256(text).digest()[:8], "big") or 1)

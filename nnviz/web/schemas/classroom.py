"""A class: the teacher's code, how the server fares, and that it answers at all."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class TeachersCode(Struct, forbid_unknown_fields=True):
    """The code that was printed at the start of a class."""

    code: Annotated[str, Meta(max_length=100)]


class ClassStatus(Struct):
    """How the server of a class fares; the numbers are null for who is not its teacher."""

    in_class: bool
    teacher: bool
    connected: Annotated[int | None, Meta(description="Visitors of the last 30 seconds.")] = None
    drawings: Annotated[float | None, Meta(description="A second, over the last ten.")] = None
    median: Annotated[float | None, Meta(description="Milliseconds in the server.")] = None
    p99_ms: Annotated[float | None, Meta(description="The 99th percentile of them.")] = None
    answers: Annotated[
        list[int] | None, Meta(description="For how many of them each digit was read last.")
    ] = None
    running: int | None = None
    waiting: int | None = None


Round = Literal["first", "second", "shown"]
Name = Annotated[str, Meta(max_length=40, examples=["neuron"])]


class Asked(Struct, forbid_unknown_fields=True):
    """A poll about a part of the step: its prediction and its questions, counted from 0."""

    round: Round
    choices: Annotated[int, Meta(ge=2, le=12)]
    part: Annotated[int, Meta(ge=0, le=20)] = 0


class Presented(Struct, forbid_unknown_fields=True):
    """The step that a class is shown, with a poll or without."""

    chapter: Name
    step: Name
    poll: Asked | None = None


class PollObject(Struct):
    """A poll; counts are null for whoever is not the teacher until they are shown."""

    id: int
    part: int
    round: Round
    choices: int
    voted: Annotated[int, Meta(description="Visitors who voted in this round; once shown, in any.")]
    first: list[int] | None = None
    second: list[int] | None = None


class LessonObject(Struct):
    """What is presented to the class; all null while nobody presents."""

    chapter: str | None = None
    step: str | None = None
    poll: PollObject | None = None


class NewVote(Struct, forbid_unknown_fields=True):
    """A vote on the poll that is open; another one replaces it."""

    poll: int
    choice: Annotated[int, Meta(ge=0, le=11)]


class Maker(Struct):
    """A visitor who keeps something, by a name that says nothing about who it is."""

    maker: Annotated[str, Meta(examples=["a1b2c3d4e5f60718"])]
    runs: int
    models: int
    you: Annotated[bool, Meta(description="It is who asks.")]


class Makers(Struct):
    """Everybody who keeps runs or models, those with most first."""

    makers: list[Maker]


class Health(Struct):
    """That the server answers."""

    status: Literal["ok"]
    version: str

"""The teacher's page: the address for the class, its QR code, and how the server fares."""

import io
from collections import Counter
from urllib.parse import urlsplit

import segno
from flask import Blueprint, Response, current_app, request
from msgspec import convert

from nnviz import __version__
from nnviz.errors import InputError
from nnviz.serving.addresses import for_class, is_loopback
from nnviz.web.class_lesson import LESSON, Lesson
from nnviz.web.current import chapters, model_registry, settings, training
from nnviz.web.guards.hosts import asked_address
from nnviz.web.guards.maker import MAKER, maker_of
from nnviz.web.guards.teacher import enter, in_class, is_teacher, teachers
from nnviz.web.guards.visitor import visitor_of
from nnviz.web.rendering import page
from nnviz.web.replies import struct_reply
from nnviz.web.requests import read_json
from nnviz.web.schemas.classroom import (
    ClassStatus,
    Health,
    LessonObject,
    Maker,
    Makers,
    NewVote,
    PollObject,
    Presented,
    TeachersCode,
)
from nnviz.web.traffic import Told

blueprint = Blueprint("classroom", __name__)


@blueprint.get("/class")
def show() -> Response:
    """The teacher's page."""
    found = _addresses()
    asked = request.args.get("address")
    address = asked if asked in found else next(iter(found), None)
    return page(
        "class",
        "class.html",
        address=address,
        others=[each for each in found if each != address],
        qr=_qr_code(address) if address else "",
        only_here=is_loopback(settings().listens),
    )


def _addresses() -> list[str]:
    """What students may open, the likeliest first; none that only this machine understands."""
    shown = f"{asked_address()}{request.script_root}"
    reachable = not is_loopback(urlsplit(shown).hostname or "localhost")
    if not in_class():
        address = settings().class_address or (shown if reachable else None)
        return [address] if address else []
    found = for_class(settings(), int(request.environ["SERVER_PORT"]))
    if reachable and not settings().class_address:  # the teacher's own browser came this way
        found = [shown, *(each for each in found if each != shown)]
    return found


def _qr_code(address: str) -> str:
    """The SVG picture of an address."""
    picture = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=4
    )
    return picture.getvalue().decode()


@blueprint.get("/api/class")
def status() -> Response:
    """Who is connected, what is drawn, what trains; numbers for the teacher only."""
    if not is_teacher():
        return struct_reply(ClassStatus(in_class(), False))
    traffic = current_app.extensions["nnviz-traffic"]
    told = (traffic.told() if traffic else Told())._asdict()
    runs = training().counts()
    busy = {state: runs.get(state, 0) for state in ("running", "waiting")}
    return struct_reply(
        convert({"in_class": in_class(), "teacher": True, **told, **busy}, ClassStatus)
    )


@blueprint.post("/api/class/teacher")
def teacher() -> Response:
    """Enter the teacher's code."""
    code = read_json(request, TeachersCode).code
    return enter(code, Response(status=204))


@blueprint.post("/api/class/here")
def here() -> Response:
    """A page is open: its visitor counts as connected."""
    return Response(status=204)


@blueprint.get("/api/class/lesson")
def lesson() -> Response:
    """The step that the class is shown; phones ask again and again, so it costs next to nothing."""
    shown = _lesson().shown()
    if shown is None:
        return struct_reply(LessonObject())
    poll = None
    if shown.poll:
        told = shown.poll._asdict()
        if shown.poll.round != "shown" and not is_teacher():
            told = {**told, "first": None, "second": None}
        poll = convert(told, PollObject)
    return struct_reply(LessonObject(shown.chapter, shown.step, poll))


@blueprint.post("/api/class/lesson")
@teachers
def present() -> Response:
    """Show the class a step; for the teacher only."""
    wanted = read_json(request, Presented)
    found = next((each for each in chapters().all("en") if each.id == wanted.chapter), None)
    if found is None or wanted.step not in [step["name"] for step in found.steps]:
        raise InputError("unknown_chapter", "Expected a step of a chapter that there is.")
    poll = wanted.poll
    asked = (poll.part, poll.round, poll.choices) if poll else ()
    _lesson().present(wanted.chapter, wanted.step, *asked)
    return Response(status=204)


@blueprint.delete("/api/class/lesson")
@teachers
def leave() -> Response:
    """The class is shown nothing any more; for the teacher only."""
    _lesson().leave()
    return Response(status=204)


@blueprint.post("/api/class/votes")
def vote() -> Response:
    """Vote on the poll that is open."""
    given = read_json(request, NewVote)
    voter = visitor_of(request)
    if voter is None:
        raise InputError("unknown_visitor", "Expected a visitor that this server knows.")
    _lesson().vote(given.poll, voter, given.choice)
    return Response(status=204)


def _lesson() -> Lesson:
    found: Lesson = current_app.extensions[LESSON]
    return found


@blueprint.get("/api/class/makers")
@teachers
def makers() -> Response:
    """Who keeps how much; for the teacher only."""
    runs = {maker_of(visitor): count for visitor, count in training().visitors().items()}
    models = Counter(model_registry().makers().values())
    own = maker_of(visitor_of(request) or "")
    every = [Maker(each, runs.get(each, 0), models[each], each == own) for each in {*runs, *models}]
    return struct_reply(
        Makers(sorted(every, key=lambda each: (-each.runs - each.models, each.maker)))
    )


@blueprint.delete("/api/class/makers/<maker>")
@teachers
def delete_all_of(maker: str) -> Response:
    """Delete every run and model of one visitor; for the teacher only."""
    if MAKER.fullmatch(maker):
        for visitor in training().visitors():
            if maker_of(visitor) == maker:
                training().runs.delete_all_of(visitor)
        model_registry().delete_all_of(maker)
    return Response(status=204)


@blueprint.get("/healthz")
def health() -> Response:
    """For whoever watches over the server."""
    return struct_reply(Health("ok", __version__))

"""The teacher's page: the address for the class, its QR code, and how the server fares."""

import io

import segno
from flask import Blueprint, Response, current_app, request

from nnviz import __version__
from nnviz.web.current import settings, training
from nnviz.web.guards.teacher import enter, in_class, is_teacher
from nnviz.web.rendering import page
from nnviz.web.replies import struct_reply
from nnviz.web.requests import read_json
from nnviz.web.schemas.classroom import ClassStatus, Health, TeachersCode
from nnviz.web.traffic import Told

blueprint = Blueprint("classroom", __name__)


@blueprint.get("/class")
def show() -> Response:
    """The teacher's page."""
    address = settings().class_address or request.host_url.rstrip("/")
    picture = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=4
    )
    return page("class", "class.html", address=address, qr=picture.getvalue().decode())


@blueprint.get("/api/class")
def status() -> Response:
    """Who is connected, what is drawn, what trains; numbers for the teacher only."""
    if not is_teacher():
        return struct_reply(ClassStatus(in_class(), False))
    traffic = current_app.extensions["nnviz-traffic"]
    told = (traffic.told() if traffic else Told())._asdict()
    runs = training().states()
    counts = {state: runs.count(state) for state in ("running", "waiting")}
    return struct_reply(ClassStatus(in_class(), True, **told, **counts))


@blueprint.post("/api/class/teacher")
def teacher() -> Response:
    """Enter the teacher's code."""
    code = read_json(request, TeachersCode).code
    return enter(code, Response(status=204))


@blueprint.post("/api/class/here")
def here() -> Response:
    """A page is open: its visitor counts as connected."""
    return Response(status=204)


@blueprint.get("/healthz")
def health() -> Response:
    """For whoever watches over the server."""
    return struct_reply(Health("ok", __version__))

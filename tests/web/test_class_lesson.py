"""A lesson in class: phones follow the presenter, votes are counted once."""

import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.web import class_lesson
from tests.web.classroom import enter
from tests.web.test_api import assert_problem


def lesson_of(client: FlaskClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/api/class/lesson").json
    return told


def show(client: FlaskClient, asked: str | None = None, step: str = "pixels", part: int = 0) -> int:
    poll = {"round": asked, "choices": 3, "part": part} if asked else None
    body = {"chapter": "neuron", "step": step, "poll": poll}
    return client.post("/api/class/lesson", json=body).status_code


def test_phones_are_told_the_presenters_step_and_only_counts_of_votes(school: Flask) -> None:
    teaching, *phones = (school.test_client() for _ in range(4))
    nothing = {"chapter": None, "step": None, "poll": None}
    assert lesson_of(phones[0]) == nothing
    assert_problem(
        phones[0].post("/api/class/lesson", json={"chapter": "neuron", "step": "pixels"}),
        403,
        "not_teacher",
    )
    enter(teaching)
    assert show(teaching) == 204
    assert lesson_of(phones[0]) == {"chapter": "neuron", "step": "pixels", "poll": None}
    assert show(teaching, "first") == 204
    poll = lesson_of(phones[0])["poll"]
    for phone, choice in zip(phones, (0, 2, 2), strict=True):
        phone.get("/learn")  # which gives it a mark
        assert (
            phone.post("/api/class/votes", json={"poll": poll["id"], "choice": 1}).status_code
            == 204
        )
        phone.post("/api/class/votes", json={"poll": poll["id"], "choice": choice})
    hidden = lesson_of(phones[0])["poll"]
    assert (hidden["voted"], hidden["first"], hidden["second"]) == (3, None, None)
    assert lesson_of(teaching)["poll"]["first"] == [1, 0, 2]
    show(teaching, "second")
    phones[0].post("/api/class/votes", json={"poll": poll["id"], "choice": 2})
    assert lesson_of(phones[1])["poll"]["voted"] == 1
    show(teaching, "shown")
    shown = lesson_of(phones[0])["poll"]
    assert (shown["id"], shown["first"], shown["second"]) == (poll["id"], [1, 0, 2], [0, 0, 1])
    assert shown["voted"] == 3  # whoever voted in either round
    late = phones[0].post("/api/class/votes", json={"poll": poll["id"], "choice": 0})
    assert_problem(late, 409, "poll_closed")


def test_another_poll_begins_with_no_votes_and_other_marks(school: Flask) -> None:
    teaching, phone = school.test_client(), school.test_client()
    enter(teaching)
    phone.get("/learn")
    ids = []
    for step in ("pixels", "column", "column"):
        show(teaching, "first", step)
        poll = lesson_of(teaching)["poll"]
        assert poll["first"] == [0, 0, 0]
        ids.append(poll["id"])
        phone.post("/api/class/votes", json={"poll": poll["id"], "choice": 1})
        assert lesson_of(teaching)["poll"]["first"] == [0, 1, 0]
        show(teaching, "shown", step)
    assert len(set(ids)) == 3


def test_votes_that_make_no_sense_are_refused(school: Flask) -> None:
    teaching, phone, nobody = (school.test_client() for _ in range(3))
    enter(teaching)
    assert_problem(
        teaching.post("/api/class/lesson", json={"chapter": "neuron", "step": "nothing"}),
        404,
        "unknown_chapter",
    )
    show(teaching, "first")
    poll = lesson_of(teaching)["poll"]["id"]
    phone.get("/learn")
    for body, status_code, code in (
        ({"poll": poll, "choice": 3}, 422, "out_of_range"),
        ({"poll": poll + 1, "choice": 0}, 409, "poll_closed"),
    ):
        assert_problem(phone.post("/api/class/votes", json=body), status_code, code)
    assert_problem(
        nobody.post("/api/class/votes", json={"poll": poll, "choice": 0}), 403, "unknown_visitor"
    )


def test_a_presenter_who_is_gone_is_followed_no_more(
    school: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    teaching = school.test_client()
    enter(teaching)
    show(teaching)
    now = time.time()
    monkeypatch.setattr(class_lesson.time, "time", lambda: now + class_lesson.STALE + 1)
    assert lesson_of(teaching)["chapter"] is None


def test_a_presenter_who_leaves_is_followed_no_more_at_once(school: Flask) -> None:
    teaching, student = school.test_client(), school.test_client()
    enter(teaching)
    show(teaching)
    assert_problem(student.delete("/api/class/lesson"), 403, "not_teacher")
    assert lesson_of(student)["chapter"] is not None
    assert teaching.delete("/api/class/lesson").status_code == 204
    assert lesson_of(student)["chapter"] is None
    show(teaching)
    assert lesson_of(student)["chapter"] is not None


def test_the_first_screen_tells_students_that_a_class_is_taught(school: Flask) -> None:
    teaching, student = school.test_client(), school.test_client()
    assert 'id="room-home"' in student.get("/").text
    assert "선생님" in student.get("/?lang=ko").text
    assert 'id="room-home"' not in student.get("/?embed=1").text
    enter(teaching)
    assert 'id="room-home"' not in teaching.get("/").text


def test_workers_share_a_lesson_and_its_votes(tmp_path: Path) -> None:
    one, other = class_lesson.Lesson(tmp_path), class_lesson.Lesson(tmp_path)
    one.present("neuron", "pixels", 0, "first", 4)
    shown = other.shown()
    assert shown is not None
    assert shown.poll is not None
    other.vote(shown.poll.id, "a", 3)
    one.vote(shown.poll.id, "b", 3)
    one.vote(shown.poll.id, "a", 0)  # the same voter, by the other worker
    for each in (one, other):
        now = each.shown()
        assert now is not None
        assert now.poll is not None
        assert now.poll.first == [1, 0, 0, 1]

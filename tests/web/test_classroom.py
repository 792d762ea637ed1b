"""A class: everybody draws, the teacher changes what is everybody's; hosts and other sites."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.datasets import mnist
from nnviz.settings import Settings
from nnviz.web import class_lesson, create_app, traffic
from nnviz.web.guards import drawings
from nnviz.web.schemas.classroom import ClassStatus
from tests.runs.conftest import QUICK
from tests.web.test_api import assert_problem

ROOT = Path(__file__).parents[2]
SEVEN = (mnist.load().test.images[0] / 255).ravel().tolist()
READ = "/api/models/mlp-sigmoid/activations"


def settings_of(tmp_path: Path, **changes: Any) -> Settings:
    """A class's settings, with the code 123456."""
    usual = {"class_code": "123456", "traffic": tmp_path / "traffic", "keeper_elsewhere": True}
    return Settings(data=tmp_path, **{**usual, **changes})


@pytest.fixture
def school(tmp_path: Path) -> Flask:
    """A class's server whose code is 123456."""
    return create_app(settings_of(tmp_path))


def enter(client: FlaskClient, code: str = "123456") -> int:
    return client.post("/api/class/teacher", json={"code": code}).status_code


def status(client: FlaskClient) -> ClassStatus:
    return msgspec.convert(client.get("/api/class").json, ClassStatus)


def test_only_its_maker_and_the_teacher_delete_a_model(school: Flask) -> None:
    maker, student, teaching = (school.test_client() for _ in range(3))
    kept = maker.post("/api/models", json={"base": "mlp-sigmoid", "title": "Ours", "edits": []})
    path = kept.headers["Location"]
    assert_problem(student.delete(path), 403, "not_teacher")
    assert "data-guest" in student.get("/").text
    assert enter(teaching) == 204
    assert "data-guest" not in teaching.get("/").text
    assert teaching.delete(path).status_code == 204


def test_the_teacher_may_change_anybodys_run(school: Flask) -> None:
    student, other, teaching = (school.test_client() for _ in range(3))
    run = student.post("/api/runs", json={"recipe": QUICK.to_json()}).json
    path = f"/api/runs/{run['id']}"
    assert other.get(path).json["run"]["mine"] is False
    assert_problem(other.delete(path), 403, "not_yours")
    enter(teaching)
    assert teaching.get(path).json["run"]["mine"] is True
    stop = teaching.post(f"{path}/commands", json={"command": "stop"})
    assert stop.json["state"] == "stopped"
    assert teaching.delete(path).status_code == 204


def test_the_teacher_sees_how_the_server_fares(
    school: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    students = [school.test_client() for _ in range(3)]
    for student in students:
        student.get("/")
        for _ in range(4):
            assert student.post(READ, json={"pixels": SEVEN}).status_code == 200
    assert status(students[0]) == ClassStatus(True, False)
    teaching = school.test_client()
    enter(teaching)
    now = time.time()
    monkeypatch.setattr(traffic.time, "time", lambda: now + 2)  # the second has to be over
    told = status(teaching)
    assert told.connected == 3
    assert told.drawings == pytest.approx(12 / traffic.WINDOW)
    assert told.median is not None
    assert told.p99_ms is not None
    assert 0.1 < told.median <= told.p99_ms
    assert (told.running, told.waiting) == (0, 0)
    assert told.answers == [0] * 7 + [3] + [0] * 2
    monkeypatch.setattr(traffic.time, "time", lambda: now + traffic.SEEN + 2)
    assert status(teaching).connected in (0, 1)  # the teacher has no page open


def test_nobody_draws_at_the_others_expense(tmp_path: Path) -> None:
    slow = create_app(settings_of(tmp_path, drawings_a_second=5.0))
    greedy, other = slow.test_client(), slow.test_client()
    for client in (greedy, other):
        client.get("/")  # a cookie each, from one address
    body = {"pixels": SEVEN}
    codes = [greedy.post(READ, json=body).status_code for _ in range(20)]
    assert codes[:10] == [200] * 10
    assert 429 in codes
    replies = [greedy.post(READ, json=body) for _ in range(20)]
    refused = next(reply for reply in replies if reply.status_code == 429)
    assert_problem(refused, 429, "too_many_drawings")
    assert "at most 5 drawings a second" in refused.json["detail"]
    assert other.post(READ, json=body).status_code == 200
    time.sleep(0.5)
    assert greedy.post(READ, json=body).status_code == 200


def test_nobody_looks_closely_at_the_others_expense(tmp_path: Path) -> None:
    slow = create_app(settings_of(tmp_path, drawings_a_second=2.0))
    assert set(slow.view_functions) >= drawings.LOOKING
    greedy, other, place = slow.test_client(), slow.test_client(), "/api/models/mlp-relu"
    for client in (greedy, other):
        client.get("/")
    paths = ["places", "attributions", "attacks", "distortions", "units/hidden1/0/ascent"] * 2
    # refused before it is read: bodies that say nothing are enough
    codes = [greedy.post(f"{place}/{path}", json={"x": 1}).status_code for path in paths]
    assert codes[:4] == [422] * 4
    assert 429 in codes
    assert other.post(f"{place}/places", json={"x": 1}).status_code == 422
    assert greedy.post(READ, json={"pixels": SEVEN}).status_code == 200, "the pen goes on"


def test_what_was_read_for_a_visitor_last_counts_whichever_worker_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1_000_000, 1_000_100))
    monkeypatch.setattr(traffic.time, "time", lambda: float(next(clock)))
    workers = []
    for pid in (1, 2):
        monkeypatch.setattr(traffic.os, "getpid", lambda pid=pid: pid)
        workers.append(traffic.Traffic(tmp_path))
    one, two = workers
    one.see("ada", 3)
    two.see("ada", 8)
    two.see("ben", 8)
    one.see("ben")  # a page without a drawing
    one.see("cleo")
    told = workers[0].told()
    assert told.connected == 3
    assert told.answers == [0] * 8 + [2, 0]
    one.see("ada", 1)
    assert workers[1].told().answers == [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_a_worker_that_was_replaced_leaves_no_counts_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = {1, 2, 3}
    monkeypatch.setattr(traffic.psutil, "pid_exists", lambda pid: pid in alive)
    for pid in (1, 2, 3):
        monkeypatch.setattr(traffic.os, "getpid", lambda pid=pid: pid)
        traffic.Traffic(tmp_path)
        alive.discard(1)
    assert {path.name for path in tmp_path.iterdir()} == {"2.traffic", "3.traffic"}


def test_a_second_does_not_count_what_an_earlier_one_left_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(traffic.time, "time", lambda: now[0])
    counts = traffic.Traffic(tmp_path)
    for _ in range(50):
        counts.count(0.01)
    now[0] += traffic.SLOTS  # the same place again
    counts.count(0.01)
    now[0] += 1
    assert counts.told().drawings == pytest.approx(0.1)


def test_visitors_whose_places_are_the_same_are_counted_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "PLACES", 2)
    counts = traffic.Traffic(tmp_path)
    for visitor, answer in (("ada", 3), ("cleo", 1)):  # both would stand in the second
        counts.see(visitor, answer)
    assert counts.told().connected == 2
    assert counts.told().answers == [0, 1, 0, 1, 0, 0, 0, 0, 0, 0]


def test_percentiles_are_at_most_a_fifth_too_much(tmp_path: Path) -> None:
    counts = traffic.Traffic(tmp_path)
    for milliseconds in range(1, 101):
        counts.count(milliseconds / 1000)
    time.sleep(1.1)
    told = counts.told()
    assert told.drawings == 10.0
    assert told.median is not None
    assert told.p99_ms is not None
    assert 50 <= told.median <= 61
    assert 99 <= told.p99_ms <= 120


def test_on_ones_own_machine_everybody_is_the_teacher(client: FlaskClient) -> None:
    told = status(client)
    assert (told.in_class, told.teacher, told.connected) == (False, True, None)
    assert client.get("/healthz").json["status"] == "ok"
    for code in ("", "123456"):  # there is no code
        assert enter(client, code) == 403


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_class_page_shows_its_address_and_a_qr_code_of_it(
    tmp_path: Path, language: str
) -> None:
    school = create_app(settings_of(tmp_path, class_address="http://192.168.1.20:8000"))
    page = school.test_client().get(f"/class?lang={language}")
    assert "http://192.168.1.20:8000</p>" in page.text
    assert "<svg" in page.text
    assert any("visitor=" in each for each in page.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("192.168.7.7:8000", True),
        ("[::1]:8000", True),
        (socket.gethostname(), True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:8000", False),
    ],
)
def test_only_hosts_of_its_own_are_answered(client: FlaskClient, host: str, good: bool) -> None:
    reply = client.get("/api/models", headers={"Host": host})
    if good:
        assert reply.status_code == 200
    else:
        assert_problem(reply, 421, "wrong_host")


@pytest.mark.parametrize("allowed", ["school.example, other.example", "*"])
def test_other_hosts_are_a_setting(tmp_path: Path, allowed: str) -> None:
    settings = Settings.from_environment({"NNVIZ_HOSTS": allowed, "NNVIZ_DATA": str(tmp_path)})
    client = create_app(settings).test_client()
    assert client.get("/", headers={"Host": "school.example"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_other_sites_write_nothing(client: FlaskClient, headers: dict, good: bool) -> None:
    reply = client.post("/api/models/mlp-sigmoid/evaluation", json={"edits": []}, headers=headers)
    if good:
        assert reply.status_code == 200
    else:
        assert_problem(reply, 403, "cross_site")
    assert client.get("/api/models", headers=headers).status_code == 200


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return free


def test_the_class_is_announced_and_its_log_names_nobody(tmp_path: Path, port: int) -> None:
    """The real server: printed words, an access log without addresses."""
    log = (tmp_path / "log").open("w+")
    command = [sys.executable, "app.py", "--class", "--no-browser", "--access-log"]
    command += ["--port", str(port), "--data", str(tmp_path)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        limit = time.monotonic() + 60
        while "Teacher's code" not in (text := Path(log.name).read_text()):
            assert time.monotonic() < limit, text
            time.sleep(0.1)
        assert f":{port}/class" in text
        assert "█" in text
        server.terminate()
        assert server.wait(60) == 0
        lines = [line for line in Path(log.name).read_text().splitlines() if line[:1] == "{"]
        assert '"method": "GET", "path": "/api/models", "status": 200' in lines[0]
        assert not [line for line in lines if "127.0.0.1" in line]
    finally:
        server.kill()
        log.close()


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

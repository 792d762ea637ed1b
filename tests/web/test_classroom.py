"""A class: everybody draws, the teacher changes what is everybody's, nobody is crowded out."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.datasets import mnist
from nnviz.web import create_app, traffic
from nnviz.web.guards import drawings
from nnviz.web.schemas.classroom import ClassStatus
from tests.runs.conftest import QUICK
from tests.web.classroom import enter, settings_of, status
from tests.web.test_api import assert_problem

ROOT = Path(__file__).parents[2]


SEVEN = (mnist.load().test.images[0] / 255).ravel().tolist()


READ = "/api/models/mlp-sigmoid/activations"


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
    paths = [
        "places",
        "attributions",
        "attacks",
        "distortions",
        "units/hidden1/0/ascent",
        "units/hidden1/0/digits",
    ] * 2
    # refused before it is read: bodies that say nothing are enough
    codes = [greedy.post(f"{place}/{path}", json={"x": 1}).status_code for path in paths]
    assert codes[:4] == [422] * 4
    assert 429 in codes
    assert other.post(f"{place}/places", json={"x": 1}).status_code == 422
    assert greedy.post(READ, json={"pixels": SEVEN}).status_code == 200, "the pen goes on"


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


def test_the_class_is_announced_and_its_log_names_nobody(tmp_path: Path, free_port: int) -> None:
    """The real server: printed words, an access log without addresses."""
    log = (tmp_path / "log").open("w+")
    command = [sys.executable, "app.py", "--class", "--no-browser", "--access-log"]
    command += ["--port", str(free_port), "--data", str(tmp_path)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        limit = time.monotonic() + 60
        while "Teacher's code" not in (text := Path(log.name).read_text()):
            assert time.monotonic() < limit, text
            time.sleep(0.1)
        assert f":{free_port}/class" in text
        assert "█" in text
        server.terminate()
        assert server.wait(60) == 0
        lines = [line for line in Path(log.name).read_text().splitlines() if line[:1] == "{"]
        assert '"method": "GET", "path": "/api/models", "status": 200' in lines[0]
        assert not [line for line in lines if "127.0.0.1" in line]
    finally:
        server.kill()
        log.close()

"""Who is let in: signed cookies that nobody can invent, and a code that is hard to guess."""

import stat
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.guards import rate_limit, signing, teacher, tries, visitor
from nnviz.web.guards.rate_limit import RateLimit
from nnviz.web.guards.signing import Signer, kept_secret
from nnviz.web.guards.tries import Tries
from tests.runs.conftest import QUICK
from tests.web.classroom import enter, settings_of, status
from tests.web.test_api import assert_problem

FAR = "10.0.0.7"


@pytest.fixture
def workers(tmp_path: Path) -> list[Flask]:
    """Two worker processes of a class's server."""
    return [create_app(settings_of(tmp_path)) for _ in range(2)]


def at(app: Flask, address: str, welcomed: bool = True) -> FlaskClient:
    """A client at an address, with a visitor's cookie or without."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    if welcomed:
        client.get("/")
    return client


def test_wrong_codes_are_counted_over_all_workers(workers: list[Flask]) -> None:
    for number in range(teacher.MOST):
        assert enter(at(workers[number % 2], FAR, welcomed=False), "000000") == 403
    for app in workers:
        refused = at(app, FAR, welcomed=False).post("/api/class/teacher", json={"code": "123456"})
        assert_problem(refused, 429, "too_many_tries")
        assert refused.headers["Retry-After"] == "60"


def test_the_right_code_is_heard_whatever_others_tried(workers: list[Flask]) -> None:
    teaching = at(workers[1], FAR)
    guessing = at(workers[0], FAR)
    for _ in range(teacher.MOST):
        assert enter(guessing, "000000") == 403
    assert enter(guessing) == 429, "who guesses is not heard any more"
    assert enter(at(workers[0], "10.0.0.8", welcomed=False)) == 204
    assert enter(teaching) == 204, "the teacher behind the same address is"


def test_a_visitor_has_one_try_at_an_address_that_has_used_up_its_own(workers: list[Flask]) -> None:
    late = at(workers[0], FAR)
    for _ in range(teacher.MOST):
        enter(at(workers[0], FAR, welcomed=False), "000000")
    assert enter(late, "000000") == 403
    assert enter(late) == 429


def test_after_a_minute_one_is_heard_again(
    workers: list[Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at(workers[0], FAR, welcomed=False)
    for _ in range(teacher.MOST):
        enter(client, "000000")
    assert enter(client) == 429
    now = tries.time.time()
    for seconds, answer in ((58, 429), (61, 204)):
        monkeypatch.setattr(tries.time, "time", lambda seconds=seconds: now + seconds)
        assert enter(client) == answer


def test_the_addresses_of_one_ipv6_network_are_one(workers: list[Flask]) -> None:
    for number in range(teacher.MOST):
        address = f"2001:db8:1:2::{number:x}"
        assert enter(at(workers[0], address, welcomed=False), "000000") == 403
    assert enter(at(workers[0], "2001:db8:1:2:ffff::1", welcomed=False)) == 429
    assert enter(at(workers[0], "2001:db8:1:3::1", welcomed=False)) == 204


def test_many_wrong_codes_take_no_more_room(tmp_path: Path) -> None:
    counted = Tries(tmp_path)
    size = (tmp_path / "tries").stat().st_size
    for number in range(tries.SLOTS + 20):
        with counted.counting(str(number), None) as (at_address, _, count):
            assert at_address == 0
            count()
    assert (tmp_path / "tries").stat().st_size == size
    with counted.counting(str(tries.SLOTS + 19), None) as (at_address, _, _count):
        assert at_address == 1


def test_the_teachers_cookie_cannot_be_made_up(workers: list[Flask], tmp_path: Path) -> None:
    client = at(workers[0], FAR)
    for value in ("", "123456", "0" * 32, "\xe9", "1"):
        client.set_cookie(teacher.COOKIE, value)
        assert not status(client).teacher
    for secret in ("", "other"):
        signed = Signer(Settings(data=tmp_path, secret=secret or "x")).sign("teacher", "123456")
        client.set_cookie(teacher.COOKIE, signed)
        assert not status(client).teacher
    assert enter(client) == 204
    assert status(client).teacher
    cookie = client.get_cookie(teacher.COOKIE)
    other = at(create_app(settings_of(tmp_path, class_code="654321")), FAR)
    other.set_cookie(teacher.COOKIE, cookie.value)
    assert not status(other).teacher, "another code, another cookie"
    again = at(workers[1], FAR)
    again.set_cookie(teacher.COOKIE, cookie.value)
    assert status(again).teacher, "every worker knows it"


def test_invented_visitors_are_nobody(workers: list[Flask]) -> None:
    teaching = at(workers[0], FAR, welcomed=False)
    enter(teaching)
    inventing = at(workers[0], FAR, welcomed=False)
    for number in range(20):
        mark = f"{number:032x}"
        for value in (mark, f"{mark}.{mark}", f"{mark}.", "\xe9" * 32):
            inventing.set_cookie(visitor.COOKIE, value)
            assert inventing.post("/api/class/here").status_code == 204
    assert status(teaching).connected == 0
    for _ in range(3):
        at(workers[1], FAR).post("/api/class/here")
    assert status(teaching).connected == 3


def test_invented_visitors_draw_as_one(tmp_path: Path) -> None:
    client = at(create_app(settings_of(tmp_path, drawings_a_second=2.0)), FAR, welcomed=False)
    replies = []
    for number in range(12):
        client.set_cookie(visitor.COOKIE, f"{number:032x}")
        reply = client.post("/api/models/mlp-sigmoid/activations", json={"pixels": [0.5] * 784})
        replies.append(reply.status_code)
    assert 429 in replies


def test_only_so_many_newcomers_get_a_mark(tmp_path: Path) -> None:
    app = create_app(settings_of(tmp_path))
    known = at(app, FAR)
    app.extensions[rate_limit.NEWCOMERS] = RateLimit(1e-9, 2)
    marks = [at(app, FAR).get_cookie(visitor.COOKIE) for _ in range(4)]
    assert [mark is not None for mark in marks] == [True, True, False, False]
    assert at(app, FAR).get("/").status_code == 200, "the page is there for everybody"
    refused = at(app, FAR, welcomed=False).post("/api/runs", json={"recipe": QUICK.to_json()})
    assert_problem(refused, 429, "too_many_visitors")
    assert known.get("/").status_code == 200


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    first = kept_secret(folder)
    assert signing.SECRET.fullmatch(first)
    assert kept_secret(folder) == first
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / signing.FILE).stat().st_mode) == 0o600
    (tmp_path / signing.FILE).write_text("broken")
    assert signing.SECRET.fullmatch(kept_secret(tmp_path))
    (tmp_path / "file").write_text("no folder")
    assert kept_secret(tmp_path / "file") != kept_secret(tmp_path / "file")


def test_a_visitor_is_the_same_one_after_a_restart(tmp_path: Path) -> None:
    client = at(create_app(settings_of(tmp_path)), FAR)
    cookie = client.get_cookie(visitor.COOKIE).value
    restarted = create_app(settings_of(tmp_path))
    with restarted.test_request_context(headers={"Cookie": f"visitor={cookie}"}) as context:
        assert visitor.visitor_of(context.request) == cookie.split(".")[0]


def test_who_waits_long_draws_no_more_at_once_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(rate_limit.time, "monotonic", lambda: now[0])
    limit = RateLimit(2.0, 3.0)
    assert [limit.allows("ada") for _ in range(4)] == [True, True, True, False]
    now[0] += 3600
    assert [limit.allows("ada") for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert [limit.allows("ada") for _ in range(2)] == [True, False]


def test_who_was_here_least_recently_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST", 2)
    monkeypatch.setattr(rate_limit.time, "monotonic", lambda: 100.0)
    limit = RateLimit(1.0, 1.0)
    assert limit.allows("ada")
    assert limit.allows("ben")
    assert not limit.allows("ada")  # here again
    assert limit.allows("cleo")  # ben goes
    assert not limit.allows("ada")
    assert limit.allows("ben")


def test_a_page_stands_in_no_frame_of_another_site(workers: list[Flask]) -> None:
    policy = workers[0].test_client().get("/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy.split("; ")

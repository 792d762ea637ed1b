"""Whom the server answers: its own hosts, and pages of its own."""

import socket
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nnviz.settings import Settings
from nnviz.web import create_app
from tests.web.test_api import assert_problem


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

"""The interface against its own description: schemathesis makes requests of it, checks replies.

Headers of pieces go with half of them, for no description names what a client may send.
"""

import random
import tempfile
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from nnviz.settings import Settings
from nnviz.web import create_app
from tests.web.grammar import Grammar

pytestmark = pytest.mark.thorough  # and not even read when those are not asked for: conftest.py
load_all_checks()
schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json",
    create_app(Settings(data=Path(tempfile.mkdtemp()), run_worker_elsewhere=True)),
)


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(case: schemathesis.Case) -> None:
    """No schema can tell which recipes fit or which pictures are pictures: those may be refused."""
    case.headers["Accept-Encoding"] = "identity"
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


@schema.parametrize()
@settings(
    max_examples=8, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
def test_no_header_makes_an_operation_fail(case: schemathesis.Case) -> None:
    grammar = Grammar(random.Random(repr((case.method, case.path, case.body))))
    kept = {"Content-Type", "Accept-Encoding", "Expect", "Host"}  # hosts: tests/web/test_fuzz.py
    odd = {name: value for name, value in grammar.headers().items() if name not in kept}
    case.headers.update({**odd, "Accept-Encoding": "identity"})
    reply = case.call()
    assert reply.status_code < 500 or reply.status_code in (503, 507), (odd, reply.content[:300])
    if reply.status_code >= 400:
        assert reply.headers["content-type"] == ["application/problem+json"]

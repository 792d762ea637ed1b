"""The interface against its own description: schemathesis makes requests of it, checks replies."""

import tempfile
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from nnviz.runs.service import ELSEWHERE
from nnviz.web import create_app

load_all_checks()
schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json", create_app(data=Path(tempfile.mkdtemp()))
)


@pytest.fixture(autouse=True)
def _nothing_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ELSEWHERE, "1")


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(case: schemathesis.Case) -> None:
    """No schema can tell which recipes fit or which pictures are pictures: those may be refused."""
    case.headers["Accept-Encoding"] = "identity"
    case.call_and_validate(excluded_checks=[positive_data_acceptance])

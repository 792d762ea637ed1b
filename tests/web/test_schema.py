"""The interface against its own description: schemathesis makes requests of it, checks replies."""

import tempfile
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from nnviz.settings import Settings
from nnviz.web import create_app

load_all_checks()
schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json", create_app(Settings(data=Path(tempfile.mkdtemp()), keeper_elsewhere=True))
)


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(case: schemathesis.Case) -> None:
    """No schema can tell which recipes fit or which pictures are pictures: those may be refused."""
    case.headers["Accept-Encoding"] = "identity"
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
